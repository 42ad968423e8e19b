"""`check_host` of RFC 7208, section 4: what a receiver makes of a sender, and on which grounds."""

import enum
import ipaddress
from collections.abc import Callable
from dataclasses import dataclass, field

from launchready.facts.dns import DnsAnswer, DnsStatus
from launchready.frozen import replace
from launchready.steps.email_check.spf.grammar import (
    Qualifier,
    SpfRecord,
    Term,
    is_explanation,
    is_spf,
    parse,
)
from launchready.steps.email_check.spf.macros import Sender, expand, uses_validated_name

Ask = Callable[[str, str], DnsAnswer]
_MOST_LOOKUPS = 10
_MOST_VOID = 2
_MOST_NAMES = 10


class Result(enum.Enum):
    """What a receiver concludes (section 2.6)."""

    NONE = "none"
    NEUTRAL = "neutral"
    PASS = "pass"  # noqa: S105
    FAIL = "fail"
    SOFTFAIL = "softfail"
    TEMPERROR = "temperror"
    PERMERROR = "permerror"


_GIVES = {
    Qualifier.PASS: Result.PASS,
    Qualifier.FAIL: Result.FAIL,
    Qualifier.SOFTFAIL: Result.SOFTFAIL,
    Qualifier.NEUTRAL: Result.NEUTRAL,
}


class _Ended(Exception):  # noqa: N818 - the evaluation's way out of any depth
    def __init__(self, result: Result, why: str = "") -> None:
        super().__init__(why)
        self.result = result


@dataclass
class Evaluation:
    """One evaluation: `lookups` and `void` are spent; `why` says what made it an error."""

    ask: Ask
    lookups: int = 0
    void: int = 0
    why: str = ""
    explanation: str = field(default="")

    def check(self, sender: Sender) -> Result:
        """The result for a sender; `sender.domain` is where the evaluation begins."""
        if not _is_name(sender.domain):
            return Result.NONE
        mapped = getattr(sender.address, "ipv4_mapped", None)
        if mapped is not None:  # section 5: an IPv4 address is one in whatever dress it comes
            sender = replace(sender, address=mapped)
        try:
            return self._host(sender, is_first=True)
        except _Ended as ended:
            self.why = str(ended)
            return ended.result

    def _host(self, sender: Sender, *, is_first: bool) -> Result:
        record = self._record(sender.domain)
        if record is None:
            return Result.NONE
        if record.mistakes:
            raise _Ended(Result.PERMERROR, record.mistakes[0].words)
        for term in record.mechanisms:
            if self._matches(term, sender):
                result = _GIVES[term.qualifier]
                if result is Result.FAIL and is_first:
                    self._explain(record, sender)
                return result
        redirect = record.modifier("redirect")
        if redirect is None:
            return Result.NEUTRAL
        self._spend()
        result = self._host(replace(sender, domain=self._name(redirect, sender)), is_first=is_first)
        if result is Result.NONE:
            raise _Ended(Result.PERMERROR, "`redirect=` leads to a domain without SPF")
        return result

    def _record(self, domain: str) -> SpfRecord | None:
        if not _is_name(domain):
            return None
        answer = self.ask(domain, "TXT")
        if not answer.status.is_known:
            raise _Ended(Result.TEMPERROR, answer.status.value)
        found = [text for text in answer.texts if is_spf(text)]
        if len(found) > 1:
            raise _Ended(Result.PERMERROR, f"{domain} has {len(found)} SPF records")
        return parse(found[0]) if found else None

    def _matches(self, term: Term, sender: Sender) -> bool:
        if term.asks:
            self._spend()
        by_name: dict[str, Callable[[Term, Sender], bool]] = {
            "all": lambda *_: True,
            "ip4": _is_in_term,
            "ip6": _is_in_term,
            "include": self._include,
            "a": self._a,
            "mx": self._mx,
            "exists": self._exists,
            "ptr": self._ptr,
        }
        return by_name[term.name](term, sender)

    def _a(self, term: Term, sender: Sender) -> bool:
        return self._any_of(self._name(term, sender), term, sender)

    def _exists(self, term: Term, sender: Sender) -> bool:
        return bool(self._asked(self._name(term, sender), "A").records)

    def _include(self, term: Term, sender: Sender) -> bool:
        result = self._host(replace(sender, domain=self._name(term, sender)), is_first=False)
        if result is Result.NONE:
            raise _Ended(Result.PERMERROR, f"`{term.name}` leads to a domain without SPF")
        return result is Result.PASS

    def _any_of(self, name: str, term: Term, sender: Sender, *, is_counted: bool = True) -> bool:
        kind = "A" if sender.address.version == 4 else "AAAA"
        answer = self._asked(name, kind, is_counted=is_counted)
        return any(_is_in(sender, text, term) for text in answer.texts)

    def _mx(self, term: Term, sender: Sender) -> bool:
        answer = self._asked(self._name(term, sender), "MX")
        if len(answer.records) > _MOST_NAMES:
            raise _Ended(Result.PERMERROR, f"`mx` gives more than {_MOST_NAMES} hosts")
        hosts = [text.split()[-1] for text in answer.texts]
        return any(
            self._any_of(host, term, sender, is_counted=False) for host in hosts if host != "."
        )

    def _ptr(self, term: Term, sender: Sender) -> bool:
        target = self._name(term, sender).lower().removesuffix(".")
        return any(
            name == target or name.endswith(f".{target}") for name in self._validated(sender)
        )

    def _validated(self, sender: Sender) -> list[str]:
        """The client's names that lead back to it (section 5.5); what fails is passed over."""
        answer = self.ask(sender.address.reverse_pointer, "PTR")
        self._count_void(answer)
        names = [text.lower().removesuffix(".") for text in answer.texts[:_MOST_NAMES]]
        kind = "A" if sender.address.version == 4 else "AAAA"
        return [
            name
            for name in names
            if any(_is_same(text, sender) for text in self.ask(name, kind).texts)
        ]

    def _name(self, term: Term, sender: Sender) -> str:
        """The domain of a term: its own with macros replaced, or the one that is evaluated."""
        if not term.value:
            return sender.domain
        return expand(term.value, self._known(term.value, sender))

    def _known(self, text: str, sender: Sender) -> Sender:
        """The sender with its confirmed name, where a text needs it (section 7.3)."""
        if not uses_validated_name(text):
            return sender
        names = self._validated(sender)
        domain = sender.domain.lower()
        same = [name for name in names if name == domain]
        below = [name for name in names if name.endswith(f".{domain}")]
        return replace(sender, validated=next(iter([*same, *below, *names]), "unknown"))

    def _asked(self, name: str, kind: str, *, is_counted: bool = True) -> DnsAnswer:
        if not _is_name(name):
            answer = DnsAnswer(name=name, type=kind, status=DnsStatus.NO_NAME)
        else:
            answer = self.ask(name, kind)
        if not answer.status.is_known:
            raise _Ended(Result.TEMPERROR, answer.status.value)
        if is_counted:
            self._count_void(answer)
        return answer

    def _count_void(self, answer: DnsAnswer) -> None:
        """Names that are not there are a sign of abuse: two are let pass (section 4.6.4)."""
        if answer.status in (DnsStatus.NO_DATA, DnsStatus.NO_NAME):
            self.void += 1
            if self.void > _MOST_VOID:
                raise _Ended(Result.PERMERROR, f"more than {_MOST_VOID} names are not there")

    def _spend(self) -> None:
        self.lookups += 1
        if self.lookups > _MOST_LOOKUPS:
            raise _Ended(Result.PERMERROR, f"more than {_MOST_LOOKUPS} lookups")

    def _explain(self, record: SpfRecord, sender: Sender) -> None:
        """The domain's own words for a refusal (section 6.2); whatever fails, there are none."""
        exp = record.modifier("exp")
        if exp is None:
            return
        answer = self.ask(self._name(exp, sender), "TXT")
        if len(answer.texts) == 1 and is_explanation(text := answer.texts[0]):
            self.explanation = expand(text, self._known(text, sender), is_name=False)


def _is_in_term(term: Term, sender: Sender) -> bool:
    return _is_in(sender, term.value, term)


def _is_in(sender: Sender, address: str, term: Term) -> bool:
    """Whether the client is in the network of an address with the term's prefix length."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    bits = term.bits4 if found.version == 4 else term.bits6
    if found.version != sender.address.version:
        return False
    return sender.address in ipaddress.ip_network(
        (found, found.max_prefixlen if bits is None else bits), strict=False
    )


def _is_same(address: str, sender: Sender) -> bool:
    try:
        return ipaddress.ip_address(address) == sender.address
    except ValueError:
        return False


def _is_name(name: str) -> bool:
    """Whether a name can be asked for: labels of 1 to 63 signs, 253 in all, more than one label."""
    labels = name.removesuffix(".").split(".")
    return len(labels) > 1 and len(name) <= 254 and all(0 < len(label) < 64 for label in labels)
