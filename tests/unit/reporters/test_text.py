"""A terminal is told everything once, the gravest first, and no more than a person reads."""

from dataclasses import replace

from tests.unit.reporters.factory import PLAIN, a_finding, a_report, a_run, many, rendered

from launchready.model import (
    Confidence,
    Evidence,
    FileLocation,
    LeftOut,
    Looked,
    Related,
    RuleInfo,
    Severity,
    Status,
    Unchecked,
    Verdict,
)
from launchready.reporters.text import MOST_IN_BRIEF, MOST_IN_FULL, MOST_PRUNABLE, MOST_UNCHECKED

VERBOSE = replace(PLAIN, verbose=True)


def test_the_rest_of_many_findings_is_short_and_counted() -> None:
    count = MOST_IN_FULL + MOST_IN_BRIEF + 7
    text = rendered("text", a_run(a_report(*many(count))))
    assert text.count("  --> ") == MOST_IN_FULL
    brief = f"src/{MOST_IN_FULL}.py:7:8: error[live-key]: a key is in the source\n"
    assert brief in text
    assert text.count(": error[live-key]: ") == MOST_IN_BRIEF
    assert "and 7 more findings: -v shows all, --report json=FILE keeps all\n" in text


def test_verbose_shows_all_in_full() -> None:
    count = MOST_IN_FULL + MOST_IN_BRIEF + 7
    assert rendered("text", a_run(a_report(*many(count))), VERBOSE).count("  --> ") == count


def test_a_rule_is_explained_once_and_again_where_it_differs() -> None:
    other = a_finding(fix="Something else.", location=FileLocation(path="b.py"))
    text = rendered("text", a_run(a_report(a_finding(), a_finding(), other, a_finding())))
    assert text.count("  why: ") == 3
    assert text.count("  fix: Revoke it.\n") == 2
    assert text.count("  fix: as for app.py:1\n") == 1


def test_nothing_is_said_where_a_rule_says_nothing() -> None:
    silent = a_finding(impact="", fix="")
    text = rendered("text", a_run(a_report(silent, silent)))
    assert "fix:" not in text
    assert "why:" not in text


def test_the_page_of_the_rule_is_named() -> None:
    rule = RuleInfo(id="live-key", severity=Severity.ERROR, summary="", url="https://a.example/r")
    text = rendered("text", a_run(a_report(a_finding(), rules=(rule,))))
    assert "  see: https://a.example/r\n" in text


def test_known_and_suppressed_are_counted_and_shown_when_asked() -> None:
    report = a_report(
        a_finding(status=Status.KNOWN), a_finding(status=Status.SUPPRESSED), verdict=Verdict.PASSED
    )
    text = rendered("text", a_run(report))
    assert "Not shown: 1 known and 1 suppressed. -v shows them.\n" in text
    assert "error[" not in text
    text = rendered("text", a_run(report), VERBOSE)
    assert "Not shown" not in text
    assert "\nknown error[live-key]: " in text
    assert "\nsuppressed error[live-key]: " in text


def test_related_places_are_few() -> None:
    related = tuple(
        Related(message="", location=FileLocation(path=f"{number}.py")) for number in range(8)
    )
    text = rendered("text", a_run(a_report(a_finding(related=related))))
    assert text.count("  also: ") == 6
    assert "  also: 0.py\n" in text
    assert "  also: and 3 more places\n" in text


def test_a_place_is_named_once_and_so_is_what_is_said_of_several() -> None:
    related = tuple(
        Related(message=message, location=FileLocation(path=path, line=1))
        for path, message in (
            ("app.py", "read here"),
            ("b.py", "named here"),
            ("c.py", "named here"),
        )
    )
    text = rendered("text", a_run(a_report(a_finding(related=related))))
    assert "  --> app.py:1 (read here)\n" in text
    assert "  also: b.py:1 (named here)\n  also: c.py:1\n" in text
    assert text.count("app.py") == 1
    page = rendered("summary", a_run(a_report(a_finding(related=related))))
    assert "- also <code>b.py:1</code>: named here\n- also <code>c.py:1</code>\n" in page
    assert "also <code>app.py" not in page


def test_what_did_not_run_is_told_with_the_way_to_run_it() -> None:
    reasons = {"smoke-test": "later: `launchready STEP`", "a": "none", "b": "none"}
    left_out = tuple(LeftOut(step=step, reason=reason) for step, reason in reasons.items())
    run = replace(a_run(a_report(), is_combined=True), left_out=left_out)
    text = rendered("text", run)
    assert "\nsmoke-test did not run: later: `launchready STEP`\n" in text
    assert "\na and b did not run: none\n" in text
    assert "a and b did not run: none\n" in rendered("summary", run)


def test_what_was_looked_at_is_folded_between_words() -> None:
    rest = "the rest of the history was scanned before, with the same rules and the same settings"
    looked = (Looked(name="files", one="file", many="files", count=2, rest=rest),)
    text = rendered("text", a_run(a_report(looked=looked)), replace(PLAIN, width=50))
    assert "Looked at 2 files in 0.5 s; the rest of the\n  history" in text


def test_the_commit_that_brought_it_is_told_when_asked() -> None:
    run = a_run(a_report(a_finding(introduced="def")))
    assert "since:" not in rendered("text", run)
    assert "  since: commit def\n" in rendered("text", run, VERBOSE)


def test_evidence_and_doubt_are_shown() -> None:
    finding = a_finding(
        confidence=Confidence.MEDIUM, evidence=Evidence(measured=(("days", 3), ("limit", 21)))
    )
    assert "seen:" not in rendered("text", a_run(a_report(finding)))
    text = rendered("text", a_run(a_report(finding)), VERBOSE)
    assert "error[live-key]: a key is in the source (medium confidence)\n" in text
    assert "  seen: days 3, limit 21\n" in text


def test_unchecked_targets_are_named_until_there_are_too_many() -> None:
    unchecked = tuple(
        Unchecked(target=f"t{number}", reason="no answer", hint="try again")
        for number in range(MOST_UNCHECKED + 2)
    )
    run = a_run(a_report(unchecked=unchecked, verdict=Verdict.UNCHECKED))
    text = rendered("text", run)
    assert "NOT EXAMINED: 42 targets; nothing is known of them\n" in text
    assert text.count("    why: no answer\n    fix: try again\n") == MOST_UNCHECKED
    assert "  and 2 more: -v shows all\n" in text
    assert text.rstrip().rpartition("\n")[2].startswith("NOT A PASS: ")
    assert rendered("text", run, VERBOSE).count("no answer") == MOST_UNCHECKED + 2


def test_an_accepted_gap_is_still_told() -> None:
    gap = Unchecked(target="t", reason="r", hint="h", is_accepted=True)
    text = rendered("text", a_run(a_report(unchecked=(gap,))))
    assert "NOT EXAMINED: 1 target; nothing is known of it, and the config accepts" in text
    assert text.rstrip().endswith("1 target was not examined, and `on-unchecked` accepts that")


def test_prunable_entries_are_named_until_there_are_too_many() -> None:
    entries = tuple(f"rule path{number}" for number in range(MOST_PRUNABLE + 1))
    run = a_run(a_report(prunable=entries))
    text = rendered("text", run)
    assert "11 entries of the baseline match nothing any more; " in text
    assert "  rule path9\n  and 1 more: -v shows all\n" in text
    assert "  rule path10\n" in rendered("text", run, VERBOSE)


def test_steps_with_nothing_to_say_have_no_section() -> None:
    run = a_run(a_report(), a_report(a_finding(), step="env-lint"), is_combined=True)
    text = rendered("text", run)
    assert "== secret-scan" not in text
    assert "== env-lint: 1 error ==\n" in text


def test_a_run_without_steps_is_no_pass() -> None:
    run = replace(a_run(a_report(), is_combined=True), reports=())
    assert rendered("text", run).endswith("NO-GO: no step ran, so nothing was examined\n")


def test_narrow_terminals_are_not_broken() -> None:
    unchecked = (Unchecked(target="t", reason="a b c " * 20, hint="d e f"),)
    run = a_run(a_report(*many(1), unchecked=unchecked))
    text = rendered("text", run, replace(PLAIN, width=0))
    assert "  7 | key = '********'\n" in text
    assert "\n    why: a b c a b c" in text
