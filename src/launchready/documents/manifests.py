"""Which packages a manifest names, and which commands: package.json, pyproject.toml, go.mod, …"""

import functools
import json
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from launchready.frozen import frozen, replace
from launchready.regex import Regex


@frozen
class Manifest:
    """`packages` are names in lower case with the version that is asked for, "" if none is told,
    those of development too. `scripts` are commands by their names. `home_page` is the address that
    a package.json gives for the project, as it is written.
    """

    packages: Mapping[str, str]
    scripts: Mapping[str, str]
    home_page: str = ""


def manifest_folder(path: str) -> str | None:
    """The folder of the project whose manifest a file is; None for any other file."""
    folder, _, name = path.rpartition("/")
    if "node_modules" in path or "/vendor/" in f"/{path}":
        return None
    if _reader_of(name) is None:
        is_listed = posixpath.basename(folder) == "requirements" and name.endswith((".txt", ".in"))
        return posixpath.dirname(folder) if is_listed else None
    return folder


def read_manifest(path: str, content: bytes) -> Manifest:
    """What the manifest tells; nothing if it cannot be parsed."""
    read = _reader_of(posixpath.basename(path)) or _requirements
    text = content.decode("utf-8", "replace").removeprefix("\ufeff")
    try:
        return read(text)
    except (ValueError, RecursionError):
        return Manifest(packages={}, scripts={})


_Reader: TypeAlias = Callable[[str], "Manifest"]


def _reader_of(name: str) -> _Reader | None:
    named, endings = _readers()
    if (read := named.get(name)) is not None:
        return read
    ending = name.rpartition(".")[2]
    if ending in ("txt", "in"):
        return _requirements if _REQUIREMENTS.fullmatch(name) else None
    return endings.get(ending)


_NUGET = r"<Package\w+\s[^>]*?Include=\"([^\"]+)"
_GEM = r"^[ \t]*(?:gem|\w+\.add_\w*dependency)[ (]+[\"']([^\"']+)"
_GRADLE = r"[\"'][\w.-]+:([\w.-]+)(?::[^\"'\s]*)?[\"']"
_REQUIREMENTS = Regex(r"[\w-]*requirements[\w.-]*\.(?:txt|in)")


@functools.cache
def _readers() -> tuple[Mapping[str, _Reader], Mapping[str, _Reader]]:
    """The reader of each manifest, by its name and by the ending of its name."""
    gems, gradle, nuget = _found(_GEM), _found(_GRADLE), _found(_NUGET)
    named: dict[str, _Reader] = {
        "package.json": _package_json,
        "deno.json": _deno,
        "deno.jsonc": _deno,
        "pyproject.toml": _pyproject,
        "Pipfile": _pipfile,
        "setup.cfg": _setup_cfg,
        "Gemfile": gems,
        "gems.rb": gems,
        "go.mod": _found(r"^[ \t]*(?:require[ \t]+)?([\w.-]+\.[\w-]+/[\w./~-]+)\s+v"),
        "composer.json": _composer,
        "Cargo.toml": _cargo,
        "pom.xml": _found(r"<artifactId>\s*([\w.-]+)"),
        "build.gradle": gradle,
        "build.gradle.kts": gradle,
        "Directory.Packages.props": nuget,
    }
    return named, {"gemspec": gems, "csproj": nuget}


def _of(names: Iterable[tuple[str, object]], scripts: object = None) -> Manifest:
    packages = {name.lower(): each if isinstance(each, str) else "" for name, each in names}
    return Manifest(
        packages=packages,
        scripts={str(k): v for k, v in _table(scripts).items() if isinstance(v, str)},
    )


def _table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _found(pattern: str) -> Callable[[str], Manifest]:
    """A reader of a format in which one expression finds every name."""

    def read(text: str) -> Manifest:
        return _of((name, "") for name in re.findall(pattern, text, re.MULTILINE))

    return read


def _package_json(text: str) -> Manifest:
    root = _table(json.loads(text))
    groups = ("dependencies", "devDependencies", "peerDependencies", "optionalDependencies")
    names = [pair for group in groups for pair in _table(root.get(group)).items()]
    scripts = _table(root.get("scripts"))
    run = _RUN_UNINSTALLED.findall("\n".join(str(each) for each in scripts.values()))
    told = _of([*names, *((name, "") for name in run)], scripts)
    page = root.get("homepage")
    return replace(told, home_page=page) if isinstance(page, str) else told


_RUN_UNINSTALLED = Regex(r"\b(?:npx|bunx|(?:pnpm|yarn) dlx)\s+(?:-\S+\s+)*(@?[\w.-]+(?:/[\w.-]+)?)")
"""A package that a script fetches and runs: it may read variables as an installed one does."""


def _deno(text: str) -> Manifest:
    plain = re.sub(r"^[ \t]*//.*$", "", text, flags=re.MULTILINE)
    root = _table(json.loads(re.sub(r",(\s*[}\]])", r"\1", plain)))
    found = re.findall(r"(?:npm|jsr):/?(@?[^@\"']+)", str(root.get("imports")))
    tasks = {
        name: task if isinstance(task, str) else _table(task).get("command")
        for name, task in _table(root.get("tasks")).items()
    }
    return _of(((name.rstrip("/"), "") for name in found), tasks)


def _composer(text: str) -> Manifest:
    root = _table(json.loads(text))
    return _of([*_table(root.get("require")).items(), *_table(root.get("require-dev")).items()])


def _toml(text: str) -> Mapping[str, Any]:
    import tomllib  # only who has such a file pays for it

    return tomllib.loads(text)


def _pyproject(text: str) -> Manifest:
    root = _toml(text)
    project, tool = _table(root.get("project")), _table(root.get("tool"))
    poetry = _table(tool.get("poetry"))
    listed = [*_list(project.get("dependencies"))]
    for group in (
        *_table(project.get("optional-dependencies")).values(),
        *_table(root.get("dependency-groups")).values(),
        *_table(_table(tool.get("pdm")).get("dev-dependencies")).values(),
        _table(tool.get("uv")).get("dev-dependencies"),
    ):
        listed += _list(group)
    tables = [poetry.get("dependencies"), poetry.get("dev-dependencies")]
    tables += [_table(group).get("dependencies") for group in _table(poetry.get("group")).values()]
    names = [name for table in tables for name in _table(table)]
    return _of([*_python(str(each) for each in listed), *_python(names)])


def _pipfile(text: str) -> Manifest:
    root = _toml(text)
    return _of(_python([*_table(root.get("packages")), *_table(root.get("dev-packages"))]))


def _setup_cfg(text: str) -> Manifest:
    import configparser  # only who has such a file pays for it

    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read_string(text)
    except configparser.Error as error:
        raise ValueError(str(error)) from error
    listed = parser.get("options", "install_requires", fallback="").splitlines()
    if parser.has_section("options.extras_require"):
        listed += [
            line for _, each in parser.items("options.extras_require") for line in each.splitlines()
        ]
    return _of(_python(listed))


def _requirements(text: str) -> Manifest:
    return _of(_python(text.splitlines()))


def _python(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Names as PyPI normalises them (PEP 503)."""
    for line in lines:
        match = re.match(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)", line)
        if match:
            yield re.sub(r"[-_.]+", "-", match[1]), ""


def _cargo(text: str) -> Manifest:
    root = _toml(text)
    groups = ("dependencies", "dev-dependencies", "build-dependencies")
    tables = [root, _table(root.get("workspace")), *_table(root.get("target")).values()]
    return _of(
        (n, "") for table in tables for group in groups for n in _table(_table(table).get(group))
    )
