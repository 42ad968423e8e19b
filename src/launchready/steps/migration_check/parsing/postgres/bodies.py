"""What the body of a `DO` block or of a function does: PL/pgSQL and SQL opened, other languages
not.
"""

from collections.abc import Callable, Iterator

from launchready.facts.acts import RAISED, Act, Do, Other, Select
from launchready.facts.schema import Engine
from launchready.regex import Regex
from launchready.steps.migration_check.parsing.postgres.dynamic import (
    Variables,
    first_words,
    listed,
    value_of,
)
from launchready.steps.migration_check.parsing.postgres.library import Node, Refusal, tree
from launchready.steps.migration_check.parsing.postgres.loops import Rows
from launchready.steps.migration_check.parsing.postgres.names import named
from launchready.steps.migration_check.parsing.postgres.plpgsql import Step, steps_of
from launchready.steps.migration_check.parsing.postgres.source import Source
from launchready.steps.migration_check.parsing.scripts import pieces
from launchready.steps.migration_check.parsing.spelling import words_of

Placed = tuple[int, Act, bool]
Parse = Callable[[str], tuple[tuple[int, Act], ...]]

_SILENT = frozenset({
    "null", "raise", "exit", "continue", "get", "fetch", "move", "close", "assert",
})  # fmt: skip
_NAME = r'(?:"(?:[^"]|"")+"|[^\W\d][\w$]*)'
_TARGET = rf"{_NAME}(?:\s*\.\s*{_NAME})*(?:\s*\[[^\]]*\])?"
_ASSIGNED = Regex(rf"({_TARGET})\s*:?=")
_DECLARED = Regex(rf"({_NAME})\s+(?:CONSTANT\s+)?[^:=]*?(?::?=|\bDEFAULT\b)", 2)
_INTO = Regex(rf"\bINTO\s+(?:STRICT\s+)?({_TARGET}(?:\s*,\s*{_TARGET})*)", 2)
_FOR = Regex(rf"\s*({_NAME})(?:\s*,\s*{_NAME})*\s+IN\s+(?:REVERSE\s+)?", 2)
_FOREACH = Regex(rf"\s*({_NAME})(?:\s+SLICE\s+\d+)?\s+IN\s+ARRAY\s+", 2)
_RETURN = Regex(r"RETURN(?:\s+(?:QUERY|NEXT))?\b", 2)
_OPEN = Regex(rf"OPEN\s+{_NAME}\s+(?:(?:NO\s+)?SCROLL\s+)?FOR\s+", 2)
_EXECUTE = Regex(r"\s*EXECUTE\b", 2)
_QUERY = Regex(r"\s*\(*\s*(?:SELECT|WITH|VALUES|TABLE|INSERT|UPDATE|DELETE|MERGE)\b", 2)
_RAISE = Regex(r"RAISE\s*(?:EXCEPTION\b|'|;|\Z|(?!DEBUG|LOG|INFO|NOTICE|WARNING)[^\W\d])", 2)
_WAY_OUT = Regex(r"\b(?:RETURN|EXIT|EXCEPTION\s+WHEN)\b", 2)
_SPLIT = Regex(r"\s*,\s*")
_UNKNOWN = "dynamic SQL that is built of variables"


def block(node: Node, source: Source, parse: Parse) -> Act:
    """A `DO` block; `parse` reads a statement in it."""
    language, body, place = "plpgsql", "", 0
    for each in node.get("args", ()):
        option = each["DefElem"]
        if option["defname"] == "language":
            language = named(option["arg"]).lower()
        elif option["defname"] == "as":
            body, place = named(option["arg"]), source.place(option)
    start = source.sql.find(body, place) if body else place
    found = done_by(body, language, parse)
    acts = [(start + at if start >= 0 else place, act, inside) for at, act, inside in found.acts]
    return Do(acts=tuple(acts), opaque=found.opaque)


def done_by(body: str, language: str, parse: Parse) -> Do:
    """What a body does, with offsets in itself."""
    if language not in ("plpgsql", "sql"):
        return Do(opaque=f"code in {language}")
    if language == "sql":
        acts = [
            each
            for piece in pieces(body, Engine.POSTGRESQL)
            for each in _flat(parse(piece.sql), piece.start, is_conditional=False)
        ]
        return Do(acts=tuple(acts))
    reading = _Body(body, parse)
    acts = list(reading.acts())
    return Do(acts=tuple(acts), opaque=reading.opaque)


class _Body:
    """A PL/pgSQL body while it is read. `opaque` says what of it could not be."""

    def __init__(self, body: str, parse: Parse) -> None:
        self._body = body
        self._parse = parse
        self._variables = Variables()
        self._rows = Rows()
        self.opaque = ""

    def acts(self) -> Iterator[Placed]:
        """What its steps do, in their order."""
        for step in steps_of(self._body):
            text = self._body[step.start : step.end]
            yield from _STEPS.get(step.word, _Body.statement)(self, step, text)

    def statement(self, step: Step, text: str) -> Iterator[Placed]:
        """An assignment, or a statement of SQL itself."""
        if step.word == "raise" and self._is_certain(step) and _RAISE.match(text):
            yield step.start, Other(kind=RAISED), False
        if step.word in _SILENT or not text.strip():
            return
        if found := _ASSIGNED.match(text):
            value = text[found.end() :]
            is_whole = "[" not in found[1] and "." not in found[1]
            if is_whole:
                is_conditional = step.is_conditional
                self._variables.assign(found[1], value, is_conditional=is_conditional)
            yield from self._evaluated(step, found.end(), value)
            return
        yield from self._read(step, 0, self._without_target(text))

    def _is_certain(self, step: Step) -> bool:
        """Whether a step is always come to, and nobody catches what it raises."""
        return not step.is_conditional and not _WAY_OUT.search(self._body)

    def declaration(self, step: Step, text: str) -> Iterator[Placed]:
        """A declaration, with what the variable holds."""
        if found := _DECLARED.match(text):
            value = text[found.end() :]
            self._variables.assign(found[1], value)
            yield from self._evaluated(step, found.end(), value)

    def test(self, step: Step, text: str) -> Iterator[Placed]:
        """The condition of an IF or WHILE."""
        yield from self._evaluated(step, 0, text)

    def perform(self, step: Step, text: str) -> Iterator[Placed]:
        """PERFORM, which is a SELECT."""
        yield from self._read(step, 0, "SELECT " + text[len("perform") :])

    def execute(self, step: Step, text: str) -> Iterator[Placed]:
        """EXECUTE."""
        yield from self._run(step, text[len("execute") :])

    def returned(self, step: Step, text: str) -> Iterator[Placed]:
        """RETURN QUERY, or a value that is worked out."""
        found = _RETURN.match(text)
        rest = text[found.end() :] if found else ""
        if start := _EXECUTE.match(rest):
            yield from self._run(step, rest[start.end() :])
        elif _QUERY.match(rest) and found:
            yield from self._read(step, found.end(), rest)
        elif found:
            yield from self._evaluated(step, found.end(), rest)

    def opened(self, step: Step, text: str) -> Iterator[Placed]:
        """OPEN of a cursor for a query."""
        if found := _OPEN.match(text):
            rest = text[found.end() :]
            if start := _EXECUTE.match(rest):
                yield from self._run(step, rest[start.end() :])
            else:
                yield from self._read(step, found.end(), rest)

    def for_query(self, step: Step, text: str) -> Iterator[Placed]:
        """A FOR loop over a query."""
        found = _FOR.match(text)
        if not found:
            return
        rest = text[found.end() :]
        self._variables.forget((found[1],))
        self._rows.forget(found[1])
        if start := _EXECUTE.match(rest):
            yield from self._run(step, rest[start.end() :])
        elif _QUERY.match(rest):
            query = tree(rest)
            if not isinstance(query, Refusal):
                self._variables.loop(found[1], listed(query, self._variables))
                self._rows.loop(found[1], query)
            yield from self._read(step, found.end(), rest)

    def for_each(self, step: Step, text: str) -> Iterator[Placed]:
        """A FOREACH over an array."""
        if found := _FOREACH.match(text):
            node = value_of(text[found.end() :])
            self._variables.loop(found[1], self._variables.elements(node))
            yield from ()

    def _run(self, step: Step, text: str) -> Iterator[Placed]:
        """An EXECUTE: the texts that it may run, if they are known."""
        expression = self._operand(text)
        texts = self._variables.texts(value_of(expression))
        if texts is None:
            words = first_words(expression)
            self.opaque = self.opaque or (f"{_UNKNOWN}: {words} …" if words else _UNKNOWN)
            return
        is_conditional = step.is_conditional or len(texts) > 1
        for each in texts:
            for piece in pieces(each, Engine.POSTGRESQL):
                for _, act, is_inside in _flat(self._parse(piece.sql), 0, is_conditional):
                    yield step.start, act, is_inside

    def _operand(self, text: str) -> str:
        """What stands before the INTO and USING of an EXECUTE."""
        depth = 0
        words = words_of(Engine.POSTGRESQL, r"[()]|\b(?:INTO|USING)\b")
        for found in words.finditer(text):
            sign = found["word"] or ""
            if sign.isalpha() and not depth:
                if into := _INTO.match(text, found.start()):
                    self._variables.forget(_SPLIT.split(into[1]))
                return text[: found.start()]
            depth += {"(": 1, ")": -1}.get(sign, 0)
        return text

    def _without_target(self, text: str) -> str:
        """A statement with blanks in place of the INTO that names variables."""
        if "into" not in text.lower():
            return text
        depth, before = 0, ""
        words = words_of(Engine.POSTGRESQL, r"[()]|\b(?:INTO|INSERT|MERGE)\b")
        for found in words.finditer(text):
            sign = (found["word"] or "").lower()
            depth += {"(": 1, ")": -1}.get(sign, 0)
            if sign == "into" and not depth and before not in ("insert", "merge"):
                into = _INTO.match(text, found.start())
                if into:
                    self._variables.forget(_SPLIT.split(into[1]))
                    blank = " " * (into.end() - into.start())
                    return text[: into.start()] + blank + text[into.end() :]
            before = sign if sign.isalpha() else before
        return text

    def _evaluated(self, step: Step, at: int, text: str) -> Iterator[Placed]:
        """An expression that calls a function or asks a table something."""
        if "(" not in text:
            return
        prefix = "SELECT "
        for offset, act in self._parse(prefix + text):
            if isinstance(act, Select) and not act.functions and not act.reads:
                continue
            if not isinstance(act, Select | Do):
                continue
            yield step.start + at + max(0, offset - len(prefix)), act, step.is_conditional

    def _read(self, step: Step, at: int, text: str) -> Iterator[Placed]:
        for offset, act, inside in _flat(self._parse(text), step.start + at, step.is_conditional):
            yield offset, self._rows.widened(act, text), inside


_STEPS: dict[str, Callable[[_Body, Step, str], Iterator[Placed]]] = {
    "declare": _Body.declaration,
    "execute": _Body.execute,
    "for": _Body.for_query,
    "foreach": _Body.for_each,
    "if": _Body.test,
    "elsif": _Body.test,
    "elseif": _Body.test,
    "open": _Body.opened,
    "perform": _Body.perform,
    "return": _Body.returned,
    "while": _Body.test,
}


def _flat(
    parsed: tuple[tuple[int, Act], ...], start: int, is_conditional: bool
) -> Iterator[Placed]:
    """Acts with those of blocks in their place."""
    for offset, act in parsed:
        if isinstance(act, Do):
            for inner, each, is_inside in act.acts:
                yield start + inner, each, is_conditional or is_inside
            if act.opaque:
                yield start + offset, Do(opaque=act.opaque), is_conditional
        else:
            yield start + offset, act, is_conditional
