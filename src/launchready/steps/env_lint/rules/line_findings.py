"""Findings on lines of an env file."""

from collections.abc import Iterator

from launchready.facts.environment import EnvFileFacts, LineTrouble
from launchready.model import FileLocation, Finding, Related


def troubles_of(facts: EnvFileFacts, name: str) -> Iterator[LineTrouble]:
    return (each for each in facts.troubles if each.trouble == name)


def line_finding(facts: EnvFileFacts, trouble: LineTrouble, message: str) -> Finding:
    related = (
        (
            Related(
                message="the first line with this name",
                location=FileLocation(path=facts.path, line=trouble.related_line),
            ),
        )
        if trouble.related_line
        else ()
    )
    return Finding(
        message=message,
        location=FileLocation(
            path=facts.path,
            line=trouble.line,
            column=trouble.column,
            end_column=trouble.end_column,
        ),
        identity=f"{facts.path} {trouble.name or trouble.detail}".strip(),
        related=related,
    )


def told_by(trouble: LineTrouble, verb: str) -> str:
    """`; refused or read otherwise by Next.js (next in package.json)`, if a loader is known."""
    return f"; {verb} {trouble.detail}" if trouble.detail else ""
