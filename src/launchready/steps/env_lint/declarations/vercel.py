"""vercel.json: `env` and `build.env`. Source: https://vercel.com/docs/project-configuration."""

from collections.abc import Iterator

from launchready.config.nodes import Node
from launchready.documents import child, text_of
from launchready.documents.json import json_document
from launchready.facts.environment import SourceFile
from launchready.steps.env_lint.declarations.format import (
    PLATFORM,
    Format,
    format_of,
    opened,
    pairs,
)
from launchready.steps.env_lint.naming import Naming


def read(file: SourceFile, naming: Naming) -> Iterator[object]:
    """What the file declares. A value like `@name` is a secret that Vercel keeps."""
    root = yield from opened(file, json_document)
    form = format_of(file, "vercel.json", environment=naming.of_path(file.path))
    yield from _variables(form, child(root, "env"))
    yield from _variables(form.within("build").building(), child(root, "build", "env"))


def _variables(form: Format, node: Node | None) -> Iterator[object]:
    for pair in pairs(node):
        text = text_of(pair.value)
        is_kept = text is not None and text.startswith("@")
        yield from form.declared(
            pair.key, None if is_kept else text, origin=PLATFORM if is_kept else None
        )
