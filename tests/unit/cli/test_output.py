"""Where a report goes, and that one place which refuses it costs no other."""

import datetime
import json
import os
from pathlib import Path

import pytest
from tests.actions.runner_model import read_environment_file, run_log

from launchready.cli.output import Outputs, outputs_of, step_outputs, tell, write_run
from launchready.cli.run import _show
from launchready.cli.settings import Color, RunSettings
from launchready.errors import LaunchReadyError
from launchready.facts.ci import CiFacts
from launchready.model import Failure, FileLocation, Finding, Report, Run, Verdict
from launchready.reporters.style import Style

LAPTOP, JOB = CiFacts(), CiFacts(name="github")
STYLE = Style(color=False, width=100, verbose=False, version="1")
FINDING = Finding(message="it is here", location=FileLocation(path="a.py", line=1), identity="i")
BROKEN = Failure(message="it broke", hint="report it", traceback="File x")


def report(step: str = "secret-scan", verdict: Verdict = Verdict.PASSED, **more: object) -> Report:
    started = datetime.datetime(2026, 11, 24, tzinfo=datetime.UTC)
    return Report(step=step, verdict=verdict, started=started, seconds=0.1, **more)  # type: ignore[arg-type]


def run_of(*reports: Report, is_combined: bool = False) -> Run:
    verdict = reports[0].verdict
    return Run(reports=reports, verdict=verdict, command="launchready", is_combined=is_combined)


@pytest.mark.parametrize(
    ("settings", "ci", "expected"),
    [
        pytest.param(RunSettings(), LAPTOP, "text", id="text on a laptop"),
        pytest.param(RunSettings(), JOB, "github", id="annotations in a job"),
        pytest.param(RunSettings(format="json"), JOB, "json", id="what was asked for"),
        pytest.param(RunSettings(), CiFacts(name="gitlab"), "text", id="text in GitLab"),
    ],
)
def test_the_format_of_standard_output(settings: RunSettings, ci: CiFacts, expected: str) -> None:
    assert outputs_of(settings, ci).format == expected


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        pytest.param("120", 120, id="as the environment says"),
        pytest.param("0", 132, id="none is no width"),
        pytest.param("wide", 132, id="no number"),
        pytest.param("", 132, id="as the terminal says"),
    ],
)
def test_the_width_of_a_terminal(
    columns: str, expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    termios = pytest.importorskip("termios")
    leader, follower = os.openpty()
    termios.tcsetwinsize(follower, (24, 132))
    monkeypatch.setenv("COLUMNS", columns)
    with os.fdopen(follower, "w", encoding="utf-8") as terminal:
        monkeypatch.setattr("sys.stdout", terminal)
        assert outputs_of(RunSettings(), LAPTOP).style.width == expected
    os.close(leader)


def test_the_width_where_there_is_no_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    with (tmp_path / "log").open("w", encoding="utf-8") as file:
        monkeypatch.setattr("sys.stdout", file)
        assert outputs_of(RunSettings(), LAPTOP).style.width == 80


@pytest.mark.parametrize(
    ("color", "environ", "is_coloured"),
    [
        pytest.param(Color.ALWAYS, {"NO_COLOR": "1"}, True, id="asked for"),
        pytest.param(Color.NEVER, {"FORCE_COLOR": "1"}, False, id="refused"),
        pytest.param(Color.AUTO, {}, False, id="no terminal"),
        pytest.param(Color.AUTO, {"FORCE_COLOR": "1"}, True, id="forced by the environment"),
    ],
)
def test_colour(
    color: Color,
    environ: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    *,
    is_coloured: bool,
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert outputs_of(RunSettings(color=color), LAPTOP).style.color is is_coloured


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (RunSettings(report=("json",)), "--report takes FORMAT=FILE (got 'json')"),
        (RunSettings(report=("json=",)), "--report takes FORMAT=FILE (got 'json=')"),
        (RunSettings(report=("jsn=a",)), "--report knows no format 'jsn'; did you mean json?"),
        (RunSettings(report=("=a",)), "--report knows no format ''"),
        (RunSettings(format="sarf"), "--format knows no format 'sarf'; did you mean sarif?"),
        (RunSettings(report=("json=a", "sarif=./a")), "--report names the file a twice"),
    ],
)
def test_what_cannot_be_meant_is_refused(settings: RunSettings, message: str) -> None:
    with pytest.raises(LaunchReadyError) as raised:
        outputs_of(settings, LAPTOP)
    assert raised.value.message == message


def test_a_file_name_may_hold_an_equals_sign() -> None:
    assert outputs_of(RunSettings(report=("json=a=b",)), LAPTOP).files == (("json", Path("a=b")),)


def outputs_in(place: Path, **more: object) -> Outputs:
    """Two reports, of which the first cannot be written."""
    (place / "taken").write_text("", encoding="utf-8")
    files = (("json", place / "taken/a.json"), ("sarif", place / "b.sarif"))
    given: dict[str, object] = {"format": "text", "files": files, "folder": None, "style": STYLE}
    return Outputs(**(given | more))  # type: ignore[arg-type]


def test_a_place_that_refuses_costs_no_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ci = CiFacts(
        name="github", summary_path=tmp_path / "summary", outputs_path=tmp_path / "outputs"
    )
    with pytest.raises(LaunchReadyError, match=r"cannot write .*a\.json"):
        write_run(run_of(report()), outputs_in(tmp_path, folder=tmp_path / "all"), ci)
    assert (tmp_path / "b.sarif").exists()
    assert (tmp_path / "all/secret-scan.json").exists()
    assert (tmp_path / "summary").stat().st_size
    assert "PASSED" in capsys.readouterr().out
    assert not (tmp_path / "outputs").exists(), "the boundary tells them"


def test_outputs_that_cannot_be_written_are_told_after_the_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(LaunchReadyError, match="the file that GITHUB_OUTPUT names"):
        write_run(run_of(report()), outputs_in(tmp_path, files=()), CiFacts(outputs_path=tmp_path))
    assert "PASSED" in capsys.readouterr().out


def test_the_outputs_of_a_step(tmp_path: Path) -> None:
    ci = CiFacts(outputs_path=tmp_path / "outputs")
    run = run_of(report(verdict=Verdict.FAILED, findings=(FINDING, FINDING)))
    write_run(run, outputs_in(tmp_path, files=(), folder=tmp_path / "all"), ci, is_silent=True)
    assert read_environment_file((tmp_path / "outputs").read_bytes()) == {
        "verdict": "failed",
        "exit-code": "1",
        "new-findings": "2",
        "report-folder": str(tmp_path / "all"),
    }
    assert step_outputs(Verdict.ERRORED, 4) == {
        "verdict": "errored",
        "exit-code": "4",
        "new-findings": "0",
        "report-folder": "",
    }


def test_a_command_that_came_to_no_step_leaves_one_file(tmp_path: Path) -> None:
    run = run_of(report("check", Verdict.ERRORED, failure=BROKEN), is_combined=True)
    write_run(run, outputs_in(tmp_path, files=(), folder=tmp_path / "all"), LAPTOP, is_silent=True)
    (path,) = (tmp_path / "all").iterdir()
    assert json.loads(path.read_text("utf-8"))["reports"][0]["step"] == "check"


@pytest.mark.parametrize("is_alone", [True, False], ids=["the only step", "one of two"])
def test_a_step_that_broke_hides_no_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], *, is_alone: bool
) -> None:
    reports = [report(verdict=Verdict.ERRORED, failure=BROKEN)]
    if not is_alone:
        reports.append(report("other-scan", Verdict.FAILED, findings=(FINDING,)))
    _show(run_of(*reports, is_combined=True), outputs_in(tmp_path, files=()), LAPTOP)
    said = capsys.readouterr()
    assert "error: it broke" in said.err
    assert ("it is here" in said.out) is not is_alone
    assert bool(said.out) is not is_alone


def test_lines_that_are_no_report_are_harmless(capsys: pytest.CaptureFixture[str]) -> None:
    tell(["::error::x", "a ##[error]x", "\x1b[31m\r\n"])
    said = capsys.readouterr().out
    assert len(said.splitlines()) == 3
    assert run_log(said).commands == []
    assert "\x1b" not in said
