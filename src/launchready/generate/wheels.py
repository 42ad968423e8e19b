"""The wheels that the bundle is made of: exactly those that the lock names by hash."""

import hashlib
import importlib.util
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from launchready.errors import LaunchReadyError

# One platform whatever machine builds, so that every machine builds the same bundle. Where a
# package has no pure wheel, its pure Python part is the same in the wheels of all platforms.
_TARGET = (
    "--python-version=3.11 --implementation=cp --platform=manylinux2014_x86_64"
    " --abi=cp311 --abi=abi3 --abi=none"
)


@dataclass(frozen=True, kw_only=True)
class Pin:
    """One line of the lock. `hashes` are SHA-256, in hex."""

    name: str
    version: str
    hashes: frozenset[str]


def parse_lock(text: str) -> tuple[Pin, ...]:
    """The pins of a hash-locked requirements file, in its order.

    Form: https://pip.pypa.io/en/stable/topics/secure-installs/#hash-checking-mode.
    """
    return tuple(
        Pin(
            name=_normal(found[1]),
            version=found[2],
            hashes=frozenset(re.findall(r"--hash=sha256:([0-9a-f]{64})", found[3])),
        )
        for found in re.finditer(
            r"^([\w.-]+)==([\w.!+-]+)((?:.*\\\n)*.*)", text, flags=re.MULTILINE
        )
    )


def fetch_wheels(lock: str, folder: Path) -> Mapping[Pin, Path]:
    """A wheel per pin, from `folder` or, where one is missing, downloaded into it.

    Raises LaunchReadyError.
    """
    pins = parse_lock(lock)
    wheels = _known(pins, folder)
    if len(wheels) < len(pins):
        folder.mkdir(parents=True, exist_ok=True)
        _download(lock, folder)
        wheels = _known(pins, folder)
    if missing := [pin.name for pin in pins if pin not in wheels]:
        raise LaunchReadyError(
            f"there is no wheel of {', '.join(missing)} with a hash that the lock names",
            hint="bring the lock up to date with `make lock`",
        )
    return wheels


def _known(pins: tuple[Pin, ...], folder: Path) -> Mapping[Pin, Path]:
    there = [
        (_normal(path.name.partition("-")[0]), hashlib.sha256(path.read_bytes()).hexdigest(), path)
        for path in sorted(folder.glob("*.whl"))
    ]
    return {
        pin: path
        for pin in pins
        for name, digest, path in there
        if name == pin.name and digest in pin.hashes
    }


def _download(lock: str, folder: Path) -> None:
    """Ask pip for the wheels in a folder beside their place, so that two builds may race."""
    with tempfile.TemporaryDirectory(dir=folder) as temporary:
        requirements = Path(temporary, "requirements.txt")
        # The markers speak of the machine that builds; the bundle is for all of them.
        requirements.write_text(re.sub(r" ; .*", r" \\", lock), encoding="utf-8")
        options = ["--require-hashes", "--only-binary=:all:", "--no-deps", *_TARGET.split()]
        command = [*_pip(), "download", "--quiet", *options]
        done = subprocess.run(
            [*command, "--dest", temporary, "-r", str(requirements)],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise LaunchReadyError(
                f"cannot download the wheels: {(done.stderr.strip() or '?').splitlines()[-1]}",
                hint="check the network and pip's configuration",
            )
        for wheel in Path(temporary).glob("*.whl"):
            wheel.replace(folder / wheel.name)


def _pip() -> list[str]:
    """This Python's pip, or the one of the Python that this virtual environment was made from."""
    has_pip = importlib.util.find_spec("pip") is not None
    python = sys.executable if has_pip else getattr(sys, "_base_executable", sys.executable)
    return [python, "-I", "-m", "pip", "--disable-pip-version-check", "--no-input"]


def _normal(name: str) -> str:
    """A distribution's name as PyPA's name normalisation writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()
