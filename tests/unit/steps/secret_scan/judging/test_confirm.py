"""From a candidate to a hit: span, digest, redaction, and what any bytes may do."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.steps.secret_scan.judging.judged import chance, drawn, example, hits, kind_of, shown

from launchready.catalog.kinds import Assigned, Keyword, Kind, Pattern, Token
from launchready.catalog.secrets import KINDS
from launchready.facts.secret import MASK
from launchready.model import Confidence
from launchready.steps.secret_scan.formats import formats
from launchready.steps.secret_scan.judging.confirm import confirm

each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
PATHS = {"pgpass-password": ".pgpass", "rails-key-file": "config/master.key"}


@each_kind
def test_samples_are_confirmed(kind: Kind) -> None:
    path = PATHS.get(kind.id, "src/settings.env")
    for seed in range(10):
        sample = formats.sample(kind, chance(seed))
        head = "" if formats.is_whole_file(kind) else "# héllo\n"
        window = f"{head}{sample}\n".encode()
        (hit,) = confirm(kind, window, path)
        value = window[hit.start : hit.end]
        assert hit.kind_id == kind.id
        assert hit.confidence in {kind.confidence, Confidence.MEDIUM}
        if isinstance(kind.format, Token):
            assert value.decode() == sample
        if not isinstance(kind.format, Pattern):
            assert hit.digest == hashlib.sha256(value).hexdigest()
        public = hit.redacted.removesuffix(MASK)
        assert hit.redacted.endswith(MASK)
        assert public in {"", formats.public_prefix(kind, value.decode())}
        assert len(public) * 3 <= len(value) * 2


@each_kind
def test_samples_belong_to_one_kind(kind: Kind) -> None:
    for seed in range(3):
        window = f"{formats.sample(kind, chance(seed))}\n".encode()
        others = {other.id for other in KINDS if confirm(other, window, "src/settings.env")}
        assert others <= {kind.id}


@settings(max_examples=50)
@given(st.binary(max_size=400))
def test_any_bytes_give_hits_within_them(window: bytes) -> None:
    for kind in KINDS:
        for hit in confirm(kind, window, None):
            assert 0 <= hit.start < hit.end <= len(window)


FRAGMENTS = st.sampled_from(
    [
        "password", "SECRET_KEY", "api_key", "=", ":", " => ", '"', "'", "`", "\\", "\n", " ", ",",
        "--token ", "postgres://", "user:", "@host.com", "-----BEGIN PRIVATE KEY-----", "-----END",
        "eyJ", ".eyJ", ".", "sk_live_", "AKIA", "Ab3", "${", "}", "Authorization: Basic ", "<", ">",
        "\u00e9", "\ud83d\ude00", "0123456789abcdef", "machine h login u password ", "$6$", "\x00",
    ]
)  # fmt: skip


@settings(max_examples=60)
@given(st.lists(FRAGMENTS, max_size=25).map("".join))
def test_any_fragments_give_hits_within_them(text: str) -> None:
    window = text.encode("utf-8", "surrogatepass")
    for kind in KINDS:
        for hit in confirm(kind, window, "a.yml"):
            value = window[hit.start : hit.end]
            assert value
            assert value.decode("utf-8", "replace") not in hit.redacted


@pytest.mark.parametrize(
    "unit",
    [
        "a", '"', "'", "\\", " ", "\n", "-", "password=", "password='", 'password = "', "token: x ",
        "api_key,", "secret" + " " * 30, "a@", "a:b", "://", "postgres://a:", "postgres://a:b@",
        "-----BEGIN PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----\n" + "A" * 60 + "\n", "eyJ",
        "eyJaaaaaaaaaaa.eyJaaaaaaaaaaa.", "machine ", "a:1:b:c:", "$6$", "sk_live_", "\t=", "=>",
        "--password ", "authorization: bearer ", "PuTTY-User-Key-File-2: ", "=\n    ",
    ],
    ids=repr,
)  # fmt: skip
def test_long_repetitions_take_no_more_than_linear_work(unit: str) -> None:
    """A step for each pair of these bytes, a thousand million for each kind, would not end."""
    window = (unit * (32_768 // len(unit))).encode()
    for kind in KINDS:
        for _ in formats.compiled(kind).finditer(window):
            pass


def test_a_key_over_several_lines_is_one_however_its_lines_are_parted() -> None:
    block = example("private-key")
    plain = hits(block)["private-key"].digest
    escaped = hits('KEY="{}"'.format(block.replace("\n", "\\n")))["private-key"].digest
    joined = hits('"{}"'.format(block.replace("\n", '\\n" +\n  "')))["private-key"].digest
    indented = hits(block.replace("\n", "\r\n      "))["private-key"].digest
    assert {plain} == {escaped, joined, indented}


def test_equal_values_have_equal_digests_whatever_holds_them() -> None:
    value = drawn("{alnum:32}")
    first = hits(f'ACME_API_KEY="{value}"')["generic-api-key"]
    second = hits(f"acmeApiKey: {value}\n", "deploy.yml")["generic-api-key"]
    assert first.digest == second.digest == hashlib.sha256(value.encode()).hexdigest()


def test_specific_kinds_leave_nothing_to_general_ones() -> None:
    token = example("stripe-live-secret-key")
    assert list(hits(f'STRIPE_SECRET_KEY="{token}"')) == ["stripe-live-secret-key"]
    assert list(hits(f'DATADOG_API_KEY="{drawn("{hex:32}")}"')) == ["datadog-api-key"]
    assert list(hits(f'NEXTAUTH_SECRET="{drawn("{alnum:40}")}"')) == ["nextauth-secret"]
    assert list(hits(f"https://x:{example('github-token')}@github.com/a/b")) == ["github-token"]


@pytest.mark.parametrize(
    ("path", "confidence"),
    [
        pytest.param("src/pay.ts", "high", id="code"),
        pytest.param(None, "high", id="a commit message"),
        pytest.param("tests/pay.test.ts", "medium", id="a test may hold an invented one"),
        pytest.param("docs/pay.md", "medium", id="so may a document"),
        pytest.param(".env.example", "medium", id="and an example"),
    ],
)
def test_places_lower_the_confidence_of_tokens(path: str | None, confidence: str) -> None:
    assert shown(example("stripe-live-secret-key"), path) == {"stripe-live-secret-key": confidence}


def test_proof_outweighs_the_place() -> None:
    assert shown(example("github-token"), "tests/fixtures/a.py") == {"github-token": "high"}


def test_a_wrong_check_digit_is_kept_but_not_shown() -> None:
    token = example("github-token")
    broken = token[:-1] + ("a" if token[-1] != "a" else "b")
    assert hits(broken)["github-token"].confidence is Confidence.LOW


def test_kinds_have_the_formats_the_judges_know() -> None:
    assert {type(kind.format) for kind in KINDS} == {Token, Assigned, Keyword, Pattern}
    assert kind_of("stripe-test-secret-key").severity.label == "note"
