"""A step that breaks: exit code 4, a report that says where, and nothing that it was reading."""

import json
import sys

import pytest
from tests.repository import Repository
from tests.unit.cli.broken import KEY

from launchready.cli import baseline, run
from launchready.cli.main import main
from launchready.registry import Entry

BROKEN = Entry(name="secret-scan", summary="Breaks.", module="tests.unit.cli.broken")


@pytest.fixture
def shop(shop_folder: Repository, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """The present folder is a repository, and the one step breaks."""
    monkeypatch.chdir(shop_folder.path)
    for module in (run, baseline):
        monkeypatch.setattr(module, "STEPS", {BROKEN.name: BROKEN})
    return shop_folder


@pytest.fixture
def shop_folder(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """A repository of one file."""
    repository = Repository.at(tmp_path_factory.mktemp("shop"))
    repository.commit({"page.py": "print('tea')\n"})
    return repository


def ended(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """The exit code of a command line."""
    monkeypatch.setattr(sys, "argv", ["launchready", *words])
    with pytest.raises(SystemExit) as end:
        main()
    assert isinstance(end.value.code, int)
    return end.value.code


def test_check_says_where_and_leaves_a_report(
    shop: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(monkeypatch, "check", "--report", "json=out.json", "--exit-zero") == 4
    said = capsys.readouterr()
    text = (shop.path / "out.json").read_text("utf-8")
    assert KEY not in said.out + said.err + text
    assert said.err.startswith("error: launchready broke: ValueError\n")
    assert "broken.py" in said.err
    (report,) = json.loads(text)["reports"]
    assert report["verdict"] == "errored"
    assert "broken.py" in report["failure"]["traceback"]


def test_baseline_writes_nothing(
    shop: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(monkeypatch, "baseline") == 4
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("error: launchready broke: ValueError\n")
    assert KEY not in said.err
    assert not (shop.path / ".launchready").exists()
