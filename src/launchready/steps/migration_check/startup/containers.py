"""Dockerfiles, compose files and Kubernetes' manifests: what a container runs when it starts."""

import json
from collections.abc import Iterator

from launchready.config.nodes import Node, Scalar
from launchready.documents import child, entries, items, plain
from launchready.documents.dockerfile import instructions_of
from launchready.documents.yaml import documents_of
from launchready.facts.startup import MigrateCommand, Phase
from launchready.frozen import replace
from launchready.model import FileLocation
from launchready.regex import Regex
from launchready.steps.migration_check.files import Files
from launchready.steps.migration_check.frameworks.sql_files import is_foreign, last_of
from launchready.steps.migration_check.startup.scripts import Follower, Hit

_DOCKERFILE = Regex(r"(?i)(?:^|[./-])(?:Dockerfile|Containerfile)(?:[.-][\w.-]+)?$")
_COMPOSE = Regex(r"(?i)^(?:docker-)?compose[\w.-]*\.ya?ml$")
_NOT_LIVE = Regex(
    r"(?i)(?:^|[./_-])(?:dev|devel|development|test|tests|testing|local|ci|e2e|override|example|debug)(?:[./_-]|$)"
)
_TEMPLATE_LINE = Regex(r"(?m)^[ \t]*\{\{.*\}\}[ \t]*$")
_TEMPLATE = Regex(r"\{\{[^{}\n]*\}\}")
_KINDS = {"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Pod", "Rollout", "Service"}
_ONCE = {"Job", "CronJob"}


def of_containers(files: Files, follower: Follower) -> Iterator[MigrateCommand]:
    """The commands of all files that say how a container starts."""
    for path in files.names:
        last = last_of(path)
        # Helm keeps what it deploys in a folder of this name
        if is_foreign(path.replace("/templates/", "/")) or _NOT_LIVE.search(last):
            continue
        if _DOCKERFILE.search(last) and not last.endswith((".md", ".sh", ".ts", ".js", ".py")):
            yield from _of_dockerfile(path, files.text(path) or "", follower)
        elif _COMPOSE.match(last):
            yield from _of_compose(path, files.text(path) or "", follower)
        elif last.endswith((".yaml", ".yml")) and not path.startswith(".github/"):
            yield from _of_kubernetes(path, files, follower)


def made(hit: Hit, phase: Phase, replicas: int | None = None) -> MigrateCommand:
    """A command of that phase; one after which nothing runs is run once."""
    goes_on = not hit.is_alone
    return MigrateCommand(
        tool=hit.tool,
        text=hit.text,
        phase=Phase.RELEASE if phase is Phase.START and not goes_on else phase,
        location=hit.location,
        called_from=hit.chain,
        replicas=replicas,
        is_locked=hit.is_locked,
        opt_in=hit.opt_in,
        goes_on=goes_on,
    )


def _of_dockerfile(path: str, text: str, follower: Follower) -> Iterator[MigrateCommand]:
    """The last CMD and ENTRYPOINT of the last stage."""
    last: dict[str, tuple[int, str]] = {}
    for each in instructions_of(text.replace("\r\n", "\n")):
        if each.keyword == "FROM":
            last = {}
        elif each.keyword in ("CMD", "ENTRYPOINT"):
            last[each.keyword] = (each.starts[0][1], _words(each.text))
    for word, (line, command) in last.items():
        for hit in follower.hits(command, FileLocation(path=path, line=line)):
            is_followed = word == "ENTRYPOINT" and "CMD" in last
            yield made(hit if not is_followed else _going_on(hit), Phase.START)


def _going_on(hit: Hit) -> Hit:
    """A hit in an entrypoint, which hands over to the CMD."""
    return replace(hit, is_alone=False)


def _words(rest: str) -> str:
    """A command in either form as one line."""
    joined = rest.strip()
    if joined.startswith("["):
        try:
            return " ".join(str(each) for each in json.loads(joined))
        except (ValueError, RecursionError):
            return joined
    return joined


def command_of(node: Node | None) -> str:
    """A command that stands as text or as a list."""
    if isinstance(node, Scalar):
        return plain(node)
    return " ".join(plain(each) for each in items(node))


def _of_compose(path: str, text: str, follower: Follower) -> Iterator[MigrateCommand]:
    if "services" not in text:
        return
    for document in documents_of(text) or ():
        for name, service in entries(child(document, "services")):
            replicas = number(child(service, "deploy", "replicas")) or number(
                child(service, "scale")
            )
            for key in ("entrypoint", "command"):
                node = child(service, key)
                if node is None:
                    continue
                place = FileLocation(path=path, line=node.line)
                is_once = "migrat" in str(name.value).lower()
                for hit in follower.hits(command_of(node), place):
                    yield made(hit, Phase.RELEASE if is_once else Phase.START, replicas)


def number(node: Node | None) -> int | None:
    """A whole number; None for anything else."""
    text = plain(node)
    return int(text) if text.isdecimal() and len(text) < 6 else None


def _of_kubernetes(path: str, files: Files, follower: Follower) -> Iterator[MigrateCommand]:
    text = files.text(path) or ""
    if "containers:" not in text.lower() or "kind:" not in text:
        return
    if "{{" in text:
        text = _TEMPLATE.sub("0", _TEMPLATE_LINE.sub("", text))
    for document in documents_of(text) or ():
        kind = plain(child(document, "kind"))
        annotations = child(document, "metadata", "annotations")
        is_hook = any("hook" in str(key.value) for key, _ in entries(annotations))
        if kind not in _KINDS | _ONCE:
            continue
        spec = child(document, "spec")
        pod = child(spec, "template", "spec") or child(
            spec, "jobTemplate", "spec", "template", "spec"
        )
        replicas = number(child(spec, "replicas")) if kind != "DaemonSet" else 2
        is_once = is_hook or kind in _ONCE
        for key, phase in (("initContainers", Phase.INIT), ("containers", Phase.START)):
            for container in items(child(pod or spec, key)):
                yield from _of_container(
                    path, container, follower, Phase.RELEASE if is_once else phase, replicas
                )


def _of_container(
    path: str, container: Node, follower: Follower, phase: Phase, replicas: int | None
) -> Iterator[MigrateCommand]:
    nodes = [node for key in ("command", "args") if (node := child(container, key)) is not None]
    if nodes:
        line = " ".join(command_of(node) for node in nodes)
        for hit in follower.hits(line, FileLocation(path=path, line=nodes[0].line)):
            yield made(hit, phase, replicas or None)
