"""The lock is read as pip reads it, and only what it names by hash goes into the bundle."""

import hashlib
import zipfile
from pathlib import Path

import pytest

from launchready.errors import LaunchReadyError
from launchready.generate.wheels import Pin, fetch_wheels, parse_lock

ROOT = Path(__file__).parents[3]
A, B = "a" * 64, "b" * 64


@pytest.mark.parametrize(
    ("lock", "pins"),
    [
        pytest.param(f"x==1.0 --hash=sha256:{A}\n", [("x", "1.0", {A})], id="one line"),
        pytest.param(
            f"x==1.0 \\\n    --hash=sha256:{A} \\\n    --hash=sha256:{B}\ny==2 \\\n"
            f"    --hash=sha256:{A}\n",
            [("x", "1.0", {A, B}), ("y", "2", {A})],
            id="as uv writes it",
        ),
        pytest.param(
            f"Ruamel.YAML_x==1 ; sys_platform == 'win32' \\\n    --hash=sha256:{A}\n",
            [("ruamel-yaml-x", "1", {A})],
            id="a name to normalise, and a marker",
        ),
        pytest.param(
            f"x==1!2.0.post1+local.2 --hash=sha256:{A}",
            [("x", "1!2.0.post1+local.2", {A})],
            id="no line end, and an odd version",
        ),
        pytest.param("# x==1\n\n", [], id="a comment"),
    ],
)
def test_parse_lock(lock: str, pins: list[tuple[str, str, set[str]]]) -> None:
    assert parse_lock(lock) == tuple(
        Pin(name=name, version=version, hashes=frozenset(hashes)) for name, version, hashes in pins
    )


@pytest.mark.parametrize("name", ["run", "native", "dev"])
def test_every_pin_of_our_locks_has_hashes(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    pins = parse_lock(text)
    assert len(pins) == text.count("==", 0) - text.count(" == ")
    assert all(pin.hashes for pin in pins)
    assert "://" not in text


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", "")


@pytest.mark.usefixtures("offline")
def test_a_wheel_that_is_there_is_taken_by_its_hash(tmp_path: Path) -> None:
    wheel = tmp_path / "some_thing-1.0-py3-none-any.whl"
    wheel.write_bytes(b"wheel")
    lock = f"some.thing==1.0 --hash=sha256:{hashlib.sha256(b'wheel').hexdigest()}\n"
    (pin,) = parse_lock(lock)
    assert fetch_wheels(lock, tmp_path) == {pin: wheel}


def test_a_wheel_that_is_missing_is_fetched_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "index").mkdir()
    source = tmp_path / "index/thing-1.0-py3-none-any.whl"
    with zipfile.ZipFile(source, "w") as archive:
        about = "Metadata-Version: 2.1\nName: thing\nVersion: 1.0\n"
        archive.writestr("thing-1.0.dist-info/METADATA", about)
        archive.writestr("thing-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(source.parent))
    lock = f"thing==1.0 ; sys_platform == 'win32' \\\n    --hash=sha256:{digest(source)}\n"
    kept = tmp_path / "wheels" / source.name
    assert list(fetch_wheels(lock, kept.parent).values()) == [kept]
    source.unlink()
    assert list(fetch_wheels(lock, kept.parent).values()) == [kept]
    assert [path.name for path in kept.parent.iterdir()] == [source.name]


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.usefixtures("offline")
def test_a_wheel_of_another_hash_is_never_taken(tmp_path: Path) -> None:
    (tmp_path / "thing-1.0-py3-none-any.whl").write_bytes(b"tampered")
    with pytest.raises(LaunchReadyError, match=r"cannot download the wheels: ERROR: .*thing==1.0"):
        fetch_wheels(f"thing==1.0 --hash=sha256:{A}\n", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thing-1.0-py3-none-any.whl"]
