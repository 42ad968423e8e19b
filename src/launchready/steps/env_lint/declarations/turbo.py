"""turbo.json: the variables that tasks may see. Source: https://turborepo.com/docs/reference/configuration."""

from collections.abc import Iterator

from launchready.config.nodes import Node, Scalar
from launchready.documents import child, entries, items
from launchready.documents.json import json_document
from launchready.facts.environment import Kind, SourceFile
from launchready.steps.env_lint.declarations.format import Format, format_of, opened
from launchready.steps.env_lint.naming import Naming


def read(file: SourceFile, naming: Naming) -> Iterator[object]:
    """The names of the lists; patterns such as `NEXT_PUBLIC_*` are left out."""
    root = yield from opened(file, json_document)
    form = format_of(file, "turbo.json", Kind.SCHEMA)
    for key in ("globalEnv", "globalPassThroughEnv"):
        yield from _names(form.within(key), child(root, key))
    for tasks in ("tasks", "pipeline"):
        for task, node in entries(child(root, tasks)):
            for key in ("env", "passThroughEnv"):
                yield from _names(form.within(str(task.value)), child(node, key))
    for node in items(child(root, "globalDependencies")):
        if isinstance(node, Scalar) and str(node.value).startswith("$"):
            yield from _name(form, node)


def _names(form: Format, node: Node | None) -> Iterator[object]:
    for each in items(node):
        if isinstance(each, Scalar):
            yield from _name(form, each)


def _name(form: Format, node: Scalar) -> Iterator[object]:
    key = Scalar(value=str(node.value).removeprefix("$"), line=node.line, column=node.column)
    yield from form.declared(key, None)
