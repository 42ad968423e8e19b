"""render.yaml: variables of services and groups. Source: https://render.com/docs/blueprint-spec."""

from collections.abc import Iterator

from launchready.config.nodes import Node, Scalar
from launchready.documents import child, items, text_of
from launchready.documents.yaml import yaml_documents
from launchready.facts.environment import Environment, SourceFile, Stage
from launchready.steps.env_lint.declarations.format import (
    PLATFORM,
    Format,
    by_word,
    format_of,
    opened,
)
from launchready.steps.env_lint.naming import Naming

_PREVIEW = Environment(name="preview", stage=Stage.STAGING)


def read(file: SourceFile, naming: Naming) -> Iterator[object]:
    """What services and groups get, those of projects by their environment."""
    documents = yield from opened(file, yaml_documents)
    form = format_of(file, "render.yaml", environment=naming.of_path(file.path))
    for document in documents or ():
        yield from _holders(form, naming, document)
        for project in items(child(document, "projects")):
            for node in items(child(project, "environments")):
                name = text_of(child(node, "name")) or ""
                yield from _holders(form.within(name, naming.named(name)), naming, node)


def _holders(form: Format, naming: Naming, node: Node) -> Iterator[object]:
    for key in ("services", "envVarGroups"):
        for each in items(child(node, key)):
            name = text_of(child(each, "name")) or ""
            here = form.within(name, None if form.environment else by_word(naming, name))
            for variable in items(child(each, "envVars")):
                yield from _variable(here, variable)


def _variable(form: Format, node: Node) -> Iterator[object]:
    key = child(node, "key")
    if not isinstance(key, Scalar):
        return
    value = child(node, "value")
    if value is not None:
        yield from form.declared(key, text_of(value))
    else:
        yield from form.declared(key, None, origin=PLATFORM)
    preview = child(node, "previewValue")
    if preview is not None:
        yield from form.within("", _PREVIEW).declared(key, text_of(preview))
