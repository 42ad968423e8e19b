"""detect-secrets' `.secrets.baseline`.

Source: detect-secrets, detect_secrets/core/baseline.py and potential_secret.py.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from launchready.steps.secret_scan.adoption.accepted import AcceptedValue, Misread

_SHA1 = re.compile(r"[0-9a-f]{40}")


def parse_baseline_file(text: str, file: str) -> tuple[tuple[AcceptedValue, ...], list[Misread]]:
    """The entries of a baseline. One that a person audited as no secret is accepted as the rest."""
    try:
        document: Any = json.loads(text)
        results = dict(document["results"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return (), [Misread(file=file, line=1, reason="it is no baseline of detect-secrets")]
    lines = _lines_of(text)
    values: list[AcceptedValue] = []
    odd: list[Misread] = []
    for path, entries in results.items():
        for entry in entries if isinstance(entries, list) else [entries]:
            value = _value(path, entry, file, lines)
            if value is None:
                odd.append(Misread(file=file, line=1, reason="an entry has no SHA-1 of a value"))
            else:
                values.append(value)
    return tuple(values), odd[:1]


def _value(path: str, entry: Any, file: str, lines: dict[str, int]) -> AcceptedValue | None:
    sha1 = entry.get("hashed_secret") if isinstance(entry, dict) else None
    if not isinstance(sha1, str) or not _SHA1.fullmatch(sha1):
        return None
    line = entry.get("line_number")
    audited = ", audited as no secret" if entry.get("is_secret") is False else ""
    return AcceptedValue(
        path=path.replace("\\", "/").removeprefix("./"),
        sha1=sha1,
        line=line if isinstance(line, int) else 0,
        is_private_key=entry.get("type") == "Private Key",
        reason=f"in {file}{audited}",
        file=file,
        file_line=lines.get(sha1, 0),
    )


def _lines_of(text: str) -> dict[str, int]:
    """The line on which each hash stands first."""
    return dict(reversed(list(_hashes(text))))


def _hashes(text: str) -> Iterator[tuple[str, int]]:
    for number, line in enumerate(text.split("\n"), start=1):
        for match in _SHA1.finditer(line):
            yield match[0], number
