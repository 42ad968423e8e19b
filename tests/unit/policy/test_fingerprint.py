"""A fingerprint follows a finding through every edit that does not change what it is."""

import hashlib
import hmac
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.policy.build import finding

from launchready.model import DnsLocation, FileLocation, Finding
from launchready.policy.fingerprint import DEFAULT_KEY, fingerprint, normalise

BEFORE = finding(rule="drop-column", identity=normalise("ALTER TABLE t\n  DROP COLUMN c"))


@pytest.mark.parametrize(
    ("after", "same"),
    [
        pytest.param(replace(BEFORE, location=FileLocation(path="a.py", line=9)), True, id="moved"),
        pytest.param(replace(BEFORE, location=FileLocation(path="b.py")), True, id="renamed"),
        pytest.param(replace(BEFORE, location=DnsLocation(dns_name="a", dns_type="A")), True),
        pytest.param(replace(BEFORE, message="9 days left"), True, id="worded otherwise"),
        pytest.param(
            replace(BEFORE, identity=normalise("\tALTER TABLE t DROP  COLUMN c\r\n")),
            True,
            id="re-indented",
        ),
        pytest.param(replace(BEFORE, identity="ALTER TABLE t DROP COLUMN d"), False, id="edited"),
        pytest.param(replace(BEFORE, rule="drop-table"), False, id="another rule"),
    ],
)
def test_what_a_fingerprint_depends_on(after: Finding, *, same: bool) -> None:
    assert (fingerprint(DEFAULT_KEY, after) == fingerprint(DEFAULT_KEY, BEFORE)) is same


def test_it_is_hmac_sha256_cut_to_128_bits() -> None:
    expected = hmac.new(b"k", b"r\0text", hashlib.sha256).hexdigest()[:32]
    assert fingerprint(b"k", finding(rule="r", identity="text")) == expected


def test_another_key_gives_another_fingerprint() -> None:
    assert fingerprint(b"a", BEFORE) != fingerprint(b"b", BEFORE)


def test_rule_and_identity_do_not_run_together() -> None:
    one, other = finding(rule="a", identity="bc"), finding(rule="ab", identity="c")
    assert fingerprint(b"k", one) != fingerprint(b"k", other)


@given(st.text())
def test_any_identity_has_a_fingerprint(identity: str) -> None:
    assert len(fingerprint(b"k", finding(identity=identity + "\udc80"))) == 32


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)
