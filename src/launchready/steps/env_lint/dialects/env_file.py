"""Reads an env file: what it declares, and what is wrong with its writing."""

from collections.abc import Iterator

from launchready.facts.environment import (
    Declaration,
    EnvFileFacts,
    Project,
    SourceFile,
)
from launchready.model import Unchecked
from launchready.steps.env_lint.naming import Naming


def read_env_file(
    file: SourceFile, naming: Naming, project: Project, *, is_tracked: bool
) -> Iterator[Declaration | EnvFileFacts | Unchecked]:
    """Every declaration, commented ones too, and one `EnvFileFacts`."""
    yield from ()
