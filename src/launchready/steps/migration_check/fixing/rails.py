"""Mends Rails' migrations: `algorithm: :concurrently`, `validate: false`, and one that follows.

Source: https://api.rubyonrails.org/classes/ActiveRecord/Migration.html (disable_ddl_transaction!)
and https://api.rubyonrails.org/classes/ActiveRecord/ConnectionAdapters/SchemaStatements.html
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from launchready.facts.acts import SetNullability
from launchready.frozen import frozen
from launchready.steps.migration_check.advice.literals import ruby
from launchready.steps.migration_check.advice.rails import operation
from launchready.steps.migration_check.advice.spans import Edit, spliced
from launchready.steps.migration_check.files import folder_of, stem_of
from launchready.steps.migration_check.fixing.sequels import next_number
from launchready.steps.migration_check.fixing.sources import Source
from launchready.steps.migration_check.fixing.work import Proposal, Task, Work
from launchready.steps.migration_check.frameworks.syntax.code import Code

if TYPE_CHECKING:
    from tree_sitter import Node

_KEYWORDS = {
    "add_index": "algorithm: :concurrently",
    "remove_index": "algorithm: :concurrently",
    "add_foreign_key": "validate: false",
    "add_check_constraint": "validate: false",
}
_OUTSIDE = "disable_ddl_transaction!"


@frozen
class _Found:
    """The class of a migration, the method at work, and the call that each task is about."""

    code: Code
    source: Source
    whole: "Node"
    body: "Node"
    method: "Node"
    calls: tuple[tuple[Task, "Node"], ...]

    def span(self, node: "Node") -> tuple[int, int]:
        """Where a node stands, in characters."""
        return self.code.offset(node.start_byte), self.code.offset(node.end_byte)

    def field(self, node: "Node", name: str) -> str:
        """The text of a part of a node."""
        return self.code.of(node.child_by_field_name(name))


def propose(work: Work) -> Iterator[Proposal | str]:
    """Out of the transaction, or with a migration that follows."""
    found = _found(work)
    if isinstance(found, str):
        yield found
    elif any(not task.remedy.edits for task in work.tasks):
        yield _limited(work, found)
    elif any(task.remedy.is_outside for task in work.tasks):
        yield _outside(work, found)
    else:
        yield _with_further(work, found)


def _found(work: Work) -> _Found | str:
    source = work.source(work.migration.path)
    if source is None:
        return "the file is in neither UTF-8 nor UTF-16"
    code = Code(work.migration.path, source.text, "ruby")
    whole = next((e for e in code.root.children if e.type == "class"), None) if code.root else None
    body = whole.child_by_field_name("body") if whole else None
    if whole is None or body is None:
        return code.problem or "it holds no class"
    methods = [each for each in body.named_children if each.type == "method"]
    for method in methods:
        calls = [(task, _call(code, method, task)) for task in work.tasks]
        made = tuple((task, node) for task, node in calls if node is not None)
        if len(made) == len(calls) == len({node.start_byte for _, node in made}):
            return _Found(
                code=code, source=source, whole=whole, body=body, method=method, calls=made
            )
    return "it does not stand in the method itself, as one call that does one thing"


def _call(code: Code, method: "Node", task: Task) -> "Node | None":
    """The call right in a method that makes a task's statement."""
    body = method.child_by_field_name("body")
    here = (each for each in (body.named_children if body else ()) if each.type == "call")
    place = task.statement.place
    return next((each for each in here if code.place(each) == place), None)


def _edits(found: _Found) -> list[Edit] | str:
    """The calls written otherwise."""
    edits: list[Edit] = []
    for task, node in found.calls:
        name = found.field(node, "method")
        arguments = node.child_by_field_name("arguments")
        if arguments is None or not arguments.named_children or task.remedy.before:
            return "its arguments are not those of one call alone"
        if name == "change_column_null" and found.field(found.method, "name") == "change":
            start, end = found.span(node)
            edits.append(Edit(start=start, end=end, text=_given(found, task, arguments)))
        elif name not in _KEYWORDS:
            return f"{name} is not one that a program changes"
        else:
            words = _KEYWORDS[name]
            if words.partition(":")[0] + ":" in found.code.of(arguments):
                return f"it says `{words.partition(':')[0]}` already"
            last = found.span(arguments.named_children[-1])[1]
            edits.append(Edit(start=last, end=last, text=f", {words}"))
    return edits


def _given(found: _Found, task: Task, arguments: "Node") -> str:
    """The CHECK in place of NOT NULL, which Rails takes back by itself."""
    act = task.facts.act
    column = act.column if isinstance(act, SetNullability) else ""
    name = task.remedy.undo[0].rpartition(" ")[2].strip('"')
    table = found.code.of(arguments.named_children[0])
    condition = ruby(f'"{column}" IS NOT NULL')
    return f"add_check_constraint {table}, {condition}, name: {ruby(name)}, validate: false"


def _outside(work: Work, found: _Found) -> Proposal | str:
    body = found.method.child_by_field_name("body")
    if body is None or len([e for e in body.named_children if e.type != "comment"]) != len(
        found.calls
    ):
        return (
            "the migration does other things too, which would lose their transaction: put this one"
            " into a migration of its own"
        )
    edits = _edits(found)
    if isinstance(edits, str):
        return edits
    if _OUTSIDE not in found.code.of(found.body):
        at = found.span(found.body)[0]
        lead = f"{found.source.line_end * 2}{found.source.indent_at(at)}"
        edits.append(Edit(start=at, end=at, text=f"{_OUTSIDE}{lead}"))
    return _here(work, found, edits)


def _limited(work: Work, found: _Found) -> Proposal | str:
    if len(work.tasks) > 1 or found.field(found.method, "name") != "up":
        return "`change` takes no SQL back: write it as `up` and `down`"
    at = found.span(found.calls[0][1])[0]
    lead = f"{found.source.line_end}{found.source.indent_at(at)}"
    text = "".join(f"{operation(sql)}{lead}" for sql in work.tasks[0].remedy.before)
    return _here(work, found, [Edit(start=at, end=at, text=text)])


def _with_further(work: Work, found: _Found) -> Proposal | str:
    edits = _edits(found)
    if isinstance(edits, str):
        return edits
    stem = stem_of(work.migration.path)
    number, _, rest = stem.partition("_")
    name = found.field(found.whole, "name")
    if name != "".join(word[:1].upper() + word[1:] for word in rest.split("_")):
        return "its class is not named as its file"
    number = next_number(number, (each.version for each in work.history.migrations))
    path = f"{folder_of(work.migration.path)}/{number}_{rest}_validate.rb".lstrip("/")
    if path in work.files:
        return "the migration that would follow is there already"
    text = _further(work.tasks, f"class {name}Validate {found.field(found.whole, 'superclass')}")
    here = _here(work, found, edits)
    content = found.source.line_end.join((*text, "")).encode()
    return Proposal(contents={**here.contents, path: content}, made=(path,))


def _further(tasks: Sequence[Task], head: str) -> tuple[str, ...]:
    """The lines of a migration that checks what the one at work has only added."""
    later = [sql for task in tasks for sql in task.remedy.later]
    later.sort(key=lambda sql: "VALIDATE" not in sql)
    undo = [sql for task in reversed(tasks) for sql in task.remedy.undo_later]
    return (
        head,
        "  # the rows are read while writes go on: the locks of the migration before are gone",
        "  def up",
        *(f"    {operation(sql)}" for sql in later),
        "  end",
        "",
        "  def down",
        *(f"    {operation(sql)}" for sql in undo),
        *(() if undo else ("    # it all goes with the migration before",)),
        "  end",
        "end",
    )


def _here(work: Work, found: _Found, edits: Sequence[Edit]) -> Proposal:
    text = spliced(found.source.text, edits)
    return Proposal(contents={work.migration.path: found.source.bytes_of(text)})
