"""PostgreSQL's own parser, called through ctypes: a statement's tree as JSON.

libpg_query comes in the wheel of postgast (BSD-2-Clause); the package itself is not imported, since
that would load protobuf. Source: https://github.com/pganalyze/libpg_query, pg_query.h.
"""

import ctypes
import json
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

MOST_BYTES = 4 << 20
"""Of a longer statement nothing is read: nobody wrote it by hand."""
_MOST_NESTED = 2_000
"""Brackets and operators in a row, beyond which the parser's stack may not do."""

_LIBRARIES = {"darwin": "libpg_query.dylib", "win32": "pg_query.dll"}


class ParseError(Exception):
    """The parser does not take a statement. `offset` counts bytes of UTF-8 from its first."""

    def __init__(self, message: str, offset: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


class _Error(ctypes.Structure):
    _fields_ = (
        ("message", ctypes.c_char_p),
        ("funcname", ctypes.c_char_p),
        ("filename", ctypes.c_char_p),
        ("lineno", ctypes.c_int),
        ("cursorpos", ctypes.c_int),
        ("context", ctypes.c_char_p),
    )


class _Answer(ctypes.Structure):
    _fields_ = (
        ("text", ctypes.c_char_p),
        ("stderr", ctypes.c_char_p),
        ("error", ctypes.POINTER(_Error)),
    )


@cache
def library() -> Any:
    """The shared library, or None where the native extra is not installed."""
    spec = find_spec("postgast")
    if spec is None or not spec.origin:
        return None
    folder = Path(spec.origin).parent
    named = folder / _LIBRARIES.get(sys.platform, "libpg_query.so")
    found = named if named.exists() else next(folder.glob("*pg_query.*"), None)
    if found is None or found.suffix not in (".so", ".dylib", ".dll", ".pyd"):
        return None
    try:
        loaded = ctypes.CDLL(str(found))
    except OSError:
        return None
    for name in ("pg_query_parse", "pg_query_parse_plpgsql"):
        function = getattr(loaded, name)
        function.restype, function.argtypes = _Answer, (ctypes.c_char_p,)
    loaded.pg_query_free_parse_result.argtypes = (_Answer,)
    loaded.pg_query_free_plpgsql_parse_result.argtypes = (_Answer,)
    return loaded


def trees_of(sql: str) -> list[dict[str, Any]]:
    """The trees of the statements of a text, with their places in bytes. Raises ParseError."""
    loaded = library()
    answer = loaded.pg_query_parse(_text(sql))
    try:
        _raise(answer)
        tree: dict[str, Any] = json.loads(answer.text)
    finally:
        loaded.pg_query_free_parse_result(answer)
    found: list[dict[str, Any]] = tree.get("stmts", [])
    return found


def _text(sql: str) -> bytes:
    content = sql.encode("utf-8", "replace")
    if len(content) > MOST_BYTES:
        raise ParseError(f"it is longer than {MOST_BYTES >> 20} MiB")
    if b"\0" in content:
        raise ParseError("it holds a NUL character", content.index(b"\0"))
    if (
        max(content.count(b"("), content.count(b"[")) > _MOST_NESTED
        and _depth(content) > _MOST_NESTED
    ):
        raise ParseError("it is nested too deeply")
    return content


def _depth(content: bytes) -> int:
    deepest = depth = 0
    for byte in content:
        if byte in b"([":
            depth += 1
            deepest = max(deepest, depth)
        elif byte in b")]":
            depth -= 1
    return deepest


def _raise(answer: Any) -> None:
    if answer.error:
        error = answer.error.contents
        message = (error.message or b"").decode("utf-8", "replace")
        raise ParseError(message, max(0, error.cursorpos - 1))
