"""Declarations in files that are no env files: the reader of each format."""

import functools
import re
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module

from launchready.facts.environment import SourceFile
from launchready.regex import Regex
from launchready.steps.env_lint.naming import Naming

ReadFile = Callable[[SourceFile, Naming], Iterator[object]]
"""Yields `Declaration`, `Read`, `Deed`, facts with rules of their own, and `Unchecked`."""

# The name of a file, in lower case -> the module of this package that has its `read`.
_BY_NAME: Mapping[str, str] = {
    "vercel.json": "vercel",
    "now.json": "vercel",
    "netlify.toml": "netlify",
    "render.yaml": "render",
    "render.yml": "render",
    "wrangler.toml": "wrangler",
    "wrangler.json": "wrangler",
    "wrangler.jsonc": "wrangler",
    "app.json": "app_json",
    "eas.json": "app_json",
    "railway.json": "commands",
    "railway.toml": "commands",
    "turbo.json": "turbo",
    "turbo.jsonc": "turbo",
    "devcontainer.json": "devcontainer",
    ".devcontainer.json": "devcontainer",
    ".gitlab-ci.yml": "gitlab",
    "bitbucket-pipelines.yml": "bitbucket",
    "uwsgi.ini": "units",
    ".dockerignore": "ignores",
    ".gitignore": "ignores",
    ".vercelignore": "ignores",
}

# The first that is found in a path decides.
_BY_PATH: tuple[tuple[str, str], ...] = (
    (r"(?:^|/)[^/]*(?:dockerfile|containerfile)[^/]*\.dockerignore$", "ignores"),
    (r"(?:^|/)\.github/workflows/[^/]+\.ya?ml$", "github_actions"),
    (
        r"(?:^|/)\.gitea/workflows/[^/]+\.ya?ml$|(?:^|/)\.forgejo/workflows/[^/]+\.ya?ml$",
        "github_actions",
    ),
    (r"(?:^|/)action\.ya?ml$", "github_actions"),
    (r"(?:^|/)\.circleci/config\.ya?ml$", "circleci"),
    (r"(?:^|/)supabase/config\.toml$", "supabase"),
    (r"(?:^|/)(?:docker-?)?compose[^/]*\.ya?ml$", "compose"),
    (
        r"(?:^|/)(?:dockerfile|containerfile)(?:[._-][^/]*)?$|\.(?:dockerfile|containerfile)$",
        "dockerfile",
    ),
    (r"(?:^|/)docker-bake[^/]*\.(?:hcl|json)$", "bake"),
    (r"(?:^|/)fly(?:[._-][^/]*)?\.toml$", "fly"),
    (r"(?:^|/)procfile(?:\.[^/]*)?$", "commands"),
    (r"(?:^|/)serverless(?:[._-][^/]*)?\.ya?ml$", "serverless"),
    (r"(?:^|/)app(?:[._-][^/]*)?\.ya?ml$", "app_engine"),
    (r"(?:^|/)[^/]*uwsgi[^/]*\.ini$|\.service$", "units"),
    (r"\.gitlab-ci\.ya?ml$", "gitlab"),
    (r"\.(?:sh|bash)$", "scripts"),
    (r"\.ya?ml$", "sniffed"),
)
_ENDINGS = frozenset(
    ("yml", "yaml", "toml", "json", "hcl", "ini", "service", "sh", "bash", "dockerignore")
)
"""Of the names above; the others end in `Dockerfile`, `Containerfile`, `Procfile` and the like."""
_NO_DOCKERFILE = Regex(r"\.(?:md|py|js|ts|json|ya?ml|toml|dockerignore|txt|html)$")


@functools.cache
def _paths() -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<p{i}>{regex})" for i, (regex, _) in enumerate(_BY_PATH)))


def reader_of(path: str) -> ReadFile | None:
    """What reads a file of this path, None where its format is not known."""
    module = _module_of(path)
    if module is None:
        return None
    read: ReadFile = import_module(f"{__name__}.{module}").read
    return read


@functools.lru_cache(maxsize=65536)
def _module_of(path: str) -> str | None:
    lowered = path.lower()
    name = lowered.rpartition("/")[2]
    if name in _BY_NAME:
        return _BY_NAME[name]
    if name.rpartition(".")[2] not in _ENDINGS and "file" not in name:
        return None
    found = _paths().search(lowered)
    if found is None:
        return None
    module = _BY_PATH[int((found.lastgroup or "p0")[1:])][1]
    if module == "dockerfile" and _NO_DOCKERFILE.search(lowered):
        return None
    return module
