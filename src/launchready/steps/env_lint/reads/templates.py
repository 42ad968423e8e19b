"""Reads in YAML files that are templates: ERB of Rails, `%env(NAME)%` of Symfony.

Source: https://symfony.com/doc/current/configuration/env_var_processors.html.
"""

from dataclasses import replace

from launchready.facts.environment import CodeFacts, Need, Read, SourceFile
from launchready.regex import Regex
from launchready.steps.env_lint.reads.placeholders import Lines
from launchready.steps.env_lint.reads.ruby import read as read_ruby

_PROCESSED = Regex(rb"%env\((?:([\w:]*):)?([A-Z_][A-Z0-9_]*)\)%")
_TAKES = {"int": "integer", "bool": "boolean", "float": "number", "json": "json", "csv": "list"}
_DEFAULT = "default"


def read(file: SourceFile) -> CodeFacts:
    """What one file tells."""
    facts = CodeFacts()
    if b"<%" in file.content:
        facts = read_ruby(file)
    if b"%env(" not in file.content:
        return facts
    return replace(facts, reads=(*facts.reads, *_processed(file)))


def _processed(file: SourceFile) -> list[Read]:
    lines = Lines(file)
    reads = []
    for match in _PROCESSED.finditer(file.content):
        location = lines.location(*match.span(2))
        processors = (match[1] or b"").decode().split(":")
        if lines.is_comment(location.line or 1):
            continue
        reads.append(
            Read(
                name=match[2].decode(),
                location=location,
                need=Need.DEFAULT if _DEFAULT in processors else Need.REQUIRED,
                language="symfony",
                place=file.place,
                takes_as=next((_TAKES[each] for each in processors if each in _TAKES), ""),
            )
        )
    return reads
