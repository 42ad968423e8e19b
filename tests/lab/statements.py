"""Reads the lab's files: cases, and the statements of a text."""

import re
from collections.abc import Iterator
from pathlib import Path

from launchready.frozen import frozen

FOLDER = Path(__file__).parent
CASES = FOLDER / "cases"

_HEAD = re.compile(r"^-- case: ([a-z0-9-]+)((?: \w+)*)\n", re.MULTILINE)
_PART = re.compile(r"^-- (setup|run|then)\n", re.MULTILINE)
_PROBE = re.compile(r"^-- probe: (\S+)\n", re.MULTILINE)
_TOKEN = re.compile(
    r"""--[^\n]*|/\*.*?\*/|[eE]'(?:[^'\\]|\\.|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"
    |\$(\w*)\$.*?\$\1\$|;""",
    re.DOTALL | re.VERBOSE,
)
_COPY = re.compile(r"^(?:\s|--[^\n]*\n)*COPY\b.*\bFROM\s+STDIN\b", re.DOTALL | re.IGNORECASE)


@frozen
class Case:
    """One text that somebody may migrate with.

    `sql` is what is judged, `run` what reaches the server (a tool takes out its own marks), `setup`
    what ran long before. `mode` is `transaction` (the tool opens one around it), `outside` (each
    statement by itself) or `string` (all in one string, outside of a transaction).
    """

    name: str
    sql: str
    run: str
    setup: str = ""
    mode: str = "transaction"


def read_cases() -> list[Case]:
    """Every case, in the order of their names."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(CASES.glob("*.sql"))]
    return sorted((case for text in texts for case in _cases(text)), key=lambda case: case.name)


def _cases(text: str) -> Iterator[Case]:
    heads = list(_HEAD.finditer(text))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    for head, end in zip(heads, ends, strict=True):
        parts = _PART.split(text[head.end() : end].rstrip() + "\n")
        named = dict(zip(parts[1::2], parts[2::2], strict=True))
        sql = named.get("then", parts[0])
        yield Case(
            name=head[1],
            sql=sql,
            run=named.get("run", sql),
            setup=named.get("setup", ""),
            mode=head[2].strip() or "transaction",
        )


def read_probes() -> list[tuple[str, str]]:
    """Name and statement of everything that the old release does."""
    parts = _PROBE.split((FOLDER / "probes.sql").read_text(encoding="utf-8"))
    return list(zip(parts[1::2], parts[2::2], strict=True))


def statements(text: str) -> Iterator[tuple[str, str]]:
    """The statements of a text, each without its semicolon and with the lines that follow a
    `COPY … FROM STDIN`; comments stay in them.
    """
    start = at = 0
    while token := _TOKEN.search(text, at):
        at = token.end()
        if token[0] != ";":
            continue
        statement, lines = text[start : token.start()], ""
        if _COPY.search(statement):
            end = text.index("\n\\.\n", at)
            lines = text[at:end].removeprefix("\n") + "\n"
            at = end + len("\n\\.\n")
        yield statement, lines
        start = at
    yield text[start:], ""


def is_nothing(statement: str) -> bool:
    """Whether a statement holds comments and blanks alone."""
    return not _TOKEN.sub(
        lambda token: "" if token[0][:2] in {"--", "/*"} else "x", statement
    ).strip()
