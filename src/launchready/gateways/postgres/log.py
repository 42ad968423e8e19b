"""Reads the log of our own server: what it wrote is there by the time that a statement is answered,
since every process writes its own entries in one piece.
"""

import re
from pathlib import Path

from launchready.frozen import frozen

# As `configuration.LOG_PREFIX` has it.
_HEAD = re.compile(
    rb"^~(\d+\.\d+)\|(\d+)\|(\d+)\|([0-9A-Z]{5})\|([^\n]*?)\|~ ([A-Z]+\d?):  ", re.MULTILINE
)
_PARTS = frozenset({"DETAIL", "HINT", "QUERY", "CONTEXT", "LOCATION", "STATEMENT", "BACKTRACE"})

_BYE = "database system is shut down"


@frozen
class LogEntry:
    """One thing that the server logged.

    `seconds` is the time since 1970, `process` the backend's process id, `transaction` its id or
    0, `severity` the word (`LOG`, `ERROR`, …), `parts` are what goes with it: `STATEMENT`,
    `CONTEXT`, `DETAIL`, ….
    """

    seconds: float
    process: int
    transaction: int
    sqlstate: str
    database: str
    severity: str
    message: str
    parts: tuple[tuple[str, str], ...] = ()

    def part(self, name: str) -> str:
        """One of the parts, or nothing."""
        return dict(self.parts).get(name, "")


class ServerLog:
    """The log file of a server of ours, read from where the last reading ended."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._offset = 0
        self._rest = b""

    def read_new(self) -> list[LogEntry]:
        """The entries since the last call. Lines that are no entry are left out."""
        with self._path.open("rb") as file:
            file.seek(self._offset)
            fresh = file.read()
        self._offset += len(fresh)
        whole, _, self._rest = (self._rest + fresh).rpartition(b"\n")
        return parse_log(whole + b"\n") if whole else []

    def complaint(self) -> str:
        """Why a server did not start: what it said last, and before that."""
        content = self._path.read_bytes()
        said = [each.message for each in parse_log(content) if each.message != _BYE]
        lines = said or [line for line in _text(content).splitlines() if line.strip()]
        return "; ".join(lines[-2:])

    def says(self, text: str) -> bool:
        """Whether it holds this text anywhere."""
        return text.encode() in self._path.read_bytes()


def parse_log(content: bytes) -> list[LogEntry]:
    """The entries of a piece of log that begins and ends with whole lines."""
    heads = list(_HEAD.finditer(content))
    ends = [head.start() for head in heads[1:]] + [len(content)] * bool(heads)
    entries: list[LogEntry] = []
    for head, end in zip(heads, ends, strict=True):
        text = _text(content[head.end() : end].rstrip(b"\n").replace(b"\n\t", b"\n"))
        severity = head[6].decode()
        if severity in _PARTS:
            if (at := _owner(entries, int(head[2]))) is not None:
                entries[at] = _with_part(entries[at], severity, text)
            continue
        entries.append(
            LogEntry(
                seconds=float(head[1]),
                process=int(head[2]),
                transaction=int(head[3]),
                sqlstate=head[4].decode(),
                database=_text(head[5]),
                severity=severity,
                message=text,
            )
        )
    return entries


def _owner(entries: list[LogEntry], process: int) -> int | None:
    """Where the last entry of a process stands; others may have written in between."""
    for at in range(len(entries) - 1, -1, -1):
        if entries[at].process == process:
            return at
    return None


def _with_part(entry: LogEntry, name: str, text: str) -> LogEntry:
    return LogEntry(**{**vars(entry), "parts": (*entry.parts, (name, text))})


def _text(content: bytes) -> str:
    return content.decode("utf-8", "replace")
