"""SPF as receivers evaluate it (RFC 7208): mechanisms, limits, macros, and what is wrong."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchready.facts.dns import DnsAnswer, DnsRecord, DnsStatus
from launchready.steps.email_check.spf.evaluate import Evaluation, Result
from launchready.steps.email_check.spf.grammar import is_spf, parse
from launchready.steps.email_check.spf.macros import Sender, expand

V4, V6 = "192.0.2.3", "2001:db8::cb01"
NAMES: dict[str, dict[str, list[str]]] = {
    "in.test": {"A": [V4], "AAAA": [V6]},
    "near.test": {"A": ["192.0.2.200"]},
    "away.test": {"A": ["198.51.100.1"], "MX": ["10 in.test."]},
    "many.test": {"MX": [f"{n} h{n}.test." for n in range(11)]},
    "yes.test": {"TXT": ["v=spf1 +all"]},
    "no.test": {"TXT": ["v=spf1 -all"]},
    "maybe.test": {"TXT": ["v=spf1 ?all"]},
    "broken.test": {"TXT": ["v=spf1 nonsense"]},
    "two.test": {"TXT": ["v=spf1 +all", "v=spf1 -all"]},
    "loop.test": {"TXT": ["v=spf1 include:loop.test -all"]},
    "why.test": {"TXT": ["%{i} is not one of %{d}'s"]},
    "3.2.0.192.in-addr.arpa": {"PTR": ["host.sub.in.test.", "liar.test."]},
    "host.sub.in.test": {"A": [V4]},
    "liar.test": {"A": ["203.0.113.1"]},
    "3.2.0.192.list.test": {"A": ["127.0.0.2"]},
    "slow.test": {},
}


def evaluated(record: str, address: str = V4) -> Evaluation:
    """An evaluation of this record for a mail of ann@in.test; its result is in `said`."""
    names = {**NAMES, "in.test": {**NAMES["in.test"], "TXT": [record, "other text"]}}

    def ask(name: str, kind: str) -> DnsAnswer:
        name = name.lower().removesuffix(".")
        if name == "slow.test":
            return DnsAnswer(name=name, type=kind, status=DnsStatus.TIMEOUT)
        known = names.get(name)
        texts = (known or {}).get(kind, [])
        nothing = DnsStatus.NO_NAME if known is None else DnsStatus.NO_DATA
        return DnsAnswer(
            name=name,
            type=kind,
            status=DnsStatus.FOUND if texts else nothing,
            records=tuple(DnsRecord(name=name, type=kind, text=text, ttl=60) for text in texts),
        )

    evaluation = Evaluation(ask)
    sender = Sender(
        address=ipaddress.ip_address(address),
        mail_from="ann@in.test",
        helo="mx.in.test",
        domain="in.test",
    )
    evaluation.said = evaluation.check(sender)  # type: ignore[attr-defined]
    return evaluation


def result(record: str, address: str = V4) -> Result:
    """What is concluded."""
    said: Result = evaluated(record, address).said  # type: ignore[attr-defined]
    return said


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ("v=spf1", Result.NEUTRAL),
        ("v=spf10 +all", Result.NONE),
        ("v=spf1 -all", Result.FAIL),
        ("V=SPF1 ~ALL", Result.SOFTFAIL),
        ("v=spf1 ?all", Result.NEUTRAL),
        ("v=spf1 ip4:192.0.2.3 -all", Result.PASS),
        ("v=spf1 ip4:192.0.2.0/24 -all", Result.PASS),
        ("v=spf1 ip4:192.0.2.0/32 -all", Result.FAIL),
        ("v=spf1 ip6:2001:db8::/32 -all", Result.FAIL),
        ("v=spf1 a -all", Result.PASS),
        ("v=spf1 a:near.test -all", Result.FAIL),
        ("v=spf1 a:near.test/24 -all", Result.PASS),
        ("v=spf1 a:near.test/24//64 -all", Result.PASS),
        ("v=spf1 mx:away.test -all", Result.PASS),
        ("v=spf1 mx:many.test -all", Result.PERMERROR),
        ("v=spf1 ptr -all", Result.PASS),
        ("v=spf1 ptr:liar.test -all", Result.FAIL),
        ("v=spf1 exists:%{ir}.list.test -all", Result.PASS),
        ("v=spf1 exists:%{i}.list.test -all", Result.FAIL),
        ("v=spf1 include:yes.test -all", Result.PASS),
        ("v=spf1 include:no.test ~all", Result.SOFTFAIL),
        ("v=spf1 include:maybe.test -all", Result.FAIL),
        ("v=spf1 include:gone.test -all", Result.PERMERROR),
        ("v=spf1 include:broken.test -all", Result.PERMERROR),
        ("v=spf1 include:two.test -all", Result.PERMERROR),
        ("v=spf1 include:slow.test -all", Result.TEMPERROR),
        ("v=spf1 redirect=no.test", Result.FAIL),
        ("v=spf1 redirect=no.test ip4:192.0.2.3", Result.PASS),
        ("v=spf1 redirect=gone.test", Result.PERMERROR),
        ("v=spf1 include:loop.test -all", Result.PERMERROR),
        (f"v=spf1 {'a ' * 10}-all", Result.PASS),
        (f"v=spf1 {'a:near.test ' * 10}-all", Result.FAIL),
        (f"v=spf1 {'a:near.test ' * 11}-all", Result.PERMERROR),
        ("v=spf1 a:g1.test a:g2.test -all", Result.FAIL),
        ("v=spf1 a:g1.test a:g2.test a:g3.test -all", Result.PERMERROR),
        ("v=spf1 unknown=thing -all", Result.FAIL),
        ("v=spf1 exp=why.test exp=why.test -all", Result.PERMERROR),
    ],
)
def test_what_a_receiver_concludes(record: str, expected: Result) -> None:
    assert result(record) is expected


@pytest.mark.parametrize(
    ("address", "record", "expected"),
    [
        (V6, "v=spf1 a -all", Result.PASS),
        (V6, "v=spf1 ip6:2001:db8::/32 -all", Result.PASS),
        (V6, "v=spf1 ip4:0.0.0.0/0 -all", Result.FAIL),
        ("::ffff:192.0.2.3", "v=spf1 ip4:192.0.2.3 -all", Result.PASS),
    ],
)
def test_addresses_of_both_families(address: str, record: str, expected: Result) -> None:
    assert result(record, address) is expected


def test_a_refusal_in_the_domain_s_own_words() -> None:
    assert evaluated("v=spf1 exp=why.test -all").explanation == f"{V4} is not one of in.test's"


@pytest.mark.parametrize(
    ("term", "column", "words"),
    [
        ("all:x", 8, "`all:x` takes nothing behind it"),
        ("include", 8, "`include` needs a domain"),
        ("include:nodot", 8, "`include:nodot` holds no domain"),
        ("ip4", 8, "`ip4` needs an address"),
        ("ip4:1.2.3", 8, "`ip4:1.2.3` holds no address"),
        ("ip4:192.0.2.0/33", 8, "`ip4:192.0.2.0/33` has no right length"),
        ("a:x.test/024", 8, "`a:x.test/024` has no right domain or length"),
        ("a/33", 8, "`a/33` has too great a length"),
        ("a:x.123", 8, "`a:x.123` has no right domain or length"),
        ("exists:%{x}.test", 8, "`exists:%{x}.test` holds no domain"),
        ("redirect=", 8, "`redirect=` holds no domain"),
        ("inculde:x.test", 8, "there is no term `inculde:x.test`"),
    ],
)
def test_what_is_wrong_and_where(term: str, column: int, words: str) -> None:
    (mistake,) = parse(f"v=spf1 {term} ~all").mistakes
    assert (mistake.column, mistake.words) == (column, words)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("%{s}", "strong-bad@email.example.com"),
        ("%{o}", "email.example.com"),
        ("%{d2}", "example.com"),
        ("%{dr}", "com.example.email"),
        ("%{l-}", "strong.bad"),
        ("%{lr-}", "bad.strong"),
        ("%{l1r-}", "strong"),
        ("%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com"),
        ("%%%_%-", "% %20"),
        ("%{S}", "strong-bad%40email.example.com"),
    ],
)
def test_macros_of_the_rfc_s_own_examples(text: str, expected: str) -> None:
    sender = Sender(
        address=ipaddress.ip_address(V4),
        mail_from="strong-bad@email.example.com",
        helo="x",
        domain="email.example.com",
    )
    assert expand(text, sender) == expected


@given(st.text(), st.sampled_from([V4, V6]))
def test_any_record_gives_a_result(text: str, address: str) -> None:
    assert isinstance(result(f"v=spf1 {text}", address), Result)
    assert is_spf(f"v=spf1 {text}")
