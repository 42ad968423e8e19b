"""Texts inside of documents, and texts that are read otherwise than byte by byte."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.gateways.unpack.archives import Opened, gzip_of, tarred, zipped

from launchready.facts.text import Reading
from launchready.gateways.unpack.bounds import Limits
from launchready.gateways.unpack.documents import pieces_of


def _map(*sources: tuple[str | None, str | None]) -> bytes:
    names, contents = zip(*sources, strict=True)
    return json.dumps({"version": 3, "sources": names, "sourcesContent": contents}).encode()


MAP = _map(("../src/pay.ts", "let a = 1\n"))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("src/pay.ts", "src/pay.ts"),
        ("../../src/pay.ts", "src/pay.ts"),
        ("webpack://shop/./src/pay.ts?1f2e", "src/pay.ts"),
        ("webpack:///src/pay.ts", "src/pay.ts"),
        ("file:///home/me/pay.ts", "home/me/pay.ts"),
        ("/abs/pay.ts", "abs/pay.ts"),
        ("a/../../b.ts", "a/__/__/b.ts"),
        (None, "source-0"),
        ("", "source-0"),
    ],
)
def test_names_in_source_maps(name: str | None, shown: str) -> None:
    assert [path for path, _ in pieces_of("a.map", _map((name, "x")))] == [shown]


def test_a_source_map_is_its_sources_and_itself_by_format() -> None:
    opened = Opened(_map(("a.ts", "let a = 'ä'\n"), ("b.ts", None)), "dist/app.js.map")
    assert opened.texts["dist/app.js.map!/a.ts"].decode() == "let a = 'ä'\n"
    readings = {inner.path: inner.reading for inner in opened.inners}
    assert readings == {
        "dist/app.js.map!/a.ts": Reading.WHOLE,
        "dist/app.js.map": Reading.FORMATS,
    }


def test_maps_with_sections_and_a_guard_against_scripts() -> None:
    content = b")]}'\n" + json.dumps({"sections": [{"map": json.loads(MAP)}]}).encode()
    assert pieces_of("a.map", content) == (("src/pay.ts", b"let a = 1\n"),)


@pytest.mark.parametrize("charset", ["", "charset=utf-8;"])
def test_a_map_inside_a_script(charset: str) -> None:
    encoded = base64.b64encode(MAP).rstrip(b"=")
    mark = b"\n//# sourceMappingURL=data:application/json;" + charset.encode() + b"base64,"
    opened = Opened(b"x()" + mark + encoded, "dist/app.js")
    assert opened.texts["dist/app.js!/src/pay.ts"] == b"let a = 1\n"
    assert "dist/app.js" in opened.texts


def test_a_notebook_is_its_cells_and_their_outputs() -> None:
    cells = [
        {"cell_type": "markdown", "source": "# Title"},
        {
            "cell_type": "code",
            "source": ["a = 1\n", "b = 2"],
            "outputs": [
                {"text": ["out\n"]},
                {"data": {"text/plain": ["shown"], "image/png": 5}, "traceback": ["boom"]},
                {"odd": True},
            ],
        },
    ]
    opened = Opened(json.dumps({"cells": cells, "nbformat": 4}).encode(), "n.ipynb")
    del opened.texts["n.ipynb"]
    assert opened.texts == {
        "n.ipynb!/cell-1.txt": b"# Title",
        "n.ipynb!/cell-2.py": b"a = 1\nb = 2",
        "n.ipynb!/cell-2-output.txt": b"out\nboom\nshown",
    }


def test_one_odd_cell_loses_no_neighbour() -> None:
    document = {"cells": [5, {"source": 7, "outputs": {}}, {"source": "a", "cell_type": "code"}]}
    pieces = dict(pieces_of("n.ipynb", json.dumps(document).encode()))
    assert pieces["cell-3.py"] == b"a"


def test_recorded_traffic_is_its_requests_and_answers() -> None:
    entry = {
        "request": {
            "method": "POST",
            "url": "https://api.example.com/?k=v",
            "headers": [{"name": "Authorization", "value": "Bearer x"}],
            "postData": {"text": "body"},
        },
        "response": {
            "headers": [{"name": "Set-Cookie", "value": "s=1"}],
            "content": {"text": base64.b64encode(b"answer").decode(), "encoding": "base64"},
        },
    }
    pieces = dict(pieces_of("s.har", json.dumps({"log": {"entries": [entry]}}).encode()))
    assert pieces["entry-1-request.txt"] == (
        b"POST https://api.example.com/?k=v\nAuthorization: Bearer x\n\nbody"
    )
    assert pieces["entry-1-response.txt"] == b"\nSet-Cookie: s=1\n\nanswer"


CONFIG = {
    "architecture": "amd64",
    "config": {"Env": ["PATH=/bin", "KEY=v"], "Labels": {"l": "w"}, "Cmd": ["run", "it"]},
    "history": [{"created_by": "RUN set -e"}, {"empty_layer": True}],
    "rootfs": {"type": "layers", "diff_ids": []},
}


@pytest.mark.parametrize(
    "name", ["blobs/sha256/" + "ab" * 32, "ab" * 32 + ".json", "ab" * 32 + "/json"]
)
def test_images_of_containers(name: str) -> None:
    layer = tarred({"app/.env": b"A=1", "app/.wh.old": b""})
    image = tarred(
        {
            name: json.dumps(CONFIG).encode(),
            "layer/layer.tar": layer,
            "blobs/sha256/" + "cd" * 32: gzip_of(layer),
            "manifest.json": b"[]",
        }
    )
    opened = Opened(image, "image.tar")
    assert opened.texts[f"image.tar!/{name}!/config.env"] == b"PATH=/bin\nKEY=v\nl=w"
    assert opened.texts[f"image.tar!/{name}!/history.sh"] == b"run it\nRUN set -e"
    assert opened.texts["image.tar!/layer/layer.tar!/app/.env"] == b"A=1"
    assert opened.texts[f"image.tar!/blobs/sha256/{'cd' * 32}!/app/.env"] == b"A=1"
    assert opened.faults == []


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("a.map", b"{ no json"),
        ("a.map", b"[1]"),
        ("a.map", b'{"sources": 5, "sourcesContent": {"a": 1}}'),
        ("a.map", b'{"sections": [[]]}'),
        ("a.map", b"{" + b'"a":{' * 50_000),
        ("a.ipynb", b'{"cells": 5}'),
        ("a.har", b'{"log": 5}'),
        ("a.har", b"{}"),
        ("config.json", b'{"auths": {"registry": {}}}'),
        ("a.js", b"//# sourceMappingURL=data:application/json;base64,!!!"),
    ],
)
def test_what_is_no_such_document_is_plain_text(path: str, content: bytes) -> None:
    opened = Opened(content, path)
    assert opened.texts == {path: content}
    assert opened.faults == []
    assert {inner.reading for inner in opened.inners} == {Reading.WHOLE}


WORDS = """sources sourcesContent sections map cells outputs data source cell_type metadata
kernelspec language log entries request response headers content encoding text config Env rootfs
Labels history created_by"""
KEYS = WORDS.split()
JSON = st.recursive(
    st.none() | st.integers() | st.sampled_from(["base64", "code"]) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.sampled_from(["a.map", "a.ipynb", "a.har", "config.json"]), JSON)
def test_any_json_gives_pieces_or_none(path: str, document: object) -> None:
    for name, text in pieces_of(path, json.dumps(document).encode()):
        assert name
        assert isinstance(text, bytes)


def test_a_document_too_large_for_memory_is_plain_text_and_said_so() -> None:
    opened = Opened(MAP + b" " * (1 << 20), "a.map", Limits(document_bytes=1 << 19))
    assert set(opened.texts) == {"a.map"}
    assert opened.faults == [
        ("a.map", "it is over 0 MiB: read as plain text, not as the document that it is")
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
def test_wide_encodings(encoding: str) -> None:
    text = "password = 'correct horse'\nä = '🐴'\n" * 30
    opened = Opened(zipped({"a.txt": text.encode(encoding)}), "z")
    assert opened.texts == {"z!/a.txt": text.encode()}


def test_a_long_wide_text_is_whole() -> None:
    text = "line of a log with a key in it\n" * 100_000
    assert Opened(text.encode("utf-16"), "a.log").texts == {"a.log": text.encode()}


@pytest.mark.parametrize("content", [b"\0" * 300, b"\x01\0\x02\0" * 50, b"a\0b", b"\0a"])
def test_binary_is_no_wide_text(content: bytes) -> None:
    assert Opened(content, "x").texts == {"x": content}


def test_colours_are_taken_out_of_a_log_and_its_lines_stay() -> None:
    log = b"plain\n\x1b[1;32mkey\x1b[0m=\x1b[31mva\x1b[0mlue\n\x1b]8;;https://a/\x07link\x1b]8;;\x07\n"
    opened = Opened(log, "x.log")
    assert opened.texts == {"x.log": b"plain\nkey=value\n 8;;https://a/ link 8;; \n"}
    assert [inner.has_columns for inner in opened.inners] == [False]


@pytest.mark.parametrize(
    "time",
    [
        b"2026-01-02T03:04:05.1234567Z ",
        b"2026-01-02T03:04:05+01:00 ",
        b"2026-01-02 03:04:05,123 ",
    ],
)
def test_times_before_each_line_of_a_log_are_taken_off(time: bytes) -> None:
    lines = [b"-----BEGIN", b"body", b"2026", b""]
    log = b"\xef\xbb\xbf" + b"".join(time + line + b"\n" for line in lines)
    assert Opened(log, "x.log").texts == {"x.log": b"".join(line + b"\n" for line in lines)}


def test_a_text_that_speaks_of_one_time_keeps_it() -> None:
    text = b"2026-01-02T03:04:05Z begin\nsecond line\n"
    assert Opened(text, "x.log").texts == {"x.log": text}


def test_a_coloured_log_of_megabytes_is_whole() -> None:
    line = b"\x1b[32mok\x1b[0m " + b"x" * 90 + b"\n"
    cleaned = line.replace(b"\x1b[32m", b"").replace(b"\x1b[0m", b"")
    assert Opened(line * 40_000, "x").texts == {"x": cleaned * 40_000}
