"""PostgreSQL's own parser, as the C library libpg_query that the package `postgast` brings.

The library is called through ctypes, without the package, whose import of protobuf takes longer
than a whole run. It gives the tree as JSON: https://github.com/pganalyze/libpg_query.
"""

import json
import sys
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from launchready.frozen import frozen
from launchready.regex import Regex

Node = dict[str, Any]

INSTALL = "pip install 'launchready[native]'"
_NAMES = {"darwin": "libpg_query.dylib", "win32": "pg_query.dll"}
_LONG = 20_000
"""Characters below which no statement can nest deeper than the library's stack goes."""

_DEEPEST = 2_000
_LONGEST = 8_000_000
_NESTS = Regex(
    r"'[^']*+'|\"[^\"]*+\"|--[^\n]*+|(?P<opens>[(\[])|(?P<closes>[)\]])|(?P<comma>,)"
    r"|[-+*/|=<>~!@#%^&:?.]|\b(?:union|except|intersect|join|not|case|is|in|like|collate|at)\b",
    2,
)
_decode = json.JSONDecoder().raw_decode
_UNREADABLE = Regex(r"[\x00\ud800-\udfff]")


@frozen
class Refusal:
    """Why a statement was not parsed; `at` is the character that the parser stopped at, from 0."""

    message: str
    at: int = 0


def why_not() -> str:
    """Why nothing can be parsed here; "" where it can."""
    return "" if parser() else "PostgreSQL's parser is not installed"


def tree(sql: str) -> Node | Refusal:
    """The tree of one statement; its own limits keep hostile text from the library's stack.

    An empty text gives an empty tree.
    """
    if found := _UNREADABLE.search(sql):
        return Refusal(message="it holds a character that no SQL can", at=found.start())
    if len(sql) > _LONG and (len(sql) > _LONGEST or _depth(sql) > _DEEPEST):
        return Refusal(message="it is nested too deeply")
    parse = parser()
    if parse is None:
        return Refusal(message=f"{why_not()}: {INSTALL}")
    done = parse(sql.encode())
    if isinstance(done, Refusal):
        return done
    statements = _decode(done.decode("utf-8", "replace"))[0]["stmts"]
    if len(statements) > 1:
        return Refusal(message="it is more than one statement")
    statement: Node = statements[0]["stmt"] if statements else {}
    return statement


@cache
def parser() -> Callable[[bytes], bytes | Refusal] | None:
    """Parses the bytes of a statement to JSON; None where the library is not installed."""
    library = _library()
    if library is None:
        return None
    parse, free = library.pg_query_parse, library.pg_query_free_parse_result

    def run(sql: bytes) -> bytes | Refusal:
        done = parse(sql)
        try:
            if done.error:
                error = done.error.contents
                message = (error.message or b"").decode("utf-8", "replace")
                return Refusal(message=message, at=max(0, error.cursorpos - 1))
            return bytes(done.parse_tree)
        finally:
            free(done)

    return run


def _library() -> Any:
    """The loaded library with its two functions declared; None where it is not installed."""
    spec = find_spec("postgast")
    folders = spec.submodule_search_locations if spec else None
    if not folders:
        return None
    import ctypes

    path = Path(folders[0]) / _NAMES.get(sys.platform, "libpg_query.so")
    try:
        library = ctypes.CDLL(str(path))
    except OSError:
        return None

    class Error(ctypes.Structure):
        _fields_ = (
            ("message", ctypes.c_char_p),
            ("funcname", ctypes.c_char_p),
            ("filename", ctypes.c_char_p),
            ("lineno", ctypes.c_int),
            ("cursorpos", ctypes.c_int),
            ("context", ctypes.c_char_p),
        )

    class Parsed(ctypes.Structure):
        _fields_ = (
            ("parse_tree", ctypes.c_char_p),
            ("stderr_buffer", ctypes.c_char_p),
            ("error", ctypes.POINTER(Error)),
        )

    library.pg_query_parse.argtypes = [ctypes.c_char_p]
    library.pg_query_parse.restype = Parsed
    library.pg_query_free_parse_result.argtypes = [Parsed]
    library.pg_query_free_parse_result.restype = None
    return library


def _depth(sql: str) -> int:
    """How deep the tree of a statement can be at most: what stands in parentheses, and operators
    in a row, which lean on each other; a comma begins a row anew.
    """
    rows, deepest, total = [0], 0, 0
    for found in _NESTS.finditer(sql):
        match found.lastgroup:
            case "opens":
                rows.append(1)
                total += 1
            case "closes":
                row = rows.pop() if len(rows) > 1 else 0
                rows[-1] += row
            case "comma":
                total -= rows[-1]
                rows[-1] = 0
            case None if found[0][0] not in "'\"-" or len(found[0]) == 1:
                rows[-1] += 1
                total += 1
            case _:
                continue
        deepest = max(deepest, total)
    return deepest
