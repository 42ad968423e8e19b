"""Records that are declared, and what each authoritative server says of them."""

from collections import Counter
from collections.abc import Iterator

from launchready.facts.dns import DnsAnswer, DnsStatus
from launchready.frozen import replace
from launchready.gateways.at_once import at_once
from launchready.gateways.dns.client import DIRECT
from launchready.gateways.small_files import NotReadError, read_small
from launchready.model import Looked, Unchecked
from launchready.site import SECTION
from launchready.steps.dns_check.expect import UnreadableError, read_expectation
from launchready.steps.dns_check.expect.wanted import Wanted, told
from launchready.steps.dns_check.looks.zone import serving_servers, targets
from launchready.steps.dns_check.seen import WantedFacts, ZoneFacts
from launchready.steps.dns_check.session import Session, unknown

_MOST_BYTES = 2 << 20


def look_at_wanted(session: Session, zone: ZoneFacts) -> Iterator[object]:
    """The wanted records of a zone. What a server did not answer is unchecked."""
    declared = tuple(
        Wanted(
            name=each.name.lower().removesuffix("."),
            type=each.type,
            values=tuple(sorted(told(each.type, value) for value in each.values)),
        )
        for each in session.site.records
    )
    yield from _judged(session, zone, declared, f"`{SECTION}.records`")
    file = session.settings.expect_from
    if file is None:
        return
    try:
        content = read_small(session.gateways.root / file, _MOST_BYTES)
        if content is None:
            raise NotReadError("there is no such file")
        expected = read_expectation(content, file, zone.zone)
    except (NotReadError, UnreadableError) as error:
        yield Unchecked(target=file, reason=str(error), hint="mend `dns-check.expect-from`")
        return
    yield from _judged(session, zone, expected.records, file)
    if expected.left_out:
        rest = f"{expected.left_out} entries of {file} tell nothing that can be compared"
        count = len(expected.records)
        yield Looked(name="wanted", one="wanted set", many="wanted sets", count=count, rest=rest)


def _judged(
    session: Session, zone: ZoneFacts, wanted: tuple[Wanted, ...], source: str
) -> Iterator[object]:
    inside = [each for each in wanted if f".{each.name}".endswith(f".{zone.zone}")]
    times = Counter((each.name, each.type, each.values) for each in inside)
    cuts = {each.name for each in inside if each.type == "NS" and each.name != zone.zone}
    once = dict.fromkeys(replace(each, line=0) for each in inside)
    for facts in at_once(lambda each: _look(session, zone, each, source), once):
        unanswered = [each for each in facts.answers if not each.status.is_known]
        yield from map(unknown, unanswered[:1])
        yield replace(
            facts,
            answers=tuple(each for each in facts.answers if each.status.is_known),
            shadow=facts.shadow or _cut(facts, cuts),
            times=times[facts.name, facts.type, facts.values],
        )


def _look(session: Session, zone: ZoneFacts, wanted: Wanted, source: str) -> WantedFacts:
    facts = WantedFacts(
        name=wanted.name, type=wanted.type, values=wanted.values, answers=(), source=source
    )
    servers = serving_servers(zone)
    if wanted.type == "ALIAS":
        there = [session.client.ask(name, "A") for name in wanted.values]
        ways = tuple(session.client.ask_of(each, wanted.name, "A", DIRECT) for each in servers)
        known = tuple(text for each in there for text in each.texts)
        lost = tuple(each for each in there if not each.status.is_known)
        return replace(facts, values=known, answers=(*ways, *lost) if known else lost)
    answers = tuple(
        session.client.ask_of(each, wanted.name, wanted.type, DIRECT) for each in servers
    )
    below = next((each for each in answers if _referral(each, zone.zone)), None)
    if below is not None and wanted.type != "NS":
        return replace(facts, shadow=_referral(below, zone.zone))
    return replace(facts, answers=() if below is not None else answers)


def _referral(answer: DnsAnswer, zone: str) -> str:
    """The zone below that a server leads to; "" where it answers itself."""
    if answer.is_authoritative or answer.status is not DnsStatus.NO_DATA:
        return ""
    names = (r.name for r in answer.authority if r.type == "NS" and r.name != zone)
    return next(names, "") if targets(r.text for r in answer.authority if r.type == "NS") else ""


def _cut(facts: WantedFacts, cuts: set[str]) -> str:
    """The delegation of the same source that hides a record; addresses of its servers are glue."""
    if facts.type in ("A", "AAAA", "NS", "ALIAS") and facts.name not in cuts:
        return ""
    above = (cut for cut in sorted(cuts) if f".{facts.name}".endswith(f".{cut}"))
    return "" if facts.type == "NS" else next(above, "")
