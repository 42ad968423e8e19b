"""What is ready before the first step: which steps run, whose gate counts, what is refused."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from tests.repository import Repository

from launchready.cli.read_baseline import read_baseline
from launchready.cli.session import Session, config_path, prepare
from launchready.cli.settings import RunSettings
from launchready.config.load import Layout, Override, load_config
from launchready.config.setting import setting
from launchready.errors import ConfigError, LaunchReadyError
from launchready.gateways import Gateways
from launchready.gateways.git import Git
from launchready.gateways.progress import Progress
from launchready.model import Target
from launchready.policy.settings import OnlyNew, PolicySettings, StepPolicySettings, Threshold
from launchready.registry import STEPS as REGISTERED
from launchready.runner import Circumstances
from launchready.step import Step


@dataclass(frozen=True, kw_only=True)
class AnySettings:
    """Settings of a step that does nothing."""

    depth: int = setting("How deep.", default=1)


def step_named(name: str, *, applies: bool = True) -> Step[AnySettings]:
    """A step that does nothing."""

    def observe(settings: AnySettings, gateways: Gateways) -> Iterator[object]:
        return iter(())

    return Step(
        name=name,
        settings=AnySettings,
        observe=observe,
        rules=(),
        recognises=lambda gateways: applies,
        sees_everything=lambda settings: True,
    )


STEPS = (step_named("one"), step_named("two"), step_named("three", applies=False))


@pytest.fixture
def session(tmp_path: Path) -> Callable[[str], Session]:
    """A session of three steps with a config of this text."""

    def make(text: str) -> Session:
        sections: dict[str, tuple[type, ...]] = {
            step.name: (StepPolicySettings, step.settings) for step in STEPS
        }
        layout = Layout(root=(PolicySettings,), sections=sections)
        content = f"version: 1\n{text}".encode() if text else None
        return Session(
            config=load_config(content, "launchready.yml", layout, overrides={}, environ={}),
            config_path="launchready.yml",
            known_rules=frozenset(),
            gateways=Gateways(root=tmp_path, git=Git(tmp_path), progress=Progress(None)),
            circumstances=Circumstances(target=Target()),
            baseline=None,
            changes=None,
        )

    return make


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("", ["one", "two"], id="no config: those that apply"),
        pytest.param("fail-on: note\n", ["one", "two"], id="no section: those that apply"),
        pytest.param("two: {depth: 2}\n", ["one", "two"], id="a section leaves out no other"),
        pytest.param("two:\none:\n", ["one", "two"], id="in the order of the list"),
        pytest.param("three:\n", ["one", "two", "three"], id="also where it seems not to apply"),
    ],
)
def test_which_steps_run(session: Callable[[str], Session], text: str, names: list[str]) -> None:
    assert [step.name for step in session(text).choose(STEPS)] == names


def test_what_is_left_out_is_told_with_the_reason(session: Callable[[str], Session]) -> None:
    steps = (*STEPS, replace(step_named("live"), is_live=True))
    here = session("")
    told = {each.step: each.reason for each in here.left_out(steps, here.choose(steps))}
    assert told == {
        "three": "nothing in this repository asks for that",
        "live": "what is deployed is asked with `--live URL`, or by `launchready STEP`,"
        " after a deploy",
    }


def test_there_is_a_report_of_each(session: Callable[[str], Session]) -> None:
    reports = session("one:\ntwo:\n").run(STEPS[:2])
    assert [report.step for report in reports] == ["one", "two"]


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A repository, and the present folder in it."""
    repository = Repository.at(tmp_path / "shop")
    repository.commit({"app/page.py": "print('tea')\n"})
    monkeypatch.chdir(repository.path)
    return repository


def prepared(shop: Repository, text: str, **overrides: Any) -> Session:
    """The session of a config and of words on the command line."""
    shop.write({"launchready.yml": f"version: 1\n{text}\n"})
    given = {
        ("", name.replace("_", "-")): Override(value=value, origin="command line")
        for name, value in overrides.items()
    }
    every = tuple(entry.load() for entry in REGISTERED.values())
    return prepare(RunSettings(), every, given)


def test_the_command_lines_gate_is_nearer_than_a_sections(shop: Repository) -> None:
    text = "fail-on: note\nsecret-scan: {fail-on: warning}"
    assert prepared(shop, text).config.of(StepPolicySettings, "secret-scan").fail_on is (
        Threshold.WARNING
    )
    config = prepared(shop, text, fail_on=Threshold.NEVER).config
    assert config.of(PolicySettings).fail_on is Threshold.NEVER
    assert config.of(StepPolicySettings, "secret-scan").fail_on is Threshold.NEVER


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("rules: {no-such: {severity: 'off'}}", ["2:9 rules.no-such"]),
        ("ignore: [{rule: no-such, reason: r}]", ["2:17 ignore[0].rule"]),
        (
            "ignore: [{rule: no-such, reason: r}]\nrules: {no-such: {fail-on: note}}",
            ["2:17 ignore[0].rule", "3:9 rules.no-such"],
        ),
        ("ignore: [{rule: no-*, reason: r}]\nrules: {unused-ignore: {severity: 'off'}}", []),
        ("rules: {github-token: {severity: note}}", []),
        ("ignore: [{path: a, reason: r}, {reason: r}]", ["2:41 ignore[1]"]),
    ],
    ids=[
        "in rules",
        "in ignore",
        "in both",
        "patterns and the policy's own",
        "one that there is",
        "an entry that names nothing",
    ],
)
def test_what_can_mean_nothing_is_refused(shop: Repository, text: str, places: list[str]) -> None:
    faults: tuple[Any, ...] = ()
    try:
        prepared(shop, text)
    except ConfigError as error:
        faults = error.faults
    assert [f"{fault.line}:{fault.column} {fault.setting}" for fault in faults] == places


@pytest.mark.parametrize(
    ("folder", "given", "shown"),
    [
        (".", "ours.yml", "ours.yml"),
        ("app", "../ours.yml", "ours.yml"),
        (".", "app/../ours.yml", "ours.yml"),
        (".", "../outside.yml", "../outside.yml"),
    ],
    ids=["at the top", "from within", "a detour", "outside"],
)
def test_a_config_is_named_as_the_repository_knows_it(
    shop: Repository, folder: str, given: str, shown: str
) -> None:
    path, name = config_path(RunSettings(config=given, directory=folder), shop.path)
    assert (path, name) == (Path(folder, given), shown)


def test_without_a_config_the_first_name_is_named(shop: Repository) -> None:
    assert config_path(RunSettings(), shop.path) == (None, "launchready.yml")


def test_a_link_is_named_and_not_what_it_points_to(shop: Repository) -> None:
    (shop.path / "launchready.yml").symlink_to("app/page.py")
    assert config_path(RunSettings(), shop.path)[1] == "launchready.yml"


def test_only_new_always_needs_a_base(shop: Repository) -> None:
    with pytest.raises(LaunchReadyError, match="there is no base"):
        prepared(shop, "only-new: always")
    assert prepared(shop, "only-new: never").changes is None
    assert prepared(shop, "", only_new=OnlyNew.NEVER).changes is None


@pytest.mark.parametrize(
    ("workspace", "path"),
    [("shop", "."), (".", "shop"), ("elsewhere", "."), (None, ".")],
    ids=["the workspace", "a folder of it", "outside of it", "no job"],
)
def test_where_the_workspace_has_the_repository(
    shop: Repository, workspace: str | None, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    if workspace:
        monkeypatch.setenv("GITHUB_WORKSPACE", str(shop.path.parent / workspace))
    assert prepared(shop, "").circumstances.target.path == path


def test_no_baseline_is_none(tmp_path: Path) -> None:
    assert read_baseline(tmp_path, "b.json") is None


def test_a_baseline_that_never_ends_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "b.json")
    with pytest.raises(LaunchReadyError, match="not a regular file"):
        read_baseline(tmp_path, "b.json")
