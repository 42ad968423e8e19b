"""`--write-intent`: the section `site` as a domain's live records would have it, for a person to
read and mend before it is taken for what is meant.
"""

import json
from collections.abc import Iterable, Iterator

from launchready.catalog.mail_senders import service_of
from launchready.errors import LaunchReadyError
from launchready.frozen import replace
from launchready.gateways import Gateways
from launchready.gateways.write import write_new
from launchready.model import Unchecked
from launchready.regex import Regex
from launchready.steps.dns_check.expect.wanted import told
from launchready.steps.dns_check.observe import observe
from launchready.steps.dns_check.rules.at import shown
from launchready.steps.dns_check.seen import HostFacts, UsesFacts
from launchready.steps.dns_check.session import Session, planned, session_of
from launchready.steps.dns_check.settings import Area, DnsCheckSettings

_NEEDED = (Area.HOSTS, Area.MAP)
_INCLUDE = Regex(r"(?i)(?:include:|redirect=)([A-Za-z0-9._-]{1,253})")
_NAME = Regex(r"[A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63})*")
_TOP = """\
# What is live now, as launchready dns-check sees it. Read it: what is wrong today stands here too.
version: 1
site:
"""


def answer(settings: DnsCheckSettings, place: str, gateways: Gateways) -> str:
    """The proposal, or where it was written to. Raises LaunchReadyError."""
    if not planned(settings):
        raise LaunchReadyError(
            "no domain is given to propose an intent for",
            hint="launchready dns-check DOMAIN --write-intent -",
        )
    rest = tuple(area for area in Area if area not in _NEEDED)
    seen = tuple(observe(replace(settings, skip=rest), gateways))
    text = _proposal(session_of(settings, gateways), seen)
    gaps = [f"# not looked at: {shown(e.target)}" for e in seen if isinstance(e, Unchecked)]
    text = "\n".join((text.rstrip("\n"), *gaps)) + "\n"
    if place == "-":
        return text.rstrip("\n")
    write_new(gateways.root / place, text)
    return f"{place} holds the proposal"


def _proposal(session: Session, seen: tuple[object, ...]) -> str:
    hosts = [each for each in seen if isinstance(each, HostFacts) and each.is_there]
    uses = [use for each in seen if isinstance(each, UsesFacts) for use in each.uses]
    if not hosts:
        raise LaunchReadyError(
            "no host of the domain has an address: there is nothing to propose",
            hint="run launchready dns-check without --write-intent, which says why",
        )
    canonical = _canonical(session, hosts)
    lines = [f"  url: {_text(f'https://{canonical.name}/')}"]
    others = [each for each in hosts if each.kind is not None]
    if others:
        lines.append("  hosts:")
        lines += [
            f"    - {{name: {_text(e.name)}, kind: {e.kind.value}}}" for e in others if e.kind
        ]
    ids = sorted({each.provider.id for each in uses if each.provider})
    if ids:
        lines.append(f"  providers: [{', '.join(map(_text, ids))}]")
    lines += _mail(session, canonical.zone)
    lines.append("  records:")
    for host in hosts:
        lines += _records(host)
    return _TOP + "\n".join(lines) + "\n"


def _canonical(session: Session, hosts: list[HostFacts]) -> HostFacts:
    """The host at which the others end by a redirect, or else the first."""
    main = [each for each in hosts if each.kind is None] or hosts
    by_name = {each.name: each for each in hosts}
    response = session.web.page(f"https://{main[0].name}/", main[0].seen.addresses).response
    target = (response.target if response is not None and response.location else "") or ""
    return by_name.get(target.partition("//")[2].partition("/")[0].lower(), main[0])


def _mail(session: Session, zone: str) -> Iterator[str]:
    """What the domain receives and who sends, as far as MX and SPF tell."""
    receives = session.client.ask(zone, "MX")
    texts = (text for text in session.client.ask(zone, "TXT").texts)
    spf = next((text for text in texts if text.lower().startswith("v=spf1")), "")
    services = [service_of(name) for name in _INCLUDE.findall(spf)[:20]]
    names = list(dict.fromkeys(each.names[0] for each in services if each))
    yield "  mail:"
    yield f"    domain: {_text(zone)}"
    if receives.status.is_known and not receives.records:
        yield "    receives: false"
    if names:
        senders = ", ".join(f"{{provider: {_text(name)}}}" for name in names)
        yield f"    senders: [{senders}]"


def _records(host: HostFacts) -> Iterator[str]:
    """What the zone itself holds of a host: its CNAME, or its addresses."""
    if host.chain and _NAME.fullmatch(host.chain[0]) and host.name != host.zone:
        yield _record(host.name, "CNAME", host.chain[:1])
        return
    if host.chain:
        yield _record(host.name, "ALIAS", host.chain[:1])
        return
    for kind, answer in (("A", host.seen.v4), ("AAAA", host.seen.v6)):
        if answer.texts:
            yield _record(host.name, kind, [told(kind, text) for text in answer.texts])


def _record(name: str, kind: str, values: Iterable[str]) -> str:
    listed = ", ".join(_text(value) for value in values)
    return f"    - {{name: {_text(name)}, type: {kind}, values: [{listed}]}}"


def _text(text: str) -> str:
    """A text as YAML takes it, whatever strangers wrote: plain where it is a word, else as JSON."""
    return text if _NAME.fullmatch(text) and not text[0].isdigit() else json.dumps(text)
