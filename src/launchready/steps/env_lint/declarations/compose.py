"""Compose files: what each service gets, and what compose takes from the shell and `.env`.

Source: https://docs.docker.com/reference/compose-file/ (services: environment, build.args;
interpolation).
"""

import re
from collections.abc import Iterator

from launchready.config.nodes import Node
from launchready.documents import child, entries, text_of
from launchready.documents.yaml import yaml_documents
from launchready.facts.environment import Need, Origin, SourceFile
from launchready.steps.env_lint.declarations.format import (
    Format,
    format_of,
    opened,
    pairs,
    scalars,
)
from launchready.steps.env_lint.declarations.interpolation import uses_in
from launchready.steps.env_lint.naming import Naming


def read(file: SourceFile, naming: Naming) -> Iterator[object]:
    """What a compose file declares and reads."""
    documents = yield from opened(file, yaml_documents)
    for document in documents or ():
        yield from read_document(file, naming, document)


def read_document(file: SourceFile, naming: Naming, document: Node) -> Iterator[object]:
    """The same of one document."""
    name = file.path.rpartition("/")[2]
    form = format_of(
        file,
        "compose",
        environment=naming.of_path(file.path),
        is_override=bool(re.search(r"[._-]override\b", name)),
    )
    for service, node in entries(child(document, "services")):
        here = form.within(str(service.value))
        yield from _environment(here, child(node, "environment"))
        yield from _environment(here.building(), child(node, "build", "args"))
    yield from _reads(form, document)


def _environment(form: Format, node: Node | None) -> Iterator[object]:
    for pair in pairs(node):
        text = text_of(pair.value)
        if pair.value is None or text is None:
            name = str(pair.key.value)
            yield from form.declared(pair.key, None, origin=Origin(store="shell", name=name))
            continue
        uses = tuple(uses_in(text))
        names = tuple(dict.fromkeys(use.name for use in uses))
        if len(uses) == 1 and uses[0].text == text:
            yield from form.declared(
                pair.key, None, origin=Origin(store="shell", name=names[0]), references=names
            )
        else:
            yield from form.declared(pair.key, text.replace("$$", "$"), references=names)


def _reads(form: Format, document: Node) -> Iterator[object]:
    for node in scalars(document):
        for use in uses_in(str(node.value)):
            need = Need.GUARDED if use.sign.endswith("+") else use.need
            if not use.sign:
                need = Need.REQUIRED
            default = use.rest if need is Need.DEFAULT and "$" not in use.rest else None
            yield form.read(use.name, node, need, default=default, text=use.text)
            for inner in uses_in(use.rest):
                yield form.read(inner.name, node, inner.need)
