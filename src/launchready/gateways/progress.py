"""Says on stderr how far a long job is: a bar on a terminal, a line now and then in a log."""

import os
import sys
import time
from collections.abc import Callable
from typing import TextIO

_LOG_SECONDS = 5.0
_BAR_SECONDS = 0.1
_BAR_WIDTH = 24


class Progress:
    """Speaks for one job at a time. Nothing is written before `begin` or `say`.

    `stream` None is silence. `is_live` says that a line may be drawn again, as on a terminal;
    otherwise a line is written at most every 5 seconds. `clock` gives seconds.
    """

    def __init__(
        self,
        stream: TextIO | None,
        *,
        is_live: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._stream = stream
        self._is_live = is_live
        self._clock = clock
        self._pause = _BAR_SECONDS if is_live else _LOG_SECONDS
        self._label = ""
        self._total = self._done = 0
        self._began = self._written = 0.0
        self._is_drawn = False

    @classmethod
    def on_stderr(cls, *, is_ci: bool, is_quiet: bool) -> "Progress":
        """The one for a command: a bar on a person's terminal, lines elsewhere, or nothing."""
        is_live = sys.stderr.isatty() and not is_ci and os.environ.get("TERM") != "dumb"
        return cls(None if is_quiet else sys.stderr, is_live=is_live)

    def begin(self, label: str, total: int) -> None:
        """Start a job of `total` pieces; `label` is what is being done, such as "reading"."""
        self._label, self._total, self._done = label, total, 0
        self._began = self._written = self._clock()

    def advance(self, amount: int = 1) -> None:
        """`amount` more pieces are done."""
        if not self._label:
            return
        self._done += amount
        now = self._clock()
        if now - self._written >= self._pause:
            self._written = now
            self._write(self._line(now))

    def end(self) -> None:
        """The job is over; a bar disappears."""
        self._clear()
        self._label = ""

    def say(self, text: str) -> None:
        """One line that a person should know though it is no finding."""
        self._clear()
        self._put(f"launchready: {_harmless(text)}\n")

    def _line(self, now: float) -> str:
        share = min(1.0, self._done / self._total) if self._total else 1.0
        elapsed = now - self._began
        left = f", {elapsed / share - elapsed:.0f} s left" if 0 < share < 1 else ""
        text = f"{self._label}: {self._done:,} of {self._total:,} ({share:.0%}{left})"
        if not self._is_live:
            return f"launchready: {_harmless(text)}"
        full = round(share * _BAR_WIDTH)
        return f"[{'#' * full}{'.' * (_BAR_WIDTH - full)}] {_harmless(text)}"

    def _write(self, line: str) -> None:
        if self._is_live:
            self._clear()
            self._put(line)
            self._is_drawn = True
        else:
            self._put(f"{line}\n")

    def _clear(self) -> None:
        if self._is_drawn:
            self._put("\r\x1b[2K")  # ECMA-48: to the line's start, erase the line
            self._is_drawn = False

    def _put(self, text: str) -> None:
        if self._stream is None:
            return
        try:
            self._stream.write(text)
            self._stream.flush()
        except OSError:
            self._stream = None  # nobody reads it any more; the job goes on


def _harmless(text: str) -> str:
    """No control characters, and nothing that a CI log reads as a command.

    The Actions runner parses `##[…]` anywhere in a line of either stream; `::…::` only at a line's
    start, where our own name or a bar stands.
    """
    return "".join(c if c.isprintable() else "?" for c in text).replace("##[", "## [")
