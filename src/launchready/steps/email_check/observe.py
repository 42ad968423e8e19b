"""From the settings to facts: what the name servers say of a domain's mail."""

import ipaddress
from collections.abc import Iterator
from importlib.util import find_spec

from launchready.catalog.mail_senders import SERVICES, service_named
from launchready.frozen import replace
from launchready.gateways import Gateways
from launchready.gateways.dns.client import DnsClient, name_server
from launchready.model import Looked, Told, Unchecked
from launchready.site import Mail, MailSender
from launchready.steps.email_check.asking import shut_off, unknown
from launchready.steps.email_check.message.observe import observe_file
from launchready.steps.email_check.records.dkim import looks_like_key, read_key
from launchready.steps.email_check.records.dmarc import find_dmarc, read_dmarc
from launchready.steps.email_check.reports.observe import observe_folder
from launchready.steps.email_check.seen import (
    DkimFacts,
    DmarcFacts,
    MxFacts,
    SentFacts,
    SpfFacts,
)
from launchready.steps.email_check.settings import EmailCheckSettings
from launchready.steps.email_check.spf.count import branches
from launchready.steps.email_check.spf.evaluate import Evaluation, Result
from launchready.steps.email_check.spf.grammar import is_spf, parse
from launchready.steps.email_check.spf.macros import Sender
from launchready.steps.email_check.transport import transport_of
from launchready.steps.email_check.used import used_services

_NO_DOMAIN = Unchecked(
    target="the mail",
    reason="no domain is given",
    hint="write `site: {mail: {domain: example.com}}` into launchready.yml, or"
    " `launchready email-check DOMAIN`",
)
_NO_LIBRARY = Unchecked(
    target="the mail",
    reason="the libraries that ask name servers and read keys are not installed",
    hint='pip install "launchready[native]"',
)
_GENERIC = ("default", "dkim", "mail", "email", "smtp", "s1", "s2", "k1", "key1")


def observe(settings: EmailCheckSettings, gateways: Gateways) -> Iterator[object]:
    """Facts of SPF, DKIM, DMARC and MX; what could not be asked, and how much was."""
    domain = _domain(settings)
    if domain is None:
        yield _NO_DOMAIN
        return
    if find_spec("dns") is None or find_spec("cryptography") is None:
        yield _NO_LIBRARY
        return
    mail = replace(settings.site.mail, domain=domain)
    client = DnsClient(map(name_server, settings.resolvers))
    if (nothing := shut_off(client, domain)) is not None:
        yield nothing
        return
    for look in (_spf, _sent, _dkim, _dmarc, _mx):
        yield from look(client, mail, domain)
    yield from used_services(gateways, mail, domain)
    with transport_of(settings, gateways, client) as transport:
        yield from transport.observe(mail, domain)
    if settings.received is not None:
        path = gateways.root / settings.received
        yield from observe_file(path, settings.received, client, domain)
    if settings.send is not None:
        from launchready.steps.email_check.message.send import send_and_judge  # loads two libraries

        yield from send_and_judge(settings, gateways, client, domain, settings.send)
    if settings.reports is not None:
        yield from observe_folder(gateways.root, settings.reports, client, mail, domain)
    yield Looked(name="questions", one="DNS question", many="DNS questions", count=client.asked)


def _domain(settings: EmailCheckSettings) -> str | None:
    site = settings.site
    named = settings.domain or site.mail.domain or site.host.removeprefix("www.")
    return named.lower().removesuffix(".") or None


def _spf(client: DnsClient, mail: Mail, domain: str) -> Iterator[object]:
    """The domain's own record, and those of the bounce domains of its senders."""
    yield _spf_of(client, mail, domain, None)
    for sender in mail.senders:
        if sender.return_path and sender.return_path.lower() != domain:
            yield _spf_of(client, mail, sender.return_path.lower(), sender)


def _spf_of(client: DnsClient, mail: Mail, domain: str, sender: MailSender | None) -> object:
    answer = client.ask(domain, "TXT")
    if not answer.status.is_known:
        return unknown(answer)
    texts = tuple(text for text in answer.texts if is_spf(text))
    record = parse(texts[0]) if len(texts) == 1 else None
    return SpfFacts(
        domain=domain,
        texts=texts,
        record=record,
        branches=branches(domain, record, client.ask) if record else (),
        mail=mail,
        sender=sender,
    )


def _sent(client: DnsClient, mail: Mail, domain: str) -> Iterator[object]:
    """What receivers make of each address from which a sender sends."""
    for sender in mail.senders:
        bounces = (sender.return_path or domain).lower()
        for text in sender.addresses:
            try:
                address = ipaddress.ip_address(text)
            except ValueError:
                yield Unchecked(
                    target=f"{sender.provider} from {text[:60]}",
                    reason="it is no address",
                    hint="mend `site.mail.senders[].addresses`",
                )
                continue
            evaluation = Evaluation(client.ask)
            whole = Sender(
                address=address, mail_from=f"postmaster@{bounces}", helo=bounces, domain=bounces
            )
            result = evaluation.check(whole)
            if result is Result.TEMPERROR:
                yield Unchecked(
                    target=f"{sender.provider} from {text}",
                    reason=evaluation.why,
                    hint="run again; if it stays, look at the name servers of the domain",
                )
                continue
            yield SentFacts(
                domain=bounces, sender=sender, address=text, result=result, why=evaluation.why
            )


def _dkim(client: DnsClient, mail: Mail, domain: str) -> Iterator[object]:
    """The declared selectors; the usual ones only add what was found."""
    declared = [(sender, selector) for sender in mail.senders for selector in sender.selectors]
    names = [f"{selector}._domainkey.{domain}" for _, selector in declared]
    answers = client.ask_all(names, "TXT")
    for (sender, selector), answer in zip(declared, answers, strict=True):
        if not answer.status.is_known:
            yield unknown(answer)
            continue
        keys = [text for text in answer.texts if looks_like_key(text)]
        yield DkimFacts(
            domain=domain,
            selector=selector,
            sender=sender,
            service=service_named(sender.provider),
            answer=answer,
            key=read_key(keys[0]) if len(keys) == 1 else None,
            count=len(keys),
        )
    if not declared and mail.sends:
        yield _guessed(client, domain)


def _guessed(client: DnsClient, domain: str) -> Told | Unchecked:
    """Selectors that are there. That none is proves nothing: they may have any name."""
    known = dict.fromkeys((*(s for each in SERVICES for s in each.selectors), *_GENERIC))
    names = {f"{selector}._domainkey.{domain}": selector for selector in known}
    answers = client.ask_all(names, "TXT")
    if unsure := [answer for answer in answers if not answer.status.is_known]:
        return replace(unknown(unsure[0]), target=f"DKIM of {domain}")
    found = [names[a.name] for a in answers if any(map(looks_like_key, a.texts))]
    if found:
        words = f"DKIM keys found: {', '.join(found)} (declare them under `site.mail.senders`)"
        return Told(name="dkim_selectors", value=found, words=words)
    return Unchecked(
        target=f"DKIM of {domain}",
        reason="no selector is declared, and none of the usual ones is there",
        hint="name the services that send under `site.mail.senders`, with their selectors",
    )


def _dmarc(client: DnsClient, mail: Mail, domain: str) -> Iterator[object]:
    answers, texts = find_dmarc(domain, client.ask)
    last = answers[-1]
    if not last.status.is_known:
        yield unknown(last)
        return
    place = last.name.removeprefix("_dmarc.")
    record = read_dmarc(texts[0], place) if len(texts) == 1 else None
    outside = dict.fromkeys(
        there for _, there in (record.reports if record else ()) if not _is_within(there, place)
    )
    asked = [f"{place}._report._dmarc.{there}" for there in outside]
    replies = client.ask_all(asked, "TXT")
    yield DmarcFacts(
        domain=domain,
        place=place,
        texts=tuple(texts),
        record=record,
        unconfirmed=tuple(
            there
            for there, reply in zip(outside, replies, strict=True)
            if reply.status.is_known and not any("v=dmarc1" in t.lower() for t in reply.texts)
        ),
        mail=mail,
    )


def _is_within(there: str, domain: str) -> bool:
    """Whether two domains are of one organisation, as far as their names tell."""
    return there == domain or there.endswith(f".{domain}") or domain.endswith(f".{there}")


def _mx(client: DnsClient, mail: Mail, domain: str) -> Iterator[object]:
    answer = client.ask(domain, "MX")
    if not answer.status.is_known:
        yield unknown(answer)
        return
    hosts = [text.split()[-1].removesuffix(".").lower() for text in answer.texts]

    known = [host for host in hosts if host]
    found = zip(client.ask_all(known, "A"), client.ask_all(known, "AAAA"), strict=True)
    yield MxFacts(
        domain=domain,
        answer=answer,
        hosts=tuple(zip(known, found, strict=True)),
        mail=mail,
    )
