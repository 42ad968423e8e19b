"""devcontainer.json: `containerEnv` and `remoteEnv` of a machine to develop on.

Source: https://containers.dev/implementors/json_reference/.
"""

import functools
import re
from collections.abc import Iterator

from launchready.documents import child, text_of
from launchready.documents.json import json_document
from launchready.facts.environment import Environment, Need, Origin, SourceFile, Stage
from launchready.steps.env_lint.declarations.format import format_of, opened, pairs, scalars
from launchready.steps.env_lint.naming import Naming

_DEVELOPMENT = Environment(name="devcontainer", stage=Stage.DEVELOPMENT)


@functools.cache
def _taken() -> re.Pattern[str]:
    return re.compile(r"\$\{(?:localEnv|env):([A-Za-z_]\w*+)(:[^}$]*+)?\}")


def read(file: SourceFile, naming: Naming) -> Iterator[object]:
    """What the container gets, and reads of `${localEnv:NAME}`."""
    root = yield from opened(file, json_document)
    form = format_of(file, "devcontainer", environment=_DEVELOPMENT)
    for section in ("containerEnv", "remoteEnv"):
        for pair in pairs(child(root, section)):
            text = text_of(pair.value)
            names = tuple(match[1] for match in _taken().finditer(text or ""))
            origin = Origin(store="shell", name=names[0]) if names else None
            yield from form.within(section).declared(
                pair.key, None if names else text, origin=origin, references=names
            )
    for node in scalars(root):
        for match in _taken().finditer(str(node.value)):
            need = Need.DEFAULT if match[2] else Need.GUARDED
            default = match[2][1:] if match[2] else None
            yield form.read(match[1], node, need, default=default, text=match[0])
