"""Reads documents that hold texts as JSON: source maps, notebooks, recorded traffic, image configs.

Sources: ECMA-426 (source maps), the Jupyter notebook format (nbformat 4), HTTP Archive 1.2, and the
OCI image specification's config.md. What is not as they say is left alone: the document is
scanned as the text that it is, too.
"""

import base64
import binascii
import json
import re
from collections.abc import Callable, Iterator, Mapping
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
    kind = document_of(path)
    if not kind and _SCRIPT.search(path):
        return tuple(_inline_maps(content))
    if not content.lstrip().startswith((b"{", b")]}")):
        return ()
    try:
        document = json.loads(content[content.index(b"{") :].decode("utf-8", "replace"))
        return tuple(_PARTS[kind](document))
    except (ValueError, RecursionError):
        return ()


def _inline_maps(content: bytes) -> Iterator[Piece]:
    for match in _INLINE_MAP.finditer(content):
        text = _from_base64(match[1])
        if text:
            yield from pieces_of("inline.map", text)


def _sources(document: Any) -> Iterator[Piece]:
    """`sourcesContent` beside `sources`; a map with `sections` holds a map in each."""
    for section in _list(_object(document).get("sections"))[:_MOST_SECTIONS]:
        yield from _sources(_object(section).get("map"))
    names = _list(_object(document).get("sources"))
    for number, text in enumerate(_list(_object(document).get("sourcesContent"))):
        name = names[number] if number < len(names) else None
        if isinstance(text, str):
            yield _source_path(name, number), _encoded(text)


def _source_path(name: Any, number: int) -> str:
    """`webpack://app/./src/a.ts?1f2e` and `../src/a.ts` both name src/a.ts."""
    if not isinstance(name, str) or not name:
        return f"source-{number}"
    return inside(_UPWARD.sub("", name).partition("?")[0])[:1024]


def _cells(document: Any) -> Iterator[Piece]:
    kernel = _object(_object(_object(document).get("metadata")).get("kernelspec"))
    extension = _EXTENSIONS.get(str(kernel.get("language", "python")), "txt")
    for number, cell in enumerate(map(_object, _list(_object(document).get("cells"))), start=1):
        ending = extension if cell.get("cell_type") == "code" else "txt"
        yield f"cell-{number}.{ending}", _encoded(_joined(cell.get("source")))
        for output in map(_object, _list(cell.get("outputs"))):
            shown = [output.get("text"), output.get("traceback")]
            shown += _object(output.get("data")).values()
            text = "\n".join(filter(None, map(_joined, shown)))
            if text:
                yield f"cell-{number}-output.txt", _encoded(text)


def _traffic(document: Any) -> Iterator[Piece]:
    entries = _list(_object(_object(document).get("log")).get("entries"))
    for number, entry in enumerate(map(_object, entries), start=1):
        request, response = _object(entry.get("request")), _object(entry.get("response"))
        first = f"{request.get('method', '')} {request.get('url', '')}"
        body = _encoded(_joined(_object(request.get("postData")).get("text")))
        yield f"entry-{number}-request.txt", _message(first, request, body)
        content = _object(response.get("content"))
        body = _encoded(_joined(content.get("text")))
        if content.get("encoding") == "base64":
            body = _from_base64(body) or body
        yield f"entry-{number}-response.txt", _message("", response, body)


def _message(first: str, message: Mapping[str, Any], body: bytes) -> bytes:
    headers = [
        f"{header.get('name', '')}: {header.get('value', '')}"
        for header in map(_object, _list(message.get("headers")))
    ]
    return _encoded("\n".join((first, *headers, "", ""))) + body


def _image(document: Any) -> Iterator[Piece]:
    """The environment and the commands that a container image remembers."""
    image = _object(document)
    if "rootfs" not in image and "container_config" not in image:
        return
    config = _object(image.get("config")) or _object(image.get("container_config"))
    lines = _texts(config.get("Env"))
    lines += [f"{key}={value}" for key, value in _object(config.get("Labels")).items()]
    if lines:
        yield "config.env", _encoded("\n".join(lines))
    commands = [_texts(config.get("Cmd")), _texts(config.get("Entrypoint"))]
    steps = map(_object, _list(image.get("history")))
    written = [" ".join(words) for words in commands if words]
    written += [str(step["created_by"]) for step in steps if "created_by" in step]
    if written:
        yield "history.sh", _encoded("\n".join(written))


_PARTS: Mapping[str, Callable[[Any], Iterator[Piece]]] = {
    "map": _sources,
    "ipynb": _cells,
    "har": _traffic,
    "": _image,
}


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _texts(value: Any) -> list[str]:
    return [each for each in _list(value) if isinstance(each, str)]


def _joined(value: Any) -> str:
    """A text, or the list of its lines, as notebooks write it."""
    return value if isinstance(value, str) else "".join(_texts(value))


def _from_base64(text: bytes) -> bytes:
    """What it stands for; nothing if it is no base64."""
    digits = text.rstrip(b"=")
    try:
        return base64.b64decode(digits + b"=" * (-len(digits) % 4))
    except binascii.Error:
        return b""


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")
