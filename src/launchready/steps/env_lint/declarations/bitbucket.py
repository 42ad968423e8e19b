"""Bitbucket Pipelines: variables of custom pipelines and of pipes.

Source: https://support.atlassian.com/bitbucket-cloud/docs/step-options/.
"""

from collections.abc import Iterator

from launchready.config.nodes import Mapping, Node, Scalar, Sequence
from launchready.documents import child, text_of
from launchready.documents.yaml import yaml_documents
from launchready.facts.environment import Kind, Origin, SourceFile
from launchready.steps.env_lint.declarations.format import (
    Format,
    format_of,
    opened,
    pairs,
)
from launchready.steps.env_lint.declarations.interpolation import uses_in
from launchready.steps.env_lint.naming import Naming


def read(file: SourceFile, naming: Naming) -> Iterator[object]:
    """What steps declare; `deployment` tells their environment."""
    documents = yield from opened(file, yaml_documents)
    form = format_of(file, "bitbucket", Kind.CI)
    for document in documents or ():
        yield from _below(form, naming, document, 0)


def _below(form: Format, naming: Naming, node: Node, depth: int) -> Iterator[object]:
    if isinstance(node, Mapping):
        deployment = text_of(child(node, "deployment"))
        if deployment:
            form = form.within(deployment, naming.named(deployment))
        for key, value in node.items:
            if key.value == "variables":
                yield from _variables(form, value)
            elif depth < 12:
                yield from _below(form, naming, value, depth + 1)
    elif isinstance(node, Sequence):
        for each in node.items:
            yield from _below(form, naming, each, depth + 1)


def _variables(form: Format, node: Node) -> Iterator[object]:
    for pair in pairs(node):
        text = text_of(pair.value) if isinstance(pair.value, Scalar) else None
        names = tuple(dict.fromkeys(use.name for use in uses_in(text or "")))
        if names:
            origin = Origin(store="vars", name=names[0])
            yield from form.declared(pair.key, None, origin=origin, references=names)
        else:
            yield from form.declared(pair.key, text)
