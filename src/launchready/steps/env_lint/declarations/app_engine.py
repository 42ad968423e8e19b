"""app.yaml of App Engine: `env_variables`, and `env` or `envs` of DigitalOcean's app specs.

Sources: https://cloud.google.com/appengine/docs/standard/reference/app-yaml;
https://docs.digitalocean.com/products/app-platform/reference/app-spec/.
"""

from collections.abc import Iterator

from launchready.config.nodes import Node, Scalar
from launchready.documents import child, items, text_of
from launchready.documents.yaml import yaml_documents
from launchready.facts.environment import SourceFile
from launchready.steps.env_lint.declarations import sniffed
from launchready.steps.env_lint.declarations.format import PLATFORM, Format, format_of, opened
from launchready.steps.env_lint.naming import Naming

_COMPONENTS = ("services", "workers", "jobs", "static_sites", "functions")


def read(file: SourceFile, naming: Naming) -> Iterator[object]:
    """What the file declares, if it is of one of the two; else what it looks like."""
    if b"env_variables:" not in file.content and b"envs:" not in file.content:
        yield from sniffed.read(file, naming)
        return
    documents = yield from opened(file, yaml_documents)
    form = format_of(file, "app.yaml", environment=naming.of_path(file.path))
    for document in documents or ():
        yield from form.plain(child(document, "env_variables"))
        yield from form.building().plain(child(document, "build_env_variables"))
        yield from _envs(form, child(document, "envs"))
        for component in _COMPONENTS:
            for each in items(child(document, component)):
                name = text_of(child(each, "name")) or component
                yield from _envs(form.within(name), child(each, "envs"))


def _envs(form: Format, node: Node | None) -> Iterator[object]:
    """DigitalOcean's list; `EV[…]` is a value that it keeps encrypted."""
    for each in items(node):
        key = child(each, "key")
        text = text_of(child(each, "value"))
        is_kept = text is None or text.startswith(("EV[", "${"))
        if isinstance(key, Scalar):
            yield from form.declared(
                key, None if is_kept else text, origin=PLATFORM if is_kept else None
            )
