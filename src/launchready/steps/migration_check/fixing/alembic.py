"""Mends Alembic's revisions: keywords, autocommit blocks, and a revision that follows.

An autocommit block commits what came before it, the stamps of earlier revisions too, and then runs
each statement on its own. So an index is built in one where nothing else stands in the revision,
and what is checked later is checked in a revision that begins with one.

Source: https://alembic.sqlalchemy.org/en/latest/api/runtime.html (autocommit_block), and
https://alembic.sqlalchemy.org/en/latest/ops.html
"""

import ast
import hashlib
import re
from collections.abc import Iterator, Sequence

from launchready.steps.migration_check.advice.literals import python
from launchready.steps.migration_check.advice.spans import Edit, spliced
from launchready.steps.migration_check.files import folder_of, stem_of
from launchready.steps.migration_check.fixing.code import (
    Code,
    body_of,
    called,
    has_bound,
    in_literal,
    with_keyword,
)
from launchready.steps.migration_check.fixing.work import Proposal, Task, Work

_BLOCK = "with op.get_context().autocommit_block():"
_ONLY_NULL = frozenset({"nullable", "existing_type", "existing_nullable", "existing_comment",
    "existing_server_default", "schema", "table_name", "column_name"})  # fmt: skip
_KEYWORDS = {
    "create_index": "postgresql_concurrently=True",
    "drop_index": "postgresql_concurrently=True",
    "create_foreign_key": "postgresql_not_valid=True",
    "create_check_constraint": "postgresql_not_valid=True",
}

_NAMED = frozenset({"create_foreign_key", "create_check_constraint", "create_unique_constraint",
    "create_primary_key"})  # fmt: skip
_REPLACED = frozenset({"alter_column", "create_unique_constraint", "create_primary_key"})


def propose(work: Work) -> Iterator[Proposal | str]:
    """In an autocommit block, or with a revision that follows."""
    source = work.source(work.migration.path)
    code = Code(source) if source is not None else None
    if code is None or code.tree is None:
        yield "the file cannot be read as Python"
        return
    if has_bound([sql for task in work.tasks for sql in (*task.remedy.later, *_made(task))]):
        yield "SQLAlchemy would take a part of the SQL for a parameter"
        return
    upgrade = _function(code, "upgrade")
    nodes = _nodes(code, upgrade, work.tasks)
    if upgrade is None or isinstance(nodes, str):
        yield nodes if isinstance(nodes, str) else "it has no function upgrade"
        return
    limits = [sql for task in work.tasks for sql in task.remedy.before if not task.remedy.edits]
    if limits:
        yield _limited(work, code, upgrade, limits)
    elif any(task.remedy.is_outside for task in work.tasks):
        yield _in_block(work, code, upgrade, nodes)
    else:
        yield _with_revision(work, code, nodes)


def _limited(
    work: Work, code: Code, upgrade: ast.FunctionDef, limits: Sequence[str]
) -> Proposal | str:
    """Statements put first, where there is nothing else to mend."""
    first = next(body_of(upgrade), None)
    if first is None or len(work.tasks) != len(limits):
        return "it is mended together with others"
    at = code.span(first)[0]
    lead = f"{code.source.line_end}{code.source.indent_at(at)}"
    edit = Edit(start=at, end=at, text="".join(f"{_execute(sql)}{lead}" for sql in limits))
    return Proposal(
        contents={work.migration.path: code.source.bytes_of(spliced(code.text, [edit]))}
    )


def _function(code: Code, name: str) -> ast.FunctionDef | None:
    body = code.tree.body if code.tree else ()
    return next((e for e in body if isinstance(e, ast.FunctionDef) and e.name == name), None)


def _nodes(
    code: Code, upgrade: ast.FunctionDef | None, tasks: Sequence[Task]
) -> list[tuple[Task, ast.Expr]] | str:
    """The statement of `upgrade` that each task is about; it stands there itself, and alone."""
    found: list[tuple[Task, ast.Expr]] = []
    for task in tasks:
        node = next(
            (
                each
                for each in (upgrade.body if upgrade else ())
                if isinstance(each, ast.Expr) and code.holds(each, task.statement)
            ),
            None,
        )
        if node is None or not isinstance(node.value, ast.Call):
            return "it does not stand in upgrade() itself"
        if any(node is other for _, other in found):
            return "one call does several things"
        found.append((task, node))
    return found


def _edits(code: Code, task: Task, node: ast.Expr) -> list[Edit] | str:
    """The operation written otherwise."""
    call = node.value
    assert isinstance(call, ast.Call)  # noqa: S101 - by _nodes
    name = called(call)
    if name == "execute":
        return in_literal(code, task)
    if name in _NAMED and _is_unnamed(call):
        return "it has no name, which a naming convention may give it"
    if name in _KEYWORDS:
        return _with_keyword(code, task, call, _KEYWORDS[name])
    if name == "alter_column" and not {each.arg for each in call.keywords} <= _ONLY_NULL:
        return "the call changes more than that"
    if name not in _REPLACED:
        return f"{name} is not one that a program changes"
    start, end = code.span(call)
    return [Edit(start=start, end=end, text=_execute(*_made(task)))]


def _with_keyword(code: Code, task: Task, call: ast.Call, words: str) -> list[Edit] | str:
    keyword = words.partition("=")[0]
    if any(each.arg == keyword for each in call.keywords):
        return f"it says {keyword} already"
    edit = with_keyword(code, call, words)
    if edit is None or task.remedy.before:
        return "its arguments are not those of one index alone"
    return [edit]


def _is_unnamed(call: ast.Call) -> bool:
    first = call.args[0] if call.args else None
    return first is None or (isinstance(first, ast.Constant) and first.value is None)


def _made(task: Task) -> tuple[str, ...]:
    """The SQL in place of an operation."""
    return (task.remedy.first(task.statement.sql),)


def _execute(sql: str) -> str:
    return f"op.execute({python(sql)})"


def _in_block(
    work: Work, code: Code, upgrade: ast.FunctionDef, nodes: Sequence[tuple[Task, ast.Expr]]
) -> Proposal | str:
    """All in one autocommit block, one after the other."""
    if len(list(body_of(upgrade))) != len(nodes):
        return (
            "the revision does other things too, which would be committed before it is done: put"
            " this one into a revision of its own"
        )
    if any(code.spans_lines(node) for _, node in nodes):
        return "a text in it goes over several lines"
    edits: list[Edit] = []
    end = code.source.line_end
    first, last = code.span(nodes[0][1])[0], code.span(nodes[-1][1])[1]
    indent = code.source.indent_at(first)
    deeper = indent + (indent or "    ")
    for task, node in nodes:
        made = _edits(code, task, node)
        if isinstance(made, str):
            return made
        at = code.span(node)[1]
        more = "".join(f"{end}{indent}{_execute(sql)}" for sql in task.remedy.later)
        edits += [*made, *([Edit(start=at, end=at, text=more)] if more else [])]
    body = spliced(
        code.text[first:last],
        [Edit(start=e.start - first, end=e.end - first, text=e.text) for e in edits],
    )
    body = re.sub(rf"(\r\n|\n){re.escape(indent)}(?=[^\r\n])", rf"\1{deeper}", body)
    block = Edit(start=first, end=last, text=f"{_BLOCK}{end}{deeper}{body}")
    return Proposal(
        contents={work.migration.path: code.source.bytes_of(spliced(code.text, [block]))}
    )


def _with_revision(
    work: Work, code: Code, nodes: Sequence[tuple[Task, ast.Expr]]
) -> Proposal | str:
    """The first statements here, the others in a revision that follows."""
    edits: list[Edit] = []
    for task, node in nodes:
        made = _edits(code, task, node)
        if isinstance(made, str):
            return made
        edits += made
    remedies = [task.remedy for task in work.tasks]
    if undo := [sql for each in remedies for sql in each.undo]:
        down = _function(code, "downgrade")
        first = next(body_of(down), None) if down else None
        if first is not None:
            at = code.span(first)[0]
            lead = f"{code.source.line_end}{code.source.indent_at(at)}"
            text = "".join(f"{_execute(sql)}{lead}" for sql in undo)
            edits.append(Edit(start=at, end=at, text=text))
    path, content = _revision(work, code.source.line_end)
    if path in work.files:
        return "the revision that would follow is there already"
    here = code.source.bytes_of(spliced(code.text, edits))
    return Proposal(contents={work.migration.path: here, path: content}, made=(path,))


def _revision(work: Work, line_end: str) -> tuple[str, bytes]:
    """A revision that checks, in an autocommit block, what the one at work has only added."""
    migration = work.migration
    remedies = [task.remedy for task in work.tasks]
    later = [sql for each in remedies for sql in each.later]
    later.sort(key=lambda sql: "VALIDATE" not in sql)
    undo = [sql for each in reversed(remedies) for sql in each.undo_later]
    told = "\n".join((migration.version, *later))
    revision = hashlib.sha256(told.encode()).hexdigest()[:12]
    slug = re.sub(r"\W+", "_", migration.name).strip("_")
    lines = (
        f'"""validate what {stem_of(migration.path)} adds',
        "",
        f"Revision ID: {revision}",
        f"Revises: {migration.version}",
        "",
        '"""',
        "",
        "from alembic import op",
        "",
        f"revision = {python(revision)}",
        f"down_revision = {python(migration.version)}",
        "branch_labels = None",
        "depends_on = None",
        "",
        "",
        "def upgrade() -> None:",
        "    # commits first, so that the rows are read while writes go on",
        f"    {_BLOCK}",
        *(f"        {_execute(sql)}" for sql in later),
        "",
        "",
        "def downgrade() -> None:",
        *(f"    {_execute(sql)}" for sql in undo),
        *(() if undo else ("    pass  # it all goes with the revision before",)),
    )
    path = f"{folder_of(migration.path)}/{revision}_{slug}_validate.py".lstrip("/")
    return path, f"{line_end.join(lines)}{line_end}".encode()
