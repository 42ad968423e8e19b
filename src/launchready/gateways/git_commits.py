"""Reads who wrote a commit or an annotated tag, and when.

Source: https://git-scm.com/docs/git-cat-file, "BATCH OUTPUT"; a commit's head is lines such as
`author Ann <ann@example.org> 1700000000 +0100` up to the first empty one.
"""

import datetime
import re
from collections.abc import Iterable, Mapping

from launchready.facts.secret import CommitFacts
from launchready.gateways.git_process import GitProcess
from launchready.regex import Regex

_AUTHOR = Regex(rb"^(?:author|tagger) (.*?) ?<[^\n]*> (-?\d+) ([+-])(\d\d)(\d\d)$", re.MULTILINE)
_ENCODING = Regex(rb"^encoding (\S+)$", re.MULTILINE)


def read_commits(git: GitProcess, names: Iterable[str]) -> Mapping[str, CommitFacts]:
    """Author and author date of these commits and tags, by id. Raises GitError."""
    wanted = tuple(dict.fromkeys(names))
    if not wanted:
        return {}
    asked = "".join(f"{name}\n" for name in wanted).encode("ascii")
    texts = git.run("cat-file", "--batch=%(objectsize)", text=asked)
    found: dict[str, CommitFacts] = {}
    position = 0
    for name in wanted:
        size, _, _ = texts[position : position + 128].partition(b"\n")
        position += len(size) + 1
        if size.isdigit():
            found[name] = _parse_head(name, texts[position : position + int(size)])
            position += int(size) + 1
    return found


def _parse_head(name: str, text: bytes) -> CommitFacts:
    head, _, _ = text.partition(b"\n\n")
    match = _AUTHOR.search(head)
    if match is None:
        return CommitFacts(id=name, author="", date=_EPOCH)
    author, seconds, sign, hours, minutes = match.groups()
    offset = (int(hours) * 60 + int(minutes)) * (-1 if sign == b"-" else 1)
    encoding = _ENCODING.search(head)
    return CommitFacts(
        id=name,
        author=_decode(author, encoding[1].decode("ascii", "replace") if encoding else "utf-8"),
        date=_date(int(seconds), offset),
    )


def _decode(text: bytes, encoding: str) -> str:
    try:
        return text.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        return text.decode("utf-8", "replace")


def _date(seconds: int, offset_minutes: int) -> datetime.datetime:
    """The moment in the author's own time zone; what no calendar holds counts as 1970."""
    zone = datetime.UTC
    if 0 < abs(offset_minutes) < 24 * 60:
        zone = datetime.timezone(datetime.timedelta(minutes=offset_minutes))
    try:
        return datetime.datetime.fromtimestamp(seconds, zone)
    except (OverflowError, ValueError, OSError):
        return _EPOCH


_EPOCH = datetime.datetime.fromtimestamp(0, datetime.UTC)
