"""What evaluating a record may cost at worst, and by which terms (RFC 7208, section 4.6.4)."""

from collections.abc import Callable, Iterator

from launchready.facts.dns import DnsAnswer, DnsStatus
from launchready.frozen import frozen
from launchready.steps.email_check.spf.grammar import SpfRecord, Term, is_spf, parse

Ask = Callable[[str, str], DnsAnswer]
_DEEPEST = 12  # more than ten lookups deep no evaluation goes
_MOST_TERMS = 200


@frozen
class Branch:
    """A term that costs a lookup: whose record it is in, and what it leads to.

    `missing` says that its domain has no SPF record, or is not there; `answer` is what was asked
    for it, None where its name holds a macro and is known only with a mail.
    """

    domain: str
    term: Term
    depth: int
    answer: DnsAnswer | None
    record: SpfRecord | None = None
    is_missing: bool = False

    @property
    def is_void(self) -> bool:
        """Whether its name is not there."""
        told = self.answer.status if self.answer else None
        return told in (DnsStatus.NO_DATA, DnsStatus.NO_NAME)


def branches(domain: str, record: SpfRecord, ask: Ask) -> tuple[Branch, ...]:
    """Every term that costs a lookup, in the order in which a receiver comes to it."""
    found: list[Branch] = []
    for branch in _walk(domain, record, ask, depth=1, above=(domain,)):
        found.append(branch)
        if len(found) >= _MOST_TERMS:
            break
    return tuple(found)


def _walk(
    domain: str, record: SpfRecord, ask: Ask, *, depth: int, above: tuple[str, ...]
) -> Iterator[Branch]:
    has_all = any(term.name == "all" for term in record.mechanisms)
    for term in record.terms:
        if not term.asks or (term.name == "redirect" and has_all):
            continue
        name = (term.value or domain).lower().removesuffix(".")
        if "%" in name:
            yield Branch(domain=domain, term=term, depth=depth, answer=None)
            continue
        if term.name not in ("include", "redirect"):
            kind = {"mx": "MX", "exists": "A", "a": "A"}.get(term.name)
            answer = ask(name, kind) if kind else None
            yield Branch(domain=domain, term=term, depth=depth, answer=_either(answer, name, ask))
            continue
        answer = ask(name, "TXT")
        inner = [parse(text) for text in answer.texts if is_spf(text)]
        is_missing = answer.status.is_known and len(inner) != 1
        only = inner[0] if len(inner) == 1 else None
        yield Branch(
            domain=domain, term=term, depth=depth, answer=answer, record=only, is_missing=is_missing
        )
        if only is not None and name not in above and depth < _DEEPEST:
            yield from _walk(name, only, ask, depth=depth + 1, above=(*above, name))


def _either(answer: DnsAnswer | None, name: str, ask: Ask) -> DnsAnswer | None:
    """What is asked for an `a`: a name with an address of either family is there."""
    if answer is None or answer.type != "A" or answer.status is DnsStatus.FOUND:
        return answer
    other = ask(name, "AAAA")
    return other if other.status is DnsStatus.FOUND else answer
