"""Starts launchready in a job of GitHub Actions: from a release's bundle, or from the source tree.

start.sh runs it as `python -I -X utf8 start.py COMMAND…`. What it makes lies in the job's temporary
folder, named by content, so that a second use in the job finds it there:
https://docs.github.com/actions/reference/variables-reference (RUNNER_TEMP).
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent


class CannotInstallError(Exception):
    """What pip said last."""


def main(arguments: list[str]) -> None:
    """Put launchready and what it needs on the module path, and run the command."""
    root = HERE if (HERE / "launchready.pyz").exists() else HERE.parent
    folder = Path(os.environ.get("RUNNER_TEMP") or tempfile.mkdtemp(prefix="launchready-"))
    folder.mkdir(parents=True, exist_ok=True)
    sys.path[:0] = [str(path) for path in (*package(root, folder), *native(root, folder))]
    if not os.environ.get("LAUNCHREADY_REPORT_FOLDER"):
        os.environ["LAUNCHREADY_REPORT_FOLDER"] = str(folder / "launchready-reports")
    from launchready.cli.main import main as launchready  # noqa: PLC0415 - only now is it found

    sys.argv = ["launchready", *arguments]
    launchready()


def package(root: Path, folder: Path) -> list[Path]:
    """The folders that hold launchready and its dependencies."""
    for bundle in (root / "launchready.pyz", root / "dist" / "launchready.pyz"):
        if bundle.exists():
            return [unpacked(bundle, folder)]
    try:
        return [root / "src", *installed(root / "requirements" / "run.txt", folder)]
    except CannotInstallError as error:
        tell("error", "launchready cannot install what it needs", str(error))
        sys.exit(3)


def native(root: Path, folder: Path) -> list[Path]:
    """The folder that holds the native extras, if they are asked for and to be had."""
    match os.environ.get("LAUNCHREADY_NATIVE", "").lower():
        case "" | "false":
            return []
        case "true":
            pass
        case _:
            tell("error", "launchready has a wrong input", "native takes true or false")
            sys.exit(2)
    try:
        return installed(root / "requirements" / "native.txt", folder)
    except CannotInstallError as error:
        tell("warning", "launchready goes on without its native engine", str(error))
        return []


def unpacked(bundle: Path, folder: Path) -> Path:
    """The bundle's files as a folder: Python starts faster from one than from the archive."""

    def unpack(target: Path) -> None:
        with zipfile.ZipFile(bundle) as archive:
            archive.extractall(target)

    return once(folder / f"launchready-{hashlib.sha256(bundle.read_bytes()).hexdigest()}", unpack)


def installed(requirements: Path, folder: Path) -> list[Path]:
    """The folder with these hash-locked packages; none where this Python has them as locked."""
    lock = requirements.read_text(encoding="utf-8")
    pins = re.findall(r"^([\w.-]+)==([\w.]+)", lock, re.MULTILINE)
    if all(has(name, version) for name, version in pins):
        return []

    def install(target: Path) -> None:
        options = "--quiet --no-input --disable-pip-version-check --no-compile --no-deps"
        locked = ["--require-hashes", "--only-binary=:all:", "-r", str(requirements)]
        command = [sys.executable, "-I", "-m", "pip", "install", *options.split(), *locked]
        done = subprocess.run(
            [*command, "--target", str(target)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        if done.returncode:
            raise CannotInstallError((done.stderr.strip() or "pip said nothing").splitlines()[-1])

    python = sys.implementation.cache_tag
    digest = hashlib.sha256(lock.encode()).hexdigest()
    return [once(folder / f"launchready-{requirements.stem}-{python}-{digest}", install)]


def has(name: str, version: str) -> bool:
    """Whether this Python has that version of that distribution."""
    import importlib.metadata  # noqa: PLC0415 - slow to load, and a bundle needs it not

    try:
        return importlib.metadata.version(name) == version
    except importlib.metadata.PackageNotFoundError:
        return False


def once(final: Path, fill: Callable[[Path], None]) -> Path:
    """The folder `final`, made by `fill`: beside its place and renamed, so that steps may race."""
    if final.is_dir():
        return final
    part = Path(tempfile.mkdtemp(prefix=f"{final.name[:24]}.", dir=final.parent))
    try:
        fill(part)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    try:
        return part.rename(final)
    except OSError:
        if not final.is_dir():  # Windows, where another program looks into a new file
            return part
        shutil.rmtree(part, ignore_errors=True)  # another step was first
        return final


def tell(level: str, title: str, message: str) -> None:
    """Print an annotation, escaped as @actions/core does."""
    escaped = message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    sys.stdout.write(f"::{level} title={title}::{escaped}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
