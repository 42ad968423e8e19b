"""start.py finds launchready in a release and in the source tree, and lets nothing else in."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from launchready.generate.wheels import _pip, parse_lock

ROOT = Path(__file__).parents[2]


INHERITED = {"PATH", "HOME", "SYSTEMROOT"}  # Windows starts nothing without the last


def start(
    tree: Path,
    *words: str,
    python: Path,
    environment: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run the tree's start.py as start.sh does."""
    return subprocess.run(
        [python, "-I", "-X", "utf8", tree / "start.py", *words],
        env={
            **{name: os.environ[name] for name in INHERITED & set(os.environ)},
            **(environment or {}),
        },
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def mirror(dist: Path) -> Path:
    """The tree that `uses: launchready/secret-scan@v1` downloads."""
    return dist / "actions" / "secret-scan"


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    """The job's temporary folder."""
    folder = tmp_path / "temporary folder"
    folder.mkdir()
    return folder


def test_the_bundle_is_unpacked_once(mirror: Path, bare_python: Path, temporary: Path) -> None:
    environment = {"RUNNER_TEMP": str(temporary)}
    digest = hashlib.sha256((mirror / "launchready.pyz").read_bytes()).hexdigest()
    first = start(mirror, "--version", python=bare_python, environment=environment)
    assert first.stdout.startswith("launchready "), first.stderr
    assert [path.name for path in temporary.iterdir()] == [f"launchready-{digest}"]
    (temporary / f"launchready-{digest}" / "launchready" / "__init__.py").write_text(
        '__version__ = "of the first step"\n', encoding="utf-8"
    )
    second = start(mirror, "--version", python=bare_python, environment=environment)
    assert second.stdout == "launchready of the first step\n"


def test_steps_may_race(mirror: Path, bare_python: Path, temporary: Path) -> None:
    environment = {"RUNNER_TEMP": str(temporary)}

    def run(_: int) -> str:
        return start(mirror, "--version", python=bare_python, environment=environment).stdout

    with ThreadPoolExecutor(4) as pool:
        outputs = set(pool.map(run, range(4)))
    assert len(outputs) == 1
    assert len(list(temporary.iterdir())) == 1


def test_exit_codes_pass(mirror: Path, bare_python: Path, temporary: Path) -> None:
    environment = {"RUNNER_TEMP": str(temporary)}
    assert start(mirror, "no-such", python=bare_python, environment=environment).returncode == 2


def test_it_starts_outside_of_a_job(mirror: Path, bare_python: Path, temporary: Path) -> None:
    environment = {"TMPDIR": str(temporary), "TEMP": str(temporary)}
    done = start(mirror, "--version", python=bare_python, environment=environment)
    assert done.returncode == 0, done.stderr


def test_a_poisoned_workspace_has_no_effect(
    mirror: Path, bare_python: Path, temporary: Path, tmp_path: Path
) -> None:
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    marker = tmp_path / "ran"
    planted = f"open({str(marker)!r}, 'w').write(__name__)\n"
    for name in ("click", "json", "yaml", "sitecustomize", "launchready", "zipfile", "pip"):
        (workspace / f"{name}.py").write_text(planted, encoding="utf-8")
    environment = {
        "RUNNER_TEMP": str(temporary),
        "PYTHONPATH": str(workspace),
        "PYTHONSTARTUP": str(workspace / "click.py"),
        "PYTHONINSPECT": "1",
        "PYTHONHOME": str(workspace),
        "PYTHONWARNINGS": "error",
    }
    done = start(mirror, "steps", python=bare_python, environment=environment, cwd=workspace)
    assert done.returncode == 0, done.stderr
    assert "secret-scan" in done.stdout
    assert not marker.exists()


def test_a_release_of_the_monorepo_has_the_bundle_in_dist(
    dist: Path, bare_python: Path, temporary: Path, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "actions", tmp_path / "tree" / "actions")
    (tmp_path / "tree" / "dist").mkdir()
    shutil.copy(dist / "launchready.pyz", tmp_path / "tree" / "dist")
    environment = {"RUNNER_TEMP": str(temporary)}
    tree = tmp_path / "tree" / "actions"
    done = start(tree, "--version", python=bare_python, environment=environment)
    assert done.returncode == 0, done.stderr


def test_the_source_tree_runs_with_what_is_installed(temporary: Path) -> None:
    environment = {"RUNNER_TEMP": str(temporary)}
    done = start(
        ROOT / "actions", "--version", python=Path(sys.executable), environment=environment
    )
    if not (ROOT / "dist" / "launchready.pyz").exists():
        assert list(temporary.iterdir()) == []
    assert done.returncode == 0, done.stderr


@pytest.fixture
def python_with_pip(bare_python: Path, tmp_path: Path) -> Path:
    """A Python of its own that can install and has nothing installed."""
    if sys.platform == "win32":
        pytest.skip("links to pip, which Windows lets only administrators do")
    where = [*_pip()[:2], "-c", "import pip; print(pip.__path__[0])"]
    pip = subprocess.run(where, capture_output=True, text=True, check=True, timeout=60).stdout
    folder = tmp_path / "with pip"
    shutil.copytree(bare_python.parents[1], folder, symlinks=True)
    (site,) = folder.glob("lib/python3.*/site-packages")
    (site / "pip").symlink_to(pip.strip())
    return folder / "bin" / "python3"


@pytest.fixture
def source_tree(tmp_path: Path) -> Path:
    """A source tree that locks click alone, which is all that `--version` needs."""
    tree = tmp_path / "tree"
    shutil.copytree(ROOT / "actions", tree / "actions")
    shutil.copytree(ROOT / "src", tree / "src", ignore=shutil.ignore_patterns("__pycache__"))
    (tree / "requirements").mkdir()
    lock = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    (click,) = (pin for pin in parse_lock(lock) if pin.name == "click")
    hashes = "".join(f" \\\n    --hash=sha256:{each}" for each in sorted(click.hashes))
    (tree / "requirements" / "run.txt").write_text(f"click=={click.version}{hashes}\n", "utf-8")
    return tree


OFFLINE = {"PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull}


def test_the_source_tree_installs_what_it_needs_once(
    dist: Path, source_tree: Path, python_with_pip: Path, temporary: Path
) -> None:
    del dist  # building it fetched the wheels
    environment = {"RUNNER_TEMP": str(temporary), **OFFLINE}
    wheels = {"PIP_FIND_LINKS": str(ROOT / "dist" / "wheels")}
    actions = source_tree / "actions"
    for nearby in (wheels, {}):
        done = start(
            actions, "--version", python=python_with_pip, environment={**environment, **nearby}
        )
        assert done.stdout.startswith("launchready "), done.stdout + done.stderr
    assert len(list(temporary.iterdir())) == 1


def test_a_failed_installation_is_one_line(
    source_tree: Path, python_with_pip: Path, temporary: Path
) -> None:
    environment = {"RUNNER_TEMP": str(temporary), **OFFLINE}
    actions = source_tree / "actions"
    done = start(actions, "--version", python=python_with_pip, environment=environment)
    assert done.returncode == 3
    assert done.stdout.startswith("::error title=launchready cannot install what it needs::")
    assert done.stdout.count("\n") == 1
    assert "Traceback" not in done.stderr
    assert list(temporary.iterdir()) == []


def test_without_pip_the_line_says_so(
    source_tree: Path, bare_python: Path, temporary: Path
) -> None:
    environment = {"RUNNER_TEMP": str(temporary)}
    actions = source_tree / "actions"
    done = start(actions, "--version", python=bare_python, environment=environment)
    assert (done.returncode, "No module named pip" in done.stdout) == (3, True)


@pytest.fixture
def native_tree(mirror: Path, tmp_path: Path) -> Path:
    """The mirror tree with a native lock that names a small wheel of ours."""
    tree = tmp_path / "native"
    shutil.copytree(mirror, tree)
    wheel = tree / "extra_engine-1.0-py3-none-any.whl"
    about = "extra_engine-1.0.dist-info"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("sitecustomize_extra.py", "")
        archive.writestr(
            f"{about}/METADATA", "Metadata-Version: 2.1\nName: extra-engine\nVersion: 1.0\n"
        )
        archive.writestr(
            f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr(f"{about}/RECORD", "")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    lock = f"extra-engine==1.0 ; python_version > '3' \\\n    --hash=sha256:{digest}\n"
    (tree / "requirements" / "native.txt").write_text(lock, encoding="utf-8")
    return tree


def test_native_extras_are_installed_by_hash(
    native_tree: Path, python_with_pip: Path, temporary: Path
) -> None:
    environment = {
        "RUNNER_TEMP": str(temporary),
        "LAUNCHREADY_NATIVE": "true",
        "PIP_FIND_LINKS": str(native_tree),
        **OFFLINE,
    }
    done = start(native_tree, "--version", python=python_with_pip, environment=environment)
    assert (done.returncode, done.stdout[:12]) == (0, "launchready "), done.stdout + done.stderr
    (folder,) = temporary.glob("launchready-native-*")
    assert (folder / "sitecustomize_extra.py").exists()


@pytest.mark.parametrize("fault", ["no index", "another hash"])
def test_without_native_extras_it_goes_on(
    fault: str, native_tree: Path, python_with_pip: Path, temporary: Path
) -> None:
    environment = {"RUNNER_TEMP": str(temporary), "LAUNCHREADY_NATIVE": "true", **OFFLINE}
    if fault == "another hash":
        environment["PIP_FIND_LINKS"] = str(native_tree)
        lock = native_tree / "requirements" / "native.txt"
        lock.write_text(f"extra-engine==1.0 --hash=sha256:{'0' * 64}\n", encoding="utf-8")
    done = start(native_tree, "--version", python=python_with_pip, environment=environment)
    warning, version = done.stdout.splitlines()
    assert warning.startswith("::warning title=launchready goes on without its native engine::")
    assert version.startswith("launchready ")
    assert done.returncode == 0
    assert not list(temporary.glob("launchready-native-*"))


def test_native_is_true_or_false(mirror: Path, bare_python: Path, temporary: Path) -> None:
    environment = {"RUNNER_TEMP": str(temporary), "LAUNCHREADY_NATIVE": "yes"}
    done = start(mirror, "--version", python=bare_python, environment=environment)
    assert done.returncode == 2
    assert (
        done.stdout == "::error title=launchready has a wrong input::native takes true or false\n"
    )


def test_reports_go_to_the_temporary_folder(
    mirror: Path, bare_python: Path, temporary: Path, tmp_path: Path
) -> None:
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    environment = {"RUNNER_TEMP": str(temporary)}
    start(mirror, "secret-scan", python=bare_python, environment=environment, cwd=workspace)
    report = json.loads((temporary / "launchready-reports" / "secret-scan.json").read_bytes())
    assert report["step"] == "secret-scan"
    assert list(workspace.iterdir()) == []
