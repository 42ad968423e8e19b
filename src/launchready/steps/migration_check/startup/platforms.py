"""Hosts and process managers: what their files say is run, and when.

Sources: https://devcenter.heroku.com/articles/release-phase,
https://fly.io/docs/reference/configuration/#run-one-off-commands-before-releasing-a-deployment,
https://render.com/docs/blueprint-spec, https://docs.railway.com/reference/config-as-code,
https://nixpacks.com/docs/configuration/file,
https://docs.digitalocean.com/products/app-platform/reference/app-spec/
"""

from collections.abc import Iterator

from launchready.config.nodes import Mapping, Node
from launchready.documents import child, entries, items, plain, walk
from launchready.documents.yaml import documents_of
from launchready.facts.startup import MigrateCommand, Phase
from launchready.frozen import replace
from launchready.model import FileLocation
from launchready.regex import Regex
from launchready.steps.migration_check.files import Files
from launchready.steps.migration_check.frameworks.sql_files import is_foreign, last_of
from launchready.steps.migration_check.startup.containers import command_of, made, number
from launchready.steps.migration_check.startup.scripts import Follower

_PROCESS = Regex(r"^(?P<name>[\w-]+):\s*(?P<command>.+)$")
_SETTING = Regex(r"^\s*[\"']?(?P<key>[\w.-]+)[\"']?\s*[:=]\s*(?P<value>.+?)\s*,?\s*$")
_SECTION = Regex(r"^\s*\[+(?P<name>[\w.\"-]+)\]+")
_FLY = Regex(r"fly(?:\.[\w-]+)*\.toml")
_HOOKS = Regex(r"(?:^|/)uwsgi[\w.-]*\.ini$|/s6-(?:overlay|rc\.d)/(?:[\w.-]+/)*(?:run|up)$")
_STARTS = ("start", "prestart", "start:prod", "start:production")
_YAML_KEYS = {
    "preDeployCommand": Phase.RELEASE,
    "startCommand": Phase.START,
    "dockerCommand": Phase.START,
    "buildCommand": Phase.BUILD,
    "run_command": Phase.START,
}
_TOML_KEYS = {
    "release_command": Phase.RELEASE,
    "preDeployCommand": Phase.RELEASE,
    "startCommand": Phase.START,
    "buildCommand": Phase.BUILD,
    "cmd": Phase.START,
    "cmds": Phase.BUILD,
}


def of_platforms(files: Files, follower: Follower) -> Iterator[MigrateCommand]:
    """The commands in the files of hosts, Procfiles and package.json."""
    for path in files.names:
        last = last_of(path)
        if is_foreign(path):
            continue
        if last == "Procfile":
            yield from _of_procfile(path, files.text(path) or "", follower)
        elif last == "package.json":
            yield from _of_package(path, follower)
        elif last in ("render.yaml", "render.yml", "railway.json", "app.yaml", "app.yml"):
            yield from _of_yaml(path, files.text(path) or "", follower)
        elif _HOOKS.search(path):
            yield from _of_hook(path, files.text(path) or "", follower)
        elif last == "heroku.yml":
            yield from _of_heroku(path, files.text(path) or "", follower)
        elif last in ("railway.toml", "nixpacks.toml") or _FLY.fullmatch(last):
            yield from _of_toml(path, files.text(path) or "", follower)


def _of_procfile(path: str, text: str, follower: Follower) -> Iterator[MigrateCommand]:
    for line_number, line in enumerate(text.split("\n"), 1):
        if match := _PROCESS.match(line):
            is_release = match["name"] in ("release", "postdeploy")
            phase = Phase.RELEASE if is_release else Phase.START
            for hit in follower.hits(match["command"], FileLocation(path=path, line=line_number)):
                yield made(hit, phase)


def _of_hook(path: str, text: str, follower: Follower) -> Iterator[MigrateCommand]:
    """uWSGI's hooks, and the services that s6 starts in a container."""
    for line_number, line in enumerate(text.split("\n")[:2000], 1):
        for hit in follower.hits(line, FileLocation(path=path, line=line_number)):
            yield made(replace(hit, is_alone=False), Phase.START)


def _of_package(path: str, follower: Follower) -> Iterator[MigrateCommand]:
    """`start`, and `prestart`, which npm runs before it."""
    scripts = follower.scripts_of(path)
    for name in _STARTS:
        text, line = scripts.get(name, ("", 0))
        for hit in follower.hits(text, FileLocation(path=path, line=line)) if text else ():
            goes_on = name == "prestart" and "start" in scripts
            yield made(replace(hit, is_alone=False) if goes_on else hit, Phase.START)


def _of_yaml(path: str, text: str, follower: Follower) -> Iterator[MigrateCommand]:
    for document in documents_of(text) or ():
        for node in walk(document):
            if not isinstance(node, Mapping):
                continue
            replicas = (
                number(child(node, "numInstances"))
                or number(child(node, "numReplicas"))
                or number(child(node, "instance_count"))
            )
            is_once = plain(child(node, "kind")).upper() in ("PRE_DEPLOY", "POST_DEPLOY")
            for key, value in entries(node):
                phase = _YAML_KEYS.get(str(key.value))
                if phase is not None:
                    yield from _at(
                        path, value, follower, Phase.RELEASE if is_once else phase, replicas
                    )


def _at(
    path: str, value: Node, follower: Follower, phase: Phase, replicas: int | None
) -> Iterator[MigrateCommand]:
    for hit in follower.hits(command_of(value), FileLocation(path=path, line=value.line)):
        yield made(hit, phase, replicas)


def _of_heroku(path: str, text: str, follower: Follower) -> Iterator[MigrateCommand]:
    for document in documents_of(text) or ():
        for value in items(child(document, "release", "command")):
            yield from _at(path, value, follower, Phase.RELEASE, None)
        for _, value in entries(child(document, "run")):
            yield from _at(path, value, follower, Phase.START, None)


def _of_toml(path: str, text: str, follower: Follower) -> Iterator[MigrateCommand]:
    section = ""
    replicas: int | None = None
    found: list[tuple[int, str, Phase]] = []
    for line_number, line in enumerate(text.split("\n"), 1):
        if match := _SECTION.match(line):
            section = match["name"]
        elif match := _SETTING.match(line):
            value = match["value"].strip("\"'[] ")
            if match["key"] in ("min_machines_running", "numReplicas") and value.isdecimal():
                replicas = int(value[:5])
            phase = _TOML_KEYS.get(match["key"])
            if section == "processes":
                phase = Phase.START
            if phase is not None:
                found.append((line_number, value, phase))
    for line_number, value, phase in found:
        for hit in follower.hits(value, FileLocation(path=path, line=line_number)):
            yield made(hit, phase, replicas)
