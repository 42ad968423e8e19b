"""Files on disk: every kind of thing that may stand where a file is expected."""

import os
import socket
import tempfile
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchready.facts.text import Skipped, TextBatch, TextPart, Unreadable
from launchready.gateways.buffers import BATCH_BYTES
from launchready.gateways.files import count_lines, name_of, read_files, walk_files


def contents(root: Path, names: list[str]) -> dict[str, bytes | str]:
    """Text by name, put together from batches and parts; the reason where there is none."""
    found: dict[str, bytes | str] = {}
    for text in read_files(root, names):
        match text:
            case TextBatch():
                for start, end, source in zip(text.starts, text.ends, text.sources, strict=True):
                    assert text.buffer[end] == 0x0A
                    assert names[source] not in found
                    found[names[source]] = bytes(text.buffer[start:end])
            case TextPart():
                before = found.get(names[text.source], b"")
                assert isinstance(before, bytes)
                own = bytes(text.buffer[text.own_start : text.own_end])
                found[names[text.source]] = before + own
            case Unreadable() | Skipped():
                found[names[text.source]] = text.reason
    return found


def test_what_is_no_file_is_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name in ("folder/of/files", "own/.git", "not there"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "outside").symlink_to("/etc/hostname")
    (tmp_path / "gone").symlink_to("nowhere")
    (tmp_path / "plain").write_bytes(b"text")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(tmp_path / "socket"))
        names = [
            "pipe",
            "folder",
            "own/",
            "not there",
            "loop",
            "outside",
            "gone",
            "plain",
            "socket",
            "missing",
            "plain/x",
        ]
        found = contents(tmp_path, names)
    device = "it is a device, a pipe or a socket"
    assert found == {
        "pipe": device,
        "folder": "a folder stands where git has a file",
        "own/": "it is a repository of its own, whose history and files are not looked at here",
        "not there": "it is a submodule, a repository of its own, that is not checked out",
        "loop": b"loop",
        "outside": b"/etc/hostname",
        "gone": b"nowhere",
        "plain": b"text",
        "socket": device,
    }


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A temporary folder that every user may enter, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def test_an_unreadable_file_is_said_and_passed_over(open_folder: Path) -> None:
    for name in ("a", "b", "c"):
        (open_folder / name).write_bytes(name.encode())
    (open_folder / "b").chmod(0)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    try:
        found = contents(open_folder, ["a", "b", "c"])
    finally:
        if is_root:
            os.seteuid(0)
    assert found == {"a": b"a", "b": "it cannot be read: Permission denied", "c": b"c"}


@given(
    st.lists(
        st.sampled_from(
            [0, 1, 5000, BATCH_BYTES // 2, BATCH_BYTES - 2, BATCH_BYTES - 1, BATCH_BYTES]
        ),
        max_size=6,
    )
)
def test_files_of_any_size_come_whole(sizes: list[int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        texts = {str(n): (b"%d\n" % n * (size // 2 + 1))[:size] for n, size in enumerate(sizes)}
        for name, text in texts.items():
            Path(folder, name).write_bytes(text)
        assert contents(Path(folder), list(texts)) == texts


def test_two_gigabytes_of_nothing_are_read_fast_and_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "sparse"
    with path.open("wb") as file:
        file.truncate(2 << 30)
    tracemalloc.start()
    started = time.process_time()
    length = 0
    for part in read_files(tmp_path, ["sparse"]):
        assert isinstance(part, TextPart)
        length += part.own_end - part.own_start
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert length == 2 << 30
    assert peak < 16 << 20
    assert time.process_time() - started < 30


def test_walking_leaves_out_gits_own_folder_and_follows_no_link(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/.git/config", "a/1.txt", "c/.git", "z.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "a" / "up").symlink_to("..")
    walked = list(walk_files(tmp_path, tmp_path))
    assert walked == ["z.txt", "a/1.txt", "a/up", "b/2.txt", "c/.git"]
    assert list(walk_files(tmp_path, tmp_path / "b" / "2.txt")) == ["b/2.txt"]
    assert list(walk_files(tmp_path, tmp_path / "a" / "up")) == ["a/up"]


def test_a_folder_that_cannot_be_listed_is_named(open_folder: Path) -> None:
    (open_folder / "shut").mkdir()
    (open_folder / "shut").chmod(0)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    try:
        assert list(walk_files(open_folder, open_folder)) == ["shut"]
    finally:
        if is_root:
            os.seteuid(0)
        (open_folder / "shut").chmod(0o755)


def test_names_outside_the_root_are_whole() -> None:
    assert name_of(Path("/a/b"), Path("/a/b/c/d")) == "c/d"
    assert name_of(Path("/a/b"), Path("/a/x")) == "/a/x"


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (b"", ()),
        (b"\n", ((1, 1),)),
        (b"a", ((1, 1),)),
        (b"a\nb\n", ((1, 2),)),
        (b"a\nb", ((1, 2),)),
    ],
    ids=["empty", "one empty line", "no line end", "two lines", "the last without end"],
)
def test_lines_are_counted_as_git_counts(
    tmp_path: Path, content: bytes, lines: tuple[tuple[int, int], ...]
) -> None:
    (tmp_path / "a").write_bytes(content)
    (tmp_path / "link").symlink_to("a")
    assert count_lines(tmp_path / "a") == lines
    assert count_lines(tmp_path / "link") == ()
    assert count_lines(tmp_path / "missing") == ()
