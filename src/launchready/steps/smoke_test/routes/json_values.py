"""Values in a JSON answer by path: `status`, `checks.db`, `items[0].id`."""

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from launchready.regex import Regex

if TYPE_CHECKING:
    import re

ANY = "*"
_PART = Regex(r"\[(?P<index>[0-9]+)\]|(?P<key>[^.\[\]]+)")
_ABSENT = object()


def differences(text: str, wanted: Mapping[str, str]) -> Iterator[str]:
    """A clause for each value that is not as wanted. What the answer holds is not quoted."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        yield "it is not JSON"
        return
    for path, value in wanted.items():
        found = value_at(document, path)
        if found is _ABSENT:
            yield f"its JSON has no `{path}`"
        elif value != ANY and value != as_text(found):
            yield f"its JSON has another `{path}` than `{value}`"


def text_at(text: str, path: str) -> str | None:
    """The value at a path of a JSON text, as a person writes it; None where there is none."""
    try:
        found = value_at(json.loads(text), path)
    except (ValueError, RecursionError):
        return None
    return None if found is _ABSENT else as_text(found)


def value_at(document: Any, path: str) -> Any:
    """The value at a path, an object of its own where there is none."""
    for part in _PART.finditer(path.removeprefix("$")):
        document = _step(document, part)
    return document


def as_text(value: Any) -> str:
    """A value as a person writes it in the config: `ok`, `true`, `3`."""
    return value if isinstance(value, str) else json.dumps(value)


def _step(document: Any, part: "re.Match[str]") -> Any:
    if part["index"] is not None and isinstance(document, list):
        index = int(part["index"]) if len(part["index"]) < 9 else len(document)
        return document[index] if index < len(document) else _ABSENT
    if isinstance(document, dict):
        return document.get(part["key"] or part["index"], _ABSENT)
    return _ABSENT
