"""A file is written whole or not at all."""

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
    with pytest.raises(LaunchReadyError, match=r"cannot write .*(Not a directory|File exists)"):
        write_whole(tmp_path / "file" / "report.json", ["x"])
