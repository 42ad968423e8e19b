"""The baseline file: what is in it, text -> value and back.

The file is made for review and for merging: JSON with one entry per line, sorted; without line
numbers, dates and secrets, so that it changes only when what is known changes.

Version 1 knew of nothing where it is present: its entries accept a finding wherever it spreads.
"""

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, NoReturn

from launchready.errors import LaunchReadyError
from launchready.frozen import frozen
from launchready.regex import Regex

VERSION = 2
_READABLE = (1, VERSION)

Place = tuple[str, str, str, str]
"""Step, path, rule and fingerprint of an entry: what tells entries apart, in the file's order."""

_ABOUT = "Findings that do not fail a run. `launchready baseline` writes this file; review it."
_HINT = "restore the file from git, or write a new one with `launchready baseline`"


@frozen
class BaselineEntry:
    """`count` findings of one fingerprint at one path; `message` says what they are to a reader.

    `present` are the paths at which what was accepted was there at that time; none if it was only
    in the past, and None if that is not known.
    """

    step: str
    rule: str
    path: str
    fingerprint: str
    count: int = 1
    message: str = ""
    present: tuple[str, ...] | None = None

    @property
    def place(self) -> Place:
        """The entry's key."""
        return self.step, self.path, self.rule, self.fingerprint


@frozen
class Baseline:
    """What is known. `salt` keys the fingerprints: at least 32 random hex digits."""

    salt: str
    entries: tuple[BaselineEntry, ...] = ()

    @property
    def key(self) -> bytes:
        """The key of every fingerprint in it."""
        return self.salt.encode("ascii")


def render_baseline(baseline: Baseline) -> str:
    """The text of the file, with a line end at its end."""
    entries = sorted(baseline.entries, key=lambda entry: entry.place)
    rows = ",".join(f"\n    {_rendered(entry)}" for entry in entries)
    lines = (
        "{",
        f'  "version": {VERSION},',
        f'  "about": {json.dumps(_ABOUT)},',
        f'  "salt": {json.dumps(baseline.salt)},',
        f'  "entries": [{rows}\n  ]' if rows else '  "entries": []',
        "}",
    )
    return "\n".join(lines) + "\n"


def parse_baseline(text: str, path: str) -> Baseline:
    """The baseline of a file's text. `path` names the file in errors.

    Raises LaunchReadyError with the line of the first thing that is wrong.
    """
    if conflict := _CONFLICT.search(text):
        _refuse(
            path,
            _line(text, conflict.start()),
            "a merge left conflict markers here",
            hint="keep the entries of both sides and delete the marker lines",
        )
    root = _document(text, path)
    if not isinstance(root, dict):
        _refuse(path, 1, "must hold a JSON object")
    try:
        salt = _checked_root(root)
    except _WrongKey as wrong:
        found = list(re.finditer(rf'"{re.escape(wrong.key)}"\s*:', text))
        _refuse(path, _line(text, found[-1].start()) if found else 1, str(wrong))
    return Baseline(salt=salt, entries=_entries(root["entries"], text, path))


class _WrongKey(Exception):  # noqa: N818 - becomes a LaunchReadyError once its line is known
    def __init__(self, key: str, message: str) -> None:
        super().__init__(f"{json.dumps(key)} {message}" if key else message)
        self.key = key


_CONFLICT = Regex(r"^(?:<{7}|={7}|>{7}|\|{7})(?=\s|$)", re.MULTILINE)
_BEFORE_ENTRY = Regex(r"[\s,]*(?=[^\s,\]])")
_SALT = Regex(r"[0-9a-f]{32,128}")
_FINGERPRINT = Regex(r"[0-9a-f]{32}")
_TEXTS = ("step", "rule", "path", "fingerprint", "message")
_KEYS = frozenset({*_TEXTS, "count"})


def _rendered(entry: BaselineEntry) -> str:
    pairs = {
        "step": entry.step,
        "rule": entry.rule,
        "path": entry.path,
        "fingerprint": entry.fingerprint,
        "count": entry.count,
        **({} if entry.present is None else {"present": list(entry.present)}),
        "message": entry.message,
    }
    return "{" + ", ".join(f'"{key}": {_json(value)}' for key, value in pairs.items()) + "}"


def _json(value: object) -> str:
    """Readable in its own script; anything that does not print, or could deceive, is escaped."""
    texts = value if isinstance(value, list) else [value]
    is_plain = all(text.isprintable() for text in texts if isinstance(text, str))
    return json.dumps(value, ensure_ascii=not is_plain)


def _document(text: str, path: str) -> Any:
    try:
        return json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        _refuse(path, error.lineno, "is not JSON from here on")
    except RecursionError:
        _refuse(path, 1, "is nested too deeply")
    except ValueError:  # the limit of int() on digits
        _refuse(path, 1, "holds a number that is too long")


def _checked_root(root: dict[str, Any]) -> str:
    """The salt; raises _WrongKey. The version goes first: another one has other keys."""
    version = root.get("version")
    if version not in _READABLE or isinstance(version, bool):
        known = " or ".join(map(str, _READABLE))
        raise _WrongKey("version", f"must be {known}; a newer launchready may have written it")
    for key in root:
        if key not in ("version", "about", "salt", "entries"):
            raise _WrongKey(key, "is no key of a baseline")
    salt = root.get("salt")
    if not isinstance(salt, str) or not _SALT.fullmatch(salt):
        raise _WrongKey("salt", "must be at least 32 of the digits 0-9 and a-f")
    if not isinstance(root.get("entries"), list):
        raise _WrongKey("entries", "must be a list")
    return salt


def _entries(items: list[Any], text: str, path: str) -> tuple[BaselineEntry, ...]:
    entries: dict[tuple[str, str, str], BaselineEntry] = {}
    for index, item in enumerate(items):
        try:
            entry = _entry(item)
        except _WrongKey as wrong:
            _refuse(path, _line_of_entry(text, index), str(wrong))
        known_as = entry.step, entry.path, entry.fingerprint
        if known_as in entries:
            message = "the same entry stands above; delete one of the two"
            _refuse(path, _line_of_entry(text, index), message)
        entries[known_as] = entry
    return tuple(sorted(entries.values(), key=lambda entry: entry.place))


def _entry(item: Any) -> BaselineEntry:
    if not isinstance(item, dict):
        raise _WrongKey("", "an entry must be a JSON object")
    for key in (*_TEXTS, "count"):
        if key not in item:
            raise _WrongKey(key, "is missing from this entry")
    for key in item:
        if key not in _KEYS and key != "present":
            raise _WrongKey(key, "is no key of an entry")
    for key in _TEXTS:
        if not isinstance(item[key], str):
            raise _WrongKey(key, "must be text")
    if not _FINGERPRINT.fullmatch(item["fingerprint"]):
        raise _WrongKey("fingerprint", "must be 32 of the digits 0-9 and a-f")
    count = item["count"]
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        raise _WrongKey("count", "must be a whole number from 1")
    return BaselineEntry(**(item | {"present": _present(item.get("present"))}))


def _present(value: Any) -> tuple[str, ...] | None:
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(path, str) for path in value):
        raise _WrongKey("present", "must be a list of paths")
    return tuple(sorted(set(value)))


def _line_of_entry(text: str, index: int) -> int:
    return _line(text, next(islice(_starts_of_entries(text), index, None), 0))


def _starts_of_entries(text: str) -> Iterator[int]:
    """Where each entry begins in a text that is known to be JSON."""
    opening = re.search(r'"entries"\s*:\s*\[', text)
    position = opening.end() if opening else len(text)
    decoder = json.JSONDecoder()
    while found := _BEFORE_ENTRY.match(text, position):
        yield found.end()
        _, position = decoder.raw_decode(text, found.end())


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _refuse(path: str, line: int, message: str, *, hint: str = _HINT) -> NoReturn:
    raise LaunchReadyError(f"{path}:{line}: {message}", hint=hint)
