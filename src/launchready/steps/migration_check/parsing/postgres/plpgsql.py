"""The steps of a PL/pgSQL body: its statements with their places, and what stands over them.

A body is taken apart at its own words rather than by PostgreSQL's PL/pgSQL parser, which gives
lines for places and gives up at a name whose type it does not know.
Source: https://www.postgresql.org/docs/current/plpgsql-structure.html and the chapters after it.
"""

from collections.abc import Iterator
from typing import NamedTuple

from launchready.facts.schema import Engine
from launchready.regex import Regex
from launchready.steps.migration_check.parsing.spelling import blank_end, run_end, words_of

_WORD = Regex(r"[^\W\d]\w*")
_LABEL = Regex(r"<<[^>]*>>|[;\s]+|#\w+[^\n]*")
_HEADS = r"[()]|\b(?:CASE|END|THEN|LOOP|WHEN)\b"
_LOOPS = ("for", "foreach", "while")
_TESTS = ("if", "elsif", "elseif")


class Step(NamedTuple):
    """One statement: `word` is its first, in lower case, or `declare`, or a loop's; what it says
    stands at `body[start:end]`, the first word left out of a loop's and a test's.
    """

    word: str
    start: int
    end: int
    is_conditional: bool


def steps_of(body: str) -> Iterator[Step]:
    """The steps of a body, in the order in which they stand."""
    return _Walk(body).steps()


class _Walk:
    """A walk through a body. `open` are the blocks that it is in; all but `begin` are entered under
    a condition.
    """

    def __init__(self, body: str) -> None:
        self.body = body
        self.at = 0
        self.open: list[str] = []

    def steps(self) -> Iterator[Step]:
        """All steps."""
        while True:
            self.at = blank_end(self.body, self.at, Engine.POSTGRESQL)
            if label := _LABEL.match(self.body, self.at):
                self.at = label.end()
                continue
            if self.at >= len(self.body):
                return
            found = _WORD.match(self.body, self.at)
            word = found[0].lower() if found else ""
            if word in _BLOCKS:
                self.at += len(word)
                _BLOCKS[word](self)
            elif word in _TESTS or word in _LOOPS:
                yield self._headed(word)
            elif word == "declare":
                self.at += len(word)
                yield from self._declarations()
            else:
                yield self._simple(word)

    def _step(self, word: str, start: int, end: int) -> Step:
        is_conditional = any(each != "begin" for each in self.open)
        return Step(word, start, end, is_conditional)

    def _simple(self, word: str) -> Step:
        start, self.at = self.at, self._end(self.at)
        return self._step(word, start, min(self.at - 1, len(self.body)))

    def _headed(self, word: str) -> Step:
        """An IF or a loop: what stands before its THEN or LOOP."""
        start = self.at + len(word)
        end = self._before("then" if word in _TESTS else "loop", start)
        step = self._step(word, start, end)
        if word == "if" or word in _LOOPS:
            self.open.append("loop" if word in _LOOPS else "if")
        self.at = end + len("then")  # as long as LOOP
        return step

    def _declarations(self) -> Iterator[Step]:
        while True:
            self.at = blank_end(self.body, self.at, Engine.POSTGRESQL)
            found = _WORD.match(self.body, self.at)
            if self.at >= len(self.body) or (found and found[0].lower() == "begin"):
                return
            step = self._simple("declare")
            if step.start < step.end:
                yield step

    def begin(self) -> None:
        """BEGIN."""
        self.open.append("begin")

    def handle(self) -> None:
        """EXCEPTION: what follows runs only where something failed."""
        if self.open:
            self.open[-1] = "handler"

    def loop(self) -> None:
        """LOOP."""
        self.open.append("loop")

    def case(self) -> None:
        """CASE, up to its first WHEN."""
        self.open.append("case")
        self.at = self._before("when", self.at)

    def when(self) -> None:
        """WHEN of a CASE or a handler, up to its THEN."""
        self.at = self._before("then", self.at) + len("then")

    def end(self) -> None:
        """END of anything."""
        if self.open:
            self.open.pop()
        self.at = self._end(self.at)

    def pass_over(self) -> None:
        """ELSE."""

    def _end(self, at: int) -> int:
        """The place behind the semicolon that ends a statement."""
        while at < len(self.body):
            at = run_end(self.body, at, Engine.POSTGRESQL)
            if self.body.startswith(";", at):
                return at + 1
            at += 1
        return len(self.body) + 1

    def _before(self, word: str, at: int) -> int:
        """Where a word stands that is in no brackets and in no CASE expression."""
        depth = 0
        for found in words_of(Engine.POSTGRESQL, _HEADS).finditer(self.body, at):
            sign = (found["word"] or "").lower()
            if not depth and sign == word:
                return found.start()
            depth += {"(": 1, ")": -1, "case": 1, "end": -1}.get(sign, 0)
        return len(self.body)


_BLOCKS = {
    "begin": _Walk.begin,
    "exception": _Walk.handle,
    "loop": _Walk.loop,
    "case": _Walk.case,
    "when": _Walk.when,
    "else": _Walk.pass_over,
    "end": _Walk.end,
}
