"""Which loaders read which env file of a project."""

import functools
import posixpath
import re

from launchready.facts.environment import Kind, Loading, Project
from launchready.steps.env_lint.dialects import DIALECTS
from launchready.steps.env_lint.naming import kind_of

_BY_MODE = frozenset({"next", "vite", "bun", "dotenv-flow", "symfony", "ruby", "ruby-2"})
"""These look for `.env`, `.env.local`, `.env.<mode>` and `.env.<mode>.local` only."""
_TOP_ONLY = frozenset({"compose"})


def loaders_of(project: Project, path: str) -> tuple[Loading, ...]:
    """What reads a file, one of each loader; of a template, what reads the copy that is made of it.

    A loader that takes all names counts before the same one that takes only some.
    """
    copy = copied_to(path)
    found: dict[str, Loading] = {}
    for each in project.loadings:
        if each.loader in DIALECTS and (_reads(each, project, path) or _reads(each, project, copy)):
            known = found.get(each.loader)
            if known is None or (known.names is not None and each.names is None):
                found[each.loader] = each
    return tuple(found.values())


def copied_to(path: str) -> str:
    """The path that the copy of a template has: `.env` for `.env.example` and `example.env`,
    `web.env` for `web.env.example`.
    """
    if kind_of(path) is not Kind.TEMPLATE:
        return path
    folder, name = posixpath.split(path)
    pieces = [each for each in re.split(r"[._-]", name) if each and not _template().fullmatch(each)]
    if pieces[:1] != ["env"] and pieces[-1:] == ["env"]:
        return posixpath.join(folder, ".".join(pieces))
    return posixpath.join(folder, "." + ".".join(pieces or ["env"]))


def _reads(loading: Loading, project: Project, path: str) -> bool:
    if loading.path:
        return loading.path in ("*", path)
    folder, name = posixpath.split(path)
    if folder != project.folder:
        return False
    if loading.loader in _TOP_ONLY:
        return name == ".env"
    if loading.loader in _BY_MODE:
        return _by_mode().fullmatch(name) is not None
    return name.startswith(".env")


@functools.cache
def _template() -> re.Pattern[str]:
    words = r"examples?|sample|template|tmpl|tpl|dist|defaults?|schema|skel|stub"
    return re.compile(words, re.IGNORECASE)


@functools.cache
def _by_mode() -> re.Pattern[str]:
    return re.compile(r"\.env(?:\.local|\.\w+(?:\.local)?)?")
