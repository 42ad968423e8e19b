"""The verdict in one line. Whatever was not examined never reads as a pass."""

from dataclasses import replace

import pytest
from tests.unit.reporters.factory import a_finding, a_report, a_run

from launchready.model import Failure, Run, Severity, Status, Unchecked, Verdict
from launchready.reporters.headline import counted, headline, listed

UNSEEN = Unchecked(target="t", reason="r", hint="h")
ERROR = a_finding()
WARNING = a_finding(severity=Severity.WARNING)
NOTE = a_finding(severity=Severity.NOTE)
KNOWN = a_finding(status=Status.KNOWN)
PASSED = Verdict.PASSED
UNCHECKED = Verdict.UNCHECKED
ERRORED = Verdict.ERRORED
STOPPED = a_report(verdict=ERRORED, failure=Failure(message="no\ngit", hint="h"))
LOST = a_report(verdict=UNCHECKED, unchecked=(UNSEEN, UNSEEN))
CLEAN = a_report(step="env-lint")


def _all(verdict: Verdict, *reports: object) -> Run:
    return a_run(*reports, is_combined=True, verdict=verdict)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        pytest.param(a_run(a_report()), "PASSED: secret-scan found nothing", id="clean"),
        pytest.param(
            a_run(a_report(KNOWN, verdict=PASSED)),
            "PASSED: secret-scan found nothing new",
            id="only known",
        ),
        pytest.param(
            a_run(a_report(WARNING, NOTE, verdict=PASSED)),
            "PASSED: secret-scan found nothing that blocks a launch; "
            "1 warning and 1 note to look at",
            id="below the gate",
        ),
        pytest.param(
            a_run(a_report(ERROR, verdict=PASSED)),
            "PASSED: secret-scan found 1 error, and `fail-on` lets them through",
            id="no gate",
        ),
        pytest.param(
            a_run(a_report(unchecked=(UNSEEN,))),
            "PASSED: secret-scan found nothing; 1 target was not examined, "
            "and `on-unchecked` accepts that",
            id="accepted unchecked",
        ),
        pytest.param(
            a_run(a_report(ERROR, ERROR, WARNING)),
            "NOT READY TO LAUNCH: secret-scan found 2 errors and 1 warning",
            id="failed",
        ),
        pytest.param(
            a_run(a_report(KNOWN)),
            "NOT READY TO LAUNCH: secret-scan found what must not be there",
            id="failed for another reason",
        ),
        pytest.param(
            a_run(a_report(ERROR, unchecked=(UNSEEN,))),
            "NOT READY TO LAUNCH: secret-scan found 1 error; 1 target was not examined",
            id="failed and unchecked",
        ),
        pytest.param(
            a_run(LOST),
            "NOT A PASS: secret-scan could not examine 2 targets; mend that and run again",
            id="unchecked",
        ),
        pytest.param(
            a_run(a_report(WARNING, verdict=UNCHECKED, unchecked=(UNSEEN,))),
            "NOT A PASS: secret-scan could not examine 1 target; what could be examined has "
            "1 warning; mend that and run again",
            id="unchecked with a warning",
        ),
        pytest.param(a_run(STOPPED), "NO VERDICT: secret-scan stopped: no git", id="errored"),
        pytest.param(
            _all(PASSED, a_report(), CLEAN),
            "GO: all 2 steps found nothing",
            id="all clean",
        ),
        pytest.param(
            _all(PASSED, a_report(unchecked=(UNSEEN,)), CLEAN),
            "GO WITH RISKS: all 2 steps found nothing; 1 target was not examined, "
            "and `on-unchecked` accepts that",
            id="not ready though accepted",
        ),
        pytest.param(
            _all(PASSED, a_report(ERROR, verdict=PASSED), CLEAN),
            "GO WITH RISKS: all 2 steps found 1 error, and `fail-on` lets them through",
            id="not ready though let through",
        ),
        pytest.param(
            _all(Verdict.FAILED, a_report(ERROR, WARNING), CLEAN, STOPPED),
            "NO-GO: 1 error in secret-scan; secret-scan stopped early",
            id="one failed, one stopped",
        ),
        pytest.param(
            _all(Verdict.FAILED, *(a_report(WARNING, step=f"s{n}") for n in range(5))),
            "NO-GO: 1 warning in s0, 1 warning in s1, 1 warning in s2 and 2 more",
            id="many failed",
        ),
        pytest.param(
            _all(Verdict.FAILED, a_report(KNOWN)),
            "NO-GO: a failure in secret-scan",
            id="combined, failed for another reason",
        ),
        pytest.param(
            _all(
                UNCHECKED,
                LOST,
                CLEAN,
                a_report(step="dns-check", unchecked=(UNSEEN,), verdict=UNCHECKED),
                a_report(step="env-lint", unchecked=(replace(UNSEEN, is_accepted=True),)),
            ),
            "NO-GO: 2 targets in secret-scan and 1 target in dns-check could not be examined; "
            "mend that and run again",
            id="several unchecked",
        ),
        pytest.param(
            _all(ERRORED, STOPPED, a_report(step="b", verdict=ERRORED)),
            "NO VERDICT: secret-scan and b stopped early",
            id="several stopped",
        ),
        pytest.param(_all(PASSED), "NO-GO: no step ran, so nothing was examined", id="none"),
    ],
)
def test_headline(run: Run, expected: str) -> None:
    assert str(headline(run)) == expected


def test_words() -> None:
    assert counted(1, "entry", "entries") == "1 entry"
    assert counted(0, "entry", "entries") == "0 entries"
    assert [listed([]), listed(["a"]), listed(["a", "b"]), listed("abc")] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
