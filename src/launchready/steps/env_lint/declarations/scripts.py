"""Shell scripts by their command lines, for rules on how commands are handed secrets."""

from collections.abc import Iterator

from launchready.facts.environment import SourceFile
from launchready.facts.workflows import ScriptFacts
from launchready.steps.env_lint.declarations.format import format_of
from launchready.steps.env_lint.declarations.workflow_steps import joined
from launchready.steps.env_lint.naming import Naming


def read(file: SourceFile, naming: Naming) -> Iterator[object]:
    """The lines of a script in which something is piped on; others tell nothing here."""
    if b"|" in file.content and b"echo" in file.content:
        form = format_of(file, "shell")
        lines = tuple(
            line for line in joined(form, list(enumerate(form.lines, 1))) if "|" in line.text
        )
        yield ScriptFacts(path=file.path, lines=lines)
