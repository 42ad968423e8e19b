"""A kind of secret of one's own, from the config file to every place where a rule counts."""

import json
from pathlib import Path

import pytest
from tests.integration.command import launchready
from tests.repository import Repository

from launchready.steps.secret_scan.custom.refusals import filled

CONFIG = """\
version: 1
secret-scan:
  custom:
    - id: acme-internal-token
      title: ACME internal token
      opens: call every internal API
      revoke: Run `acme tokens revoke`.
      shape: "acme_{alnum:32}"
      good: ['ACME_TOKEN="acme_{alnum:32}"']
      bad: ['acme_YOUR_TOKEN_HERE']
    - id: acme-header
      title: ACME header
      opens: call every internal API
      revoke: Run `acme tokens revoke`.
      regex: '(?i)x-acme-key: (?P<secret>[0-9a-f]{40})'
      good: ['X-Acme-Key: {hex:40}']
"""
TOKEN, HEADER = filled("acme_{alnum:32}", "here"), filled("{hex:40}", "here")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    repository = Repository.at(tmp_path / "repository")
    repository.commit({"launchready.yml": CONFIG})
    return repository


def test_it_is_found_explained_and_accepted_as_any_other(repository: Repository) -> None:
    path = repository.path
    assert launchready("secret-scan", "--format", "json", folder=path).findings == []
    repository.commit({"a.py": f"k = '{TOKEN}'\n", "b.sh": f"curl -H 'X-Acme-Key: {HEADER}'\n"})
    done = launchready(
        "secret-scan", "--report", "sarif=out.sarif", "--format", "json", folder=path
    )
    assert [(each["rule"], each["location"]["path"]) for each in done.findings] == [
        ("acme-internal-token", "a.py"),
        ("acme-header", "b.sh"),
    ]
    assert done.findings[0]["message"].startswith("ACME internal token acme_********")
    assert TOKEN not in done.stdout + done.stderr + (path / "out.sarif").read_text()
    sarif = json.loads((path / "out.sarif").read_text())
    rules = {rule["id"] for rule in sarif["runs"][0]["tool"]["driver"]["rules"]}
    assert {"acme-internal-token", "acme-header"} <= rules
    told = launchready("explain", "acme-internal-token", folder=path)
    assert "Whoever holds it can call every internal API." in told.stdout
    assert launchready("baseline", folder=path).code == 0
    assert launchready("secret-scan", folder=path).code == 0


def test_its_rule_can_be_named_in_the_config(repository: Repository) -> None:
    repository.commit(
        {
            "a.py": f"k = '{TOKEN}'\n",
            "b.sh": f"X-Acme-Key: {HEADER} # launchready: ignore[acme-header] made up\n",
            "launchready.yml": f"{CONFIG}rules: {{acme-internal-token: {{severity: note}}}}\n",
        }
    )
    done = launchready("check", "--format", "json", folder=repository.path)
    report, *_ = json.loads(done.stdout)["reports"]
    assert [(f["rule"], f["severity"], f["status"]) for f in report["findings"]] == [
        ("acme-internal-token", "note", "new"),
        ("acme-header", "error", "suppressed"),
    ]
    assert done.code == 0


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("alnum:32}\"\n", "alnm:32}\"\n", "8:14: secret-scan.custom[0].shape: has an unknown run"),
        ("_YOUR_TOKEN_HERE", "_{alnum:32}", "10:13: secret-scan.custom[0].bad[0]: is found"),
        ("{hex:40}'", "{hex:39}'", "16:14: secret-scan.custom[1].good[0]: is not found"),
        ("id: acme-header", "id: private-key", "11:11: secret-scan.custom[1].id: is the id of"),
        ("      good: ['X-Acme-Key: {hex:40}']\n", "", "11:7: secret-scan.custom[1].good: is miss"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(
    repository: Repository, old: str, new: str, fault: str
) -> None:
    assert CONFIG.count(old) == 1
    repository.write({"launchready.yml": CONFIG.replace(old, new)})
    done = launchready("secret-scan", folder=repository.path)
    assert done.code == 2
    assert f"launchready.yml:{fault}" in done.stderr


def test_a_config_that_is_wrong_stops_what_needs_it_and_no_more(repository: Repository) -> None:
    repository.write({"launchready.yml": CONFIG.replace("acme_{alnum", "{alnum")})
    assert launchready("check", folder=repository.path).code == 2
    assert launchready("config", "check", folder=repository.path).code == 2
    assert launchready("explain", "acme-header", folder=repository.path).code == 2
    assert launchready("explain", "private-key", folder=repository.path).code == 0
