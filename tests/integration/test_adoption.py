"""A repository that has another scanner already: what was accepted there is accepted here."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.integration.command import Done, launchready
from tests.repository import Repository, live_key

KEY, OTHER = live_key(1), live_key(2)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository.at(tmp_path / "repository")


def scan(repository: Repository, *words: str) -> Done:
    return launchready("secret-scan", "--format", "json", *words, folder=repository.path)


def statuses(done: Done) -> dict[str, str]:
    """Where each finding is -> new, or by what it is accepted."""
    return {_place(each): _status(each) for each in done.findings}


def _place(finding: dict[str, Any]) -> str:
    location = finding["location"]
    return f"{location['path']}:{location['line']}"


def _status(finding: dict[str, Any]) -> str:
    suppression = finding.get("suppression")
    return str(suppression["by"] if suppression else finding["status"])


def test_a_baseline_of_detect_secrets(repository: Repository) -> None:
    repository.commit({"src/a.py": f"key = '{KEY}'\n", "src/b.py": "x = 1\n"})
    made = subprocess.run(
        [sys.executable, "-m", "detect_secrets", "scan"],
        cwd=repository.path,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    repository.commit({".secrets.baseline": made.stdout, "src/b.py": f"key = '{OTHER}'\n"})
    done = scan(repository)
    line = next(n for n, text in enumerate(made.stdout.split("\n"), 1) if "hashed_secret" in text)
    assert statuses(done) == {"src/a.py:1": f".secrets.baseline:{line}", "src/b.py:1": "new"}
    assert done.findings[1]["suppression"]["reason"] == "in .secrets.baseline"
    assert ".secrets.baseline accepts 1 finding\n" in done.stderr
    assert done.code == 1
    assert set(statuses(scan(repository, "--no-adopt")).values()) == {"new"}


def test_a_value_that_is_elsewhere_too_is_not_accepted(repository: Repository) -> None:
    repository.commit({"a.py": f"key = '{KEY}'\n"})
    repository.write({".gitleaksignore": "a.py:stripe-access-token:1\n"})
    assert statuses(scan(repository)) == {"a.py:1": ".gitleaksignore:1"}
    repository.commit({"b.py": f"key = '{KEY}'\n"})
    assert statuses(scan(repository)) == {"b.py:1": "new"}


def test_a_fingerprint_with_its_commit(repository: Repository) -> None:
    commit = repository.commit({"a.py": f"key = '{KEY}'\n"})
    repository.commit({"a.py": f"import os\n\nkey = '{KEY}'\n", "b.py": f"key = '{OTHER}'\n"})
    repository.commit(
        {
            ".gitleaksignore": f"# rotated\n{commit}:a.py:stripe-access-token:1\nnonsense\n",
            "b.py": "",
        }
    )
    done = scan(repository)
    assert statuses(done) == {"a.py:3": ".gitleaksignore:2", "b.py:1": "new"}
    assert (
        ".gitleaksignore:3: it is neither file:rule:line nor commit:file:rule:line" in done.stderr
    )


def test_allow_lists_of_gitleaks(repository: Repository) -> None:
    third = live_key(3)
    repository.commit(
        {
            "testdata/a.py": f"key = '{KEY}'\n",
            "src/b.py": f"key = '{OTHER}'  # from the docs\n",
            "src/c.py": f"key = '{third}'\n",
            ".gitleaks.toml": "[[allowlists]]\ndescription = 'made up'\npaths = ['^testdata/']\n"
            "[[allowlists]]\nregexTarget = 'line'\nregexes = ['# from the docs$', '(?=x)']\n",
        }
    )
    done = scan(repository)
    assert statuses(done) == {
        "src/b.py:1": ".gitleaks.toml:6",
        "src/c.py:1": "new",
        "testdata/a.py:1": ".gitleaks.toml:2",
    }
    assert {each["suppression"]["reason"] for each in done.findings if "suppression" in each} == {
        "made up",
        "in an allow-list of .gitleaks.toml",
    }
    assert (
        ".gitleaks.toml:6: this expression is not heeded: it looks ahead or behind" in done.stderr
    )


def test_what_only_the_history_holds(repository: Repository) -> None:
    first = repository.commit({"a.py": f"key = '{KEY}'\n"})
    repository.commit({"a.py": ""})
    repository.commit({".gitleaks.toml": f"[allowlist]\ncommits = ['{first}']\n"})
    assert statuses(scan(repository)) == {"a.py:1": ".gitleaks.toml:2"}
    again = repository.commit({"b.py": f"key = '{KEY}'\n"}, date="2026-04-01")
    repository.commit({"b.py": ""}, date="2026-04-02")
    assert statuses(scan(repository)) == {"a.py:1": "new"}
    repository.write({".gitleaks.toml": f"[allowlist]\ncommits = ['{first}', '{again}']\n"})
    assert statuses(scan(repository)) == {"a.py:1": ".gitleaks.toml:2"}
