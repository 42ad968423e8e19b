"""The job summary is short enough to be kept, and says what it leaves out."""

from dataclasses import replace

import pytest
from tests.actions.runner_model import read_summary
from tests.unit.reporters.factory import a_finding, a_report, a_run, many, rendered

from launchready.errors import Fault
from launchready.model import (
    CodeLine,
    Evidence,
    Failure,
    FileLocation,
    Finding,
    Related,
    Report,
    Run,
    Severity,
    Status,
    Suppression,
    Target,
    Unchecked,
    Verdict,
)
from launchready.reporters.markdown_table import SHARE_BYTES, bounded, table
from launchready.reporters.summary import LIMIT_BYTES, MOST_DETAILS, MOST_ROWS

WORST = "\U000e0001"  # one character that takes eleven bytes once it is visible in Markdown


def _huge(letter: str) -> Run:
    text = letter * 3_000
    location = FileLocation(path=text, line=1, column=1)
    finding = Finding(
        message=text,
        location=location,
        identity="",
        impact=text,
        fix=text,
        related=(Related(message=text, location=location),) * 50,
        evidence=Evidence(
            code=(CodeLine(number=1, text=text),) * 50, measured=((text, text),) * 50
        ),
        introduced=text,
        rule=text,
        suppression=Suppression(by=text, reason=text),
    )
    report = Report(
        step=text,
        verdict=Verdict.FAILED,
        started=a_report().started,
        seconds=1,
        target=Target(commit="abc", repository_url=f"https://a.example/{'a' * 20_000}"),
        findings=(finding,) * 200 + (replace(finding, status=Status.KNOWN),) * 200,
        unchecked=(Unchecked(target=text, reason=text, hint=text),) * 500,
        prunable=(text,) * 500,
        failure=Failure(
            message=text,
            hint=text,
            faults=(Fault(path=text, line=1, column=1, setting=text, message=text),) * 500,
            traceback=f"{text}\n" * 50,
        ),
    )
    return Run(reports=(report,) * 20, verdict=Verdict.FAILED, command=text, is_combined=True)


@pytest.mark.parametrize("letter", ["a", "|", "`", "😀", "@a", "<", WORST])
def test_whatever_the_input_it_is_kept(letter: str) -> None:
    text = rendered("summary", _huge(letter)).encode()
    assert len(text) < LIMIT_BYTES
    assert read_summary(text) is not None


def test_rows_are_few_and_the_rest_is_counted() -> None:
    text = rendered("summary", a_run(a_report(*many(MOST_ROWS + 12))))
    assert text.count("\n| 🔴 error | ") == MOST_ROWS
    assert "…and 12 more findings. The log of this step and its reports have more.\n" in text
    assert text.count("<pre>") == MOST_DETAILS
    assert f"…and {MOST_ROWS + 12 - MOST_DETAILS} more findings." in text


def test_the_gravest_of_all_steps_come_first() -> None:
    notes = a_report(a_finding(severity=Severity.NOTE, message="small"))
    errors = a_report(a_finding(message="large"), step="env-lint")
    text = rendered("summary", a_run(notes, errors, is_combined=True))
    assert text.index("large<br>env-lint: ") < text.index("small<br>secret-scan: ")


def test_what_was_not_examined_stands_first_where_it_is_the_verdict() -> None:
    unchecked = (Unchecked(target="history", reason="shallow", hint="fetch more"),)
    warning = a_finding(severity=Severity.WARNING)
    report = a_report(warning, unchecked=unchecked, verdict=Verdict.UNCHECKED)
    lost = rendered("summary", a_run(report))
    assert lost.index("| <code>history</code> | shallow | fetch more |") < lost.index(
        "| 🟠 warning"
    )
    failed = rendered("summary", a_run(replace(report, verdict=Verdict.FAILED)))
    assert failed.index("<code>history</code>") > failed.index("| 🟠 warning")


def test_an_accepted_gap_is_still_told() -> None:
    gap = Unchecked(target="history", reason="shallow", hint="fetch more", is_accepted=True)
    text = rendered("summary", a_run(a_report(unchecked=(gap,))))
    assert "| <code>history</code> | shallow (the config accepts that) | fetch more |\n" in text


def test_it_opens_with_the_verdict_and_ends_with_the_command() -> None:
    text = rendered("summary", a_run(a_report(a_finding())))
    assert text.startswith("## ❌ Not ready to launch: secret-scan found 1 error\n\n")
    assert "\n**On your machine**\n\n```sh\nlaunchready secret-scan\n```\n" in text


def test_a_command_with_backticks_stays_inside_its_fence() -> None:
    run = replace(a_run(a_report()), command="launchready ```\n# x")
    assert "\n````sh\nlaunchready ```\\n# x\n````\n" in rendered("summary", run)


def test_a_rule_explains_itself_once() -> None:
    text = rendered("summary", a_run(a_report(*many(3))))
    assert text.count("Why it matters: Whoever holds it") == 1


def test_many_related_places_are_counted() -> None:
    related = (Related(message="", location=FileLocation(path="b.py")),) * 7
    text = rendered("summary", a_run(a_report(a_finding(related=related))))
    assert text.count("- also <code>b.py</code>\n") == 5
    assert "- and 2 more places\n" in text


def test_long_places_keep_their_end() -> None:
    path = f"{'deep/' * 60}app.py"
    text = rendered("summary", a_run(a_report(a_finding(location=FileLocation(path=path)))))
    assert "<code>..." in text
    assert "deep/app.py</code>" in text


def test_nothing_found_has_no_table() -> None:
    text = rendered("summary", a_run(a_report()))
    assert "|" not in text
    assert "<details>" not in text


def test_a_table_is_cut_between_rows() -> None:
    row = f"| {'a' * 999} |"
    lines = list(table(("A",), [row] * 500, 500, "rows"))
    shown = lines.count(row)
    assert shown == SHARE_BYTES // (len(row) + 1)
    assert lines[-2] == (
        f"…and {500 - shown} more rows. The log of this step and its reports have more."
    )


def test_all_blocks_are_shown_where_they_fit() -> None:
    assert list(bounded(["a", "b"], 2, "blocks")) == ["a", "b"]
