"""Rules on the SPF record itself: one, readable, within its limits, refusing strangers."""

from collections.abc import Iterator

from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.email_check.rules.spf_places import finding, shown
from launchready.steps.email_check.seen import SpfFacts
from launchready.steps.email_check.settings import EmailCheckSettings
from launchready.steps.email_check.spf.grammar import Qualifier, SpfRecord, Term

_MOST_LOOKUPS = 10
_MOST_VOID = 2
_WIDE4, _WIDE6 = 16, 32


@rule(SpfFacts, Severity.ERROR)
def spf_missing(seen: SpfFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags a domain that sends mail and has no SPF record.

    Gmail, Microsoft and Yahoo refuse or file away what it sends: sign-up links and receipts do not
    arrive.

    Publish one TXT record at the domain: `v=spf1 include:… ~all`, with an include for every service
    that sends.

    Bad:
        example.com TXT (no v=spf1)
    Good:
        example.com TXT "v=spf1 include:_spf.google.com ~all"
    Reference: https://support.google.com/a/answer/81126
    """
    del settings
    if not seen.texts and seen.mail.sends:
        yield finding(seen, f"{seen.domain} sends mail and has no SPF record")


@rule(SpfFacts, Severity.ERROR)
def spf_several_records(seen: SpfFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags a domain with more than one SPF record.

    Receivers take none of them: it is an error for good, whatever they say.

    Merge them into one: all terms of both, and one `all` at the end.

    Bad:
        "v=spf1 include:a ~all" and "v=spf1 include:b ~all"
    Good:
        "v=spf1 include:a include:b ~all"
    Reference: https://www.rfc-editor.org/rfc/rfc7208#section-4.5
    """
    del settings
    if len(seen.texts) > 1:
        yield finding(seen, f"{seen.domain} has {len(seen.texts)} SPF records; one may be there")


@rule(SpfFacts, Severity.ERROR)
def spf_broken(seen: SpfFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags an SPF record with a term that is none.

    The whole record is an error for receivers, not only that term.

    Mend the term named.

    Bad:
        v=spf1 includes:_spf.google.com ~all
    Good:
        v=spf1 include:_spf.google.com ~all
    Reference: https://www.rfc-editor.org/rfc/rfc7208#section-12
    """
    del settings
    for mistake in seen.record.mistakes[:1] if seen.record else ():
        yield finding(seen, f"the SPF record is broken at sign {mistake.column}: {mistake.words}")


@rule(SpfFacts, Severity.ERROR)
def spf_too_many_lookups(seen: SpfFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags an SPF record that takes more than ten lookups.

    Receivers stop at the eleventh with an error for good: which mails are refused depends on where
    in the record their sender stands.

    Remove the includes of services that no longer send; give a service that needs many a bounce
    domain of its own, where its record stands alone.

    Bad:
        v=spf1 include:a include:b include:c … (14 lookups)
    Good:
        v=spf1 include:_spf.google.com include:spf.mtasv.net ~all (6 lookups)
    Reference: https://www.rfc-editor.org/rfc/rfc7208#section-4.6.4
    """
    del settings
    if seen.lookups > _MOST_LOOKUPS:
        costs = _costs(seen)
        yield finding(
            seen,
            f"the SPF record takes {seen.lookups} lookups, {_MOST_LOOKUPS} are let: {costs}",
            ("lookups", seen.lookups),
        )


@rule(SpfFacts, Severity.NOTE)
def spf_near_limit(seen: SpfFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags an SPF record that takes nine or ten of the ten lookups.

    The next service, or a change in one that is included, breaks the mail of all.

    Remove what no longer sends, while there is time.

    Bad:
        9 lookups
    Good:
        6 lookups
    Reference: https://www.rfc-editor.org/rfc/rfc7208#section-4.6.4
    """
    del settings
    if _MOST_LOOKUPS - 1 <= seen.lookups <= _MOST_LOOKUPS:
        message = f"the SPF record takes {seen.lookups} of {_MOST_LOOKUPS} lookups: {_costs(seen)}"
        yield finding(seen, message, ("lookups", seen.lookups))


@rule(SpfFacts, Severity.WARNING)
def spf_names_not_there(seen: SpfFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags an SPF record that asks for more than two names that are not there.

    Receivers stop at the third with an error for good.

    Remove the terms named.

    Bad:
        a:old1.example.com a:old2.example.com mx:old3.example.com
    Good:
        a:mail.example.com
    Reference: https://www.rfc-editor.org/rfc/rfc7208#section-4.6.4
    """
    del settings
    void = [branch.term.text for branch in seen.branches if branch.is_void]
    if len(void) > _MOST_VOID:
        names = ", ".join(f"`{text}`" for text in map(shown, void[:4]))
        yield finding(seen, f"{len(void)} names of the SPF record are not there: {names}")


@rule(SpfFacts, Severity.ERROR)
def spf_include_without_record(seen: SpfFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags an `include` or `redirect` of a domain that has no SPF record, or two.

    It makes the whole record an error for good, for every mail that comes as far as that term.
    Where the domain is not registered any more, whoever buys it may send in your name.

    Remove the term, or mend its spelling.

    Bad:
        include:spf.old-service.example (not there)
    Good:
        include:_spf.google.com
    Reference: https://www.rfc-editor.org/rfc/rfc7208#section-5.2
    """
    del settings
    for branch in seen.branches:
        if branch.is_missing:
            yield finding(seen, f"`{shown(branch.term.text)}` leads to a domain without SPF")


@rule(SpfFacts, Severity.ERROR)
def spf_passes_everyone(seen: SpfFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags an SPF record that ends in `+all`.

    Anyone in the world may send in the domain's name, and passes.

    End it in `~all` or `-all`.

    Bad:
        v=spf1 include:a +all
    Good:
        v=spf1 include:a ~all
    Reference: https://www.rfc-editor.org/rfc/rfc7208#section-8.3
    """
    del settings
    last = _all(seen.record)
    if last is not None and last.qualifier is Qualifier.PASS:
        yield finding(seen, f"`{last.text}` lets anyone send as {seen.domain}")


@rule(SpfFacts, Severity.WARNING)
def spf_refuses_nobody(seen: SpfFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags an SPF record without an end, or with one that says nothing: `?all`.

    A forged mail is no worse off than an honest one.

    End it in `~all`, with DMARC beside it.

    Bad:
        v=spf1 include:a ?all
    Good:
        v=spf1 include:a ~all
    Reference: https://www.rfc-editor.org/rfc/rfc7208#section-8.2
    """
    del settings
    record = seen.record
    if record is None or record.mistakes or record.modifier("redirect"):
        return
    last = _all(record)
    if last is None or last.qualifier is Qualifier.NEUTRAL:
        end = f"ends in `{last.text}`" if last else "has no `all` at its end"
        yield finding(seen, f"the SPF record {end}: forged mail is as good as honest mail")


@rule(SpfFacts, Severity.WARNING)
def spf_uses_ptr(seen: SpfFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags `ptr` in an SPF record.

    It is slow and unreliable, must not be used, and large receivers pass it over.

    Name the addresses with `ip4`, `ip6` or `a`.

    Bad:
        v=spf1 ptr ~all
    Good:
        v=spf1 ip4:203.0.113.7 ~all
    Reference: https://www.rfc-editor.org/rfc/rfc7208#section-5.5
    """
    del settings
    if any(term.name == "ptr" for term in _mechanisms(seen)):
        yield finding(seen, "the SPF record uses `ptr`")


@rule(SpfFacts, Severity.WARNING)
def spf_network_too_wide(seen: SpfFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags a network in the domain's own SPF record with tens of thousands of addresses.

    Whoever rents a machine in it may send in the domain's name.

    Name the addresses that send.

    Bad:
        ip4:203.0.0.0/8
    Good:
        ip4:203.0.113.7
    Reference: https://www.rfc-editor.org/rfc/rfc7208#section-10.1.3
    """
    del settings
    for term in _mechanisms(seen):
        wide4 = term.name == "ip4" and term.bits4 is not None and term.bits4 < _WIDE4
        wide6 = term.name == "ip6" and term.bits6 is not None and term.bits6 < _WIDE6
        if (wide4 or wide6) and term.qualifier is Qualifier.PASS:
            yield finding(seen, f"`{shown(term.text)}` lets a whole network send")


def _costs(seen: SpfFacts) -> str:
    """What each term of the domain's own record costs, the dearest first."""
    own: list[tuple[str, int]] = []
    for branch in seen.branches:
        if branch.depth == 1:
            own.append((shown(branch.term.text), 1))
        elif own:
            own[-1] = (own[-1][0], own[-1][1] + 1)
    own.sort(key=lambda cost: -cost[1])
    return ", ".join(f"`{text}` {count}" for text, count in own[:6])


def _all(record: SpfRecord | None) -> Term | None:
    found = (term for term in record.mechanisms if term.name == "all") if record else iter(())
    return next(found, None)


def _mechanisms(seen: SpfFacts) -> tuple[Term, ...]:
    return seen.record.mechanisms if seen.record else ()


SPF_RULES = (
    spf_missing,
    spf_several_records,
    spf_broken,
    spf_too_many_lookups,
    spf_near_limit,
    spf_names_not_there,
    spf_include_without_record,
    spf_passes_everyone,
    spf_refuses_nobody,
    spf_uses_ptr,
    spf_network_too_wide,
)
