"""The scripts inside Vue, Svelte and Astro files: all else becomes blanks, so that places stay."""

import re
from collections.abc import Iterator

from launchready.regex import AnyRegex, Regex

_OPENS = Regex(rb"<script\b([^>]{0,400})>", re.IGNORECASE)
_CLOSES = Regex(rb"</script", re.IGNORECASE)
_COMMENT = Regex(rb"<!--")
_COMMENT_ENDS = Regex(rb"-->")
_MOST = 200
_FRONT = Regex(rb"\A\s*---[ \t]*\r?\n(.*?)^---[ \t]*$", re.DOTALL | re.MULTILINE)
_IN_BRACES = Regex(rb"\{\{?([^{}]{0,400}\benv\b[^{}]{0,400})\}\}?")
_BOUND = Regex(rb'[\s](?:[:@]|v-)[\w.:@-]{1,80}="([^"]{0,400}\benv\b[^"]{0,400})"')
_VISIBLE = Regex(rb"[^\r\n]")
_JSX = Regex(rb"lang\s*=\s*[\"']?[jt]sx", re.IGNORECASE)


def is_single_file(path: str) -> bool:
    """Whether a path is that of a component whose script stands between markup."""
    return path.endswith((".vue", ".svelte", ".astro"))


def script_of(content: bytes) -> tuple[str, bytes]:
    """The grammar, and the content with all but its scripts and expressions blanked out.

    Expressions of the markup are kept where they name `env`. A semicolon stands for the tag or
    brace before and after each part.
    """
    is_jsx = any(_JSX.search(match[1]) for match in _OPENS.finditer(content))
    pieces: list[bytes] = []
    at = 0
    for start, end in sorted(_parts(content)):
        if start >= at:
            pieces += (_blank(content[at:start]), content[start:end])
            at = end
    pieces.append(_blank(content[at:]))
    return "tsx" if is_jsx else "typescript", b"".join(pieces)


def _parts(content: bytes) -> Iterator[tuple[int, int]]:
    """The ranges of bytes that hold code."""
    front = _FRONT.match(content)
    start = 0
    if front:
        yield front.span(1)
        start = front.end()
    covered = list(_between(content, start, _OPENS, _CLOSES))
    yield from covered
    covered += _between(content, start, _COMMENT, _COMMENT_ENDS)
    for pattern in (_IN_BRACES, _BOUND):
        for match in pattern.finditer(content, start):
            if not any(a <= match.start() < b for a, b in covered[:_MOST]):
                yield match.span(1)


def _between(
    content: bytes, start: int, opens: AnyRegex[bytes], closes: AnyRegex[bytes]
) -> Iterator[tuple[int, int]]:
    """The ranges between two marks, to the end of the file where the second is missing."""
    while opened := opens.search(content, start):
        closed = closes.search(content, opened.end())
        start = closed.end() if closed else len(content)
        yield opened.end(), closed.start() if closed else len(content)


def _blank(text: bytes) -> bytes:
    """As many blanks, with the line ends kept; a semicolon where there is room, at both ends."""
    blank = bytearray(_VISIBLE.sub(b" ", text))
    for index in (0, -1):
        if blank and blank[index] == ord(" "):
            blank[index] = ord(";")
    return bytes(blank)
