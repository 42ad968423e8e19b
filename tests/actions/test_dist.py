"""The bundle is the same bytes wherever it is built, complete, pure, and runs on every Python."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from launchready.generate.bundle import bundle
from launchready.generate.dist import WHEELS, build
from launchready.generate.wheels import fetch_wheels, parse_lock
from launchready.registry import STEPS

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")


def digests(folder: Path) -> dict[str, str]:
    """Every file below a folder, by its SHA-256."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def pythons() -> list[str]:
    """Every Python since 3.11 that this machine has, by version."""
    names = [shutil.which(f"python3.{minor}") for minor in range(11, 20)]
    installed = Path(sys.base_prefix).parent.glob("3.*/bin/python3")  # pyenv and the tool cache
    found = {}
    for name in (sys.executable, *filter(None, names), *map(str, sorted(installed))):
        asked = [name, "-c", "import sys; print(*sys.version_info[:2])"]
        done = subprocess.run(asked, capture_output=True, text=True, timeout=60, check=False)
        if done.returncode == 0 and (version := tuple(map(int, done.stdout.split()))) >= (3, 11):
            found[version] = name
    return [found[version] for version in sorted(found)]


def test_building_twice_gives_the_same_bytes(dist: Path, tmp_path: Path) -> None:
    del dist  # building it fetched the wheels
    one, two = tmp_path / "one", tmp_path / "another place"
    for part in ("src", "actions", "requirements", str(WHEELS)):
        shutil.copytree(ROOT / part, one / part)
    shutil.copy(ROOT / "LICENSE", one)
    shutil.copytree(one, two)
    for path in (two / "src").rglob("*.py"):
        os.utime(path, (1, 1))
        path.chmod(0o755)
    build(one, tmp_path / "dist one")
    build(two, tmp_path / "dist two")
    assert digests(tmp_path / "dist one") == digests(tmp_path / "dist two")


def test_the_command_builds_what_the_function_builds(dist: Path, tmp_path: Path) -> None:
    for part in ("src", "actions", "requirements", str(WHEELS)):
        shutil.copytree(ROOT / part, tmp_path / part)
    shutil.copy(ROOT / "LICENSE", tmp_path)
    command = [sys.executable, "-I", "-m", "launchready.generate.dist"]
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=True
    )
    assert done.stdout == (dist / "launchready.pyz.sha256").read_text()
    shutil.rmtree(tmp_path / WHEELS)
    assert digests(tmp_path / "dist") == digests(dist)


def test_the_checksum_is_the_bundle_s(dist: Path) -> None:
    digest = hashlib.sha256((dist / "launchready.pyz").read_bytes()).hexdigest()
    assert (dist / "launchready.pyz.sha256").read_text() == f"{digest}  launchready.pyz\n"


def test_the_bundle_is_pure_and_whole(dist: Path) -> None:
    with zipfile.ZipFile(dist / "launchready.pyz") as archive:
        assert archive.testzip() is None
        members = archive.infolist()
        notice = archive.read("NOTICE").decode()
    names = [member.filename for member in members]
    assert names == sorted(set(names))
    assert {member.date_time for member in members} == {(1980, 1, 1, 0, 0, 0)}
    assert {member.compress_type for member in members} == {zipfile.ZIP_STORED}
    assert not [name for name in names if re.search(r"\.(so|pyd|dylib|dll|pyc)$", name)]
    own = {
        path.relative_to(ROOT / "src").as_posix()
        for path in (ROOT / "src" / "launchready").rglob("*.py")
        if "generate" not in path.parts
    }
    assert own <= set(names)
    for pin in parse_lock(LOCK):
        is_held = f"\n{pin.name} {pin.version} (" in notice
        assert is_held is (pin.name != "certifi"), "MPL-2.0 is copyleft: the bundle holds none"
    assert [name for name in names if name.startswith("certifi")] == ["certifi.py"]
    assert not re.search(r"\bMozilla Public License|\bMPL|\bGPL", notice)


@pytest.mark.parametrize("python", pythons())
def test_the_bundle_runs_on(python: str, dist: Path, tmp_path: Path) -> None:
    command = [python, "-I", str(dist / "launchready.pyz"), "steps"]
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert set(STEPS) <= set(done.stdout.split())


@pytest.mark.parametrize("python", pythons())
def test_detect_secrets_finds_its_plugins_in_the_bundle(
    python: str, dist: Path, bare_python: Path
) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from detect_secrets.core.plugins import util\n"
        "print(*sorted(map(repr, util.get_mapping_from_secret_type_to_class())), sep='\\n')"
    )

    def plugins(of: str, where: str) -> str:
        command = [of, "-I", "-c", code, where]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
        return done.stdout

    installed = plugins(sys.executable, "nowhere")
    assert len(installed.splitlines()) > 20
    assert plugins(python, str(dist / "launchready.pyz")) == installed


def test_an_old_python_is_told_so(dist: Path) -> None:
    with zipfile.ZipFile(dist / "launchready.pyz") as archive:
        start = archive.read("__main__.py").decode()
    old = start.replace("sys.version_info", "(3, 10)")
    done = subprocess.run(
        [sys.executable, "-I", "-c", old], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (1, "error: launchready needs Python 3.11 or newer\n")


@pytest.mark.parametrize("step", STEPS)
def test_a_mirror_holds_all_that_the_action_needs(step: str, dist: Path) -> None:
    assert set(digests(dist / "actions" / step)) == {
        "LICENSE",
        "NOTICE",
        "README.md",
        "action.yml",
        "launchready.pyz",
        "launchready.schema.json",
        "requirements/native.txt",
        "start.py",
        "start.sh",
    }
    readme = (dist / "actions" / step / "README.md").read_text(encoding="utf-8")
    assert f"uses: launchready/{step}@v1" in readme


def test_two_wheels_with_the_same_file_are_refused(tmp_path: Path) -> None:
    wheels = fetch_wheels(LOCK, ROOT / WHEELS)
    pin, wheel = next(each for each in wheels.items() if each[0].name == "click")
    with zipfile.ZipFile(wheel) as archive, zipfile.ZipFile(tmp_path / "x.whl", "w") as other:
        for name in archive.namelist():
            other.writestr(name, archive.read(name) + b"#")
    (other_pin,) = parse_lock(f"other==1 --hash=sha256:{'0' * 64}")
    with pytest.raises(ValueError, match=r"x\.whl holds another"):
        bundle(ROOT / "src", {pin: wheel, other_pin: tmp_path / "x.whl"})
