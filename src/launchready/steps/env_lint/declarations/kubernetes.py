"""Kubernetes objects: what containers get, ConfigMaps, Secrets, kustomize's generators.

Source: https://kubernetes.io/docs/reference/kubernetes-api/ (Container v1 core, ConfigMap, Secret);
https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/.
"""

import base64
import binascii
import re
from collections.abc import Iterator

from launchready.config.nodes import Mapping, Node, Scalar
from launchready.documents import child, entries, items, text_of
from launchready.documents.yaml import yaml_documents
from launchready.facts.environment import Origin, SourceFile
from launchready.regex import Regex
from launchready.steps.env_lint.declarations.format import (
    PLATFORM,
    Format,
    by_word,
    format_of,
    opened,
    pairs,
)
from launchready.steps.env_lint.naming import Naming

_CONTAINERS = ("containers", "initContainers", "ephemeralContainers")


def read(file: SourceFile, naming: Naming) -> Iterator[object]:
    """What the objects of a file declare."""
    documents = yield from opened(file, yaml_documents)
    form = format_of(file, "kubernetes", environment=naming.of_path(file.path))
    for document in documents or ():
        for each in items(child(document, "items")) or (document,):
            yield from _object(form, naming, each)


def _object(form: Format, naming: Naming, node: Node) -> Iterator[object]:
    kind = text_of(child(node, "kind")) or ""
    name = text_of(child(node, "metadata", "name")) or ""
    namespace = text_of(child(node, "metadata", "namespace")) or ""
    here = form.within(
        f"{kind}/{name}",
        None if form.environment else by_word(naming, namespace) or by_word(naming, name),
    )
    match kind:
        case "ConfigMap":
            yield from _data(here, child(node, "data"))
        case "Secret":
            yield from _data(here, child(node, "stringData"))
            yield from _decoded(here, child(node, "data"))
        case "SealedSecret":
            yield from _names(here, child(node, "spec", "encryptedData"))
        case "ExternalSecret":
            for each in items(child(node, "spec", "data")):
                key = child(each, "secretKey")
                if isinstance(key, Scalar):
                    yield from here.declared(key, None, origin=PLATFORM)
        case "" | "Kustomization":
            for generator in ("configMapGenerator", "secretGenerator"):
                for each in items(child(node, generator)):
                    label = f"{generator}/{text_of(child(each, 'name')) or ''}"
                    yield from here.within(label).plain(child(each, "literals"))
        case _:
            yield from _containers(here, node)


def _data(form: Format, node: Node | None) -> Iterator[object]:
    """Entries of one line; one of several is a file, not a variable."""
    for key, value in entries(node):
        text = text_of(value)
        if text is not None and "\n" not in text.strip():
            yield from form.declared(key, text)


def _decoded(form: Format, node: Node | None) -> Iterator[object]:
    for key, value in entries(node):
        text = text_of(value)
        if text is None:
            continue
        try:
            plain = base64.b64decode("".join(text.split()), validate=True).decode()
        except (binascii.Error, ValueError):
            plain = text
        yield from form.declared(key, plain)


def _names(form: Format, node: Node | None) -> Iterator[object]:
    for key, _ in entries(node):
        yield from form.declared(key, None, origin=PLATFORM)


def _containers(form: Format, node: Node) -> Iterator[object]:
    """The variables of all containers below a node, wherever a custom object keeps them."""
    waiting: list[tuple[Node, int]] = [(node, 0)]
    while waiting:
        each, depth = waiting.pop()
        for key, value in entries(each):
            if key.value in _CONTAINERS:
                for container in items(value):
                    yield from _container(form, container)
            elif depth < 12:
                waiting.append((value, depth + 1))
        waiting.extend((one, depth + 1) for one in items(each) if isinstance(one, Mapping))


def _container(form: Format, node: Node) -> Iterator[object]:
    for each in items(child(node, "env")):
        name = child(each, "name")
        if not isinstance(name, Scalar):
            continue
        given, source = child(each, "value"), child(each, "valueFrom")
        if source is not None:
            yield from form.declared(name, None, origin=_origin(source))
        else:
            text = text_of(given)
            names = tuple(re.findall(r"\$\(([A-Za-z_]\w*+)\)", text or ""))
            yield from form.declared(name, text or "", references=names)


def _origin(source: Node) -> Origin:
    for key, value in entries(source):
        return Origin(store="platform", name=text_of(child(value, "key")) or str(key.value))
    return PLATFORM


def helm_values(form: Format, naming: Naming, root: Node) -> Iterator[object]:
    """Maps and lists of variables in a Helm chart's values, found by their usual keys."""
    waiting: list[tuple[Node, str, int]] = [(root, "", 0)]
    while waiting:
        node, above, depth = waiting.pop()
        for key, value in entries(node):
            here = f"{above}.{key.value}" if above else str(key.value)
            if _VARIABLES.fullmatch(str(key.value)):
                yield from _values(form.within(here), value)
            elif depth < 8:
                waiting.append((value, here, depth + 1))


def _values(form: Format, node: Node) -> Iterator[object]:
    for pair in pairs(node):
        if not re.fullmatch(r"[A-Z][A-Z0-9_]+", str(pair.key.value)):
            continue
        text = text_of(pair.value)
        is_given = isinstance(pair.value, Scalar)
        yield from form.declared(pair.key, text, origin=None if is_given else PLATFORM)


_VARIABLES = Regex(
    r"(?:extra|global|common|shared|additional)?_?(?:env|environment|envs|envvars|envVars|Env|EnvVars"
    r"|Envs|Environment|envConfig|environmentVariables|secrets|secretEnv|Secrets|configMap|config"
    r"|env_vars)"
)
