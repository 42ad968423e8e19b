"""dbmate: numbered `.sql` files with `-- migrate:up` and `-- migrate:down`.

Each side goes to the server as one string, inside a transaction unless `transaction:false` is
said; the string is then a transaction of its own as soon as it holds two statements.

Source: dbmate's pkg/dbmate/migration.go and https://github.com/amacneil/dbmate#migration-options
"""

from collections.abc import Iterator

from launchready.facts.migrations import Framework, History, Migration, Script, Wrapping
from launchready.facts.schema import Engine
from launchready.model import FileLocation
from launchready.regex import Regex
from launchready.steps.migration_check.files import Files
from launchready.steps.migration_check.frameworks.finding import Found, Reader
from launchready.steps.migration_check.frameworks.sections import Part, only
from launchready.steps.migration_check.frameworks.sql_files import (
    begun,
    by_folder,
    is_foreign,
    last_of,
    script_in,
    sent_whole,
)

_NAME = Regex(r"(?P<version>\d+)(?P<name>.*)\.sql")
_MARK = Regex(r"(?m)^--[ \t]*+migrate:(?P<side>up|down)(?P<options>[^\n]*+)$")


def find(files: Files) -> Iterator[Found]:
    """Folders in which a numbered file has dbmate's mark."""
    names = (
        name
        for name in files.names
        if name.endswith(".sql") and _NAME.fullmatch(last_of(name)) and not is_foreign(name)
    )
    for folder, paths in by_folder(names).items():
        if any("migrate:up" in (files.text(path) or "") for path in paths):
            yield Found(framework=Framework.DBMATE, folder=folder, paths=paths)


def read(found: Found, files: Files, engine: Engine) -> History:
    """The history, in the order of the names."""
    return begun(
        History(
            framework=Framework.DBMATE,
            folder=found.folder,
            engine=engine,
            migrations=tuple(_migration(path, files, engine) for path in found.paths),
        )
    )


def _migration(path: str, files: Files, engine: Engine) -> Migration:
    match = _NAME.fullmatch(last_of(path))
    text = files.text(path) or ""
    parts: list[Part] = []
    wrapping = {"up": Wrapping.FILE, "down": Wrapping.FILE}
    side, start = "", 0
    for mark in _MARK.finditer(text):
        parts.append(Part(side=side, start=start, end=mark.start()))
        side, start = mark["side"], mark.start()
        if "transaction:false" in mark["options"].split():
            wrapping[side] = Wrapping.STRING
    parts.append(Part(side=side, start=start, end=len(text)))
    up, down = (_script(path, only(text, parts, s), engine, wrapping[s]) for s in ("up", "down"))
    return Migration(
        path=path,
        version=match["version"] if match else "",
        name=match["name"].strip("_-") if match else path,
        up=up or Script(location=FileLocation(path=path), problem="it has no line `-- migrate:up`"),
        down=down,
        paths=(path,),
    )


def _script(path: str, text: str | None, engine: Engine, wrapping: Wrapping) -> Script | None:
    if text is None:
        return None
    script = script_in(path, text, engine, wrapping=wrapping)
    return sent_whole(script) if wrapping is Wrapping.STRING else script


READER = Reader(framework=Framework.DBMATE, find=find, read=read)
