"""Places and messages as SARIF 2.1.0 has them."""

import re

from launchready.model import CommitLocation, FileLocation, Location
from launchready.reporters.escape import prose, uri_path
from launchready.reporters.json_report import Object
from launchready.reporters.places import CONFIG_FILE, describe

_PLACEHOLDER = re.compile(r"\{(\d+)\}")


def message(text: str) -> Object:
    """A message object of plain text, in which nothing reads as a placeholder or a link.

    Section 3.11.5 doubles the braces of `{0}`; section 3.11.6 makes `[text](target)` a link.
    """
    return {"text": _PLACEHOLDER.sub(r"{{\1}}", text).replace("](", "] (") or "-"}


def location_of(location: Location, number: int | None = None, told: str = "") -> Object:
    """A location object. What lies in no file is hung on the config file and named beside it."""
    place: Object = {} if number is None else {"id": number}
    match location:
        case FileLocation() as inner if inner.is_inside:
            place["physicalLocation"] = _physical(inner.in_file)
            place["logicalLocations"] = [_logical(describe(inner))]
        case FileLocation(commit=None):
            place["physicalLocation"] = _physical(location)
        case FileLocation(commit=commit):
            place["physicalLocation"] = _physical(location)
            place["logicalLocations"] = [_logical(f"commit {commit}")]
        case CommitLocation(commit=commit):
            place["physicalLocation"] = _physical(FileLocation(path=CONFIG_FILE))
            place["logicalLocations"] = [_logical(f"commit {commit}")]
        case elsewhere:
            place["physicalLocation"] = _physical(FileLocation(path=CONFIG_FILE))
            place["logicalLocations"] = [_logical(describe(elsewhere))]
    if told:
        place["message"] = message(prose(told))
    return place


def _physical(location: FileLocation) -> Object:
    file = {"uri": uri_path(location.path), "uriBaseId": "%SRCROOT%"}
    return {"artifactLocation": file, "region": _region(location)}


def _region(location: FileLocation) -> Object:
    """Lines and columns count from 1; `endColumn` is the first column after (section 3.30)."""
    line = max(location.line or 1, 1)
    region: Object = {"startLine": line}
    end_line = max(location.end_line or line, line)
    if location.column is not None and location.column >= 1:
        region["startColumn"] = location.column
        first_after = location.column if end_line == line else 1
        if location.end_column is not None and location.end_column >= first_after:
            region |= {"endLine": end_line, "endColumn": location.end_column}
    elif end_line > line:
        region["endLine"] = end_line
    return region


def _logical(name: str) -> Object:
    return {"fullyQualifiedName": prose(name), "kind": "resource"}
