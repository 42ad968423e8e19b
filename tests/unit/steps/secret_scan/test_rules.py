"""One rule per kind: what a finding says, and when there is none."""

import datetime

import pytest

from launchready.catalog.secrets import KINDS
from launchready.facts.secret import CommitFacts, SecretFacts
from launchready.model import CodeLine, Confidence, FileLocation, Finding
from launchready.steps.secret_scan.rules import RULES
from launchready.steps.secret_scan.settings import SecretScanSettings

COMMIT = CommitFacts(
    id="3f2a91c" + "0" * 33,
    author="Ann",
    date=datetime.datetime(2026, 1, 2, 3, 4, tzinfo=datetime.UTC),
)
RULE = next(rule for rule in RULES if rule.info.id == "stripe-live-secret-key")


def facts(**changes: object) -> SecretFacts:
    told: dict[str, object] = {
        "kind": "stripe-live-secret-key",
        "digest": "d" * 64,
        "redacted": "sk_live_********",
        "confidence": Confidence.HIGH,
        "location": FileLocation(path="pay.py", line=3),
        "code": (CodeLine(number=3, text="key = 'sk_live_********'"),),
        "introduced": COMMIT,
        "is_in_head": True,
    }
    return SecretFacts(**(told | changes))  # type: ignore[arg-type]


def found(seen: SecretFacts, minimum: Confidence = Confidence.MEDIUM) -> list[Finding]:
    return list(RULE.findings(seen, SecretScanSettings(min_confidence=minimum)))


@pytest.mark.parametrize(
    ("changes", "message", "advice"),
    [
        pytest.param(
            {},
            "still in HEAD, first committed 2026-01-02 by 'Ann' in 3f2a91c",
            "read it from the environment.",
            id="in HEAD",
        ),
        pytest.param(
            {"others": (FileLocation(path="b.py", line=1),) * 3},
            "in 4 places, still in HEAD, first committed 2026-01-02 by 'Ann' in 3f2a91c",
            "read it from the environment.",
            id="in several places",
        ),
        pytest.param(
            {"is_in_head": False},
            "no longer in HEAD, but in the history since 2026-01-02 by 'Ann' in 3f2a91c: "
            "whoever clones can read it",
            "git filter-repo",
            id="only in the history",
        ),
        pytest.param(
            {"introduced": None, "is_in_head": False, "is_staged": True},
            "staged: the next commit would publish it",
            "If it was ever shared: Roll the key",
            id="staged",
        ),
        pytest.param(
            {"introduced": None, "is_in_head": False},
            "in the work tree, not committed",
            "If it was ever shared: Roll the key",
            id="not committed",
        ),
        pytest.param({"introduced": None}, "in HEAD", "environment.", id="no history was read"),
    ],
)
def test_message_says_what_and_where(changes: dict[str, object], message: str, advice: str) -> None:
    (finding,) = found(facts(**changes))
    assert finding.message == f"Stripe live secret key sk_live_********, {message}"
    assert advice in finding.fix
    assert "Roll the key at dashboard.stripe.com/apikeys" in finding.fix
    assert finding.impact.startswith("Whoever holds it can refund and charge customers")


def test_hostile_author_is_quoted() -> None:
    author = "\x1b[31m\n::error::x"
    commit = CommitFacts(id="a" * 40, author=author, date=COMMIT.date)
    (finding,) = found(facts(introduced=commit))
    assert "\x1b" not in finding.message
    assert "\n" not in finding.message


def test_finding_carries_what_the_policy_needs() -> None:
    other = FileLocation(path="b.py", line=9)
    (finding,) = found(facts(others=(other,)))
    assert finding.identity == "d" * 64
    assert finding.introduced == COMMIT.id
    assert [related.location for related in finding.related] == [other]
    assert dict(finding.evidence.measured) == {
        "places": 2,
        "in_head": True,
        "first_commit": COMMIT.id,
        "first_author": "Ann",
        "first_date": "2026-01-02T03:04:00+00:00",
    }
    assert finding.evidence.code == facts().code
    assert finding.subject == "Stripe live secret key sk_live_********"
    assert finding.rule == "stripe-live-secret-key"


def test_ten_other_places_are_shown_and_the_policy_gets_them_all() -> None:
    others = tuple(FileLocation(path=f"{number}.py", line=1) for number in range(12))
    (finding,) = found(facts(others=others, present=("pay.py", "0.py")))
    assert len(finding.related) == 10
    assert finding.places == (FileLocation(path="pay.py", line=3), *others)
    assert finding.present == ("pay.py", "0.py")


@pytest.mark.parametrize(
    ("confidence", "minimum", "count"),
    [
        (Confidence.HIGH, Confidence.MEDIUM, 1),
        (Confidence.LOW, Confidence.MEDIUM, 0),
        (Confidence.LOW, Confidence.LOW, 1),
        (Confidence.MEDIUM, Confidence.HIGH, 0),
    ],
)
def test_minimum_confidence(confidence: Confidence, minimum: Confidence, count: int) -> None:
    assert len(found(facts(confidence=confidence), minimum)) == count


def test_each_kind_has_its_rule_and_judges_no_other() -> None:
    assert [rule.info.id for rule in RULES] == [kind.id for kind in KINDS]
    for kind in KINDS:
        fired = [
            rule.info.id
            for rule in RULES
            if list(rule.findings(facts(kind=kind.id), SecretScanSettings()))
        ]
        assert fired == [kind.id]


def test_pages_are_complete() -> None:
    for rule in RULES:
        info = rule.info
        assert all((info.summary, info.why, info.fix, info.references))
        is_file = info.id == "rails-key-file"
        assert ("master.key" if is_file else "********") in info.bad
        assert (".gitignore" if is_file else "os.environ") in info.good
