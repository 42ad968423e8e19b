"""serverless.yml: variables of functions, and what it takes from the shell.

Source: https://www.serverless.com/framework/docs/providers/aws/guide/variables.
"""

import functools
import re
from collections.abc import Iterator

from launchready.config.nodes import Node
from launchready.documents import child, entries, text_of
from launchready.documents.yaml import yaml_documents
from launchready.facts.environment import Need, Origin, SourceFile
from launchready.steps.env_lint.declarations.format import (
    PLATFORM,
    Format,
    format_of,
    opened,
    pairs,
    scalars,
)
from launchready.steps.env_lint.naming import Naming


def read(file: SourceFile, naming: Naming) -> Iterator[object]:
    """What the provider and each function declare, and reads of `${env:NAME}`."""
    documents = yield from opened(file, yaml_documents)
    form = format_of(file, "serverless", environment=naming.of_path(file.path))
    for document in documents or ():
        provider = child(document, "provider")
        yield from _variables(form.within("provider"), child(provider, "environment"))
        for key, node in entries(child(document, "functions")):
            yield from _variables(form.within(str(key.value)), child(node, "environment"))
        yield from _reads(form, document)


@functools.cache
def _taken() -> re.Pattern[str]:
    return re.compile(r"\$\{env:([A-Za-z_]\w*+)(\s*,\s*(?:'([^']*+)'|\"([^\"]*+)\"|[^}$]*+))?")


def _variables(form: Format, node: Node | None) -> Iterator[object]:
    for pair in pairs(node):
        text = text_of(pair.value)
        names = tuple(dict.fromkeys(match[1] for match in _taken().finditer(text or "")))
        if text is None or "${" in text:
            origin = Origin(store="shell", name=names[0]) if names else PLATFORM
            yield from form.declared(pair.key, None, origin=origin, references=names)
        else:
            yield from form.declared(pair.key, text)


def _reads(form: Format, document: Node) -> Iterator[object]:
    for node in scalars(document):
        for match in _taken().finditer(str(node.value)):
            default = match[3] if match[3] is not None else match[4]
            need = Need.DEFAULT if match[2] else Need.REQUIRED
            yield form.read(match[1], node, need, default=default, text=f"env:{match[1]}")
