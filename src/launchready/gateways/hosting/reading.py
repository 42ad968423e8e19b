"""Reads fields of a host's answers, so that one that is missing or of another type is told."""

import datetime
import re
from collections.abc import Mapping
from typing import Any

from launchready.gateways.hosting.calls import Call
from launchready.gateways.hosting.errors import HostError, Trouble

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def at(document: Any, path: str) -> Any:
    """What stands at a path such as `data.items[0].id`; None where there is nothing."""
    for name, index in _STEP.findall(path):
        if name:
            document = document.get(name) if isinstance(document, Mapping) else None
        else:
            number = int(index)
            is_there = isinstance(document, list) and number < len(document)
            document = document[number] if is_there else None
    return document


def text(call: Call, document: Any, path: str) -> str:
    """A text that the host documents to be there. Raises HostError."""
    found = at(document, path)
    if isinstance(found, int) and not isinstance(found, bool):
        return str(found)  # some hosts number their deployments
    if not isinstance(found, str) or not found:
        raise HostError(Trouble.MALFORMED, call=call.shown, words=f"`{path}` is no text")
    return found


def items(call: Call, document: Any, path: str) -> list[dict[str, Any]]:
    """A list of objects that the host documents to be there. Raises HostError."""
    found = at(document, path) if path else document
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise HostError(Trouble.MALFORMED, call=call.shown, words=f"`{path}` is no list of objects")
    return found


def optional(document: Any, path: str) -> str:
    """A text that may be missing, "" where it is."""
    found = at(document, path)
    return found if isinstance(found, str) else ""


def moment(given: Any) -> datetime.datetime | None:
    """A time in ISO 8601, or in seconds or milliseconds since 1970; None where it is none."""
    try:
        if isinstance(given, str):
            read = datetime.datetime.fromisoformat(given)
            return read if read.tzinfo else read.replace(tzinfo=datetime.UTC)
        if isinstance(given, int | float) and not isinstance(given, bool):
            seconds = given / 1000 if given > 1e11 else given
            return datetime.datetime.fromtimestamp(seconds, datetime.UTC)
    except (ValueError, OverflowError, OSError):
        pass
    return None
