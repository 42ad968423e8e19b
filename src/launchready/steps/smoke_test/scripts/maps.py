"""Source maps of scripts, as far as they hold the source.

ECMA-426 (https://tc39.es/ecma426/): a comment at a script's end, or the header field `SourceMap`,
says where the map is; `sourcesContent` holds the texts.
"""

import base64
import json
from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

from launchready.regex import Regex
from launchready.steps.smoke_test.scripts.delivered import Script

_COMMENT = Regex(r"//[#@]\s*sourceMappingURL=(\S+)\s*(?:\*/)?\s*\Z")
_TAIL = 4000  # characters of a script's end; a map inside the script is longer
_INSIDE = Regex(r"//[#@]\s*sourceMappingURL=data:application/json[^,\s]{0,60};base64,([\w+/=]+)")


def map_address(script: Script) -> str | None:
    """Where a script says that its map is, None where it says nothing or has it inside."""
    found = _COMMENT.search(script.text[-_TAIL:])
    told = found[1] if found else script.map_header
    if not told or told.startswith("data:"):
        return None
    try:
        url = urljoin(script.url, told.strip())
        return url if urlsplit(url).scheme in ("http", "https") else None
    except ValueError:
        return None


def sources_inside(script: Script) -> int:
    """How many sources of one's own the map holds that a script brings itself."""
    found = _INSIDE.search(script.text)
    if found is None:
        return 0
    try:
        return sources_of(base64.b64decode(found[1]).decode("utf-8", "replace")) or 0
    except ValueError:
        return 0


def sources_of(text: str) -> int | None:
    """How many sources of one's own a map holds; None where the text is no map."""
    try:
        read = json.loads(text.removeprefix(")]}'"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(read, dict) or "mappings" not in (read.keys() | _parts(read)):
        return None
    return sum(map(_own, (read, *_sections(read))))


def _sections(read: dict[str, object]) -> Iterable[dict[str, object]]:
    """The maps in an index map (ECMA-426, section 10)."""
    sections = read.get("sections")
    for section in sections if isinstance(sections, list) else ():
        inner = section.get("map") if isinstance(section, dict) else None
        if isinstance(inner, dict):
            yield inner


def _parts(read: dict[str, object]) -> set[str]:
    return {key for section in _sections(read) for key in section}


def _own(read: dict[str, object]) -> int:
    names, contents = read.get("sources"), read.get("sourcesContent")
    if not isinstance(names, list) or not isinstance(contents, list):
        return 0
    return sum(
        isinstance(text, str) and bool(text.strip()) and not _is_others(name)
        for name, text in zip(names, contents, strict=False)
    )


def _is_others(name: object) -> bool:
    """Whether a source is a library's or the bundler's, which everybody has."""
    others = ("node_modules/", "webpack/bootstrap", "webpack/runtime", "(webpack)", "vite/")
    return not isinstance(name, str) or any(word in name for word in others)
