"""Knex: `exports.up` and `exports.down` in files that run in the order of their names.

All that is pending runs in one transaction, unless one of the files says otherwise by its `config`,
or the knexfile by `disableTransactions`. A file that comes late runs; one that has run and is gone
stops everything.

Source: knex 3.3, lib/migrations/migrate/Migrator.js and sources/fs-migrations.js.
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
from launchready.steps.migration_check.frameworks.javascript.sql import MYSQL
from launchready.steps.migration_check.frameworks.javascript.values import Handle, said
from launchready.steps.migration_check.frameworks.knex.schema import Knex
from launchready.steps.migration_check.frameworks.sql_files import begun, last_of, option

_CONFIG = Regex(r"(?:^|/)knexfile\.[cm]?[jt]s\Z|(?:^|/)knex\.config\.[cm]?[jt]s\Z")
_DIRECTORY = Regex(r"\bdirectory[\"']?\s*:\s*")
_DISABLED = Regex(r"\bdisableTransactions[\"']?\s*:\s*true\b")
_STAMP = Regex(r"\d+[_-]")


def find(files: Files) -> Iterator[Found]:
    """Folders of files that use `knex`."""
    yield from found_of(Framework.KNEX, files, folders_named(files, _CONFIG, _DIRECTORY))


def read(found: Found, files: Files, engine: Engine) -> History:
    """The history, in the order of the files' names."""
    config = files.text(option(found.options, "config")) or ""
    is_off = _DISABLED.search(config) is not None
    return begun(
        History(
            framework=Framework.KNEX,
            folder=found.folder,
            engine=engine,
            migrations=tuple(
                _migration(path, files, engine, is_off=is_off)
                for path in sorted(found.paths, key=last_of)
            ),
        )
    )


def _migration(path: str, files: Files, engine: Engine, *, is_off: bool) -> Migration:
    stem = stem_of(path)
    code = code_of(path, files)
    name = _STAMP.sub("", stem, count=1) or stem
    if code is None or code.root is None:
        return migration_of(path, code, version=stem, name=name)
    following = Following(code, Knex(engine, is_wrapped=True), engine, files)
    given = said(following.exports.get("config"), "transaction")
    is_wrapped = given if isinstance(given, bool) else not is_off
    following.tool = Knex(engine, is_wrapped=is_wrapped)
    wrapping = Wrapping.ALL if is_wrapped and engine not in MYSQL else Wrapping.NONE
    up = script_of(following, code, "up", (Handle("knex"),), wrapping)
    down = script_of(following, code, "down", (Handle("knex"),), wrapping)
    return migration_of(path, code, version=stem, name=name, up=up, down=down)


READER = Reader(framework=Framework.KNEX, find=find, read=read)
