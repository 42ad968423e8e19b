"""One format of the catalogue, written as the engines and the documentation need it."""

import functools
import re
from typing import TYPE_CHECKING

from launchready.catalog import shapes
from launchready.catalog.kinds import Assigned, Keyword, Kind, Pattern, Token
from launchready.steps.secret_scan.formats import assignment

if TYPE_CHECKING:
    import random

# A token may stand after a quote, an operator or an escape (`\n`, `%3D`, `\u0026`), not in a word.
_WORD_START = (
    r"(?:(?<![A-Za-z0-9_])|(?<=\\[nrtfvb0])|(?<=%[0-9A-Fa-f]{2})|(?<=\\u00[0-9A-Fa-f]{2}))"
)
_NAME_REACH = 192


@functools.cache
def regex(kind: Kind) -> str:
    """The full pattern for `re` on bytes or text: ASCII, with boundaries and a group `secret`."""
    match kind.format:
        case Token(shapes=forms):
            bodies = "|".join(_bounded(form) for form in forms)
            return f"{_WORD_START}(?P<secret>{bodies})"
        case Assigned(names=names, shapes=forms):
            values = tuple(shapes.regex(form) for form in forms)
            last = "".join(dict.fromkeys(shapes.last_alphabet(form) for form in forms))
            return assignment.shaped_regex(names, values, f"A-Za-z0-9_{_signs(last + '-')}")
        case Keyword(names=names, minimum=minimum, is_drawn=is_drawn):
            return assignment.free_regex(names, minimum, is_drawn=is_drawn)
        case Pattern(regex=pattern):
            return pattern


@functools.cache
def compiled(kind: Kind) -> re.Pattern[bytes]:
    """`regex(kind)`, ready for use on bytes."""
    return re.compile(regex(kind).encode("ascii"))


@functools.cache
def anchor_regex(kind: Kind) -> str:
    """A plain pattern that matches a part of every match of `regex(kind)`, and more.

    It has no look-around, back-reference or named group. Match it caseless if `is_caseless`.
    """
    match kind.format:
        case Token(shapes=forms):
            return "|".join(dict.fromkeys(shapes.anchor(form) for form in forms))
        case Assigned(names=names, shapes=forms):
            values = tuple(dict.fromkeys(shapes.opening(form) for form in forms))
            return assignment.shaped_anchor(names, values)
        case Keyword(names=names, minimum=minimum, is_drawn=is_drawn):
            return "|".join(assignment.free_anchors(names, minimum, is_drawn=is_drawn))
        case Pattern(anchor=anchor):
            return anchor


def anchor_parts(kind: Kind) -> tuple[str, ...]:
    """`anchor_regex(kind)` as the alternatives that are compiled each by itself, mostly one.

    None of a kind that `is_whole_file`: no engine looks for it.
    """
    if is_whole_file(kind):
        return ()
    match kind.format:
        case Keyword(names=names, minimum=minimum, is_drawn=is_drawn):
            return assignment.free_anchors(names, minimum, is_drawn=is_drawn)
        case Pattern(anchor_parts=parts) if parts:
            return parts
        case _:
            return (anchor_regex(kind),)


def greedy_anchor_regex(kind: Kind) -> str:
    """The same for `re`, which, where a name goes on and on, would try to end it at every letter.

    Nothing is lost by it: all that may follow a name may follow what it ends in.
    """
    return anchor_regex(kind).replace(assignment.PLAIN_TAIL, f"{assignment.PLAIN_TAIL}+")


@functools.cache
def literals(kind: Kind) -> tuple[bytes, ...]:
    """Texts one of which every match holds; in lower case if `is_caseless`."""
    match kind.format:
        case Token(shapes=forms):
            texts = tuple(dict.fromkeys(shapes.literal(form) for form in forms))
        case Assigned(names=names) | Keyword(names=names):
            texts = assignment.literals(names)
        case Pattern(literals=texts):
            pass
    return tuple(text.encode("ascii") for text in texts)


def is_whole_file(kind: Kind) -> bool:
    """Whether all of a file is the secret, and the file's path alone tells it."""
    return isinstance(kind.format, Pattern) and not kind.format.literals


def is_caseless(kind: Kind) -> bool:
    """Whether `anchor_regex` and `literals` are to be matched without regard to case."""
    if isinstance(kind.format, Pattern):
        return kind.format.is_caseless
    return isinstance(kind.format, Assigned | Keyword)


def reach(kind: Kind) -> int:
    """The most bytes that one match may span: how far around an anchor `regex` has to look."""
    match kind.format:
        case Token(shapes=forms):
            return max(shapes.longest(form) for form in forms) + 8
        case Assigned(shapes=forms):
            return max(shapes.longest(form) for form in forms) + _NAME_REACH
        case Keyword():
            return assignment.LONGEST_VALUE + _NAME_REACH
        case Pattern(reach=most):
            return most


def public_prefix(kind: Kind, value: str) -> str:
    """What `value` begins with that its provider publishes: all that a report may show of it."""
    match kind.format:
        case Token(shapes=forms) | Assigned(shapes=forms):
            known = (shapes.prefix(form) for form in forms)
            return max((text for text in known if value.startswith(text)), key=len, default="")
        case _:
            return ""


def sample(kind: Kind, chance: "random.Random") -> str:
    """A generated example that `regex` and the checksum accept; never the same twice."""
    from launchready.steps.secret_scan.judging import checksums

    match kind.format:
        case Token(shapes=forms, checksum=checksum):
            return checksums.complete(checksum, shapes.sample(chance.choice(forms), chance), chance)
        case Assigned(names=names, shapes=forms, checksum=checksum):
            value = shapes.sample(chance.choice(forms), chance)
            value = checksums.complete(checksum, value, chance)
            return f'{chance.choice(names).upper()}="{value}"'
        case Keyword(names=names, minimum=minimum, is_whole_name=is_whole):
            value = shapes.sample(f"{{alnum:{max(minimum, 24)}}}", chance)
            name = chance.choice(names) if is_whole else f"acme_{chance.choice(names)}"
            return f'{name.upper()}="{value}"'
        case Pattern(samples=forms, checksum=checksum):
            text = shapes.sample(chance.choice(forms), chance)
            return text.replace("{proof}", checksums.complete(checksum, "", chance))


def _bounded(form: str) -> str:
    """The shape, not followed by what would make it a longer word than the shape allows."""
    return f"{shapes.regex(form)}(?![A-Za-z0-9_{_signs(shapes.last_alphabet(form))}])"


def _signs(alphabet: str) -> str:
    """The characters of a class that are neither letters, digits nor `_`."""
    signs = re.sub(r"[A-Za-z0-9]-[A-Za-z0-9]", "", alphabet)
    return "".join(f"\\{sign}" for sign in "+/.=~-" if sign in signs)
