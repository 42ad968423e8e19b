"""Files that say what is kept out of a commit or an image."""

from collections.abc import Iterator

from launchready.facts.environment import SourceFile
from launchready.facts.images import IgnoreFacts
from launchready.steps.env_lint.naming import Naming


def read(file: SourceFile, naming: Naming) -> Iterator[object]:
    """The lines that say something."""
    lines = file.content.decode("utf-8-sig", "replace").splitlines()
    said = tuple(line.rstrip() for line in lines if line.strip() and not line.startswith("#"))
    yield IgnoreFacts(path=file.path, lines=said)
