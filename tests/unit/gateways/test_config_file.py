"""The config file is found in one place only, and whatever stands there is read or refused."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from launchready.config.decode import MAX_BYTES
from launchready.errors import LaunchReadyError
from launchready.gateways.config_file import find_config, read_config

NOBODY = 65534


def written(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"version: 1\n")


@pytest.mark.parametrize("name", ["launchready.yml", ".launchready.yml", ".github/launchready.yml"])
def test_each_place_is_looked_at(tmp_path: Path, name: str) -> None:
    written(tmp_path, name)
    assert find_config(tmp_path) == tmp_path / name


def test_no_config_is_none(tmp_path: Path) -> None:
    written(tmp_path, "launchready.yml.bak", "launchready.json", "sub/launchready.yml")
    assert find_config(tmp_path) is None


def test_a_folder_that_is_not_there_has_no_config(tmp_path: Path) -> None:
    assert find_config(tmp_path / "missing") is None


@pytest.mark.parametrize(
    ("names", "message"),
    [
        pytest.param(
            ("launchready.yml", ".launchready.yml"),
            "there is more than one config file: launchready.yml and .launchready.yml",
            id="two-right-names",
        ),
        pytest.param(
            (".github/launchready.yml", ".launchready.yml", "launchready.yml"),
            "there is more than one config file:"
            " launchready.yml and .launchready.yml and .github/launchready.yml",
            id="all-three-in-the-order-of-the-documentation",
        ),
        pytest.param(
            ("launchready.yaml", "launchready.yml"),
            "there is more than one config file: launchready.yml and launchready.yaml",
            id="a-yaml-beside-it-might-be-the-one-meant",
        ),
    ],
)
def test_more_than_one_is_refused(tmp_path: Path, names: tuple[str, ...], message: str) -> None:
    written(tmp_path, *names)
    with pytest.raises(LaunchReadyError) as caught:
        find_config(tmp_path)
    assert caught.value.message == message
    assert caught.value.hint == "keep one of them, so that what it says is all that counts"


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("launchready.yaml", "launchready.yml"),
        (".launchready.yaml", ".launchready.yml"),
        (".github/launchready.yaml", ".github/launchready.yml"),
    ],
)
def test_yaml_alone_is_to_be_renamed(tmp_path: Path, name: str, right: str) -> None:
    written(tmp_path, name)
    with pytest.raises(LaunchReadyError) as caught:
        find_config(tmp_path)
    assert caught.value.message == f"{name} is not read: the name of the config file ends in .yml"
    assert caught.value.hint == f"rename it to {right}"


def test_a_dangling_link_is_found_so_that_it_is_not_taken_for_no_config(tmp_path: Path) -> None:
    (tmp_path / "launchready.yml").symlink_to("nowhere.yml")
    assert find_config(tmp_path) == tmp_path / "launchready.yml"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"version: 1\r\n", id="bytes-as-they-are"),
        pytest.param(b"#" * MAX_BYTES, id="as-large-as-may-be"),
    ],
)
def test_bytes_are_read_as_they_are(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "launchready.yml"
    path.write_bytes(content)
    assert read_config(path, "shown") == content


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real.yml").write_bytes(b"version: 1\n")
    (tmp_path / "launchready.yml").symlink_to("real.yml")
    assert read_config(tmp_path / "launchready.yml", "shown") == b"version: 1\n"


def a_folder(path: Path) -> None:
    path.mkdir()


def a_dangling_link(path: Path) -> None:
    path.symlink_to("nowhere.yml")


def a_link_to_itself(path: Path) -> None:
    path.symlink_to(path.name)


def a_named_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def a_byte_too_many(path: Path) -> None:
    path.write_bytes(b"#" * (MAX_BYTES + 1))


def a_terabyte(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1 << 40)


def nothing(path: Path) -> None:
    del path


@pytest.mark.parametrize(
    ("place", "message", "hint"),
    [
        (nothing, "is not there", "check its path"),
        (a_dangling_link, "is a link to a file that is not there", "mend the link"),
        (a_folder, "is a folder", "give the path of the file in it, such as launchready.yml"),
        (
            a_named_pipe,
            "is not a regular file",
            "write the settings into a file and give its path",
        ),
        (a_device, "is not a regular file", "write the settings into a file and give its path"),
        (
            a_link_to_itself,
            "cannot be read: Too many levels of symbolic links",
            "put a readable file in its place",
        ),
        (
            a_byte_too_many,
            "is over the limit of 1,000,000 bytes",
            "check that the path is the one of a launchready config",
        ),
        (
            a_terabyte,
            "is over the limit of 1,000,000 bytes",
            "check that the path is the one of a launchready config",
        ),
    ],
    ids=lambda value: value.__name__.replace("_", "-") if callable(value) else "",
)
def test_what_cannot_be_read_is_one_line(
    tmp_path: Path, place: Callable[[Path], None], message: str, hint: str
) -> None:
    path = tmp_path / "launchready.yml"
    place(path)
    with pytest.raises(LaunchReadyError) as caught:
        read_config(path, "sub/launchready.yml")
    assert caught.value.message == f"the config file sub/launchready.yml {message}"
    assert caught.value.hint == hint


def test_a_path_through_a_file_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(LaunchReadyError, match="the config file shown is not there"):
        read_config(tmp_path / "file" / "launchready.yml", "shown")


def test_a_file_of_somebody_else(tmp_path: Path) -> None:
    path = tmp_path / "launchready.yml"
    path.write_bytes(b"version: 1\n")
    path.chmod(0)
    with not_as_root(), pytest.raises(LaunchReadyError) as caught:
        read_config(path, "launchready.yml")
    assert caught.value.message == "the config file launchready.yml may not be read by this user"
    assert caught.value.hint == "change its permissions"


@contextmanager
def not_as_root() -> Iterator[None]:
    """Permissions mean nothing to root."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
