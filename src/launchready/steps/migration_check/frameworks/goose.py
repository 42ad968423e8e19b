"""goose: numbered `.sql` files with `-- +goose Up` and `-- +goose Down`, and `.go` files.

Sources: https://pressly.github.io/goose/documentation/annotations/, goose's
internal/sqlparser/parser.go (a mark begins its line; words in any case),
https://pressly.github.io/goose/documentation/environment-variables/#environment-variable-substitution
"""

from collections.abc import Iterator
from typing import NamedTuple

from launchready.facts.migrations import (
    Framework,
    History,
    Late,
    Migration,
    Opaque,
    Script,
    Wrapping,
)
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
    number_of,
    script_in,
)

_NAME = Regex(r"(?P<version>\d+)_(?P<name>.+)\.(?P<kind>sql|go)")
_MARK = Regex(r"(?m)^--[ \t]*+\+goose[ \t]++(?P<word>[A-Za-z]++(?:[ \t]++[A-Za-z]++)?)[ \t]*+\r?$")
_GO = Regex(
    r"goose\.Add(?:Named)?Migration(?P<none>No(?:Tx|TX))?(?:Context)?\s*\(\s*"
    r"(?:\"[^\"]*\"\s*,\s*)?(?P<up>[\w.]+)\s*,\s*(?P<down>[\w.]+)"
)


class _Sides(NamedTuple):
    parts: list[Part]
    is_wrapped: bool


def find(files: Files) -> Iterator[Found]:
    """Folders in which a numbered file has goose's mark."""
    names = (
        name
        for name in files.names
        if name.endswith((".sql", ".go"))
        and _NAME.fullmatch(last_of(name))
        and not name.endswith("_test.go")
        and not is_foreign(name)
    )
    for folder, paths in by_folder(names).items():
        files.fetch(paths)
        if any(_is_marked(path, files) for path in paths):
            yield Found(framework=Framework.GOOSE, folder=folder, paths=paths)


def _is_marked(path: str, files: Files) -> bool:
    text = files.text(path) or ""
    if path.endswith(".go"):
        return "goose.Add" in text
    return "+goose" in text and bool(_MARK.search(text))


def read(found: Found, files: Files, engine: Engine) -> History:
    """The history, in the order of the numbers."""
    ordered = sorted(found.paths, key=lambda path: (number_of(last_of(path).split("_")[0]), path))
    return begun(
        History(
            framework=Framework.GOOSE,
            folder=found.folder,
            engine=engine,
            late=Late.REFUSES,
            migrations=tuple(_migration(path, files, engine) for path in ordered),
        )
    )


def _migration(path: str, files: Files, engine: Engine) -> Migration:
    match = _NAME.fullmatch(last_of(path))
    version, name = (match["version"], match["name"]) if match else ("", path)
    text = files.text(path) or ""
    if path.endswith(".go"):
        up, down = _of_go(path, text)
    else:
        up, down = _of_sql(path, text, engine)
    return Migration(path=path, version=version, name=name, up=up, down=down, paths=(path,))


def _of_sql(path: str, text: str, engine: Engine) -> tuple[Script, Script | None]:
    sides = _sides(text)
    wrapping = Wrapping.FILE if sides.is_wrapped else Wrapping.NONE
    up, down = only(text, sides.parts, "up"), only(text, sides.parts, "down")
    problem = "" if up is not None else "it has no line `-- +goose Up`"
    script = script_in(path, up or "", engine, wrapping=wrapping)
    if problem:
        script = Script(wrapping=wrapping, location=FileLocation(path=path), problem=problem)
    return script, None if down is None else script_in(path, down, engine, wrapping=wrapping)


def _sides(text: str) -> _Sides:
    parts: list[Part] = []
    side, start, is_wrapped = "", 0, True
    for mark in _MARK.finditer(text):
        word = " ".join(mark["word"].lower().split())
        if word == "no transaction":
            is_wrapped = False
        if word in ("up", "down"):
            parts.append(Part(side=side, start=start, end=mark.start()))
            side, start = word, mark.start()
    parts.append(Part(side=side, start=start, end=len(text)))
    return _Sides(parts, is_wrapped)


def _of_go(path: str, text: str) -> tuple[Script, Script | None]:
    """A migration in Go: what it does is known only when it runs."""
    match = _GO.search(text)
    line = text.count("\n", 0, match.start()) + 1 if match else 1
    wrapping = Wrapping.NONE if match and match["none"] else Wrapping.FILE
    place = FileLocation(path=path, line=line)
    up = Script(
        items=(Opaque(place=place, what="a migration in Go"),), wrapping=wrapping, location=place
    )
    if match is None or match["down"] == "nil":
        return up, None
    return up, Script(
        items=(Opaque(place=place, what="a migration in Go"),), wrapping=wrapping, location=place
    )


READER = Reader(framework=Framework.GOOSE, find=find, read=read)
