"""One migration file of Django: what its class says, and what is worth a note."""

import ast
import re
from collections.abc import Iterator
from dataclasses import field

from launchready.frozen import frozen
from launchready.model import FileLocation
from launchready.steps.migration_check.files import Files, stem_of
from launchready.steps.migration_check.frameworks.django.contexts import Context
from launchready.steps.migration_check.frameworks.django.own_fields import OwnFields
from launchready.steps.migration_check.frameworks.python.modules import Module, tree_of
from launchready.steps.migration_check.frameworks.python.sql import Source
from launchready.steps.migration_check.frameworks.python.values import (
    UNKNOWN,
    Called,
    items_of,
)

Node = tuple[str, str]
"""A migration: the label of its app, and its name."""


@frozen
class MigrationFile:
    """A file that was read. `operations` is UNKNOWN where code builds them; `problem` says why
    nothing could be read. `context` is None then.
    """

    path: str
    node: Node
    context: Context | None = None
    problem: str = ""
    after: tuple[Node, ...] = ()
    before: tuple[Node, ...] = ()
    replaces: tuple[Node, ...] = ()
    is_atomic: bool = True
    operations: object = UNKNOWN
    location: FileLocation | None = None
    notes: tuple[tuple[str, FileLocation, str], ...] = field(default_factory=tuple)


def read_file(
    path: str, app: str, files: Files, user_app: str, own: OwnFields
) -> MigrationFile | None:
    """A file of a folder of migrations; None for one that holds no migration."""
    node, text = (app, stem_of(path)), files.text(path)
    if text is None:
        problem = files.unread[path].reason if path in files.unread else "it is not there"
        return MigrationFile(path=path, node=node, problem=problem)
    if "Migration" not in text:
        return None
    tree = tree_of(text)
    if isinstance(tree, str):
        return MigrationFile(path=path, node=node, problem=tree)
    module = Module(path, tree)
    found = module.classes.get("Migration")
    if found is None:
        return None
    context = Context(app=app, module=module, source=Source(path, text), files=files, own=own)
    said = _attributes(found, module)
    return MigrationFile(
        path=path,
        node=node,
        context=context,
        after=tuple(_nodes(said.get("dependencies", ()), user_app)),
        before=tuple(_nodes(said.get("run_before", ()), user_app)),
        replaces=tuple(_nodes(said.get("replaces", ()), user_app)),
        is_atomic=said.get("atomic", True) is not False,
        operations=said.get("operations", ()),
        location=module.place(found),
        notes=tuple(_notes(module, text, said)),
    )


def _attributes(found: ast.ClassDef, module: Module) -> dict[str, object]:
    said: dict[str, object] = {}
    for node in found.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)]):
                said[name] = module.value(node.value)
            case ast.AnnAssign(target=ast.Name(id=name)):
                said[name] = module.value(node.value)
            case ast.AugAssign(target=ast.Name(id=name)):
                more, have = module.value(node.value), said.get(name)
                known = isinstance(have, list) and isinstance(more, list)
                said[name] = [*have, *more] if known else UNKNOWN  # type: ignore[misc]
            case ast.If() | ast.For() | ast.With() | ast.Try():
                for each in ast.walk(node):
                    if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
                        said[each.id] = UNKNOWN
            case _:
                pass
    return said


def _nodes(value: object, user_app: str) -> Iterator[Node]:
    for each in items_of(value) or ():
        pair = items_of(each)
        if pair is not None and len(pair) == 2 and isinstance(pair[0], str):
            yield pair[0], str(pair[1])
        elif isinstance(each, Called) and each.last == "swappable_dependency":
            app = (
                each.args[0].partition(".")[0]
                if each.args and isinstance(each.args[0], str)
                else ""
            )
            yield app or user_app, "__first__"


def _notes(
    module: Module, text: str, said: dict[str, object]
) -> Iterator[tuple[str, FileLocation, str]]:
    for name, path in module.imports.items():
        if ".models." not in path or path.startswith("django.db.") or not name[:1].isupper():
            continue
        if re.search(rf"\b{re.escape(name)}(\.objects\b|\()", text):
            yield "direct-model-import", _import_place(module, name), path
    for each in items_of(said.get("operations")) or ():
        if not isinstance(each, Called) or each.last not in ("RunPython", "RunSQL"):
            continue
        option = "reverse_code" if each.last == "RunPython" else "reverse_sql"
        if each.is_whole and each.argument(option, 1) is None:
            yield "no-reverse", module.at(each.line, each.column), each.last
    replaced = items_of(said.get("replaces"))
    if replaced:
        names = (".".join(map(str, items_of(each) or ())) for each in replaced)
        yield "replaces", module.at(1, 1), ", ".join(names)


def _import_place(module: Module, name: str) -> FileLocation:
    for node in module.tree.body:
        if isinstance(node, ast.ImportFrom) and any(
            (a.asname or a.name) == name for a in node.names
        ):
            return module.place(node)
    return module.at(1, 1)
