"""Which places of a secret are accepted, by which line of which file."""

import hashlib
import json

import pytest

from launchready.catalog.secrets import KINDS
from launchready.steps.secret_scan.adoption.accept import Acceptor, Spot
from launchready.steps.secret_scan.adoption.accepted import Adopted
from launchready.steps.secret_scan.adoption.allow_lists import parse_allow_lists
from launchready.steps.secret_scan.adoption.answer import Answer
from launchready.steps.secret_scan.adoption.baseline_file import parse_baseline_file
from launchready.steps.secret_scan.adoption.content import ContentTests
from launchready.steps.secret_scan.adoption.ignore_file import parse_ignore_file
from launchready.steps.secret_scan.expressions.search import Searcher

OLD, NEW = "1" * 40, "2" * 40
VALUE = "made-up value 17"
SHA1 = hashlib.sha1(VALUE.encode(), usedforsecurity=False).hexdigest()
BY_ID = {kind.id: kind for kind in KINDS}
STRIPE = "stripe-live-secret-key"
PLAIN = next(kind.id for kind in KINDS if kind.id.startswith("generic-"))


def ignoring(*lines: str) -> Adopted:
    return Adopted(places=parse_ignore_file("\n".join(lines), ".gitleaksignore")[0])


def listing(text: str) -> Adopted:
    lists, odd = parse_allow_lists(text, ".gitleaks.toml")
    assert odd == []
    return Adopted(lists=lists)


def known(path: str, line: int = 1, kind: str = "Secret Keyword") -> Adopted:
    entry = {"type": kind, "hashed_secret": SHA1, "line_number": line}
    text = json.dumps({"results": {path: [entry]}})
    return Adopted(values=parse_baseline_file(text, ".secrets.baseline")[0])


def by(adopted: Adopted, *spots: Spot, kind: str = STRIPE) -> dict[str, str]:
    """Path -> what accepts it there."""
    found = Acceptor(adopted=adopted).accepted(BY_ID[kind], spots)
    return {path: f"{marker.path}:{marker.line}" for path, marker in found.items()}


def spot(path: str = "a.py", line: int = 3, commit: str = "", **answer: object) -> Spot:
    return Spot(path=path, line=line, commit=commit, answer=Answer(**answer))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("line", "kind", "is_accepted"),
    [
        ("a.py:stripe-access-token:3", STRIPE, True),
        ("a.py:generic-api-key:3", STRIPE, True),
        ("a.py:generic-api-key:3", PLAIN, True),
        (f"{OLD}:a.py:stripe-access-token:3", STRIPE, True),
        (f"{NEW}:a.py:stripe-access-token:3", STRIPE, False),
        ("a.py:stripe-access-token:4", STRIPE, False),
        ("b.py:stripe-access-token:3", STRIPE, False),
        ("a.py:aws-access-token:3", STRIPE, False),
        ("a.py:private-key:2", "private-key", True),
        ("a.py:private-key:2", "pgp-private-key", True),
        ("a.py:private-key:1", "private-key", False),
    ],
)
def test_a_fingerprint_accepts_its_place(line: str, kind: str, is_accepted: bool) -> None:
    found = by(ignoring("# why", line), spot(commit=OLD), kind=kind)
    assert found == ({"a.py": ".gitleaksignore:2"} if is_accepted else {})


def test_a_version_that_carries_the_secret_on_is_accepted_with_the_first() -> None:
    adopted = ignoring(f"{OLD}:a.py:stripe-access-token:3")
    later, moved = spot(line=9, commit=NEW), spot(path="b.py", commit=NEW)
    assert by(adopted, spot(commit=OLD), later, moved) == {"a.py": ".gitleaksignore:1"}
    assert by(adopted, later, moved) == {}


def test_a_baseline_accepts_a_value_in_its_file() -> None:
    assert by(known("a.py"), spot(sha1=SHA1), spot("b.py", sha1=SHA1)) == {
        "a.py": ".secrets.baseline:1"
    }
    assert by(known("a.py"), spot()) == {}


@pytest.mark.parametrize(("line", "is_accepted"), [(2, True), (3, True), (4, False), (0, False)])
def test_a_private_key_is_known_by_its_line(line: int, is_accepted: bool) -> None:
    adopted = known("a.py", line, "Private Key")
    assert bool(by(adopted, spot(), kind="private-key")) is is_accepted
    assert by(adopted, spot(sha1=SHA1)) == {}


@pytest.mark.parametrize(
    ("text", "spots", "paths"),
    [
        pytest.param("paths=['^a']", [spot(), spot("ba")], ["a.py"], id="by-path"),
        pytest.param("paths=['']", [spot("")], [], id="a-message-has-no-path"),
        pytest.param(f"commits=['{OLD}']", [spot(commit=OLD)], ["a.py"], id="by-commit"),
        pytest.param(
            f"commits=['{NEW}']",
            [spot(commit=OLD), spot(commit=NEW)],
            [],
            id="the-commit-that-brought-it-counts",
        ),
        pytest.param(
            "stopwords=['x']", [spot(lists=(0,)), spot("b.py")], ["a.py"], id="by-content"
        ),
        pytest.param(
            "stopwords=['x']", [spot(lists=(0,)), spot(line=4)], [], id="not-in-every-version"
        ),
        pytest.param(
            "condition='AND'\npaths=['a']\nstopwords=['x']", [spot()], [], id="one-of-two"
        ),
        pytest.param(
            "condition='AND'\npaths=['a']\nstopwords=['x']",
            [spot(lists=(0,))],
            ["a.py"],
            id="both-of-two",
        ),
    ],
)
def test_an_allow_list(text: str, spots: list[Spot], paths: list[str]) -> None:
    assert list(by(listing(f"[allowlist]\n{text}"), *spots)) == paths


@pytest.mark.parametrize(
    ("rule", "kind", "is_for"),
    [
        ("stripe-access-token", STRIPE, True),
        ("generic-api-key", STRIPE, False),
        ("generic-api-key", PLAIN, True),
        ("private-key", "pgp-private-key", True),
        ("aws-access-token", STRIPE, False),
    ],
)
def test_a_list_is_for_its_rule(rule: str, kind: str, is_for: bool) -> None:
    adopted = listing(f"[[rules]]\nid='{rule}'\n[rules.allowlist]\npaths=['a']")
    assert bool(by(adopted, spot(), kind=kind)) is is_for


def ask(text: str, value: str = VALUE, before: str = "k = '", after: str = "' # ok") -> Answer:
    return ContentTests(adopted=listing(f"[allowlist]\n{text}")).ask(value, before, after)


@pytest.mark.parametrize(
    ("text", "is_met"),
    [
        ("regexes=['^made-up']", True),
        ("regexes=['k = ']", False),
        ("regexTarget='line'\nregexes=['# ok$']", True),
        ("regexTarget='match'\nregexes=['k = .made']", True),
        ("regexTarget='match'\nregexes=['ok']", False),
        ("stopwords=['MADE-up']", True),
        ("stopwords=['ok']", False),
        ("regexes=['nothing']\nstopwords=['made']", True),
        ("condition='and'\nregexes=['nothing']\nstopwords=['made']", False),
        ("condition='and'\nregexes=['17$']\nstopwords=['made']", True),
        ("paths=['a']", False),
    ],
)
def test_the_content_is_asked(text: str, is_met: bool) -> None:
    assert ask(text) == Answer(lists=(0,) if is_met else ())


def test_a_hash_is_told_only_where_a_baseline_has_it() -> None:
    tests = ContentTests(adopted=known("a.py"))
    assert tests.ask(VALUE, "", "") == Answer(sha1=SHA1)
    assert tests.ask(f"{VALUE}8", "", "") == Answer()


def test_expressions_that_take_too_long_accept_nothing() -> None:
    adopted = listing("[allowlist]\nregexes=['a.*b.*z?$']\npaths=['a.*b.*z?$']")
    tests = ContentTests(adopted=adopted, _searcher=Searcher(steps_left=50))
    assert tests.ask("ab" * 50, "", "") == Answer()
    assert tests.is_exhausted
    acceptor = Acceptor(adopted=adopted, _searcher=Searcher(steps_left=50))
    assert acceptor.accepted(BY_ID[STRIPE], [spot("ab" * 50)]) == {}
    assert acceptor.is_exhausted
