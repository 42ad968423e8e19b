"""The cache: lost without harm, and never trusted if others can write to it."""

import os
import sys
from pathlib import Path

import pytest

from launchready.gateways.cache import cache_folder, read_cached, write_cached


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "launchready"


def test_what_was_written_is_read(folder: Path) -> None:
    assert read_cached("a.hsdb") is None
    write_cached("a.hsdb", b"content")
    assert read_cached("a.hsdb") == b"content"
    assert [path.name for path in folder.iterdir()] == ["a.hsdb"]
    assert folder.stat().st_mode & 0o777 == 0o700


def _open_folder(folder: Path) -> None:
    folder.chmod(0o777)


def _open_file(folder: Path) -> None:
    (folder / "a.hsdb").chmod(0o622)


def _linked_file(folder: Path) -> None:
    (folder / "a.hsdb").rename(folder / "b.hsdb")
    (folder / "a.hsdb").symlink_to("b.hsdb")


def _anothers_file(folder: Path) -> None:
    os.chown(folder / "a.hsdb", 12345, -1)


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(_open_folder, id="anyone may write in the folder"),
        pytest.param(_open_file, id="anyone may write the file"),
        pytest.param(_linked_file, id="a link"),
        pytest.param(
            _anothers_file,
            id="another user's file",
            marks=pytest.mark.skipif(
                os.geteuid() != 0, reason="only root can give a file away; run the tests as root"
            ),
        ),
    ],
)
def test_what_others_could_have_written_is_not_read(folder: Path, spoil: object) -> None:
    write_cached("a.hsdb", b"content")
    assert callable(spoil)
    spoil(folder)
    assert read_cached("a.hsdb") is None


@pytest.mark.parametrize("home", ["", "relative"], ids=["no home", "no absolute place"])
def test_without_a_place_nothing_is_kept(monkeypatch: pytest.MonkeyPatch, home: str) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", home)
    assert cache_folder() is None
    write_cached("a.hsdb", b"content")
    assert read_cached("a.hsdb") is None


def test_a_place_that_cannot_be_written_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    write_cached("a.hsdb", b"content")
    assert read_cached("a.hsdb") is None


def test_the_oldest_are_forgotten(folder: Path) -> None:
    for number in range(12):
        write_cached(f"{number}.hsdb", b"")
        os.utime(folder / f"{number}.hsdb", (number, number))
    write_cached("new.hsdb", b"")
    left = {path.stem for path in folder.iterdir()}
    assert left == {"new", *(str(n) for n in range(5, 12))}


@pytest.mark.parametrize(
    ("platform", "variables", "expected"),
    [
        ("linux", {"HOME": "/home/a"}, "/home/a/.cache/launchready"),
        ("linux", {"HOME": "/home/a", "XDG_CACHE_HOME": "/c"}, "/c/launchready"),
        ("darwin", {"HOME": "/Users/a"}, "/Users/a/Library/Caches/launchready"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/launchready"),
    ],
    ids=["Linux", "Linux with XDG", "macOS", "Windows"],
)
def test_each_system_has_its_place(
    monkeypatch: pytest.MonkeyPatch, platform: str, variables: dict[str, str], expected: str
) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(sys, "platform", platform)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert cache_folder() == Path(expected)
