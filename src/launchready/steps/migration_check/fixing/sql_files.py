"""Mends files of SQL: statements in place, in a transaction or out of it, or in a further file."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from launchready.facts.migrations import Framework, Script, Statement
from launchready.steps.migration_check.advice.spans import Edit, spliced
from launchready.steps.migration_check.fixing.leaving import Left, leave
from launchready.steps.migration_check.fixing.sequels import sequel
from launchready.steps.migration_check.fixing.sources import Source
from launchready.steps.migration_check.fixing.work import Proposal, Task, Work

_MIXED = "Flyway runs no file that holds both what needs a transaction and what must not have one"


def propose(work: Work) -> Iterator[Proposal | str]:
    """In place as the file runs now; with a further file; in place, out of the transaction."""
    path = _path_of(work.migration.up, work.migration.path)
    source = work.source(path)
    if source is None:
        yield "the file is in neither UTF-8 nor UTF-16"
        return
    edits: dict[bool, tuple[Edit, ...]] = {}
    for with_later in (True, False):
        made = _edits(work, source, with_later=with_later)
        if isinstance(made, str):
            yield made
            return
        edits[with_later] = made
    later = [sql for task in work.tasks for sql in task.remedy.later]
    is_outside = any(task.remedy.is_outside for task in work.tasks)
    is_mixed = is_outside and later and work.history.framework is Framework.FLYWAY
    left = leave(work, source)
    if is_mixed:
        yield _MIXED
    else:
        yield _proposal(path, source, edits[True], Left())
    if later and not (is_outside and isinstance(left, str)):
        # Flyway sees by itself what cannot run in a transaction
        needs_mark = is_outside and work.history.framework is not Framework.FLYWAY
        way = left if needs_mark and isinstance(left, Left) else Left()
        yield from _with_sequel(work, path, source, edits[False], way)
    if isinstance(left, str):
        yield left
    elif not is_mixed:
        yield _proposal(path, source, edits[True], left)


def _with_sequel(
    work: Work, path: str, source: Source, edits: tuple[Edit, ...], left: Left
) -> Iterator[Proposal | str]:
    """The first statements here, the others in a migration that comes after."""
    remedies = [task.remedy for task in work.tasks]
    down = work.migration.down
    if down is not None and any(each.is_undone_whole for each in remedies):
        yield "its down takes back what would be done by two migrations"
        return
    later = [sql for each in remedies for sql in each.later]
    later.sort(key=lambda sql: "VALIDATE" not in sql)  # no look at rows under a later one's lock
    undo = [sql for each in reversed(remedies) for sql in each.undo_later]
    further = sequel(work, later, undo, source.line_end)
    if isinstance(further, str):
        yield further
        return
    undone = _undone(work, path, source, [sql for each in remedies for sql in each.undo])
    if isinstance(undone, str):
        yield undone
        return
    here, elsewhere = undone
    proposal = _proposal(path, source, (*edits, *here), left)
    yield Proposal(
        contents={**proposal.contents, **elsewhere, **further},
        made=(*proposal.made, *further),
    )


def _undone(
    work: Work, path: str, source: Source, statements: list[str]
) -> tuple[tuple[Edit, ...], dict[str, bytes]] | str:
    """Statements put first in the migration's down: edits of this file, and contents of another."""
    down = work.migration.down
    if not statements or down is None:
        return (), {}
    its = _path_of(down, path)
    text = source if its == path else work.source(its)
    first = next(iter(down.statements), None)
    if text is None or first is None:
        return "its down holds no statement"
    at = text.offset_of(first.place)
    if at is None or not first.is_written:
        return "its down is not written"
    edit = Edit(start=at, end=at, text=_lead(text, at, statements))
    if its == path:
        return (edit,), {}
    return (), {its: text.bytes_of(spliced(text.text, (edit,)))}


def _edits(work: Work, source: Source, *, with_later: bool) -> tuple[Edit, ...] | str:
    """The edits of the file for all tasks; with what comes later right behind each statement."""
    if work.history.framework is Framework.GOOSE and "StatementBegin" in source.text:
        return "the file has a `-- +goose StatementBegin`, which holds one statement and no more"
    found: list[Edit] = []
    for task in work.tasks:
        span = _span(task, source)
        if isinstance(span, str):
            return span
        start, end = span
        remedy = task.remedy
        found += [
            Edit(start=start + each.start, end=start + each.end, text=each.text)
            for each in remedy.edits
        ]
        if remedy.before:
            found.append(Edit(start=start, end=start, text=_lead(source, start, remedy.before)))
        if with_later and remedy.later:
            found.append(Edit(start=end, end=end, text=_tail(source, start, remedy.later)))
    ordered = sorted(found, key=lambda each: (each.start, each.end))
    if any(two.start < one.end for one, two in pairwise(ordered)):
        return "two fixes would change the same words"
    return tuple(ordered)


def _span(task: Task, source: Source) -> tuple[int, int] | str:
    """Where the statement stands, if it stands there as it was judged."""
    statement: Statement = task.statement
    start = source.offset_of(statement.place) if statement.is_written else None
    if start is None:
        return "the statement is made by an operation"
    end = start + len(statement.sql)
    if source.text[start:end] != statement.sql:
        return "a template fills a part of it in"
    return start, end


def _lead(source: Source, at: int, statements: Iterable[str]) -> str:
    """Statements before the one at a place, in lines of their own."""
    indent, end = source.indent_at(at), source.line_end
    return "".join(f"{each};{end}{indent}" for each in statements)


def _tail(source: Source, at: int, statements: Iterable[str]) -> str:
    """Statements behind one that begins at `at`; its semicolon becomes the last one's."""
    indent, end = source.indent_at(at), source.line_end
    return "".join(f";{end}{indent}{each}" for each in statements)


def _proposal(path: str, source: Source, edits: tuple[Edit, ...], left: Left) -> Proposal:
    text = spliced(source.text, (*left.edits, *edits))
    return Proposal(contents={path: source.bytes_of(text), **left.contents}, made=left.made)


def _path_of(script: Script, path: str) -> str:
    return script.location.path if script.location else path
