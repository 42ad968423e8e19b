"""When the registration of a domain ends, by RDAP (RFC 9082, RFC 9083, RFC 9224)."""

import datetime
import json
from collections.abc import Iterator
from typing import Any

from launchready.model import Unchecked
from launchready.steps.dns_check.seen import ExpiryFacts
from launchready.steps.dns_check.session import Session, above

_BOOTSTRAP = "https://data.iana.org/rdap/dns.json"
_HINT = "`skip: [expiry]` under `dns-check` where it can never be asked; see that renewal is on"


def look_at_expiry(session: Session, domain: str) -> Iterator[object]:
    """What the registry says of a domain, or of the one above where it is a zone of its own."""
    service, why = _service(session, domain)
    if not service:
        yield _unchecked(domain, why)
        return
    for name in above(domain)[:-1]:
        status, told = _get(session, f"{service.rstrip('/')}/domain/{name}")
        if status == 200:
            yield _read(name, told) or _unchecked(name, "the registry's RDAP tells no end of it")
            return
        if status != 404:
            yield _unchecked(name, f"the registry's RDAP answered {status or 'nothing'}")
            return
    yield _unchecked(domain, "the registry's RDAP does not know the domain")


def _service(session: Session, domain: str) -> tuple[str, str]:
    """Where the top-level domain's RDAP is, or why that is not known."""
    if session.settings.rdap:
        return session.settings.rdap, ""
    status, told = _get(session, _BOOTSTRAP)
    if status != 200 or not isinstance(told, dict):
        return "", "IANA's list of RDAP services could not be read"
    top = above(domain)[-1]
    for entry in told.get("services") or ():
        if isinstance(entry, list) and len(entry) == 2 and top in entry[0]:
            urls = [url for url in entry[1] if isinstance(url, str) and url.startswith("https:")]
            return (urls[0], "") if urls else ("", "its registry has no RDAP over HTTPS")
    return "", f"the registry of .{top} has no RDAP"


def _get(session: Session, url: str) -> tuple[int, Any]:
    response = session.web.service(url).response
    if response is None or response.is_cut:
        return 0, None
    try:
        return response.status, json.loads(response.body)
    except (ValueError, RecursionError):
        return response.status, None


def _read(domain: str, told: Any) -> ExpiryFacts | None:
    now = datetime.datetime.now(datetime.UTC)
    ends = [_moment(each) for each in _list(told, "events") if isinstance(each, dict)]
    last = next((each for each in ends if each is not None), None)
    states = [each for each in _list(told, "status") if isinstance(each, str)]
    if last is None and not states:
        return None
    return ExpiryFacts(
        domain=domain,
        days=(last - now).days if last else None,
        states=tuple(sorted(state[:60] for state in states[:20])),
    )


def _list(told: Any, name: str) -> list[Any]:
    found = told.get(name) if isinstance(told, dict) else None
    return found[:100] if isinstance(found, list) else []


def _moment(event: dict[str, Any]) -> datetime.datetime | None:
    if event.get("eventAction") != "expiration":
        return None
    try:
        moment = datetime.datetime.fromisoformat(str(event.get("eventDate")))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)


def _unchecked(domain: str, why: str) -> Unchecked:
    return Unchecked(target=f"the registration of {domain}", reason=why, hint=_HINT)
