"""Who runs DNS, hosting, CDN and mail of the domain, and to whom it proves ownership."""

import re
from collections.abc import Iterator

from launchready.catalog import dns_providers
from launchready.model import Json, Told
from launchready.steps.dns_check.looks.zone import targets
from launchready.steps.dns_check.rules.at import shown
from launchready.steps.dns_check.seen import HostFacts, UseFacts, UsesFacts, ZoneFacts
from launchready.steps.dns_check.session import Session

_ROLES = ("DNS", "CDN", "hosting", "mail", "proof")
_MOST_DRAWN = 30


def look_at_uses(
    session: Session, zone: ZoneFacts, hosts: tuple[HostFacts, ...]
) -> Iterator[object]:
    """The uses of a zone as facts, and as a map for people."""
    client, name = session.client, zone.zone
    found = [_use("DNS", name, "NS", server.name) for server in zone.servers]
    for host in hosts:
        found += _of_host(host)
    found += [_use("mail", name, "MX", host) for host in targets(client.ask(name, "MX").texts)]
    proofs = (_use("proof", name, "TXT", text) for text in client.ask(name, "TXT").texts)
    found += [each for each in proofs if each.provider is not None]
    uses = tuple(sorted(dict.fromkeys(found), key=lambda each: _ROLES.index(each.role)))
    yield UsesFacts(zone=name, uses=uses)
    yield _map(name, uses)


def _of_host(host: HostFacts) -> Iterator[UseFacts]:
    """By the names that it leads through, or else by its addresses."""
    named = [_use("hosting", host.name, "CNAME", alias) for alias in host.chain]
    known = [each for each in named if each.provider is not None]
    if known or named:
        yield from known or named[-1:]
        return
    for ip in sorted(host.seen.addresses):
        yield _use("hosting", host.name, "AAAA" if ":" in ip else "A", ip)


def _use(role: str, name: str, kind: str, text: str) -> UseFacts:
    by_type = {
        "NS": dns_providers.of_server,
        "CNAME": dns_providers.of_host,
        "MX": dns_providers.of_mail,
        "TXT": dns_providers.of_token,
    }
    provider = by_type.get(kind, dns_providers.of_address)(text)
    role = "CDN" if role == "hosting" and provider is not None and provider.is_cdn else role
    return UseFacts(role=role, provider=provider, name=name, type=kind, text=text)


def _map(zone: str, uses: tuple[UseFacts, ...]) -> Told:
    value: dict[str, Json] = {
        "domain": zone,
        "uses": [
            {
                "role": each.role,
                "who": shown(each.who),
                "id": each.provider.id if each.provider else None,
                "name": each.name,
                "type": each.type,
            }
            for each in uses
        ],
    }
    by_role = {role: [each for each in uses if each.role == role] for role in _ROLES}
    lines = [
        f"{role} of {shown(zone)}: "
        + "; ".join(f"{who} ({names})" for who, names in _by_who(same).items())
        for role, same in by_role.items()
        if same
    ]
    rows = [
        (each.role, shown(each.who), f"{shown(each.name)} {each.type} {shown(each.text)}")
        for each in uses
    ]
    return Told(
        name="domain_map",
        value=value,
        words="\n".join(lines),
        rows=(("What", "Who", "By this record"), *rows),
        picture=_picture(zone, uses),
    )


def _by_who(uses: list[UseFacts]) -> dict[str, str]:
    names: dict[str, list[str]] = {}
    for each in uses:
        names.setdefault(shown(each.who), []).append(f"{shown(each.name)} {each.type}")
    return {who: ", ".join(dict.fromkeys(every[:3])) for who, every in list(names.items())[:8]}


def _picture(zone: str, uses: tuple[UseFacts, ...]) -> str:
    """A diagram: the names of the domain, and who each leads to."""
    names = {zone: "n0"}
    whose: dict[str, str] = {}
    lines = dict.fromkeys(
        f"  {names.setdefault(each.name, f'n{len(names)}')} -- {each.role} -->"
        f" {whose.setdefault(each.who, f'w{len(whose)}')}"
        for each in uses[:_MOST_DRAWN]
    )
    labels = [f'  {node}["{_label(name)}"]' for name, node in names.items()]
    labels += [f'  {node}(["{_label(who)}"])' for who, node in whose.items()]
    return "\n".join(("graph LR", *labels, *lines))


def _label(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9._:' -]", "?", text[:60])
