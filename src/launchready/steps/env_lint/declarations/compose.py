"""Compose files: what each service gets, and what compose takes from the shell and `.env`.

Source: https://docs.docker.com/reference/compose-file/ (services: environment, build.args;
interpolation).
"""

import posixpath
import re
from collections.abc import Iterator

from launchready.config.nodes import Node
from launchready.documents import child, entries, items, text_of
from launchready.documents.yaml import yaml_documents
from launchready.facts.environment import HandedFile, Need, Origin, SourceFile
from launchready.regex import Regex
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
    yield from _handed(file, document)
    yield from _reads(form, document)


def _handed(file: SourceFile, document: Node) -> Iterator[HandedFile]:
    """The env files that services get, and whether each service is an image of somebody else's."""
    folder = posixpath.dirname(file.path)
    for _, node in entries(child(document, "services")):
        image = text_of(child(node, "image")) or ""
        is_foreign = bool(_OFFICIAL.match(image)) and child(node, "build") is None
        given = child(node, "env_file")
        for written in _written(given):
            path = posixpath.normpath(posixpath.join(folder, written))
            yield HandedFile(path=path, is_foreign=is_foreign)


def _written(given: Node | None) -> Iterator[str]:
    """The paths of `env_file`: one, a list, or a list of tables with a `path`."""
    if given is None:
        return
    for node in (given, *items(given)):
        text = text_of(child(node, "path") or node)
        if text:
            yield text


_OFFICIAL = Regex(
    r"(?:docker\.io/)?(?:library/|bitnami/|minio/|grafana/|prom/|dpage/|getmeili/|axllent/|mailhog/"
    r"|clickhouse/|opensearchproject/|confluentinc/|keycloak/|hashicorp/)?[a-z0-9._-]+(?:[:@]|$)"
)
"""Docker's own images, which have no owner before a slash, and those of well-known makers."""


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
