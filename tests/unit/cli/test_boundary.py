"""Every exception ends in the documented exit code and in lines that hurt nobody."""

from pathlib import Path

import click
import pytest
from tests.actions.runner_model import read_environment_file, run_log
from tests.repository import live_key

from launchready.cli.boundary import error_boundary
from launchready.errors import ConfigError, Fault, LaunchReadyError

KEY = live_key(50)
FAULT = Fault(path="launchready.yml", line=2, column=1, setting="fail-on", message="is wrong")
HOSTILE = "::error::x\n##[error]x\x1b[31m\u202e"


def ended_by(error: BaseException, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """The exit code and both streams."""
    with pytest.raises(SystemExit) as end, error_boundary():
        raise error
    said = capsys.readouterr()
    assert isinstance(end.value.code, int)
    return end.value.code, said.out, said.err


@pytest.mark.parametrize(
    ("error", "code", "lines"),
    [
        pytest.param(
            LaunchReadyError("no", hint="do it so"), 2, ["error: no", "hint: do it so"], id="usage"
        ),
        pytest.param(
            ConfigError((FAULT,)),
            2,
            [
                "launchready.yml:2:1: fail-on: is wrong",
                "error: launchready.yml has 1 fault",
                "hint: mend the lines above; `launchready config schema` prints what is allowed",
            ],
            id="a wrong config, with every fault",
        ),
        pytest.param(
            click.UsageError("Got too much."),
            2,
            ["error: got too much", "hint: `launchready --help` says what it takes"],
            id="what click complains of",
        ),
        pytest.param(KeyboardInterrupt(), 130, ["interrupted: nothing was judged"], id="Ctrl-C"),
        pytest.param(click.Abort(), 130, ["interrupted: nothing was judged"], id="Ctrl-C in click"),
        pytest.param(SystemExit(3), 3, [], id="an exit code that is known already"),
    ],
)
def test_each_has_its_code_and_its_lines(
    error: BaseException, code: int, lines: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended_by(error, capsys) == (code, "", "".join(f"{line}\n" for line in lines))


def test_a_bug_has_its_place_and_not_its_words(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = ended_by(KeyError(KEY), capsys)
    assert (code, out) == (4, "")
    lines = err.splitlines()
    assert lines[0] == "error: launchready broke: KeyError"
    assert lines[-1].startswith("report it at https://")
    assert any("test_boundary.py" in line for line in lines)
    assert KEY not in err


def test_hostile_words_are_only_text(capsys: pytest.CaptureFixture[str]) -> None:
    _, _, err = ended_by(LaunchReadyError(HOSTILE, hint=HOSTILE), capsys)
    assert len(err.splitlines()) == 2
    assert run_log(err).commands == []
    assert "\x1b" not in err
    assert "\u202e" not in err


@pytest.fixture
def outputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file for the outputs of a job's step."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_OUTPUT", str(tmp_path / "output"))
    return tmp_path / "output"


@pytest.mark.parametrize(
    ("error", "code", "place"),
    [
        pytest.param(LaunchReadyError(HOSTILE, hint="h"), 2, None, id="usage"),
        pytest.param(ConfigError((FAULT,)), 2, ("launchready.yml", "2"), id="a wrong config"),
        pytest.param(KeyError(KEY), 4, None, id="a bug"),
    ],
)
def test_a_job_gets_an_annotation_and_the_outputs(
    error: Exception,
    code: int,
    place: tuple[str, str] | None,
    outputs: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    ended, out, _ = ended_by(error, capsys)
    assert ended == code
    (annotation,) = run_log(out).annotations
    assert annotation.level == "error"
    assert KEY not in out
    if place:
        assert (annotation.properties["file"], annotation.properties["line"]) == place
    told = read_environment_file(outputs.read_bytes())
    assert (told["verdict"], told["exit-code"], told["new-findings"]) == ("errored", str(code), "0")


def test_outputs_that_cannot_be_written_change_no_code(
    outputs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outputs.mkdir()
    assert ended_by(LaunchReadyError("no", hint="do"), capsys)[0] == 2


def test_without_an_error_nothing_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with error_boundary():
        pass
    assert capsys.readouterr() == ("", "")
