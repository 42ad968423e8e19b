"""What `--fix` says and writes, and what `--diff` shows in its place."""

import difflib
from collections.abc import Iterator

from launchready.errors import LaunchReadyError
from launchready.gateways import Gateways
from launchready.gateways.amending import refuse_elsewhere, write_all
from launchready.gateways.tree import decoded
from launchready.model import FileLocation, Finding
from launchready.step import Counting
from launchready.steps.migration_check.fixing.planning import Plan, plan
from launchready.steps.migration_check.settings import MigrationCheckSettings

_NOTHING = "nothing to fix: new migrations have no finding that a program can mend"


def answer(settings: MigrationCheckSettings, gateways: Gateways, counting: Counting) -> str | None:
    """The diff that `--diff` asks for, as `git apply` takes it. Raises LaunchReadyError."""
    if not settings.diff:
        return None
    made = _plan(settings, gateways, counting)
    return "\n".join((*(f"# {line}" for line in _told(made, "fixes")), *_diff(made)))


def amend(
    settings: MigrationCheckSettings, gateways: Gateways, counting: Counting
) -> Iterator[str]:
    """Write the fixes, and say of each finding what became of it. Raises LaunchReadyError."""
    if not settings.fix:
        return
    made = _plan(settings, gateways, counting)
    _refuse_changed(made, gateways)
    write_all(gateways.root, made.contents)
    yield from _told(made, "fixed")


def _plan(settings: MigrationCheckSettings, gateways: Gateways, counting: Counting) -> Plan:
    if settings.staged:
        raise LaunchReadyError(
            "--staged cannot stand beside --fix or --diff: they are about files of the work tree",
            hint="leave --staged out",
        )
    return plan(settings, gateways, counting)


def _told(made: Plan, verb: str) -> Iterator[str]:
    """A line for each finding that is mended, each file that is made, each finding that stays."""
    for each in made.mended:
        yield f"{verb} {_place(each.finding)}: {each.finding.rule}: {each.does}"
    for path, before in made.before.items():
        if before is None:
            yield f"{'wrote' if verb == 'fixed' else 'writes'} {_shown(path)}"
    for kept in made.kept:
        yield f"not fixed {_place(kept.finding)}: {kept.finding.rule}: {kept.reason}"
    if not made.mended and not made.kept:
        yield _NOTHING


def _refuse_changed(made: Plan, gateways: Gateways) -> None:
    """Raise LaunchReadyError where a file is no longer what was judged: an editor may have saved
    it meanwhile.
    """
    for path, before in made.before.items():
        refuse_elsewhere(gateways.root, path)
        target = gateways.root / path
        now = target.read_bytes() if target.is_file() else None
        if now != before:
            raise LaunchReadyError(
                f"{_shown(path)} is not written: it has changed meanwhile", hint="run it again"
            )


def _diff(made: Plan) -> Iterator[str]:
    for path, content in made.contents.items():
        before = made.before[path]
        for line in difflib.unified_diff(
            _lines(before or b""),
            _lines(content),
            fromfile="/dev/null" if before is None else f"a/{_shown(path)}",
            tofile=f"b/{_shown(path)}",
            lineterm="",
        ):
            yield line if "\n" not in line else line.replace("\n", "\n\\ ", 1)


def _lines(content: bytes) -> list[str]:
    """The lines of a text; a last one without an end says so, as in any diff."""
    *lines, last = decoded(content).split("\n")
    return [*lines, f"{last}\nNo newline at end of file"] if last else lines


def _place(finding: Finding) -> str:
    location = finding.location
    line = location.line if isinstance(location, FileLocation) else None
    path = location.path if isinstance(location, FileLocation) else ""
    return f"{_shown(path)}:{line or 1}"


def _shown(path: str) -> str:
    return path if path.isprintable() else repr(path)
