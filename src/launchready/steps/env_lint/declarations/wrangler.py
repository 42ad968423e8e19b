"""wrangler.toml and .jsonc: `vars`, secrets and bindings, at the top and per environment.

Source: https://developers.cloudflare.com/workers/wrangler/configuration/.
"""

from collections.abc import Iterator, Mapping

from launchready.config.nodes import Mapping as Table
from launchready.config.nodes import Node, Scalar
from launchready.documents import child, entries, items, text_of
from launchready.documents.json import json_document
from launchready.documents.toml import toml_document
from launchready.facts.environment import SourceFile
from launchready.steps.env_lint.declarations.format import PLATFORM, Format, format_of, opened
from launchready.steps.env_lint.naming import Naming

# Where bindings stand -> the key of their names.
_BINDINGS: Mapping[tuple[str, ...], str] = {
    ("kv_namespaces",): "binding",
    ("d1_databases",): "binding",
    ("r2_buckets",): "binding",
    ("services",): "binding",
    ("vectorize",): "binding",
    ("hyperdrive",): "binding",
    ("analytics_engine_datasets",): "binding",
    ("workflows",): "binding",
    ("dispatch_namespaces",): "binding",
    ("mtls_certificates",): "binding",
    ("secrets_store_secrets",): "binding",
    ("pipelines",): "binding",
    ("queues", "producers"): "binding",
    ("ratelimits",): "name",
    ("send_email",): "name",
    ("durable_objects", "bindings"): "name",
}
_SINGLE = ("ai", "browser", "images", "version_metadata", "assets", "media")


def read(file: SourceFile, naming: Naming) -> Iterator[object]:
    """What the Worker gets, at the top and in each `env`, which inherits no variables."""
    parse = toml_document if file.path.endswith(".toml") else json_document
    root = yield from opened(file, parse)
    form = format_of(file, "wrangler", environment=naming.of_path(file.path))
    yield from _section(form, root)
    for key, node in entries(child(root, "env")):
        name = str(key.value)
        yield from _section(form.within(f"env.{name}", naming.named(name)), node)


def _section(form: Format, node: Node | None) -> Iterator[object]:
    for key, value in entries(child(node, "vars")):
        yield from form.declared(key, text_of(value))
    for each in items(child(node, "secrets", "required")):
        if isinstance(each, Scalar):
            yield from form.declared(each, None, origin=PLATFORM)
    for path, name in _BINDINGS.items():
        for each in items(child(node, *path)):
            yield from _binding(form, child(each, name))
    for single in _SINGLE:
        found = child(node, single)
        if isinstance(found, Table):
            yield from _binding(form, child(found, "binding"))


def _binding(form: Format, name: Node | None) -> Iterator[object]:
    if isinstance(name, Scalar):
        yield from form.declared(name, None, origin=PLATFORM)
