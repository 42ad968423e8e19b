"""DMARC records by RFC 9989 (May 2026), which replaced RFC 7489: no `pct`, `rf`, `ri`; new `np`,
`psd`, `t`; the organisation's domain by a walk up the tree.
"""

from collections.abc import Callable, Iterator

from launchready.facts.dns import DnsAnswer
from launchready.frozen import frozen
from launchready.regex import Regex
from launchready.steps.email_check.records.tags import Tags, read_tags

Ask = Callable[[str, str], DnsAnswer]
POLICIES = ("none", "quarantine", "reject")
REMOVED = ("pct", "rf", "ri")
_VERSION = Regex(r"(?i)\s*v\s*=\s*DMARC1\s*(?:;|$)")
_ADDRESS = Regex(r"(?i)mailto:([^\s,;!@]+)@([a-z0-9.\-]+)(?:![0-9]+[kmgt]?)?")
_MOST_QUERIES = 8


@frozen
class Dmarc:
    """A domain's DMARC record. `domain` is where it stands: the domain itself or one above.

    `policy` is `none` where the tag is missing or unknown, as receivers take it.
    """

    domain: str
    text: str
    tags: Tags
    policy: str
    subdomains: str
    absent: str
    reports: tuple[tuple[str, str], ...]
    is_testing: bool
    faults: tuple[str, ...]


def is_dmarc(text: str) -> bool:
    """Whether a TXT record is one of DMARC."""
    return _VERSION.match(text) is not None


def read_dmarc(text: str, domain: str) -> Dmarc:
    """A record's meaning, and what is wrong with it."""
    tags = read_tags(text)
    policy = _policy(tags.get("p"), "none")
    subdomains = _policy(tags.get("sp"), policy)
    reports = tags.get("rua") or ""
    return Dmarc(
        domain=domain,
        text=text,
        tags=tags,
        policy=policy,
        subdomains=subdomains,
        absent=_policy(tags.get("np"), subdomains),
        reports=tuple((m[1], m[2].lower()) for m in _ADDRESS.finditer(reports)),
        is_testing=(tags.get("t") or "").lower() == "y",
        faults=(*tags.faults, *_faults(tags)),
    )


def find_dmarc(domain: str, ask: Ask) -> tuple[list[DnsAnswer], list[str]]:
    """The answers on the walk up from a domain, the last of which decides, and its DMARC records.

    At most eight questions (RFC 9989, section 4.10): of a longer name, the domain itself and then
    its last seven labels.
    """
    answers = []
    for name in walk(domain):
        answer = ask(f"_dmarc.{name}", "TXT")
        answers.append(answer)
        found = [text for text in answer.texts if is_dmarc(text)]
        if found or not answer.status.is_known:
            return answers, found
    return answers, []


def walk(domain: str) -> Iterator[str]:
    """The names on the way up that are asked (RFC 9989, section 4.10)."""
    labels = domain.split(".")
    yield domain
    most = min(len(labels) - 1, _MOST_QUERIES - 1)
    yield from (".".join(labels[-count:]) for count in range(most, 0, -1))


def _policy(value: str | None, otherwise: str) -> str:
    told = (value or "").lower()
    return told if told in POLICIES else otherwise


def _faults(tags: Tags) -> Iterator[str]:
    for name in ("p", "sp", "np"):
        value = tags.get(name)
        if value is not None and value.lower() not in POLICIES:
            yield f"`{name}` is none of none, quarantine and reject"
    for name in ("adkim", "aspf"):
        value = tags.get(name)
        if value is not None and value.lower() not in ("r", "s"):
            yield f"`{name}` is neither r nor s"
    reports = tags.get("rua")
    if reports is not None and not _ADDRESS.search(reports):
        yield "`rua` holds no `mailto:` address"
