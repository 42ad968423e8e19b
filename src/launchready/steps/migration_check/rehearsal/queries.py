"""The running release's own queries, from a file of SQL or a server's log, as probes.

None is ever executed: PostgreSQL explains it, or prepares it where it has parameters. For MySQL it
stands as it is, with question marks for its parameters, for the server to prepare.
"""

from collections.abc import Iterator

from launchready.facts.rehearsal import Probe
from launchready.facts.schema import Engine
from launchready.regex import Regex
from launchready.steps.migration_check.parsing.scripts import pieces

MOST = 2000
"""Different queries that are tried; what a longer log has after them says little more."""

# `log_statement = all` and `log_min_duration_statement`, whatever the prefix of the line.
_LOGGED = Regex(
    r"\b(?:LOG|STATEMENT):  (?:duration: [\d.]+ ms  )?(?:statement|execute [^:\n]*|bind [^:\n]*): "
)
_HEAD = Regex(r"\b(?:LOG|ERROR|DETAIL|STATEMENT|HINT|CONTEXT|WARNING|FATAL|NOTICE):  ")
_ASKS = Regex(
    r"(?i)\s*+(?:/\*(?:[^*]|\*(?!/))*+\*/\s*+)*+(?:select|insert|update|delete|with|merge|values|table)\b"
)
_PLACE = Regex(r"%s|%\(\w+\)s")
_PARAMETER = Regex(r"\$\d")


def queries_of(path: str, text: str, engine: Engine = Engine.POSTGRESQL) -> Iterator[Probe]:
    """Each different query of a file, as a probe that is told by its line."""
    told = set()
    for line, sql in _logged(text) if _LOGGED.search(text) else _written(text, engine):
        query = sql.strip().rstrip(";").strip()
        if not _ASKS.match(query) or query in told:
            continue
        told.add(query)
        is_postgres = engine is Engine.POSTGRESQL
        asked = _question(query) if is_postgres else _PLACE.sub("?", query)
        yield Probe(sql=asked, source=f"{path}:{line}")


def _question(query: str) -> str:
    count = 0

    def numbered(_: object) -> str:
        nonlocal count
        count += 1
        return f"${count}"

    if not _PARAMETER.search(query):
        query = _PLACE.sub(numbered, query)
    if _PARAMETER.search(query):  # its types are those that the server finds
        return f"PREPARE launchready_query AS {query}; DEALLOCATE launchready_query"
    return f"EXPLAIN {query}"


def _written(text: str, engine: Engine) -> Iterator[tuple[int, str]]:
    line, until = 1, 0
    for piece in pieces(text, engine):
        line += text.count("\n", until, piece.start)
        until = piece.start
        yield line, text[piece.start : piece.end]


def _logged(text: str) -> Iterator[tuple[int, str]]:
    """The statements of a log; a line that begins with a tab goes on with the one before."""
    at, sql = 0, ""
    for number, line in enumerate(text.split("\n"), 1):
        if found := _LOGGED.search(line):
            if sql:
                yield at, sql
            at, sql = number, line[found.end() :]
        elif sql and line.startswith("\t"):
            sql += "\n" + line[1:]
        elif sql and _HEAD.search(line):
            yield at, sql
            at, sql = 0, ""
    if sql:
        yield at, sql
