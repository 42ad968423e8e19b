"""Mends Django's migrations: operations of django.contrib.postgres, `atomic = False`, and a
migration that follows.

Source: https://docs.djangoproject.com/en/stable/ref/contrib/postgres/operations/
"""

import ast
import re
from collections.abc import Iterator, Sequence

from launchready.steps.migration_check.advice.literals import python
from launchready.steps.migration_check.advice.spans import Edit, spliced
from launchready.steps.migration_check.files import folder_of, stem_of
from launchready.steps.migration_check.fixing.code import Code, called, in_literal
from launchready.steps.migration_check.fixing.work import Proposal, Task, Work

_PACKAGE = "django.contrib.postgres.operations"
_OTHERS = {
    "AddIndex": "AddIndexConcurrently",
    "RemoveIndex": "RemoveIndexConcurrently",
    "AddConstraint": "AddConstraintNotValid",
}
_NUMBERED = re.compile(r"(?P<number>\d+)_(?P<rest>.+)")

Nodes = list[tuple[Task, ast.Call]]


def propose(work: Work) -> Iterator[Proposal | str]:
    """Out of the transaction, or with a migration that follows."""
    source = work.source(work.migration.path)
    code = Code(source) if source is not None else None
    if code is None or code.tree is None:
        yield "the file cannot be read as Python"
        return
    found = _found(code, work.tasks)
    yield found if isinstance(found, str) else _proposal(work, code, *found)


def _proposal(
    work: Work, code: Code, migration: ast.ClassDef, operations: ast.List, nodes: Nodes
) -> Proposal | str:
    path = work.migration.path
    limits = [sql for task in work.tasks for sql in task.remedy.before if not task.remedy.edits]
    if limits:
        return _limited(work, code, operations, limits)
    edits = _edits(code, nodes)
    if isinstance(edits, str):
        return edits
    if any(task.remedy.is_outside for task in work.tasks):
        left = _non_atomic(code, migration, operations, nodes)
        if isinstance(left, str):
            return left
        return Proposal(contents={path: code.source.bytes_of(spliced(code.text, [*edits, *left]))})
    further = _further(work, nodes, code.source.line_end)
    if isinstance(further, str):
        return further
    here = code.source.bytes_of(spliced(code.text, edits))
    return Proposal(contents={path: here, further[0]: further[1]}, made=(further[0],))


def _limited(work: Work, code: Code, operations: ast.List, limits: Sequence[str]) -> Proposal | str:
    """Statements put first, where there is nothing else to mend."""
    if len(work.tasks) != len(limits):
        return "it is mended together with others"
    at = code.span(operations.elts[0])[0]
    lead = f",{code.source.line_end}{code.source.indent_at(at)}"
    texts = (f"migrations.RunSQL({python(sql)}, migrations.RunSQL.noop){lead}" for sql in limits)
    edit = Edit(start=at, end=at, text="".join(texts))
    return Proposal(
        contents={work.migration.path: code.source.bytes_of(spliced(code.text, [edit]))}
    )


def _found(code: Code, tasks: Sequence[Task]) -> tuple[ast.ClassDef, ast.List, Nodes] | str:
    """The class, its list of operations, and the operation that each task is about."""
    body = code.tree.body if code.tree else ()
    migration = next(
        (e for e in body if isinstance(e, ast.ClassDef) and e.name == "Migration"), None
    )
    listed = _assigned(migration, "operations") if migration else None
    if migration is None or not isinstance(listed, ast.List):
        return "its operations are not written as a list"
    nodes: Nodes = []
    for task in tasks:
        node = next((e for e in listed.elts if code.holds(e, task.statement)), None)
        if not isinstance(node, ast.Call):
            return "it does not stand in the list of operations itself"
        if any(node is other for _, other in nodes):
            return "one operation does several things"
        nodes.append((task, node))
    return migration, listed, nodes


def _assigned(migration: ast.ClassDef, name: str) -> ast.expr | None:
    for each in migration.body:
        match each:
            case ast.Assign(targets=[ast.Name(id=found)], value=value) if found == name:
                return value
            case ast.AnnAssign(target=ast.Name(id=found), value=value) if found == name:
                return value
    return None


def _edits(code: Code, nodes: Nodes) -> list[Edit] | str:
    """The operations written otherwise, and what they need to be imported."""
    edits: list[Edit] = []
    wanted: list[str] = []
    for task, node in nodes:
        name = called(node)
        if name == "RunSQL":
            made = in_literal(code, task)
            if isinstance(made, str):
                return made
            edits += made
        elif name not in _OTHERS or (name == "AddConstraint" and task.remedy.is_outside):
            return f"Django has no operation that does what {name} does in safe steps"
        else:
            start, end = code.span(node.func)
            edits.append(Edit(start=start, end=end, text=_OTHERS[name]))
            wanted.append(_OTHERS[name])
    imported = _import(code, sorted(set(wanted)))
    return imported if isinstance(imported, str) else [*edits, *imported]


def _import(code: Code, wanted: list[str]) -> list[Edit] | str:
    """The import of these names, before the first of Django's own."""
    body = code.tree.body if code.tree else ()
    there = {
        alias.name
        for each in body
        if isinstance(each, ast.ImportFrom) and each.module == _PACKAGE
        for alias in each.names
        if alias.asname is None
    }
    missing = [name for name in wanted if name not in there]
    if not missing:
        return []
    first = next(
        (
            e
            for e in body
            if isinstance(e, ast.ImportFrom) and (e.module or "").startswith("django")
        ),
        None,
    )
    if first is None:
        return "it has no import of Django's that another could stand beside"
    at = code.span(first)[0]
    words = f"from {_PACKAGE} import {', '.join(missing)}{code.source.line_end}"
    return [Edit(start=at, end=at, text=words)]


def _non_atomic(
    code: Code, migration: ast.ClassDef, operations: ast.List, nodes: Nodes
) -> list[Edit] | str:
    """`atomic = False`, where no operation is left that would lose its transaction."""
    mended = [node for _, node in nodes]
    others = [
        each
        for each in operations.elts
        if not any(each is node for node in mended) and not called(each).endswith("Concurrently")
    ]
    if others:
        return (
            "the migration holds other operations too, which would lose their transaction: put this"
            " one into a migration of its own"
        )
    if (said := _assigned(migration, "atomic")) is not None:
        is_off = isinstance(said, ast.Constant) and said.value is False
        return [] if is_off else "it says itself that it is atomic"
    first = next((e for e in migration.body if not _is_text(e)), None)
    if first is None:
        return "its class is empty"
    at, end = code.span(first)[0], code.source.line_end
    return [Edit(start=at, end=at, text=f"atomic = False{end}{end}{code.source.indent_at(at)}")]


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _further(work: Work, nodes: Nodes, line_end: str) -> tuple[str, bytes] | str:
    """A migration that checks what the one at work has only added."""
    path = work.migration.path
    name = _NUMBERED.fullmatch(stem_of(path))
    app, _, own = work.migration.version.rpartition(".")
    if name is None:
        return "its name has no number that another could follow"
    if any(work.migration.version in each.after for each in work.history.migrations):
        return "another migration depends on it already"
    number = str(int(name["number"]) + 1).zfill(len(name["number"]))
    new = f"{folder_of(path)}/{number}_{name['rest']}_validate.py".lstrip("/")
    operations = [line for task, node in nodes for line in _checks(task, node)]
    uses = any(each.startswith("Validate") for each in operations)
    lines = (
        *((f"from {_PACKAGE} import ValidateConstraint",) if uses else ()),
        "from django.db import migrations",
        "",
        "",
        "class Migration(migrations.Migration):",
        "    # the rows are read while writes go on: the locks of the migration before are gone",
        f"    dependencies = [({python(app)}, {python(own)})]",
        "",
        "    operations = [",
        *(f"        {each}," for each in operations),
        "    ]",
    )
    if new in work.files:
        return "the migration that would follow is there already"
    return new, f"{line_end.join(lines)}{line_end}".encode()


def _checks(task: Task, node: ast.Call) -> Iterator[str]:
    """The operations that check a constraint."""
    model = next((k.value for k in node.keywords if k.arg == "model_name"), None)
    model = model or (node.args[0] if node.args else None)
    act = task.facts.act
    constraint = getattr(act, "constraint", None)
    if called(node) == "AddConstraint" and isinstance(model, ast.Constant) and constraint:
        given = f"model_name={python(str(model.value))}, name={python(constraint.name)}"
        yield f"ValidateConstraint({given})"
        return
    for sql in task.remedy.later:
        yield f"migrations.RunSQL({python(sql)}, migrations.RunSQL.noop)"
