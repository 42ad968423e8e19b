"""What of new migrations is not judged, told as such: never as nothing, and never twice."""

from collections.abc import Iterable, Iterator, Sequence

from launchready.facts.acts import Unread
from launchready.facts.migrations import HistoryFacts, Opaque, OpaqueFacts, Statement
from launchready.facts.rehearsal import RehearsalFacts
from launchready.frozen import replace
from launchready.model import FileLocation, Finding, Unchecked
from launchready.policy.markers import accepts
from launchready.policy.marking import Marking
from launchready.steps.migration_check.files import Files

_REHEARSE = "run it in a rehearsal: `launchready migration-check --rehearse`"
_READ = (
    "read it for locks, whole tables and lost data, and say so beside it:"
    " `launchready: ignore[code-not-followed] reason`; or let `--rehearse` run it by"
    " `rehearsal.command`"
)
_RULE = "code-not-followed"


def unread(facts: HistoryFacts) -> Iterator[Unchecked]:
    """What of a history could not be read at all, where it matters: its new migrations."""
    for path, reason in facts.history.problems:
        yield Unchecked(target=path, reason=reason, hint="name it in `exclude` if it is none")
    for each in facts.new:
        if each.up.problem:
            yield Unchecked(target=each.path, reason=each.up.problem, hint=_REHEARSE)


def place_in(statement: Statement, offset: int) -> FileLocation:
    """Where an act stands: in the text of its statement, or at the operation that makes it."""
    place = statement.place
    if not offset or not statement.is_written or place.line is None:
        return place
    before = statement.sql[:offset]
    lines = before.count("\n")
    column = len(before) - before.rfind("\n") if lines else (place.column or 1) + offset
    return replace(place, line=place.line + lines, column=column, end_line=None, end_column=None)


def not_parsed(statement: Statement, act: Unread) -> Unchecked:
    """A statement that is not read."""
    reason = f"the statement cannot be read: {act.message}"
    place = place_in(statement, act.offset)
    return Unchecked(target=_line(place), reason=reason, hint=_REHEARSE)


def with_gaps(seen: Iterable[object], files: Files) -> Iterator[object]:
    """All facts, and of each new migration the pieces whose effect on the schema nobody knows: they
    were not followed, no rehearsal ran them, and no comment beside them says that somebody read
    them. Pieces that change rows have rules of their own.
    """
    known = tuple(seen)
    ran = {each.key for each in known if isinstance(each, RehearsalFacts) and not each.skipped}
    marking = Marking(files.text)
    left: dict[str, list[Opaque]] = {}
    for each in known:
        if not isinstance(each, OpaqueFacts) or each.opaque.changes_rows:
            yield each
            continue
        is_read = _is_read(each.opaque, marking)
        if not is_read and each.migration.key not in ran:
            left.setdefault(each.migration.key, []).append(each.opaque)
        yield replace(each, is_read=is_read)
    for pieces in left.values():
        yield _not_followed(pieces)


def _is_read(piece: Opaque, marking: Marking) -> bool:
    found = marking.of(Finding(message="", location=piece.place, identity=""))
    return any(accepts(each, _RULE) for each in found.markers or ())


def _not_followed(pieces: Sequence[Opaque]) -> Unchecked:
    first, *others = pieces
    why = f" ({first.hint})" if first.hint else ""
    more = f", nor are {len(others)} more pieces of it" if len(others) > 1 else ""
    more = ", nor is one more piece of it" if len(others) == 1 else more
    return Unchecked(
        target=_line(first.place),
        reason=f"{first.what} is not followed{why}{more}: what the migration does there is unknown",
        hint=_READ,
    )


def _line(place: FileLocation) -> str:
    return f"{place.path}:{place.line or 1}"
