"""An SPF record -> its terms, each with its place; RFC 7208, sections 4.6, 5, 6 and 12.

The whole record is read: what is wrong in it makes it a permanent error for every receiver, whether
or not the evaluation would come that far (section 4.6).
"""

import enum
import ipaddress
import re
from collections.abc import Iterator

from launchready.frozen import frozen, replace
from launchready.regex import Regex


class Qualifier(enum.Enum):
    """What a matching mechanism gives."""

    PASS = "+"  # noqa: S105
    FAIL = "-"
    SOFTFAIL = "~"
    NEUTRAL = "?"


@frozen
class Term:
    """A mechanism or a modifier (`is_modifier`). `name` is in lower case, `value` what follows `:`
    or `=`, without the prefix lengths. `column` counts from 1 in the record's text.
    """

    text: str
    column: int
    name: str
    value: str = ""
    qualifier: Qualifier = Qualifier.PASS
    bits4: int | None = None
    bits6: int | None = None
    is_modifier: bool = False

    @property
    def asks(self) -> bool:
        """Whether it costs one of the ten lookups (section 4.6.4)."""
        return self.name in ("include", "a", "mx", "ptr", "exists", "redirect")


@frozen
class Mistake:
    """What is wrong in a record, and where."""

    column: int
    words: str


@frozen
class SpfRecord:
    """A record: its terms in order, and its mistakes. With any, it is a permanent error."""

    text: str
    terms: tuple[Term, ...]
    mistakes: tuple[Mistake, ...]

    @property
    def mechanisms(self) -> tuple[Term, ...]:
        """The terms that match or do not."""
        return tuple(term for term in self.terms if not term.is_modifier)

    def modifier(self, name: str) -> Term | None:
        """The modifier of this name."""
        return next((t for t in self.terms if t.is_modifier and t.name == name), None)


_VERSION = Regex(r"(?i)v=spf1(?: |$)")
_TERM = Regex(r"[^ ]+")
_MODIFIER = Regex(r"([A-Za-z][A-Za-z0-9_.\-]*)=(.*)", re.DOTALL)
_MECHANISM = Regex(r"([+\-~?]?)([A-Za-z][A-Za-z0-9]*)(?::(.*)|(/.*))?", re.DOTALL)
_LENGTHS = Regex(r"(?:/[0-9]*)?(?://[0-9]*)?$")
_DUAL = Regex(r"(?:/(0|[1-9][0-9]{0,2}))?(?://(0|[1-9][0-9]{0,2}))?")
_MACRO = r"%(?:\{[slodiphcrtvSLODIPHCRTV][0-9]*[rR]?[.\-+,/_=]*\}|[%_\-])"
_MACRO_STRING = Regex(rf"(?:{_MACRO}|[!-$&-~])*")
# The last label of a domain: letters, digits and hyphens, not all digits (RFC 7208, 7.1).
_DOMAIN_END = Regex(
    rf"(?:.*\.(?![0-9]+\.?$)[A-Za-z0-9](?:[A-Za-z0-9\-]*[A-Za-z0-9])?\.?|.*{_MACRO})", re.DOTALL
)
_ZERO = Regex(r"%\{[a-zA-Z]0[rR]?")
_OUTSIDE_EXP = Regex(r"%\{[crtCRT]")
_NAMES = ("all", "include", "a", "mx", "ptr", "ip4", "ip6", "exists")


def is_spf(text: str) -> bool:
    """Whether a TXT record is one of SPF, version 1 (section 4.5)."""
    return _VERSION.match(text) is not None


def parse(text: str) -> SpfRecord:
    """The terms of a record that `is_spf`."""
    terms: list[Term] = []
    mistakes: list[Mistake] = []
    for found in _TERM.finditer(text, 6):
        term = _term(found[0], found.start() + 1)
        if isinstance(term, Mistake):
            mistakes.append(term)
        else:
            terms.append(term)
    mistakes += _doubles(terms)
    if not text.isascii():
        mistakes.append(Mistake(column=1, words="it holds other signs than those of ASCII"))
    return SpfRecord(text=text, terms=tuple(terms), mistakes=tuple(mistakes))


def _doubles(terms: list[Term]) -> Iterator[Mistake]:
    """`redirect` and `exp` may stand once (section 6)."""
    for name in ("redirect", "exp"):
        found = [term for term in terms if term.is_modifier and term.name == name]
        if len(found) > 1:
            yield Mistake(column=found[1].column, words=f"`{name}=` stands more than once")


def _term(text: str, column: int) -> Term | Mistake:
    if modifier := _MODIFIER.fullmatch(text):
        return _modifier(text, column, modifier[1].lower(), modifier[2])
    mechanism = _MECHANISM.fullmatch(text)
    if mechanism is None or mechanism[2].lower() not in _NAMES:
        return Mistake(column=column, words=f"there is no term {_quoted(text)}")
    sign, name, value, rest = mechanism.groups()
    has_value = value is not None
    if has_value and name.lower() in ("a", "mx", "ip4", "ip6"):
        at = _start_of_lengths(value)
        value, rest = value[:at], value[at:]
    qualifier = Qualifier(sign or "+")
    term = Term(text=text, column=column, name=name.lower(), value=value or "", qualifier=qualifier)
    words = _fault(term, rest or "", has_value=has_value)
    if isinstance(words, Term):
        return words
    return Mistake(column=column, words=f"{_quoted(text)} {words}")


def _start_of_lengths(value: str) -> int:
    """Where `/24` or `//64` begins. A slash may stand in a domain too (section 7.1)."""
    found = _LENGTHS.search(value)
    return found.start() if found else len(value)


def _modifier(text: str, column: int, name: str, value: str) -> Term | Mistake:
    term = Term(text=text, column=column, name=name, value=value, is_modifier=True)
    is_right = _is_domain(value) if name in ("redirect", "exp") else bool(_macro_string(value))
    if not is_right:
        return Mistake(column=column, words=f"{_quoted(text)} holds no domain")
    return term


def _fault(term: Term, rest: str, *, has_value: bool) -> Term | str:
    """The term with its prefix lengths, or what is wrong with it."""
    if term.name in ("ip4", "ip6"):
        return _network(term, rest, has_value=has_value)
    if term.name in ("a", "mx"):
        return _hosts(term, rest, has_value=has_value)
    if has_value and term.name != "all":
        return _named(term, term.value)
    if term.name in ("include", "exists"):
        return "needs a domain"
    return "takes nothing behind it" if has_value or rest else term


def _hosts(term: Term, rest: str, *, has_value: bool) -> Term | str:
    dual = _DUAL.fullmatch(rest)
    if dual is None or (has_value and not _is_domain(term.value)):
        return "has no right domain or length"
    bits4, bits6 = (int(bits) if bits is not None else None for bits in dual.groups())
    if (bits4 or 0) > 32 or (bits6 or 0) > 128:
        return "has too great a length"
    return replace(term, bits4=bits4, bits6=bits6)


def _named(term: Term, value: str) -> Term | str:
    return replace(term, value=value) if _is_domain(value) else "holds no domain"


def _network(term: Term, rest: str, *, has_value: bool) -> Term | str:
    kind = ipaddress.IPv4Address if term.name == "ip4" else ipaddress.IPv6Address
    try:
        kind(term.value)
    except ValueError:
        return "holds no address" if has_value else "needs an address"
    if not rest:
        return term
    bits = rest[1:]
    most = 32 if term.name == "ip4" else 128
    if (
        not bits.isascii()
        or not bits.isdigit()
        or (bits[0] == "0" and bits != "0")
        or int(bits) > most
    ):
        return "has no right length"
    return replace(term, bits4=int(bits)) if term.name == "ip4" else replace(term, bits6=int(bits))


def _is_domain(value: str) -> bool:
    """Whether a value is a domain-spec (section 7.1), without letters that only `exp` may have."""
    is_text = bool(value) and _macro_string(value) and _DOMAIN_END.fullmatch(value) is not None
    return is_text and _OUTSIDE_EXP.search(value) is None


def is_explanation(text: str) -> bool:
    """Whether a text may explain a refusal: macros and blanks (section 6.2)."""
    return all(_macro_string(part) for part in text.split(" "))


def _macro_string(value: str) -> bool:
    return _MACRO_STRING.fullmatch(value) is not None and _ZERO.search(value) is None


def _quoted(text: str) -> str:
    """A term as a message may show it."""
    shown = "".join(sign if sign.isprintable() and sign.isascii() else "?" for sign in text)
    return f"`{shown[:60].replace('`', '?')}`"
