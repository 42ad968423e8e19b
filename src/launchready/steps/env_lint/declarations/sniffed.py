"""YAML files whose names do not tell their format: Kubernetes, compose, Helm values, GitLab."""

import functools
import re
from collections.abc import Iterator
from importlib import import_module

from launchready.facts.environment import SourceFile
from launchready.steps.env_lint.naming import Naming


def read(file: SourceFile, naming: Naming) -> Iterator[object]:
    """What the format that the file looks like tells."""
    module = _looks_like(file)
    if module:
        yield from import_module(f"launchready.steps.env_lint.declarations.{module}").read(
            file, naming
        )


def _looks_like(file: SourceFile) -> str:
    content = file.content
    name = file.path.rpartition("/")[2].lower()
    if b"kind:" in content and b"apiVersion:" in content:
        return "kubernetes"
    if name.startswith("kustomization."):
        return "kubernetes"
    if b"services:" in content and _services().search(content):
        return "compose"
    if name.startswith("values") or "/helm/" in file.path.lower():
        return "helm"
    return ""


@functools.cache
def _services() -> re.Pattern[bytes]:
    """A compose file: services at the left, one with an image or a build."""
    return re.compile(
        rb"^services:[ \t]*\r?\n(?:.*\n){0,40}?[ ]{2,8}(?:image|build):", re.MULTILINE
    )
