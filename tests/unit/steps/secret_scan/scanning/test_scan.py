"""Texts to sightings: right place, right line, nothing lost at a seam, nothing shown."""

import io
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.repository import live_key
from tests.unit.steps.secret_scan.judging import judged

from launchready.catalog.secrets import KINDS
from launchready.facts.text import Skipped, Text, TextBatch, TextPart, Unreadable
from launchready.gateways.buffers import cut_into_parts
from launchready.model import Confidence, Unchecked
from launchready.steps.secret_scan.engines.interface import Engine
from launchready.steps.secret_scan.engines.pure import ReEngine
from launchready.steps.secret_scan.scanning import windows
from launchready.steps.secret_scan.scanning.scan import Scanner
from launchready.steps.secret_scan.scanning.sightings import (
    Advance,
    Note,
    Origin,
    Seen,
    Sighting,
    Source,
)

ENGINE: Engine = ReEngine(KINDS)
KEY = live_key()
STRIPE = next(n for n, kind in enumerate(KINDS) if kind.id == "stripe-live-secret-key")


def scan(
    texts: Iterator[Text] | list[Text],
    path: str | None = "pay.py",
    origin: Origin = Origin.DISK,
    minimum: Confidence = Confidence.MEDIUM,
) -> list[Seen]:
    sources = [Source(origin=origin, name="name", path=path)] * 3
    return list(Scanner(kinds=KINDS, engine=ENGINE, minimum=minimum).scan(texts, sources))


def batch(*texts: bytes) -> TextBatch:
    """Texts in one buffer, as the gateways pack them."""
    buffer = bytearray()
    starts, ends = [], []
    for text in texts:
        starts.append(len(buffer))
        buffer += text
        ends.append(len(buffer))
        buffer += b"\n"
    sources = list(range(len(texts)))
    return TextBatch(buffer=buffer, length=len(buffer), starts=starts, ends=ends, sources=sources)


def sightings(*texts: bytes, path: str | None = "pay.py", **more: object) -> list[Sighting]:
    seen = scan([batch(*texts)], path, **more)  # type: ignore[arg-type]
    return [each for each in seen if isinstance(each, Sighting)]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param(f"{KEY}", (1, 1, 1, 33), id="the whole text"),
        pytest.param(f"\n\nkey='{KEY}'\n", (3, 6, 3, 38), id="the third line"),
        pytest.param(f"a\r\nkey='{KEY}'\r\n", (2, 6, 2, 38), id="CRLF"),
        pytest.param(f"é€\U0001f600='{KEY}'", (1, 6, 1, 38), id="columns are characters"),
        pytest.param(f"a\rb='{KEY}'", (1, 6, 1, 38), id="a lone carriage return ends no line"),
        pytest.param(f"{'x ' * 9000}'{KEY}'", (1, 18002, 1, 18034), id="far into a long line"),
        pytest.param(f"a\0b\n'{KEY}'", (2, 2, 2, 34), id="after a NUL byte"),
    ],
)
def test_where_it_lies(text: str, place: tuple[int, int, int, int]) -> None:
    (seen,) = sightings(text.encode())
    assert (seen.line, seen.column, seen.end_line, seen.end_column) == place
    assert seen.kind == STRIPE


def test_a_secret_of_many_lines_ends_in_another_line() -> None:
    pem = judged.example("private-key")
    assert "\n" in pem
    (seen,) = sightings(f"a\n{pem}\nb\n".encode(), path="deploy/server.key")
    lines = f"a\n{pem}\nb\n".split("\n")
    assert seen.line < seen.end_line <= len(lines)
    assert seen.code.number == seen.line


def test_neighbours_in_a_buffer_do_not_touch() -> None:
    half = len(KEY) // 2
    assert sightings(KEY[:half].encode(), KEY[half:].encode()) == []
    found = sightings(KEY.encode(), b"", KEY.encode())
    assert [(each.line, each.column) for each in found] == [(1, 1), (1, 1)]


def test_the_more_specific_kind_takes_the_value() -> None:
    (seen,) = sightings(f'SECRET_TOKEN = "{KEY}"\n'.encode())
    assert seen.kind == STRIPE


def test_what_is_not_sure_enough_is_left_out() -> None:
    text = f"token = ghp_{judged.drawn('{alnum:36}')}".encode()
    assert sightings(text) == []
    (seen,) = sightings(text, minimum=Confidence.LOW)
    assert seen.confidence is Confidence.LOW


def test_a_message_begins_after_its_head() -> None:
    head = f"tree 1234\nauthor {KEY} <a@b> 0 +0000\n"
    message = f"{head}\nFirst line\nKey {KEY}".encode()
    (seen,) = sightings(message, path=None, origin=Origin.MESSAGE)
    assert (seen.line, seen.column) == (2, 5)
    assert sightings(head.encode(), path=None, origin=Origin.MESSAGE) == []


PASSWORD = f'password = "{judged.drawn("{alnum:20}")}"'


@pytest.mark.parametrize(
    ("path", "content", "is_read"),
    [
        ("logo.png", b"\x89PNG\0\0", False),
        ("LOGO.PNG", b"\x89PNG\0\0", False),
        ("logo.png", b"plain text ", True),
        ("logo.png.txt", b"\0\0", True),
        ("data.bin", b"\0\0", True),
        (None, b"\0\0", True),
        ("late.png", b"\n" * 9000 + b"\0", True),
    ],
    ids=["picture", "in capitals", "text", "other end", "other", "no path", "NUL far off"],
)
def test_in_pictures_and_fonts_only_formats_count(
    path: str | None, content: bytes, is_read: bool
) -> None:
    found = sightings(content + f"\n{PASSWORD}\n{KEY}".encode(), path=path)
    assert STRIPE in {each.kind for each in found}
    assert (len(found) == 2) == is_read


def test_what_cannot_be_read_is_said() -> None:
    texts: list[Text] = [
        Unreadable(source=0, reason="broken", hint="mend it"),
        Skipped(source=1, reason="it is a pipe"),
        batch(b""),
    ]
    assert scan(texts, path="a.txt") == [
        Unchecked(target="a.txt", reason="broken", hint="mend it"),
        Advance(texts=1),
        Note(text="skipped a.txt: it is a pipe"),
        Advance(texts=1),
        Advance(texts=1),
    ]
    (first, *_) = scan(texts[:1], path="a.txt", origin=Origin.HISTORY)
    assert first == Unchecked(target="a.txt (blob name)", reason="broken", hint="mend it")
    (first, *_) = scan(texts[:1], path=None, origin=Origin.MESSAGE)
    assert first == Unchecked(target="object name", reason="broken", hint="mend it")


def parts_of(text: bytes, part_bytes: int, seam_bytes: int) -> Iterator[TextPart]:
    return cut_into_parts(0, io.BytesIO(text).readinto, part_bytes, seam_bytes)


SEAM = 5000
PART = 4 * SEAM
EDGES = (PART - 2 * SEAM, PART - SEAM, PART, 2 * PART - 3 * SEAM, 2 * PART - 2 * SEAM)
"""Where a buffer begins or ends, or hands over to the next."""


@pytest.mark.parametrize("glue", [b"\n", b" "], ids=["lines", "one long line"])
@given(offset=st.sampled_from([edge + n for edge in EDGES for n in range(-45, 5)]))
def test_no_seam_loses_anything(glue: bytes, offset: int) -> None:
    line = b"key = '" + KEY.encode() + b"'"
    filler = (b"word word2 'x'" + glue) * (2 * PART // 14)
    text = filler[: offset - 1] + glue + line + glue + filler
    whole = sightings(text)
    assert len(whole) == 1
    seen = [each for each in scan(parts_of(text, PART, SEAM)) if isinstance(each, Sighting)]
    assert seen == whole


@settings(max_examples=20)
@given(st.integers(0, 400))
def test_a_key_of_many_lines_survives_a_seam(shift: int) -> None:
    pem = judged.example("private-key").encode()
    seam = windows.MOST_REACH + 4096
    text = b"x = 1\n" * ((3 * seam) // 6 - shift) + pem + b"\nafter\n" * seam
    whole = sightings(text, path="a.pem")
    assert len(whole) == 1
    parts = parts_of(text, 4 * seam, seam)
    seen = [each for each in scan(parts, path="a.pem") if isinstance(each, Sighting)]
    assert seen == whole


def test_nothing_but_nuls_is_not_looked_at() -> None:
    class Deaf:
        def candidates(self, buffer: bytearray, length: int) -> list[tuple[int, int]]:
            raise AssertionError((buffer, length))

    scanner = Scanner(kinds=KINDS, engine=Deaf(), minimum=Confidence.LOW)
    source = Source(origin=Origin.DISK, name="a", path="a")
    parts = parts_of(bytes(3 << 20), 2 << 20, SEAM)
    assert [seen for seen in scanner.scan(parts, [source]) if not isinstance(seen, Advance)] == []
    with pytest.raises(AssertionError):
        list(scanner.scan(parts_of(bytes(3 << 20) + b"x", 2 << 20, SEAM), [source]))


@pytest.mark.parametrize(
    ("line", "tools"),
    [
        pytest.param(f"'{KEY}' # gitleaks:allow", {"gitleaks"}, id="on the line"),
        pytest.param(
            f"# launchready: ignore[x] why\n'{KEY}'", {"launchready"}, id="on the line above"
        ),
        pytest.param(f"# gitleaks:allow\n\n'{KEY}'", set(), id="two lines above"),
        pytest.param(f"'{KEY}' {'.' * 600} # gitleaks:allow", {"gitleaks"}, id="far behind"),
        pytest.param(f"'{KEY}'\n# gitleaks:allow", set(), id="below"),
    ],
)
def test_markers_speak_for_their_line(line: str, tools: set[str]) -> None:
    (seen,) = sightings(f"first\n{line}\n".encode())
    assert {marker.tool for marker in seen.markers} == tools


def test_memory_of_verdicts_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("launchready.steps.secret_scan.scanning.scan._MEMO_BYTES", 1000)
    scanner = Scanner(kinds=KINDS, engine=ENGINE, minimum=Confidence.LOW)
    source = Source(origin=Origin.DISK, name="a", path="a")
    for seed in range(40):
        found = list(scanner.scan([batch(live_key(seed).encode())], [source]))
        assert any(isinstance(each, Sighting) for each in found)
        assert len(scanner._memo) < 20


FILLER = st.text(
    alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\n"), max_size=700
)


@given(FILLER, FILLER, st.integers(1, 3))
def test_no_line_shown_holds_a_secret(before: str, after: str, count: int) -> None:
    keys = [live_key(seed) for seed in range(count)]
    line = f"{before} '" + "' '".join([*keys, keys[0]]) + f"' {after}"
    for seen in sightings(f"above {keys[0]}\n{line}\n".encode()):
        shown = repr(seen)
        for key in keys:
            assert key not in shown
            assert key[12:24] not in shown
        assert len(seen.code.text) <= 400


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        pytest.param(f"a = '{KEY}'", "a = '********'", id="the value alone"),
        pytest.param(
            f"a = '{KEY}' # x{KEY}", "a = '********' # x********", id="again, in no shape of ours"
        ),
        pytest.param(
            f"'{KEY}', '{'4f' * 16}'", "'********', '********'", id="another that may be one"
        ),
        pytest.param(
            f"'{KEY}', 'thisIsAPlainLongIdentifier'",
            "'********', 'thisIsAPlainLongIdentifier'",
            id="a long word without digits stays",
        ),
        pytest.param(f"\t'{KEY}'\r", "\t'********'", id="no line end"),
        pytest.param(
            f'a = "{KEY}\\"xyzzy9;", 1', 'a = "********", 1', id="what follows an escaped quote"
        ),
        pytest.param(f"a={KEY};xyzzy9 b", "a=******** b", id="what follows a semicolon"),
    ],
)
def test_how_a_line_is_shown(line: str, shown: str) -> None:
    (seen,) = sightings(line.encode())
    assert seen.code.text == shown


def test_a_long_line_is_cut_around_the_secret() -> None:
    (seen,) = sightings(f"{'lead ' * 500}'{KEY}'{' tail' * 500}".encode())
    assert "********" in seen.code.text
    assert len(seen.code.text) == 400
    assert seen.code.text.startswith(("lead", "ead", "ad", "d", " "))
    (seen,) = sightings(f"{'z9' * 600} '{KEY}' {'z9' * 600}".encode())
    assert "z9z9" not in seen.code.text
