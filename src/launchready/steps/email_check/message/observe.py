"""A received message -> what receivers make of it: SPF, DKIM, DMARC, its way, its header."""

import time
from collections.abc import Iterator
from pathlib import Path

from launchready.gateways.dns.client import DnsClient
from launchready.gateways.small_files import NotReadError, read_small
from launchready.model import Json, Told, Unchecked
from launchready.steps.email_check.asking import unknown
from launchready.steps.email_check.message.facts import MessageFacts
from launchready.steps.email_check.message.parts import (
    MOST_BYTES,
    BadMessageError,
    Message,
    domains_of,
    read_message,
)
from launchready.steps.email_check.message.path import Hop, handed_over
from launchready.steps.email_check.message.signature import Outcome, signatures
from launchready.steps.email_check.records.dmarc import Dmarc, find_dmarc, read_dmarc
from launchready.steps.email_check.records.organisation import organisation
from launchready.steps.email_check.spf.evaluate import Evaluation, Result
from launchready.steps.email_check.spf.macros import Sender


def observe_file(path: Path, shown: str, client: DnsClient, domain: str) -> Iterator[object]:
    """The facts of a saved message, or why there are none."""
    try:
        content = read_small(path, MOST_BYTES)
        if content is None:
            raise NotReadError("there is no such file")
        message = read_message(content)
    except (NotReadError, BadMessageError) as error:
        yield Unchecked(
            target=shown,
            reason=str(error),
            hint="save the message as it came (`Show original`, `Download`) and name that file",
        )
        return
    yield from observe_message(message, shown, client, domain, is_file=True)


def observe_message(
    message: Message, shown: str, client: DnsClient, domain: str, *, is_file: bool = False
) -> Iterator[object]:
    """The facts of a message; `shown` is what a report calls it."""
    author = next(iter(domains_of(message.value("from"))), "")
    found = tuple(signatures(message, client.ask, int(time.time())))
    for each in found:
        if each.outcome is Outcome.UNKNOWN:
            yield _unsure(f"the signature of {each.domain[:100]} on {shown}", each.why)
            return
    hop = handed_over(message)
    mail_from, result, why = _spf(message, hop, client)
    if hop is None or hop.address is None:
        yield Unchecked(
            target=f"SPF of {shown}",
            reason="its header does not tell from which address it came",
            hint="save it from the mailbox where it arrived, not from the sent ones",
        )
    elif result is Result.TEMPERROR:
        yield _unsure(f"SPF of {shown}", why)
        return
    answers, texts = find_dmarc(author, client.ask) if author else ([], [])
    if answers and not answers[-1].status.is_known:
        yield unknown(answers[-1])
        return
    record = read_dmarc(texts[0], author) if len(texts) == 1 else None
    align = _Alignment(author, record, client)
    facts = MessageFacts(
        path=shown if is_file else None,
        domain=domain,
        message=message,
        author=author,
        hop=hop,
        mail_from=mail_from,
        spf=result,
        is_spf_aligned=align.matches(mail_from, "aspf"),
        signatures=found,
        aligned=tuple(align.matches(each.domain, "adkim") for each in found),
        has_policy=record is not None,
    )
    yield facts
    yield Told(name="message", value=_value(facts), words=_words(facts))


class _Alignment:
    """Whether a domain stands for the author's (RFC 9989, section 4.4)."""

    def __init__(self, author: str, record: Dmarc | None, client: DnsClient) -> None:
        self._author, self._record, self._client = author, record, client

    def matches(self, domain: str, tag: str) -> bool:
        if not domain or not self._author:
            return False
        is_strict = self._record is not None and (self._record.tags.get(tag) or "").lower() == "s"
        if is_strict or domain == self._author:
            return domain == self._author
        ask = self._client.ask
        return organisation(domain, ask) == organisation(self._author, ask)


def _spf(message: Message, hop: Hop | None, client: DnsClient) -> tuple[str, Result | None, str]:
    """The envelope's domain, what SPF says of the address, and why."""
    envelope = message.value("return-path").strip("<> ")
    helo = hop.helo.lower() if hop else ""
    mail_from = envelope if "@" in envelope else f"postmaster@{helo}"
    domain = mail_from.rpartition("@")[2].lower().removesuffix(".")
    if hop is None or hop.address is None:
        return domain, None, ""
    evaluation = Evaluation(client.ask)
    sender = Sender(address=hop.address, mail_from=mail_from, helo=helo or domain, domain=domain)
    return domain, evaluation.check(sender), evaluation.why


def _unsure(target: str, why: str) -> Unchecked:
    hint = "run again; if it stays, look at the name servers of the domain"
    return Unchecked(target=target, reason=why, hint=hint)


def _value(facts: MessageFacts) -> Json:
    return {
        "spf": facts.spf.value if facts.spf else None,
        "dkim": [each.outcome.value for each in facts.signatures],
        "dmarc": "pass" if facts.passes else "fail",
    }


def _words(facts: MessageFacts) -> str:
    spf = facts.spf.value if facts.spf else "unknown"
    dkim = ", ".join(each.outcome.value for each in facts.signatures) or "none"
    return f"the message: SPF {spf}, DKIM {dkim}, DMARC {'pass' if facts.passes else 'fail'}"
