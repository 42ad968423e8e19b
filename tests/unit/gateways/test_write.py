"""A file is written whole or not at all."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from launchready.errors import LaunchReadyError
from launchready.gateways.write import write_whole


def test_makes_folders_and_replaces(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.json"
    write_whole(path, ["old"])
    write_whole(path, ["n", "ew\n"])
    assert path.read_bytes() == b"new\n"
    assert path.stat().st_mode & 0o777 == 0o644
    assert list(path.parent.iterdir()) == [path]


def test_who_may_read_a_file_stays_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "names.env"
    path.touch(mode=0o640)
    path.chmod(0o640)
    write_whole(path, ["A=\n"])
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_failure_half_way_leaves_the_old_file(tmp_path: Path) -> None:
    def chunks() -> Iterator[str]:
        yield "half"
        raise RuntimeError("broken")

    path = tmp_path / "report.json"
    write_whole(path, ["old"])
    with pytest.raises(RuntimeError, match="broken"):
        write_whole(path, chunks())
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(LaunchReadyError, match=r"cannot write .*: a file stands in the place"):
        write_whole(tmp_path / "file" / "report.json", ["x"])


def test_a_device_is_written_into_and_not_replaced(tmp_path: Path) -> None:
    write_whole(Path("/dev/null"), ["x"])
    assert Path("/dev/null").is_char_device()


def test_a_pipe_is_written_into(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    write_whole(path, ["re", "port"])
    assert os.read(reader, 100) == b"report"
    os.close(reader)
    assert path.is_fifo()


def test_a_link_to_a_pipe_is_replaced_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    link = tmp_path / "report.json"
    link.symlink_to("pipe")
    write_whole(link, ["report"])
    assert link.read_text(encoding="utf-8") == "report"
    assert (tmp_path / "pipe").is_fifo()


def test_a_link_is_replaced_so_that_nothing_outside_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("mine", encoding="utf-8")
    link = tmp_path / "report.json"
    link.symlink_to("precious")
    write_whole(link, ["report"])
    assert (tmp_path / "precious").read_text(encoding="utf-8") == "mine"
    assert not link.is_symlink()
