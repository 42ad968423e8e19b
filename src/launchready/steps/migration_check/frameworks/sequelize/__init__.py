"""Sequelize: `up` and `down` with `queryInterface`, in the order of the files' names.

Nothing is wrapped in a transaction, unless a migration opens one and gives it to its calls; a call
that it is not given to runs beside it. What comes late runs.

Source: sequelize-cli 6.6, lib/core/migrator.js, and umzug 2.3.
"""

from collections.abc import Iterator

from launchready.facts.migrations import Framework, History, Migration, Wrapping
from launchready.facts.schema import Engine
from launchready.regex import Regex
from launchready.steps.migration_check.files import Files, stem_of
from launchready.steps.migration_check.frameworks.finding import Found, Reader
from launchready.steps.migration_check.frameworks.javascript.finding import (
    folders_named,
    found_of,
)
from launchready.steps.migration_check.frameworks.javascript.loading import code_of
from launchready.steps.migration_check.frameworks.javascript.machine import Following
from launchready.steps.migration_check.frameworks.javascript.scripts import migration_of, script_of
from launchready.steps.migration_check.frameworks.javascript.values import Handle, Name
from launchready.steps.migration_check.frameworks.sequelize.interface import Interface
from launchready.steps.migration_check.frameworks.sql_files import begun, last_of

_CONFIG = Regex(r"(?:^|/)\.sequelizerc(?:\.[cm]?js)?\Z")
_PATH = Regex(r"\bmigrations-path[\"']?\s*:\s*")
_STAMP = Regex(r"\d+[_.-]")


def find(files: Files) -> Iterator[Found]:
    """Folders of files that use `queryInterface`."""
    yield from found_of(Framework.SEQUELIZE, files, folders_named(files, _CONFIG, _PATH))


def read(found: Found, files: Files, engine: Engine) -> History:
    """The history, in the order of the files' names."""
    return begun(
        History(
            framework=Framework.SEQUELIZE,
            folder=found.folder,
            engine=engine,
            migrations=tuple(
                _migration(path, files, engine) for path in sorted(found.paths, key=last_of)
            ),
        )
    )


def _migration(path: str, files: Files, engine: Engine) -> Migration:
    stem = stem_of(path)
    code = code_of(path, files)
    name = _STAMP.sub("", stem, count=1) or stem
    if code is None or code.root is None:
        return migration_of(path, code, version=stem, name=name)
    following = Following(code, Interface(engine), engine, files)
    scripts = []
    for side in ("up", "down"):
        following.tool = Interface(engine)
        handle, library = Handle("queryInterface"), Name(path="Sequelize")
        first = following.first(side, {"context": handle, "queryInterface": handle,
                                       "Sequelize": library}, handle)  # fmt: skip
        scripts.append(script_of(following, code, side, (first, library), Wrapping.NONE))
    up, down = scripts
    return migration_of(path, code, version=stem, name=name, up=up, down=down)


READER = Reader(framework=Framework.SEQUELIZE, find=find, read=read)
