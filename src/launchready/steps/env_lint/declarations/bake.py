"""docker-bake.hcl and .json: variables and build arguments.

Source: https://docs.docker.com/build/bake/reference/.
"""

import functools
import re
from collections.abc import Iterator

from launchready.config.nodes import Scalar
from launchready.documents import child, entries, text_of
from launchready.documents.json import json_document
from launchready.facts.environment import SourceFile
from launchready.steps.env_lint.declarations.format import Format, format_of, opened
from launchready.steps.env_lint.naming import Naming


def read(file: SourceFile, naming: Naming) -> Iterator[object]:
    """The variables with their defaults, and `args` of targets."""
    form = format_of(file, "bake", environment=naming.of_path(file.path)).building()
    if file.path.endswith(".hcl"):
        yield from _hcl(form)
        return
    root = yield from opened(file, json_document)
    for key, node in entries(child(root, "variable")):
        yield from form.declared(key, text_of(child(node, "default")))
    for key, node in entries(child(root, "target")):
        yield from form.within(str(key.value)).plain(child(node, "args"))


@functools.cache
def _line() -> re.Pattern[str]:
    return re.compile(
        r"\s*+(?:variable\s+\"(?P<variable>[A-Za-z_]\w*)\"|target\s+\"(?P<target>[^\"]*)\""
        r"|(?P<args>args\s*=?\s*\{)|(?P<close>\})"
        r"|\"?(?P<name>[A-Za-z_]\w*)\"?\s*=\s*(?:\"(?P<value>[^\"]*)\"|(?P<word>\S+)))"
    )


def _hcl(form: Format) -> Iterator[object]:
    """Line by line, as people and `terraform fmt` write it."""
    variable: Scalar | None = None
    target, in_arguments = "", False
    for number, line in enumerate(form.lines, 1):
        match = _line().match(line)
        if match is None:
            continue
        if match["variable"]:
            column = match.start("variable") + 1
            variable = Scalar(value=match["variable"], line=number, column=column)
            yield from form.declared(variable, None)
        elif match["target"] is not None:
            target = match["target"]
        elif match["args"]:
            in_arguments = "}" not in line
        elif match["close"]:
            in_arguments = False
        elif match["name"] and in_arguments and "${" not in (match["value"] or "${"):
            key = Scalar(value=match["name"], line=number, column=match.start("name") + 1)
            yield from form.within(target).declared(key, match["value"])
