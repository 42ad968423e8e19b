"""Reads documents that hold texts as JSON: source maps, notebooks, recorded traffic, image configs.

Sources: ECMA-426 (source maps), the Jupyter notebook format (nbformat 4), HTTP Archive 1.2, and the
OCI image specification's config.md. What is not as they say is left alone: the document is
scanned as the text that it is, too.
"""

import base64
import binascii
import json
import re
from collections.abc import Iterator
from typing import Any

from launchready.gateways.unpack.magic import document_of
from launchready.gateways.unpack.members import inside

Piece = tuple[str, bytes]
"""A path inside the document, and the text there."""

_IMAGE_JSON = re.compile(r"(?:^|[/!])(?:[0-9a-f]{64}(?:\.json)?|[0-9a-f]{64}/json|config\.json)\Z")
_SCRIPT = re.compile(r"\.(?:[cm]?[jt]sx?|css|vue|svelte|html?)\Z", re.IGNORECASE)
INLINE_MAP = b"sourceMappingURL=data:"
_INLINE_MAP = re.compile(
    rb"sourceMappingURL=data:application/json;(?:charset=[\w\-]{1,20};)?base64,([A-Za-z0-9+/=]+)"
)
_UPWARD = re.compile(r"\A(?:[a-z][a-z0-9+.\-]*://[^/]*/)?(?:\.{0,2}/)*", re.IGNORECASE)
_MOST_SECTIONS = 1000
_EXTENSIONS = {"python": "py", "javascript": "js", "typescript": "ts", "julia": "jl", "sql": "sql"}


def is_document(path: str) -> bool:
    """Whether the whole text at this path has to be looked at for the texts in it."""
    return bool(document_of(path) or _SCRIPT.search(path) or _IMAGE_JSON.search(path))


def pieces_of(path: str, content: bytes) -> tuple[Piece, ...]:
    """The texts inside a document; none if it is no such document after all."""
    try:
        return tuple(_pieces(path, content))
    except (ValueError, RecursionError, TypeError, AttributeError):
        return ()


def _pieces(path: str, content: bytes) -> Iterator[Piece]:
    kind = document_of(path)
    if not kind and _SCRIPT.search(path):
        yield from _inline_maps(content)
        return
    if not content.lstrip().startswith((b"{", b")]}")):
        return
    document = json.loads(content[content.index(b"{") :].decode("utf-8", "replace"))
    match kind:
        case "map":
            yield from _sources(document)
        case "ipynb":
            yield from _cells(document)
        case "har":
            yield from _traffic(document)
        case _:
            yield from _image(document)


def _inline_maps(content: bytes) -> Iterator[Piece]:
    for match in _INLINE_MAP.finditer(content):
        encoded = match[1].rstrip(b"=")
        try:
            text = base64.b64decode(encoded + b"=" * (-len(encoded) % 4))
        except binascii.Error:
            continue
        yield from pieces_of("inline.map", text)


def _sources(document: Any) -> Iterator[Piece]:
    """`sourcesContent` beside `sources`; a map with `sections` holds a map in each."""
    for section in _list(document.get("sections"))[:_MOST_SECTIONS]:
        yield from _sources(section.get("map") or {})
    names = _list(document.get("sources"))
    for number, text in enumerate(_list(document.get("sourcesContent"))):
        name = names[number] if number < len(names) else None
        if isinstance(text, str):
            yield _source_path(name, number), _encoded(text)


def _source_path(name: Any, number: int) -> str:
    """`webpack://app/./src/a.ts?1f2e` and `../src/a.ts` both name src/a.ts."""
    if not isinstance(name, str) or not name:
        return f"source-{number}"
    return inside(_UPWARD.sub("", name).partition("?")[0])[:1024]


def _cells(document: Any) -> Iterator[Piece]:
    language = (document.get("metadata") or {}).get("kernelspec", {}).get("language", "python")
    extension = _EXTENSIONS.get(language, "txt") if isinstance(language, str) else "txt"
    for number, cell in enumerate(_list(document.get("cells")), start=1):
        ending = extension if cell.get("cell_type") == "code" else "txt"
        yield f"cell-{number}.{ending}", _encoded(_joined(cell.get("source")))
        for output in _list(cell.get("outputs")):
            shown = [output.get("text"), output.get("traceback")]
            shown += (output.get("data") or {}).values()
            text = "\n".join(filter(None, map(_joined, shown)))
            if text:
                yield f"cell-{number}-output.txt", _encoded(text)


def _traffic(document: Any) -> Iterator[Piece]:
    for number, entry in enumerate(_list(document["log"].get("entries")), start=1):
        request, response = entry.get("request") or {}, entry.get("response") or {}
        first = f"{request.get('method', '')} {request.get('url', '')}"
        body = (request.get("postData") or {}).get("text")
        yield f"entry-{number}-request.txt", _message(first, request, _encoded(_joined(body)))
        content = response.get("content") or {}
        body = _encoded(_joined(content.get("text")))
        if content.get("encoding") == "base64":
            body = base64.b64decode(body)
        yield f"entry-{number}-response.txt", _message("", response, body)


def _message(first: str, message: Any, body: bytes) -> bytes:
    headers = [
        f"{header.get('name', '')}: {header.get('value', '')}"
        for header in _list(message.get("headers"))
    ]
    return _encoded("\n".join((first, *headers, "", ""))) + body


def _image(document: Any) -> Iterator[Piece]:
    """The environment and the commands that a container image remembers."""
    config = document.get("config") or document.get("container_config") or {}
    if not isinstance(config, dict) or not ("rootfs" in document or "config" in document):
        return
    lines = [*_texts(config.get("Env"))]
    lines += [f"{key}={value}" for key, value in (config.get("Labels") or {}).items()]
    if lines:
        yield "config.env", _encoded("\n".join(lines))
    commands = [_texts(config.get("Cmd")), _texts(config.get("Entrypoint"))]
    history = [str(each.get("created_by", "")) for each in _list(document.get("history"))]
    written = [" ".join(words) for words in commands if words] + history
    if written:
        yield "history.sh", _encoded("\n".join(written))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _texts(value: Any) -> list[str]:
    return [each for each in _list(value) if isinstance(each, str)]


def _joined(value: Any) -> str:
    """A text, or the list of its lines, as notebooks write it."""
    return value if isinstance(value, str) else "".join(_texts(value))


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")
