"""Archives of every kind give what is in them; broken and hostile ones say what they do not."""

import bz2
import gzip
import io
import lzma
import random
import tarfile
import tracemalloc
import zipfile

import pytest
import zstandard
from hypothesis import example, given
from hypothesis import strategies as st
from tests.unit.gateways.unpack.archives import Opened, streamed_zip, tarred, zipped

from launchready.facts.text import TextPart
from launchready.gateways.unpack.bounds import Limits
from launchready.gateways.unpack.texts import open_content

FILES = {"a.txt": b"one", "lib/b.py": b"two = 2\n" * 400}
LONG = "n" * 180 + ".txt"
BIG = bytes(range(256)) * 12_000
STEMS = {f"x!/{name}": text for name, text in FILES.items()}


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(zipped(FILES), id="zip"),
        pytest.param(zipped(FILES, zipfile.ZIP_STORED), id="stored"),
        pytest.param(zipped(FILES, zipfile.ZIP_BZIP2), id="zip with bzip2"),
        pytest.param(zipped(FILES, zipfile.ZIP_LZMA), id="zip with LZMA"),
        pytest.param(streamed_zip(FILES), id="zip whose sizes come later"),
        pytest.param(streamed_zip(FILES, zipfile.ZIP_STORED), id="stored, sizes later"),
        pytest.param(streamed_zip(FILES, zipfile.ZIP_BZIP2), id="bzip2, sizes later"),
        pytest.param(b"#!/usr/bin/env python3\n" + zipped(FILES), id="zip application"),
        pytest.param(tarred(FILES), id="pax"),
        pytest.param(tarred(FILES, form=tarfile.GNU_FORMAT), id="GNU tar"),
        pytest.param(tarred(FILES, form=tarfile.USTAR_FORMAT), id="ustar"),
        pytest.param(tarred(FILES, "w:gz"), id="tgz"),
        pytest.param(tarred(FILES, "w:bz2"), id="tbz2"),
        pytest.param(tarred(FILES, "w:xz"), id="txz"),
        pytest.param(zstandard.compress(tarred(FILES)), id="tzst"),
        pytest.param(tarred(FILES) + bytes(100_000), id="padded"),
    ],
)
@pytest.mark.parametrize("piece", [None, 7, 1000])
def test_archives(content: bytes, piece: int | None) -> None:
    opened = Opened(content, "x", piece=piece)
    assert opened.texts == STEMS
    assert opened.faults == []


@pytest.mark.parametrize(
    ("content", "name", "inner"),
    [
        pytest.param(gzip.compress(BIG), "app.log.gz", "app.log", id="gzip"),
        pytest.param(bz2.compress(BIG), "app.log.bz2", "app.log", id="bzip2"),
        pytest.param(lzma.compress(BIG), "app.log.xz", "app.log", id="xz"),
        pytest.param(zstandard.compress(BIG), "app.log.zst", "app.log", id="Zstandard"),
        pytest.param(gzip.compress(BIG), "backup", "content", id="no extension"),
        pytest.param(
            gzip.compress(BIG[:9]) + gzip.compress(BIG[9:]), "a.gz", "a", id="two gzip members"
        ),
        pytest.param(bz2.compress(BIG[:9]) + bz2.compress(BIG[9:]), "a.bz2", "a", id="two bzip2"),
        pytest.param(
            lzma.compress(BIG[:9]) + bytes(4) + lzma.compress(BIG[9:]), "a.xz", "a", id="two xz"
        ),
        pytest.param(
            zstandard.compress(BIG[:9]) + zstandard.compress(BIG[9:]), "a.zst", "a", id="two zst"
        ),
        pytest.param(gzip.compress(BIG) + b"trailing", "a.gz", "a", id="gzip and something else"),
    ],
)
def test_compressed_files(content: bytes, name: str, inner: str) -> None:
    opened = Opened(content, name)
    assert opened.texts == {f"{name}!/{inner}": BIG}
    assert opened.faults == []


def test_archives_in_archives() -> None:
    content = zipped(
        {"deep/in.tgz": tarred({"b.zip": zipped({"c.gz": gzip.compress(b"here")})}, "w:gz")}
    )
    assert Opened(content, "a.zip").texts == {"a.zip!/deep/in.tgz!/b.zip!/c.gz!/c": b"here"}


@pytest.mark.parametrize("form", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT])
def test_long_names(form: int) -> None:
    assert Opened(tarred({LONG: b"x", "b": b"y"}, form=form), "t").texts == {
        f"t!/{LONG}": b"x",
        "t!/b": b"y",
    }


def test_what_is_no_archive_is_itself() -> None:
    opened = Opened(b"plain PK\x03\x04", "a.zip")
    assert opened.texts == {"a.zip": b"plain PK\x03\x04"}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "__/__/etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\Windows\\win.ini", "Windows/win.ini"),
        ("./a//b/./c", "a/b/c"),
        ("..", "__"),
        ("./.", "unnamed"),
    ],
)
def test_names_stay_inside(name: str, shown: str) -> None:
    assert Opened(tarred({name: b"x"}), "t").texts == {f"t!/{shown}": b"x"}


def test_links_devices_and_folders_have_no_content() -> None:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.CHRTYPE):
            member = tarfile.TarInfo(f"m{kind.decode()}")
            member.type, member.linkname, member.size = kind, "/etc/passwd", 0
            archive.addfile(member)
        member = tarfile.TarInfo("file")
        member.size = 1
        archive.addfile(member, io.BytesIO(b"x"))
    opened = Opened(content.getvalue(), "t")
    assert (opened.texts, opened.faults) == ({"t!/file": b"x"}, [])


def _damaged(content: bytes, at: int) -> bytes:
    broken = bytearray(content)
    broken[at] ^= 0xFF
    return bytes(broken)


TWO = {"a": BIG[:9000], "b": b"neighbour"}
CUT, LOST = (
    "it ends early: a part of it is missing",
    "a part of it is corrupt, and what lies there is lost",
)


@pytest.mark.parametrize("make", [zipped, streamed_zip])
def test_a_corrupt_member_of_a_zip_loses_no_neighbour(make: type) -> None:
    opened = Opened(_damaged(make(TWO), 60), "z")
    assert opened.texts["z!/b"] == b"neighbour"
    ((path, reason),) = opened.faults
    assert path == "z!/a"
    assert reason.startswith("it is corrupt")
    assert opened.opaque == {"z!/a"}


def test_a_wrong_checksum_is_told_and_the_content_scanned() -> None:
    opened = Opened(_damaged(zipped(TWO, zipfile.ZIP_STORED), 60), "z")
    assert len(opened.texts["z!/a"]) == 9000
    assert opened.faults == [("z!/a", "it is corrupt: its checksum is another")]
    assert opened.texts["z!/b"] == b"neighbour"


def test_a_corrupt_header_of_a_zip_loses_no_neighbour() -> None:
    content = zipped({"a": b"first", "b": b"second", "c": b"third"}, zipfile.ZIP_STORED)
    second = content.index(b"PK\x03\x04", 4)
    opened = Opened(_damaged(content, second), "z")
    assert opened.texts == {"z!/a": b"first", "z!/c": b"third"}
    assert opened.faults == [("z", LOST)]


def test_a_corrupt_header_of_a_tar_loses_no_neighbour() -> None:
    opened = Opened(_damaged(tarred({"a": b"1", "b": b"2", "c": b"3"}), 1024 + 3), "t")
    assert opened.texts == {"t!/a": b"1", "t!/c": b"3"}
    assert opened.faults == [("t", LOST)]


@pytest.mark.parametrize(
    ("content", "path"),
    [
        pytest.param(zipped(TWO, zipfile.ZIP_STORED)[:5000], "x!/a", id="in a stored member"),
        pytest.param(zipped(TWO)[:100], "x!/a", id="in a deflated member"),
        pytest.param(streamed_zip(TWO)[:100], "x!/a", id="in a member of unknown size"),
        pytest.param(streamed_zip(TWO, zipfile.ZIP_STORED)[:5000], "x!/a", id="stored, unknown"),
        pytest.param(zipped(TWO)[:20], "x", id="in a header"),
        pytest.param(tarred(TWO)[:5000], "x!/a", id="tar"),
        pytest.param(tarred(TWO)[:700], "x!/a", id="in a tar's first member"),
        pytest.param(gzip.compress(BIG)[:3000], "x!/content", id="gzip"),
        pytest.param(bz2.compress(BIG)[:3000], "x!/content", id="bzip2"),
        pytest.param(lzma.compress(BIG)[:300], "x!/content", id="xz"),
        pytest.param(zstandard.compress(BIG)[:300], "x!/content", id="Zstandard"),
        pytest.param(gzip.compress(tarred(TWO))[:200], "x!/a", id="tgz"),
    ],
)
def test_cut_short(content: bytes, path: str) -> None:
    assert (path, CUT) in Opened(content, "x").faults


def test_what_came_before_the_cut_is_scanned() -> None:
    noise = random.Random(3).randbytes(200_000)
    opened = Opened(gzip.compress(noise)[:-60_000], "x.gz")
    assert opened.faults == [("x.gz!/x", CUT)]
    assert len(opened.texts["x.gz!/x"]) > 100_000
    assert noise.startswith(opened.texts["x.gz!/x"])


def test_encrypted_members_are_told() -> None:
    content = bytearray(zipped({"a": b"locked up", "b": b"open"}, zipfile.ZIP_STORED))
    content[6] |= 1
    opened = Opened(bytes(content), "z")
    assert opened.faults == [("z!/a", "it is encrypted")]
    assert opened.texts == {"z!/b": b"open"}


def test_a_compression_nobody_knows_is_told() -> None:
    content = bytearray(zipped({"a": b"what", "b": b"open"}, zipfile.ZIP_STORED))
    content[8] = 9
    opened = Opened(bytes(content), "z")
    assert opened.faults == [("z!/a", "its compression (method 9) cannot be read here")]
    assert opened.texts == {"z!/b": b"open"}


@pytest.mark.parametrize(
    ("magic", "name"),
    [
        (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
        (b"Rar!\x1a\x07\x01\0", "RAR"),
        (b"PGDMP\x01", "a PostgreSQL dump in its custom format"),
    ],
)
def test_formats_that_are_not_read_are_told_and_scanned_as_bytes(magic: bytes, name: str) -> None:
    opened = Opened(magic + b"...", "x")
    assert opened.faults == [("x", f"its format, {name}, cannot be read here")]
    assert opened.texts == {"x": magic + b"..."}


def _nested(depth: int) -> bytes:
    content = b"core"
    for _ in range(depth):
        content = zipped({"in": content})
    return content


def test_nesting_ends_at_eight() -> None:
    assert Opened(_nested(8), "x").texts == {"x" + "!/in" * 8: b"core"}
    beyond = Opened(zipped({"z": _nested(8), "n": b"neighbour"}), "x")
    assert beyond.texts == {"x!/n": b"neighbour"}
    assert beyond.faults == [("x!/z" + "!/in" * 7, "archives are nested in it more than 8 deep")]
    assert beyond.opaque == set()


TIGHT = Limits(members=50, total_bytes=1 << 20, ratio=100, ratio_floor=1 << 17)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(gzip.compress(bytes(1 << 19)), "it grows to over 100 times", id="gzip"),
        pytest.param(bz2.compress(bytes(1 << 19)), "it grows to over 100 times", id="bzip2"),
        pytest.param(lzma.compress(bytes(1 << 19)), "it grows to over 100 times", id="xz"),
        pytest.param(zstandard.compress(bytes(1 << 19)), "it grows to over 100 times", id="zst"),
        pytest.param(zipped({"a": bytes(1 << 19)}), "it grows to over 100 times", id="zip"),
        pytest.param(streamed_zip({"a": bytes(1 << 19)}), "it grows to over 100", id="open zip"),
        pytest.param(
            zipped({str(n): BIG[:40_000] for n in range(40)}),
            "it unpacks to more than 1 MiB",
            id="in all",
        ),
        pytest.param(
            zipped({str(n): b"" for n in range(60)}), "it holds more than 50 files", id="members"
        ),
        pytest.param(tarred({str(n): b"" for n in range(60)}), "it holds more than 50", id="tar"),
    ],
)
def test_bombs(content: bytes, reason: str) -> None:
    opened = Opened(content, "x", TIGHT)
    assert any(told.startswith(reason) for _, told in opened.faults)
    assert sum(map(len, opened.texts.values())) < 2 << 20
    assert not opened.opaque


def test_a_bomb_loses_no_neighbour() -> None:
    content = zipped({"bomb": bytes(1 << 19), "b": b"neighbour"})
    opened = Opened(content, "x", TIGHT)
    assert opened.texts["x!/b"] == b"neighbour"
    assert [path for path, _ in opened.faults] == ["x!/bomb"]


def test_a_bomb_never_lies_in_memory() -> None:
    content = gzip.compress(bytes(100 << 20))
    unbounded = Limits(ratio_floor=1 << 40)
    seen = 0
    tracemalloc.start()
    for text in open_content(content, "x", unbounded, []):
        assert isinstance(text, TextPart)
        seen += text.own_end - text.own_start
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert seen == 100 << 20
    assert peak < 12 << 20


ANY_MAGIC = (
    *(b"PK\x03\x04", b"\x1f\x8b\x08", b"BZh9\x31\x41\x59\x26\x53\x59", b"\xfd7zXZ\0"),
    *(b"\x28\xb5\x2f\xfd", b"\xff\xfe", b"\0\0\xfe\xff", b"{", b"#!x\nPK\x03\x04", b""),
)
SMALL = Limits(members=100, total_bytes=1 << 22, ratio_floor=1 << 20, document_bytes=1 << 16)


@given(
    st.sampled_from(ANY_MAGIC),
    st.binary(max_size=600),
    st.sampled_from(["x", "x.map", "x.ipynb", "x.har"]),
)
def test_any_bytes_with_a_magic_give_texts_or_say_why_not(
    magic: bytes, rest: bytes, path: str
) -> None:
    opened = Opened(magic + rest, path, SMALL)
    assert opened.texts or opened.faults or not rest


BASES = [
    zipped(FILES),
    zipped(FILES, zipfile.ZIP_LZMA),
    streamed_zip(FILES),
    streamed_zip(FILES, zipfile.ZIP_STORED),
    tarred(FILES),
    tarred({LONG: b"x", "b": b"y"}, form=tarfile.GNU_FORMAT),
    tarred(FILES, "w:gz"),
    zstandard.compress(tarred(FILES)),
]


@given(
    st.integers(0, len(BASES) - 1),
    st.lists(st.tuples(st.integers(0, 20_000), st.binary(min_size=1, max_size=8)), max_size=4),
    st.integers(0, 20_000),
)
@example(0, [], 20_000)
def test_any_damage_gives_texts_or_says_why_not(
    base: int, changes: list[tuple[int, bytes]], length: int
) -> None:
    content = bytearray(BASES[base])
    for at, put in changes:
        start = at % len(content)
        content[start : start + len(put)] = put
    opened = Opened(bytes(content[: length or 1]), "x", SMALL)
    assert opened.texts or opened.faults
    assert sum(map(len, opened.texts.values())) <= SMALL.total_bytes
