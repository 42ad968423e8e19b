"""What a person can do about text that is not YAML, in place of the parser's own words."""

from collections.abc import Mapping
from typing import Any

import yaml

from launchready.config.nodes import UnreadableError

# Words of PyYAML's errors (yaml/scanner.py and yaml/parser.py of 6.0.3) and what to do about them;
# the first that fits counts. These are told at the place where the unfinished thing begins …
_WHERE_IT_BEGINS: Mapping[str, str] = {
    "could not find expected ':'": "write `name: value`, with a colon and a space after the name",
    "scanning a quoted scalar": "this quote is not closed",
    "expected ',' or ']'": "this [ is not closed, or a comma is missing after it",
    "expected ',' or '}'": "this { is not closed, or a comma is missing after it",
    "scanning an alias": "text that begins with * must be in quotes",
    "scanning an anchor": "text that begins with & must be in quotes",
    "scanning a block scalar": "text that begins with | or > must be in quotes",
    "ing a tag": "text that begins with ! must be in quotes",
    "undefined tag handle": "text that begins with ! must be in quotes",
    "scanning a directive": "a line must not begin with %",
}

# … and these where the parser gave up.
_WHERE_IT_FAILS: Mapping[str, str] = {
    r"character '\t' that cannot start": (
        "a tab stands here; use spaces, and put text that holds tabs in quotes"
    ),
    "cannot start any token": "text that begins with this character must be in quotes",
    "mapping values are not allowed": (
        "this colon is one too many; look for a line above that lacks its own, a wrong"
        " indentation, or text with a colon that needs quotes"
    ),
    "sequence entries are not allowed": (
        "a list begins on a line of its own; put text that begins with `- ` in quotes"
    ),
    "scanning a double-quoted scalar": (
        "a backslash has a meaning of its own in double quotes; use single quotes"
    ),
    "parsing a block collection": "every line of this list must begin with `- ` in one column",
    "parsing a block mapping": (
        "this does not fit the lines above; check the indentation, and quotes that close too early"
    ),
    "expected the node content": "a value is missing before this",
    "expected '<document start>'": "nothing may follow here; the document has ended",
}

_ELSE = "check the indentation and the quotes"


def syntax_fault(error: yaml.MarkedYAMLError) -> UnreadableError:
    """The parser's error as the place to look at and what to do there."""
    said = f"{error.context}: {error.problem}"
    begins = _advice(_WHERE_IT_BEGINS, said)
    mark: Any = error.context_mark if begins else error.problem_mark
    advice = begins or _advice(_WHERE_IT_FAILS, said) or _ELSE
    return UnreadableError(f"not valid YAML: {advice}", line=mark.line + 1, column=mark.column + 1)


def _advice(table: Mapping[str, str], said: str) -> str | None:
    return next((advice for words, advice in table.items() if words in said), None)
