"""node-pg-migrate: files with `up` and `down` that tell `pgm` what to do, and SQL beside them.

All that is pending runs in one transaction, which a migration breaks by `pgm.noTransaction()`. One
that comes before another that has run is refused. Where a file has no `down`, the reverse of its
`up` is run, as far as its operations have one.

Source: node-pg-migrate 9.0, src/{runner,migration,sqlMigration}.ts and bin/node-pg-migrate.ts.
"""

from collections.abc import Iterator
from dataclasses import replace

from launchready.facts.migrations import Framework, History, Late, Migration, Script, Wrapping
from launchready.facts.schema import Engine
from launchready.regex import Regex
from launchready.steps.migration_check.files import Files, folder_of, stem_of
from launchready.steps.migration_check.frameworks.finding import Found, Reader
from launchready.steps.migration_check.frameworks.javascript.finding import found_of
from launchready.steps.migration_check.frameworks.javascript.loading import code_of
from launchready.steps.migration_check.frameworks.javascript.machine import Following
from launchready.steps.migration_check.frameworks.javascript.scripts import script_of, unread
from launchready.steps.migration_check.frameworks.javascript.values import Handle
from launchready.steps.migration_check.frameworks.node_pg_migrate.builder import Builder
from launchready.steps.migration_check.frameworks.sql_files import begun, last_of, script_in

_EACH = Regex(
    r"node-pg-migrate[^\"\n]*(?:--no-single-transaction|--single-transaction[ =]false)"
    r"|single-?[tT]ransaction[\"']?\s*:\s*false"
)
_NO_ORDER = Regex(r"node-pg-migrate[^\"\n]*--no-check-order|check-?[oO]rder[\"']?\s*:\s*false")
_UP = Regex(r"(?im)^\s*--[\s-]*up\s+migration")
_DOWN = Regex(r"(?im)^\s*--[\s-]*down\s+migration")
_NUMBER = Regex(r"\d+")
_START = Regex(r"\d+[_-]")


def find(files: Files) -> Iterator[Found]:
    """Folders of files that use `pgm`, with the SQL files in them."""
    for found in found_of(Framework.NODE_PG_MIGRATE, files):
        beside = [n for n in files.under(found.folder) if folder_of(n) == found.folder]
        more = [name for name in beside if name.endswith(".sql")]
        paths = tuple(sorted((*found.paths, *more), key=last_of))
        yield replace(found, paths=paths, engine=Engine.POSTGRESQL)


def read(found: Found, files: Files, engine: Engine) -> History:
    """The history, in the order of the numbers that begin the files' names."""
    texts = [files.text(name) or "" for name in files.named("package.json")]
    wrapping = Wrapping.FILE if any(_EACH.search(text) for text in texts) else Wrapping.ALL
    is_loose = any(_NO_ORDER.search(text) for text in texts)
    ordered = sorted(found.paths, key=_order)
    return begun(
        History(
            framework=Framework.NODE_PG_MIGRATE,
            folder=found.folder,
            engine=Engine.POSTGRESQL,
            migrations=tuple(_migration(path, files, wrapping) for path in ordered),
            late=Late.RUNS if is_loose else Late.REFUSES,
        )
    )


def _order(path: str) -> tuple[int, str]:
    number = _NUMBER.match(last_of(path))
    return (int(number[0][:40]) if number else 0), last_of(path)


def _migration(path: str, files: Files, wrapping: Wrapping) -> Migration:
    stem = stem_of(path)
    name = _START.sub("", stem, count=1) or stem
    up: Script
    down: Script | None
    if path.endswith(".sql"):
        up, down = _of_sql(path, files, wrapping)
    else:
        up, down = _of_code(path, files, wrapping)
    return Migration(path=path, version=stem, name=name, up=up, down=down, paths=(path,))


def _of_sql(path: str, files: Files, wrapping: Wrapping) -> tuple[Script, Script | None]:
    text = files.text(path) or ""
    ups, downs = _UP.search(text), _DOWN.search(text)
    start = ups.start() if ups else 0
    middle = downs.start() if downs else len(text)
    up = script_in(path, text, Engine.POSTGRESQL, wrapping=wrapping, start=start,
                   end=middle if middle > start else len(text))  # fmt: skip
    if downs is None:
        return up, None
    end = start if ups and start > middle else len(text)
    return up, script_in(path, text, Engine.POSTGRESQL, wrapping=wrapping, start=middle, end=end)


def _of_code(path: str, files: Files, wrapping: Wrapping) -> tuple[Script, Script | None]:
    code = code_of(path, files)
    if code is None or code.root is None:
        return unread(path, code), None
    following = Following(code, Builder({}), Engine.POSTGRESQL, files)
    given = following.exports.get("shorthands")
    shorthands: dict[str, object] = given if isinstance(given, dict) else {}

    def followed(side: str, builder: Builder) -> Script | None:
        following.tool = builder
        script = script_of(following, code, side, (Handle("pgm"),), wrapping)
        return replace(script, wrapping=Wrapping.NONE) if script and builder.is_outside else script

    up = followed("up", Builder(shorthands))
    if up is None:
        return unread(path, code, "it has no `up`"), None
    if following.exports.get("down") is False:
        reason = "`down` is false: node-pg-migrate refuses to run it"
        return up, replace(up, items=(), is_irreversible=True, reason=reason)
    if "down" in following.exports and following.exports["down"] is not None:
        return up, followed("down", Builder(shorthands))
    builder = Builder(shorthands, is_backwards=True)
    back = followed("up", builder)
    if back is None:
        return up, None
    return up, replace(
        back,
        items=() if builder.refusal else back.items[::-1],
        is_written=False,
        is_irreversible=bool(builder.refusal),
        reason=builder.refusal,
    )


READER = Reader(framework=Framework.NODE_PG_MIGRATE, find=find, read=read)
