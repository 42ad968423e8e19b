"""One kind of path pattern for every setting that names files."""

import functools
import re
from collections.abc import Iterator

from launchready.regex import Regex

# A glob whose every `[` has its `]`, and every backslash a sign after it; in the dialect that JSON
# Schema and Python share. Like `_CLASS` below: the first sign of a class may be a `]`.
_ESCAPED = r"\\[\s\S]"
GLOB = (
    rf"^(?=[\s\S]*\S)(?:[^\[\\]|{_ESCAPED}"
    rf"|\[(?:[!^]|(?![!^]))(?:{_ESCAPED}|[^\\])(?:{_ESCAPED}|[^\]\\])*\])+$"
)
GLOB_TAKES = "a path or a pattern; `[` needs its `]`, or a backslash before it"


def path_matches(glob: str, path: str) -> bool:
    """Whether `path`, relative to the examined root with `/` between its parts, falls under `glob`.

    The rules are those of a line of .gitignore (gitignore(5), "PATTERN FORMAT"), so that nobody
    has to learn others, and the same on every Python:

    - `*` and `?` stand for any characters, or one, that are not a slash; `[a-z]` for one of a range
      and `[!a-z]` for one outside it; a backslash takes the next character as it is
    - `**` as a whole part stands for any number of folders, at the end for everything inside
    - a pattern with a slash at its start or in its middle counts from the root; one without counts
      in every folder
    - what names a folder counts for everything in it; with a slash at the end it names only folders

    Unlike there, `!` and `#` at the start and blanks at the end are plain characters, as is a `[`
    without its `]`, there are no classes such as `[:alpha:]`, and `./` at the start is left out.
    """
    return _compiled((glob,)).fullmatch(path) is not None


def any_path_matches(globs: tuple[str, ...], path: str) -> bool:
    """Whether `path` falls under any of `globs`: one look, however many they are."""
    return bool(globs) and _compiled(globs).fullmatch(path) is not None


@functools.lru_cache(maxsize=1024)
def _compiled(globs: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(_expression, globs)), re.DOTALL)


def _expression(glob: str) -> str:
    names_folders = glob.endswith("/")
    body = glob.removeprefix("./").removesuffix("/")
    parts = body.removeprefix("/").split("/")
    start = "" if "/" in body else "(?:[^/]+/)*"
    below = "/.*" if names_folders else "(?:/.*)?"
    return start + "".join(_translated(parts)) + below


def _translated(parts: list[str]) -> Iterator[str]:
    for index, part in enumerate(parts):
        is_last = index == len(parts) - 1
        if part != "**" or len(parts) == 1:
            yield _part(part) + ("" if is_last else "/")
        elif is_last:
            yield "[^/]+"  # what lies deeper follows, as for any folder
        elif parts[index + 1] != "**":
            yield "(?:[^/]+/)*"


def _part(part: str) -> str:
    """The regular expression of what stands between two slashes.

    All but the last `*` take the nearest match and never give it back: what follows each has a
    fixed length, so nothing is missed, and a pattern with many stars stays fast.
    """
    first, *rest = _between_stars(part)
    if not rest:
        return first
    *middle, last = rest
    return first + "".join(f"(?>[^/]*?{piece})" for piece in middle) + "[^/]*" + last


def _between_stars(part: str) -> list[str]:
    pieces = [""]
    position = 0
    while position < len(part):
        character = part[position]
        position += 1
        if character == "*":
            pieces.append("")
        elif character == "?":
            pieces[-1] += "[^/]"
        elif character == "[" and (found := _CLASS.match(part, position)):
            pieces[-1] += _one_of(found["members"], is_outside=bool(found["outside"]))
            position = found.end()
        elif character == "\\" and position < len(part):
            pieces[-1] += re.escape(part[position])
            position += 1
        else:
            pieces[-1] += re.escape(character)
    return pieces


# A `]` right after the opening is a member, not the end.
_CLASS = Regex(r"(?P<outside>[!^]?+)(?P<members>(?:\]|\\.|[^\]\\])(?:\\.|[^\]\\])*)\]")
_MEMBER = Regex(r"(\\.|[^\\])(?:-(\\.|[^\\]))?", re.DOTALL)


def _one_of(members: str, *, is_outside: bool) -> str:
    """One character of a class; a range that runs backwards holds nothing."""
    ranges = ((low[-1], (high or low)[-1]) for low, high in _MEMBER.findall(members))
    inside = "".join(f"{re.escape(a)}-{re.escape(b)}" for a, b in ranges if a <= b)
    if is_outside:
        return f"[^/{inside}]"
    return f"(?!/)[{inside}]" if inside else "(?!)"
