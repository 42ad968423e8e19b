"""Which few things a person should mend first."""

from tests.unit.reporters.factory import a_finding, a_report, a_run

from launchready.model import Confidence, Report, Severity, Status
from launchready.reporters.blockers import blockers


def _told(*reports: Report) -> list[tuple[str, int]]:
    found = blockers(a_run(*reports, is_combined=True))
    return [(each.finding.rule, each.more) for each in found]


def test_only_new_errors() -> None:
    known = a_finding(rule="k", status=Status.KNOWN)
    assert _told(a_report(a_finding(rule="w", severity=Severity.WARNING), known)) == []


def test_each_rule_once() -> None:
    many = a_report(*(a_finding(rule="a") for _ in range(9)))
    assert _told(many, a_report(a_finding(rule="b"), step="env-lint")) == [("a", 8), ("b", 0)]


def test_the_surest_first() -> None:
    doubtful = a_finding(rule="a", confidence=Confidence.LOW)
    assert _told(a_report(doubtful, a_finding(rule="b"))) == [("b", 0), ("a", 0)]
    sure = a_finding(rule="a", message="sure")
    found = blockers(a_run(a_report(doubtful, sure), is_combined=True))
    assert [each.finding.message for each in found] == ["sure"]


def test_the_first_of_every_step_before_the_second_of_any() -> None:
    one = a_report(a_finding(rule="a"), a_finding(rule="b"))
    other = a_report(a_finding(rule="c"), a_finding(rule="d"), step="env-lint")
    assert [rule for rule, _ in _told(one, other)] == ["a", "c", "b", "d"]
