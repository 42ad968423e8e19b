"""CircleCI: `environment` of jobs, executors and containers.

Source: https://circleci.com/docs/configuration-reference/.
"""

from collections.abc import Iterator

from launchready.config.nodes import Node
from launchready.documents import child, entries, items, text_of
from launchready.documents.yaml import yaml_documents
from launchready.facts.environment import Kind, Origin, SourceFile
from launchready.steps.env_lint.declarations.format import (
    Format,
    by_word,
    format_of,
    opened,
    pairs,
)
from launchready.steps.env_lint.declarations.interpolation import uses_in
from launchready.steps.env_lint.naming import Naming


def read(file: SourceFile, naming: Naming) -> Iterator[object]:
    """What jobs, executors and commands declare."""
    documents = yield from opened(file, yaml_documents)
    form = format_of(file, "circleci", Kind.CI)
    for document in documents or ():
        for section in ("jobs", "executors", "commands"):
            for key, node in entries(child(document, section)):
                name = str(key.value)
                yield from _holder(form.within(name, by_word(naming, name)), node)


def _holder(form: Format, node: Node) -> Iterator[object]:
    yield from _variables(form, child(node, "environment"))
    for each in items(child(node, "docker")):
        yield from _variables(form, child(each, "environment"))
    for step in items(child(node, "steps")):
        yield from _variables(form, child(step, "run", "environment"))


def _variables(form: Format, node: Node | None) -> Iterator[object]:
    for pair in pairs(node):
        text = text_of(pair.value)
        names = tuple(dict.fromkeys(use.name for use in uses_in(text or "")))
        if text is not None and ("<<" in text or names):
            origin = Origin(store="vars" if names else "inputs", name=names[0] if names else "")
            yield from form.declared(pair.key, None, origin=origin, references=names)
        else:
            yield from form.declared(pair.key, text)
