"""Sqitch: a `sqitch.plan` that orders the scripts in `deploy/`, `revert/` and `verify/`.

The scripts go through the database's own client, which opens no transaction: each has its own
`BEGIN` and `COMMIT`.

Sources: https://sqitch.org/docs/manual/sqitchplan/, https://sqitch.org/docs/manual/sqitch-rework/
(the earlier script of a change that is reworked is kept as `name@tag.sql`)
"""

from collections.abc import Iterator

from launchready.facts.migrations import Framework, History, Late, Migration, Script, Wrapping
from launchready.facts.schema import Engine
from launchready.frozen import frozen
from launchready.model import FileLocation
from launchready.regex import Regex
from launchready.steps.migration_check.files import Files, folder_of
from launchready.steps.migration_check.frameworks.finding import Found, Reader
from launchready.steps.migration_check.frameworks.sql_files import begun, is_foreign, script_of

_PLAN = "sqitch.plan"
_ENGINES = {
    "pg": Engine.POSTGRESQL,
    "cockroach": Engine.POSTGRESQL,
    "mysql": Engine.MYSQL,
    "sqlite": Engine.SQLITE,
}
_LINE = Regex(r"(?P<name>[^\s@%#\[]\S*)(?:\s+\[(?P<after>[^\]]*)\])?(?:\s.*)?")
_ENGINE = Regex(r"(?m)^\s*engine\s*=\s*(\w+)")
_TOP = Regex(r"(?m)^\s*top_dir\s*=\s*(\S+)")


@frozen
class _Change:
    """A change of the plan. `file` is the name of its scripts."""

    name: str
    file: str
    after: tuple[str, ...]
    line: int


def find(files: Files) -> Iterator[Found]:
    """Plans, with the scripts beside them."""
    for plan in files.named(_PLAN):
        if is_foreign(plan):
            continue
        folder = folder_of(plan)
        config = files.text(f"{folder}/sqitch.conf".lstrip("/")) or files.text("sqitch.conf") or ""
        engine = _ENGINE.search(config)
        if engine is not None and engine[1] not in _ENGINES:
            continue
        top = _TOP.search(config)
        base = f"{folder}/{top[1].strip('./')}".strip("/") if top else folder
        if not _scripts(base, files):
            base = folder
        if paths := _scripts(base, files):
            yield Found(
                framework=Framework.SQITCH,
                folder=base,
                paths=paths,
                engine=_ENGINES[engine[1]] if engine else None,
                options={"plan": plan},
            )


def _scripts(folder: str, files: Files) -> tuple[str, ...]:
    prefix = f"{folder}/" if folder else ""
    return tuple(
        name
        for side in ("deploy", "revert")
        for name in files.under(f"{prefix}{side}")
        if name.endswith(".sql")
    )


def read(found: Found, files: Files, engine: Engine) -> History:
    """The history, in the order of the plan."""
    plan = found.options["plan"]
    prefix = f"{found.folder}/" if found.folder else ""
    changes = _changes(files.text(plan) or "")
    migrations = tuple(_migration(each, prefix, plan, files, engine) for each in changes)
    return begun(
        History(
            framework=Framework.SQITCH,
            folder=found.folder,
            engine=engine,
            migrations=migrations,
            journal_path=plan,
            journal={each.version: str(index) for index, each in enumerate(migrations)},
            late=Late.REFUSES,
        )
    )


def _changes(text: str) -> list[_Change]:
    changes: list[_Change] = []
    open_until_tag: list[int] = []
    latest: dict[str, int] = {}
    tagged: dict[int, str] = {}
    for number, line in enumerate(text.split("\n"), 1):
        stripped = line.strip()
        if stripped.startswith("@"):
            tag = stripped.split()[0]
            tagged.update(dict.fromkeys(open_until_tag, tag))
            open_until_tag = []
            continue
        match = _LINE.fullmatch(stripped)
        if match is None or stripped.startswith("-"):
            continue
        name = match["name"].lstrip("+")
        if name in latest:  # reworked: the earlier one lives on under the tag that followed it
            old = changes[latest[name]]
            tag = tagged.get(latest[name], "")
            changes[latest[name]] = _Change(
                name=f"{name}{tag}", file=f"{name}{tag}", after=old.after, line=old.line
            )
        latest[name] = len(changes)
        open_until_tag.append(len(changes))
        after = tuple((match["after"] or "").split())
        changes.append(_Change(name=name, file=name, after=after, line=number))
    return changes


def _migration(change: _Change, prefix: str, plan: str, files: Files, engine: Engine) -> Migration:
    up, down = (f"{prefix}{side}/{change.file}.sql" for side in ("deploy", "revert"))
    problem = Script(
        location=FileLocation(path=plan, line=change.line), problem="its deploy script is not there"
    )
    script = script_of(files, up, engine, wrapping=Wrapping.NONE) if up in files else problem
    return Migration(
        path=up,
        version=change.name,
        name=change.name,
        up=script,
        down=script_of(files, down, engine, wrapping=Wrapping.NONE) if down in files else None,
        paths=tuple(each for each in (up, down) if each in files),
        after=tuple(each.lstrip(":") for each in change.after if not each.startswith("!")),
    )


READER = Reader(framework=Framework.SQITCH, find=find, read=read)
