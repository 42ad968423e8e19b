"""Imports point down the floors, in no circle, and start-up loads nothing heavy."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src"

# Each floor may import its own package and lower floors.
FLOORS = {
    "frozen": 0,
    "regex": 0,
    "trees": 1,
    "errors": 1,
    "model": 2,
    "facts": 3,
    "catalog": 3,
    "config": 4,
    "gateways": 5,
    "site": 5,
    "documents": 5,
    "policy": 5,
    "reporters": 5,
    "adoption": 6,
    "stack": 6,
    "step": 6,
    "steps": 7,
    "runner": 7,
    "registry": 8,
    "cli": 9,
    "generate": 10,
    "__main__": 11,
}

HEAVY = (
    "asyncio",
    "concurrent.futures.process",
    "detect_secrets",
    "dns",
    "httpx",
    "hyperscan",
    "jsonschema",
    "multiprocessing",
    "pg8000",
    "playwright",
    "pymysql",
    "requests",
    "tree_sitter",
    "yaml",
)

MODULES = {
    ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(SOURCE.rglob("*.py"))
}


def imports_of(module: str) -> set[str]:
    """The launchready modules that a module imports anywhere in its text."""
    found = set()
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{module} has a relative import"
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in MODULES else node.module for name in names}
    return {name for name in found if name in MODULES and name != "launchready"}


def floor_of(module: str) -> tuple[str, int]:
    """The package below `launchready` that a module belongs to, and its floor."""
    package = module.split(".")[1]
    return package, FLOORS[package]


@pytest.mark.parametrize("module", [m for m in MODULES if m != "launchready"])
def test_imports_point_down(module: str) -> None:
    package, floor = floor_of(module)
    for imported in imports_of(module):
        other, other_floor = floor_of(imported)
        assert other == package or other_floor < floor, f"{module} imports {imported}"


def test_no_circles() -> None:
    graph = {module: imports_of(module) - {module} for module in MODULES}
    while graph:
        leaves = {module for module, needs in graph.items() if not needs & graph.keys()}
        assert leaves, f"these import each other in a circle: {sorted(graph)}"
        graph = {module: needs for module, needs in graph.items() if module not in leaves}


# Deliveries are judged by one engine, wherever they are met.
BORROWED = {"launchready.steps.smoke_test.scripts.secrets": "secret_scan"}


def test_steps_do_not_import_each_other() -> None:
    for module in MODULES:
        if module.startswith("launchready.steps."):
            own = module.split(".")[2]
            others = {m for m in imports_of(module) if m.startswith("launchready.steps.")}
            assert {m.split(".")[2] for m in others} <= {own, BORROWED.get(module, own)}, module


# What a commit of clean files never needs: reports in other formats, findings, archives, history.
NOT_STAGED = (
    "bz2",
    "concurrent",
    "difflib",
    "hashlib",
    "hmac",
    "html",
    "lzma",
    "random",
    "shutil",
    "tempfile",
    "textwrap",
    "traceback",
    "launchready.config.compose",
    "launchready.config.document",
    "launchready.config.schema",
    "launchready.gateways.artifacts",
    "launchready.gateways.github",
    "launchready.gateways.git_deepen",
    "launchready.gateways.git_history",
    "launchready.gateways.git_lfs",
    "launchready.gateways.unpack.documents",
    "launchready.gateways.unpack.zips",
    "launchready.gateways.verifier",
    "launchready.generate",
    "launchready.reporters.annotations",
    "launchready.reporters.finding_text",
    "launchready.reporters.json_report",
    "launchready.reporters.sarif",
    "launchready.reporters.summary",
    "launchready.steps.env_lint",
    "launchready.steps.secret_scan.adoption.read",
    "launchready.steps.secret_scan.attribute",
    "launchready.steps.secret_scan.custom.refusals",
    "launchready.steps.secret_scan.expressions",
    "launchready.steps.secret_scan.memory",
    "launchready.steps.secret_scan.past",
    "launchready.steps.secret_scan.ranges",
    "launchready.steps.secret_scan.remember",
    "launchready.steps.secret_scan.scanning.describe",
    "launchready.steps.secret_scan.scanning.hidden",
    "launchready.steps.secret_scan.verify",
)


def run(words: list[str], folder: Path) -> tuple[str, set[str]]:
    """What the program prints, and the modules that it has loaded by its end."""
    code = (
        "import atexit, sys\n"
        f"sys.argv = ['launchready', *{words!r}]\n"
        "atexit.register(lambda: print(*sys.modules, file=sys.stderr))\n"
        "from launchready.__main__ import main\n"
        "main()\n"
    )
    others = ("COVERAGE", "GITHUB", "GITLAB", "LAUNCHREADY")
    environ = {n: v for n, v in os.environ.items() if not n.startswith(others) and n != "CI"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env=environ | {"XDG_CACHE_HOME": str(folder / "cache")},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout, set(done.stderr.split())


def below(names: tuple[str, ...], loaded: set[str]) -> set[str]:
    """Those of the names that are loaded, or that a loaded module lies in."""
    return {n for n in names for m in loaded if m == n or m.startswith(f"{n}.")}


@pytest.mark.parametrize("words", [["--help"], ["secret-scan", "--help"], ["check", "--help"]])
def test_help_loads_nothing_heavy(words: list[str], tmp_path: Path) -> None:
    shown, loaded = run(words, tmp_path)
    assert "Usage: launchready" in shown
    assert "click" in loaded
    assert not below(HEAVY, loaded)


def test_a_clean_commit_loads_only_what_it_needs(tmp_path: Path) -> None:
    """The hook runs at every commit, and most of its time is the loading of modules."""
    (tmp_path / "pay.py").write_text('token = load("PAY_TOKEN")\npassword = None\n')
    for words in (["init", "-q"], ["add", "pay.py"]):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    shown, loaded = run(["secret-scan", "--staged"], tmp_path)
    assert "Looked at 1 staged file" in shown
    assert "launchready.steps.secret_scan.judging.confirm" in loaded
    missing = {n for n in NOT_STAGED if n.startswith("launchready.") and n not in MODULES}
    assert not missing, "these were renamed"
    assert not below(HEAVY + NOT_STAGED, loaded)
