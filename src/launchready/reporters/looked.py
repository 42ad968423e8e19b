"""How much was looked at, and what a reviewer must look at: a line for each."""

from collections.abc import Iterator

from launchready.model import Looked, Notice, Report, Run, Told, Trait, TraitKind
from launchready.reporters.escape import prose
from launchready.reporters.headline import listed

MOST_PATHS = 4
_BY_MINOR = frozenset(("Django", "Rails"))  # whose minor releases differ as others' major ones

REVIEW = "FOR THE REVIEWER"
"""What a notice opens with."""


def looked_lines(run: Run) -> Iterator[str]:
    """A line per step: `Looked at 1,234 versions of files and 5,531 commits in 1.2 s`; visible."""
    for report in run.reports:
        if report.failure is None and report.looked:
            yield prose(_line(report, is_named=run.is_combined and len(run.reports) > 1))


def stack_line(run: Run) -> str:
    """`Next.js 15, Prisma and Stripe, on Vercel (package.json, vercel.json)`; visible, or empty."""
    if not run.stack:
        return ""
    hosts = [each.name for each in run.stack if each.kind is TraitKind.HOSTING]
    built = [each for each in run.stack if each.kind not in (TraitKind.HOSTING, TraitKind.CI)]
    parts = [listed(f"{each.name} {_major(each)}".rstrip() for each in built)] if built else []
    parts += [f"on {listed(hosts)}"] if hosts else []
    parts += [f"with {each.name}" for each in run.stack if each.kind is TraitKind.CI]
    paths = list(dict.fromkeys(each.path for each in run.stack))
    rest = f" and {len(paths) - MOST_PATHS} more" if len(paths) > MOST_PATHS else ""
    return prose(f"{', '.join(parts)} ({', '.join(paths[:MOST_PATHS])}{rest})")


def _major(trait: Trait) -> str:
    """The version of a framework, which a person knows it by."""
    if trait.kind is not TraitKind.FRAMEWORK:
        return ""
    number, _, minor = trait.version.partition(".")
    return trait.version if number == "0" or (trait.name in _BY_MINOR and minor) else number


def told_lines(run: Run, *, but_tables: bool = False) -> Iterator[str]:
    """What the steps concluded for others, in words; visible. Without what there is a table of,
    where that is shown.
    """
    for report in run.reports:
        for each in report.told:
            if not (but_tables and each.rows):
                yield from (prose(line) for line in each.words.splitlines())


def told_tables(run: Run) -> tuple[Told, ...]:
    """What the steps concluded that is a table."""
    return tuple(each for report in run.reports for each in report.told if each.rows)


def left_out_lines(run: Run) -> Iterator[str]:
    """The steps that a run of all left out, a line for each reason; visible."""
    for reason in dict.fromkeys(each.reason for each in run.left_out):
        steps = listed(each.step for each in run.left_out if each.reason == reason)
        yield prose(f"{steps} did not run: {reason}")


def notices_of(run: Run) -> tuple[Notice, ...]:
    """Those of all steps, each once."""
    return tuple(dict.fromkeys(each for report in run.reports for each in report.notices))


def _line(report: Report, *, is_named: bool) -> str:
    opening = f"{report.step} looked at" if is_named else "Looked at"
    things = listed(_thing(each) for each in report.looked)
    rests = "".join(f"; {each.rest}" for each in report.looked if each.rest)
    return f"{opening} {things} in {report.seconds:.1f} s{rests}"


def _thing(each: Looked) -> str:
    return f"{each.count:,} {each.one if each.count == 1 else each.many}"
