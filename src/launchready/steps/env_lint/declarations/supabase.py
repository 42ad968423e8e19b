"""supabase/config.toml: what it takes from the environment by `env(NAME)`.

Source: https://supabase.com/docs/guides/local-development/managing-config.
"""

import functools
import re
from collections.abc import Iterator

from launchready.config.nodes import Node
from launchready.documents import child, entries, text_of
from launchready.documents.toml import toml_document
from launchready.facts.environment import Need, Origin, SourceFile
from launchready.steps.env_lint.declarations.format import (
    Format,
    format_of,
    opened,
    pairs,
    scalars,
)
from launchready.steps.env_lint.naming import Naming


@functools.cache
def _taken() -> re.Pattern[str]:
    return re.compile(r"env\(\s*([A-Za-z_]\w*+)\s*\)")


def read(file: SourceFile, naming: Naming) -> Iterator[object]:
    """Reads of `env(NAME)`, and the secrets of edge functions, at the top and per remote."""
    root = yield from opened(file, toml_document)
    form = format_of(file, "supabase")
    yield from _secrets(form, child(root, "edge_runtime", "secrets"))
    for key, node in entries(child(root, "remotes")):
        name = str(key.value)
        here = form.within(f"remotes.{name}", naming.named(name))
        yield from _secrets(here, child(node, "edge_runtime", "secrets"))
    for each in scalars(root):
        for match in _taken().finditer(str(each.value)):
            yield form.read(match[1], each, Need.GUARDED, text=match[0])


def _secrets(form: Format, node: Node | None) -> Iterator[object]:
    for pair in pairs(node):
        text = text_of(pair.value) or ""
        taken = _taken().fullmatch(text)
        origin = Origin(store="shell", name=taken[1]) if taken else None
        references = (taken[1],) if taken else ()
        yield from form.declared(
            pair.key, None if taken else text, origin=origin, references=references
        )
