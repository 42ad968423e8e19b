"""Reads in Makefiles.

Source: the GNU make manual, "Variables from the Environment".
"""

import re

from launchready.facts.environment import (
    CodeFacts,
    Declaration,
    Kind,
    Need,
    Place,
    SourceFile,
    Value,
)
from launchready.regex import Regex
from launchready.steps.env_lint.reads.code import MOST
from launchready.steps.env_lint.reads.shell_names import OF_MAKE, OF_THE_SHELL
from launchready.steps.env_lint.reads.text_places import Places

_USED = Regex(r"(?<![\\$])\$(?:[({]([A-Z_][A-Z0-9_]*)[)}]|\$\{?([A-Z_][A-Z0-9_]*))")
_GIVEN = Regex(
    r"(?:^|[\s;&])(?:export\s+|override\s+|define\s+|for\s+|read\s+)*([A-Z_][A-Z0-9_]*)[ \t]*"
    r"(?::|::|:::|\+|!)?=|(?:^|\s)(?:for|define|read)\s+([A-Z_][A-Z0-9_]*)\b",
    re.MULTILINE,
)
_DEFAULT = Regex(
    r"^[ \t]*(?:export[ \t]+)?([A-Z_][A-Z0-9_]*)[ \t]*\?=[ \t]*([^\n#]*)", re.MULTILINE
)

_EXPORTED = Regex(r"(?:^|[\s;&])export\s+([A-Z_][A-Z0-9_]*)[ \t]*(?::|::|\?)?=", re.MULTILINE)


def read(file: SourceFile) -> CodeFacts:
    """What a Makefile tells. What it gives a value itself, it reads from nobody."""
    text = file.content.decode("utf-8", "replace")
    if "$" not in text:
        return CodeFacts()
    places = Places(file, text)
    given = {match[1] or match[2] for match in _GIVEN.finditer(text)} | OF_MAKE | OF_THE_SHELL
    reads = []
    for match in _DEFAULT.finditer(text):
        value = match[2].strip()
        default = None if "$" in value else Value(value)
        reads.append(places.read("make", match.span(1), Need.DEFAULT, default))
        given.add(match[1])
    for number, match in enumerate(_USED.finditer(text)):
        group = 1 if match[1] else 2
        if number < MOST and match[group] not in given and not places.is_comment(match.start()):
            reads.append(places.read("make", match.span(group), Need.GUARDED))
    return CodeFacts(reads=tuple(reads), declarations=_exported(file, text, places))


def _exported(file: SourceFile, text: str, places: Places) -> tuple[Declaration, ...]:
    """What commands that make runs are given: `export VERSION = 1`, `export VERSION=1 && …`."""
    if file.place is Place.TEST:
        return ()
    return tuple(
        Declaration(
            name=match[1],
            location=places.read("make", match.span(1), Need.GUARDED).location,
            kind=Kind.SCHEMA,
            source="assignment",
        )
        for match in _EXPORTED.finditer(text)
        if not places.is_comment(match.start(1))
    )
