"""Annotations of GitHub Actions: few enough that none is dropped, the gravest first.

The runner keeps 10 errors, 10 warnings and 10 notices per outer step and cuts a message at 4096
UTF-16 units (actions/runner, src/Runner.Worker/ExecutionContext.cs); the inner steps of a composite
action share one outer step. So the caps count over the whole run.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from launchready.errors import Fault
from launchready.model import (
    Failure,
    FileLocation,
    Finding,
    Notice,
    Run,
    Severity,
    Status,
    Unchecked,
    Verdict,
)
from launchready.reporters.escape import command_data, command_property, log_line, prose, visible
from launchready.reporters.headline import counted
from launchready.reporters.looked import notices_of
from launchready.reporters.places import describe, ranked

MOST_PER_LEVEL = 10
MOST_UNITS = 4000
_MOST_MERGED = 5
_MOST_TARGETS = 20
_MOST_TITLE = 200

LEVELS: Mapping[Severity, str] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "notice",
}


@dataclass(frozen=True, kw_only=True)
class Annotation:
    """One annotation. `place` is a file of the present tree that the workspace holds, or None."""

    level: str
    title: str
    message: str
    place: FileLocation | None = None

    def command(self) -> str:
        """The workflow command that makes it, in the form and order of @actions/core."""
        properties = {"title": _cut(self.title.strip(), _MOST_TITLE)} | _properties(self.place)
        told = ",".join(f"{name}={command_property(value)}" for name, value in properties.items())
        message = "\n".join(map(log_line, self.message.split("\n")))
        return f"::{self.level} {told}::{command_data(_cut(message, MOST_UNITS))}"


@dataclass(frozen=True, kw_only=True)
class _Subject:
    """What an annotation is about, in the step that has it; `root` is what its paths start from."""

    step: str
    root: str
    about: Finding | Fault | Failure | Notice | tuple[Unchecked, ...]


def annotations(run: Run) -> tuple[Annotation, ...]:
    """What of the run is shown beside the changes: at most ten per level, one per place."""
    by_level: dict[str, list[_Subject]] = {level: [] for level in LEVELS.values()}
    for report in run.reports:
        if report.failure is not None:
            stops = report.failure.faults or (report.failure,)
            by_level["error"] += [
                _Subject(step=report.step, root=report.target.path, about=each) for each in stops
            ]
        if open_ := tuple(each for each in report.unchecked if not each.is_accepted):
            level = "error" if report.verdict is Verdict.UNCHECKED else "warning"
            by_level[level].append(_Subject(step=report.step, root=report.target.path, about=open_))
    by_level["notice"] += [
        _Subject(step="launchready", root=run.reports[0].target.path, about=notice)
        for notice in notices_of(run)
    ]
    for report in run.reports:
        for finding in ranked(report.by_status(Status.NEW)):
            level = LEVELS[finding.severity]
            by_level[level].append(
                _Subject(step=report.step, root=report.target.path, about=finding)
            )
    return tuple(each for level in by_level for each in _capped(level, by_level[level]))


def fault_annotations(faults: Iterable[Fault]) -> tuple[Annotation, ...]:
    """The faults of a config file, each on its line."""
    return tuple(
        _capped("error", [_Subject(step="config", root=".", about=fault) for fault in faults])
    )


def _capped(level: str, subjects: list[_Subject]) -> Iterator[Annotation]:
    """One annotation per place, and where that is too many, the first ones and what is left."""
    groups: dict[Hashable, list[_Subject]] = {}
    sizes: Counter[Hashable] = Counter()
    for number, subject in enumerate(subjects):
        key = _key(subject, number)
        if key not in groups and len(groups) > MOST_PER_LEVEL:
            continue
        group = groups.setdefault(key, [])
        sizes[key] += 1
        if len(group) < _MOST_MERGED:
            group.append(subject)
    fits = len(groups) <= MOST_PER_LEVEL
    shown = list(groups)[: MOST_PER_LEVEL if fits else MOST_PER_LEVEL - 1]
    for key in shown:
        yield _annotation(level, groups[key], sizes[key])
    if not fits:
        rest = len(subjects) - sum(sizes[key] for key in shown)
        noun = "fault" if isinstance(subjects[0].about, Fault) else level
        yield Annotation(
            level=level,
            title="launchready",
            message=f"and {counted(rest, f'more {noun}')}: see the job summary and the log above",
        )


def _key(subject: _Subject, number: int) -> Hashable:
    match subject.about:
        case Fault(path=path, line=line):
            return path, line
        case Finding(location=FileLocation(path=path, line=line, commit=None)):
            return path, line
        case _:
            return number


def _annotation(level: str, group: list[_Subject], size: int) -> Annotation:
    first = group[0]
    title = _title(first)
    texts = [_text(first)]
    if size > 1:
        steps = {subject.step for subject in group}
        title = f"{', '.join(sorted(steps))}: {counted(size, 'finding')} on this line"
        texts = [f"{_title(subject)}: {_text(subject)}" for subject in group]
    if size > len(texts):
        texts.append(f"and {size - len(texts)} more on this line")
    place = None
    match first.about:
        case Fault(path=path, line=line, column=column):
            place = FileLocation(path=path, line=line, column=column)
        case Notice(path=path):
            place = FileLocation(path=path)
        case Finding(location=FileLocation(commit=None) as location):
            place = location
        case _:
            pass
    if place is not None and first.root != ".":
        place = replace(place, path=f"{first.root}/{place.path}")
    if place is not None and not _is_nameable(place.path):
        texts.insert(0, f"In {describe(place)}:")
        place = None
    elif place is not None and place.is_inside:
        texts.insert(0, f"In {describe(place)}:")
        place = place.in_file
    return Annotation(level=level, title=title, message="\n".join(texts), place=place)


def _title(subject: _Subject) -> str:
    match subject.about:
        case Finding(rule=rule):
            return f"{subject.step}: {visible(rule)}"
        case Fault(setting=setting):
            return f"config: {visible(setting)}" if setting else "config"
        case Failure():
            return f"{subject.step} stopped"
        case Notice():
            return "launchready: for the reviewer"
        case unchecked:
            return f"{subject.step}: {counted(len(unchecked), 'target')} not examined"


def _text(subject: _Subject) -> str:
    match subject.about:
        case Finding():
            return _finding_text(subject.about)
        case Fault(message=message) | Notice(message=message):
            return prose(message)
        case Failure(message=message, hint=hint):
            return f"{prose(message)}\nFix: {prose(hint)}"
        case unchecked:
            lines = [_target(each) for each in unchecked[:_MOST_TARGETS]]
            rest = len(unchecked) - len(lines)
            return "\n".join([*lines, f"and {rest} more: see the job summary"] if rest else lines)


def _target(unchecked: Unchecked) -> str:
    target, reason, hint = map(prose, (unchecked.target, unchecked.reason, unchecked.hint))
    return f"{target}: {reason}. Fix: {hint}"


def _finding_text(finding: Finding) -> str:
    lines = [prose(finding.message)]
    match finding.location:
        case FileLocation(commit=None):
            pass
        case elsewhere:
            lines.append(f"Where: {describe(elsewhere)}")
    if finding.impact:
        lines.append(f"Why: {prose(finding.impact)}")
    if finding.fix:
        lines.append(f"Fix: {prose(finding.fix)}")
    return "\n".join(lines)


def _is_nameable(path: str) -> bool:
    """Whether the runner takes the path as it is, and it can be in the workspace.

    The runner trims the properties and drops `=` at the start of a value.
    """
    is_plain = visible(path) == path == path.strip() and not path.startswith(("=", "/"))
    return bool(path) and is_plain and ".." not in path.split("/")


def _properties(place: FileLocation | None) -> dict[str, str]:
    """Only what the runner keeps: columns belong to a single line, nothing ends before it starts.

    The rules are those of IssueCommandExtension.ValidateLinesAndColumns in actions/runner.
    """
    if place is None:
        return {}
    if place.line is None or place.line < 1:
        return {"file": place.path}
    end_line = max(place.line, place.end_line or 0)
    properties = {"file": place.path, "line": str(place.line), "endLine": str(end_line)}
    if place.column is not None and place.column >= 1 and end_line == place.line:
        properties["col"] = str(place.column)
        if place.end_column is not None and place.end_column >= place.column:
            properties["endColumn"] = str(place.end_column)
    return properties


def _cut(text: str, units: int) -> str:
    """`text` in at most `units` UTF-16 units, which is what the runner counts."""
    if len(text) <= units // 2:
        return text
    encoded = text.encode("utf-16-le")
    if len(encoded) <= 2 * units:
        return text
    return encoded[: 2 * (units - 3)].decode("utf-16-le", "ignore") + "..."
