"""What a run leaves behind, whatever its end: reports, summary, outputs, and a quiet terminal."""

import json
import os
import shlex
import signal
import subprocess
import time
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from tests.actions.runner_model import read_environment_file, read_summary, run_log
from tests.integration.command import PROGRAM, in_actions, launchready, secret_scan_of
from tests.repository import Repository, live_key

from launchready.registry import STEPS

RULE = "stripe-live-secret-key"
KEY = live_key(30)
LEAK = f'key = "{KEY}"\n'
VERDICTS = {0: "passed", 1: "failed", 2: "errored", 3: "unchecked"}
FORMATS = ("text", "github", "summary", "json", "sarif", "junit", "gitlab")


def end_with(shop: Repository, code: int) -> tuple[str, ...]:
    """Make the next run end so; the words for it."""
    if code == 1:
        shop.write({"pay.py": LEAK})
    if code == 2:
        shop.write({"launchready.yml": "version: 1\nfail-onn: note\n"})
    return ("check", "--base-ref", "nowhere") if code == 3 else ("check",)


@pytest.mark.parametrize("code", VERDICTS)
def test_every_report_is_written_whatever_the_end(
    shop: Repository, tmp_path: Path, code: int
) -> None:
    words = end_with(shop, code)
    for name in FORMATS:
        words += ("--report", f"{name}={tmp_path}/out/report.{name}")
    done = launchready(*words, "--report-folder", str(tmp_path / "folder"), folder=shop.path)
    assert done.code == code, done.said
    texts = {name: (tmp_path / f"out/report.{name}").read_text("utf-8") for name in FORMATS}
    assert KEY not in "".join(texts.values()) + done.said
    whole = json.loads(texts["json"])
    assert whole["verdict"] == VERDICTS[code]
    assert json.loads((tmp_path / "folder/check.json").read_text("utf-8")) == whole
    assert_says(texts, whole["reports"][0] if code == 2 else secret_scan_of(whole), code)


def assert_says(texts: dict[str, str], report: Any, code: int) -> None:
    """Each format says why it is no pass, and of a pass nothing else."""
    assert report["verdict"] == VERDICTS[code]
    runs = json.loads(texts["sarif"])["runs"]
    results = [result for run in runs for result in run["results"]]
    junit = ET.fromstring(texts["junit"])  # noqa: S314 - our own
    said = texts["text"] + texts["summary"]
    match code:
        case 0:
            assert json.loads(texts["gitlab"]) == results == []
            assert not junit.findall(".//failure")
            assert not junit.findall(".//error")
        case 1:
            assert RULE in said
            assert [result["ruleId"] for result in results] == [RULE]
            assert [issue["check_name"] for issue in json.loads(texts["gitlab"])] == [RULE]
            assert junit.findall(".//failure")
        case 2:
            assert report["failure"]["faults"][0]["line"] == 2
            assert "fail-onn" in said
            assert [each["executionSuccessful"] for each in runs[0]["invocations"]] == [False]
            assert junit.findall(".//error")
        case _:
            assert report["unchecked"][0]["target"] == "the change since nowhere"
            assert "nowhere" in said
            assert junit.findall(".//error") or junit.findall(".//failure")


def test_the_folder_gets_a_file_for_each_step(shop: Repository, tmp_path: Path) -> None:
    words = ("--report-folder", str(tmp_path / "a/b"))
    shop.commit({"migrations/0001_a.up.sql": "CREATE TABLE notes (id bigint PRIMARY KEY);\n"})
    assert launchready("check", *words, folder=shop.path).code == 0
    before = [name for name, entry in STEPS.items() if not entry.load().is_live]
    names = {"check.json", *(f"{step}.json" for step in before)}
    assert {path.name for path in (tmp_path / "a/b").iterdir()} == names
    assert launchready("secret-scan", "--report-folder", "out", folder=shop.path).code == 0
    assert [path.name for path in (shop.path / "out").iterdir()] == ["secret-scan.json"]


def test_one_report_that_cannot_be_written_costs_none_of_the_others(
    shop: Repository, tmp_path: Path
) -> None:
    words = end_with(shop, 1)
    reports = ("--report", "sarif=README.md/x.sarif", "--report", "json=good.json")
    environ = in_actions(tmp_path / "job")
    done = launchready(*words, *reports, folder=shop.path, environ=environ)
    assert done.code == 2
    assert "cannot write README.md/x.sarif" in done.stderr
    assert json.loads((shop.path / "good.json").read_text("utf-8"))["verdict"] == "failed"
    assert RULE in done.stdout
    assert RULE in (tmp_path / "job/summary.md").read_text("utf-8")
    outputs = read_environment_file((tmp_path / "job/output").read_bytes())
    assert (outputs["verdict"], outputs["exit-code"]) == ("errored", "2")


@pytest.mark.parametrize("code", VERDICTS)
def test_a_job_has_its_summary_and_its_outputs(shop: Repository, tmp_path: Path, code: int) -> None:
    environ = in_actions(tmp_path / "job")
    (tmp_path / "job/summary.md").write_text("# Before\n", encoding="utf-8")
    done = launchready(
        *end_with(shop, code), "--report-folder", "out", folder=shop.path, environ=environ
    )
    assert done.code == code, done.said
    summary = read_summary((tmp_path / "job/summary.md").read_bytes())
    assert summary is not None
    assert summary.startswith("# Before\n")
    assert len(summary) > 100
    assert KEY not in summary
    outputs = read_environment_file((tmp_path / "job/output").read_bytes())
    assert outputs == {
        "verdict": VERDICTS[code],
        "exit-code": str(code),
        "new-findings": str(int(code == 1)),
        "report-folder": "out",
    }
    assert {each.level for each in run_log(done.stdout).annotations} == (
        {"error"} if code else set()
    )


def test_what_reads_no_further_ends_the_report_quietly(shop: Repository) -> None:
    shop.write({"pay.py": LEAK})
    for words, code in ((("check",), 1), (("steps",), 0), (("config", "schema"), 0)):
        reader, writer = os.pipe()
        os.close(reader)
        process = subprocess.run(
            [*PROGRAM, *words], cwd=shop.path, stdout=writer, stderr=subprocess.PIPE, check=False
        )
        os.close(writer)
        assert (process.returncode, process.stderr) == (code, b"")


def test_complaints_that_nobody_reads_change_no_exit_code(shop: Repository) -> None:
    for words, code in (((), 2), (("chekc",), 2), (("check", "--report", "json=app"), 2)):
        reader, writer = os.pipe()
        os.close(reader)
        process = subprocess.run(
            [*PROGRAM, *words], cwd=shop.path, stdout=writer, stderr=writer, check=False
        )
        os.close(writer)
        assert process.returncode == code


@pytest.mark.parametrize(
    "words",
    [
        ["check"],
        ["--help"],
        ["--version"],
        ["secret-scan", "--help"],
        ["config", "--help"],
        ["config", "schema", "--help"],
        ["explain", "--help"],
        ["steps"],
    ],
    ids=" ".join,
)
def test_an_output_that_is_full_is_one_line(shop: Repository, words: list[str]) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        process = subprocess.run(
            [*PROGRAM, *words], cwd=shop.path, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert process.returncode == 2
    told = process.stderr.decode().splitlines()
    assert told[0] == "error: cannot write to standard output: No space left on device"
    assert len(told) == 2


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_an_output_that_is_closed_changes_no_verdict(shop: Repository, closed: str) -> None:
    shop.write({"pay.py": LEAK})
    words = shlex.join([*PROGRAM, "check", "--report", "json=out.json"])
    done = subprocess.run(["sh", "-c", f"{words} {closed}"], cwd=shop.path, check=False)
    assert done.returncode == 1
    assert json.loads((shop.path / "out.json").read_text("utf-8"))["verdict"] == "failed"


def test_a_console_of_another_encoding_stops_no_report(shop: Repository) -> None:
    shop.write({"café ☕.py": LEAK})
    environ = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = launchready("check", folder=shop.path, environ=environ)
    assert done.code == 1
    assert "café ☕.py" in done.stdout


def slow_git(folder: Path, words: str) -> str:
    """A PATH on which git does not come to an end with these words; it says that it began."""
    folder.mkdir()
    real = subprocess.run(["which", "git"], capture_output=True, text=True, check=True).stdout
    script = f"""#!/bin/sh
case "$*" in *{words}*) touch "{folder}/began"; exec sleep 30;; esac
exec {real.strip()} "$@"
"""
    (folder / "git").write_text(script, encoding="utf-8")
    (folder / "git").chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("is_whole_group", [True, False], ids=["at a terminal", "by a runner"])
def test_an_interrupt_judges_nothing(
    shop: Repository, tmp_path: Path, jobs: str, *, is_whole_group: bool
) -> None:
    shop.commit({f"text/{number}.txt": f"{number}\n" for number in range(2_100)}, "Much to read")
    environ = {**os.environ, "PATH": slow_git(tmp_path / "bin", "--buffer")}
    process = subprocess.Popen(
        [*PROGRAM, "check", "--jobs", jobs, "--report", "json=out.json"],
        cwd=shop.path,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    deadline = time.monotonic() + 30
    while not (tmp_path / "bin/began").exists():
        assert time.monotonic() < deadline, process.communicate()
        time.sleep(0.02)
    if is_whole_group:
        os.killpg(process.pid, signal.SIGINT)
    else:
        process.send_signal(signal.SIGINT)
    stdout, stderr = process.communicate(timeout=10)
    assert process.returncode == 130, stderr
    assert stdout == ""
    assert stderr.strip() == "interrupted: nothing was judged"
    assert not (shop.path / "out.json").exists()
