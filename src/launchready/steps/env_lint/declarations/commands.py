"""Files that say how to start a program: Procfile, railway.json and railway.toml.

Sources: https://devcenter.heroku.com/articles/procfile; https://docs.railway.com/config-as-code.
"""

import re
from collections.abc import Iterator

from launchready.config.nodes import Scalar
from launchready.documents.json import json_document
from launchready.documents.toml import toml_document
from launchready.facts.environment import Need, SourceFile
from launchready.regex import Regex
from launchready.steps.env_lint.declarations.format import (
    Format,
    format_of,
    opened,
    scalars,
)
from launchready.steps.env_lint.declarations.interpolation import uses_in
from launchready.steps.env_lint.naming import Naming

_PROCESS = Regex(r"([A-Za-z0-9_-]+):[ \t]*(.*)")


def read(file: SourceFile, naming: Naming) -> Iterator[object]:
    """What the commands read and set; capitals only, since a script has names of its own."""
    if file.path.endswith((".json", ".toml")):
        parse = json_document if file.path.endswith(".json") else toml_document
        root = yield from opened(file, parse)
        form = format_of(file, "railway")
        for node in scalars(root):
            yield from _uses(form, str(node.value), node)
        return
    form = format_of(file, "procfile", environment=naming.of_path(file.path))
    for number, line in enumerate(form.lines, 1):
        process = _PROCESS.fullmatch(line)
        if process:
            node = Scalar(value=process[2], line=number, column=process.start(2) + 1)
            yield from _uses(form, process[2], node)
            yield from _set(form.within(process[1]), node)


def _uses(form: Format, text: str, node: Scalar) -> Iterator[object]:
    for use in uses_in(text):
        if use.name.isupper():
            default = use.rest if use.need is Need.DEFAULT else None
            yield form.read(use.name, node, use.need, default=default, text=use.text)


def _set(form: Format, node: Scalar) -> Iterator[object]:
    """`NAME=value` before the command."""
    column = node.column
    for word in str(node.value).split(" "):
        name, equals, value = word.partition("=")
        if equals and re.fullmatch(r"[A-Z_][A-Z0-9_]*", name):
            key = Scalar(value=name, line=node.line, column=column)
            yield from form.declared(key, value.strip("\"'"))
        elif word and word != "env":
            return
        column += len(word) + 1
