"""What a needle looks like in base64 and in hexadecimal, whatever stands around it.

Three bytes are four signs of base64 (RFC 4648, section 4), so a text has three looks, by how many
bytes stand before it in its group of three. A sign that is shared with an unknown neighbour may be
one of several; of a form only the stretch that is telling enough is kept.
"""

import functools
from collections.abc import Iterable, Iterator, Sequence

from launchready.steps.secret_scan.decoding.needles import Needle, literal

EDITION = 2
"""Raise it when the same needles get other forms: compiled forms are kept under this number."""

_SIGNS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_ALSO = {ord("+"): ord("-"), ord("/"): ord("_")}  # the alphabet of URLs, section 5
_ANY = bytes(range(256))
_PHASES = (0, 1, 2)
_TELLING = 2.0**-27
_MOST_ALTERNATIVES = 4
_FEWEST_SIGNS = 6
_MOST_SIGNS = 10


@functools.cache
def base64_forms(known: tuple[Needle, ...]) -> tuple[Needle, ...]:
    """The forms of some needles in base64."""
    every = dict.fromkeys(_in_base64(needle, phase) for needle in known for phase in _PHASES)
    return tuple(dict.fromkeys(_telling(form) for form in every))


@functools.cache
def twice_base64_forms(known: tuple[Needle, ...]) -> tuple[bytes, ...]:
    """The forms, in base64 of base64, of the needles that are telling there without neighbours."""
    texts = dict.fromkeys(tuple(bytes([code]) for code in literal(needle)) for needle in known)
    once = dict.fromkeys(_in_base64(text, phase) for text in texts for phase in _PHASES)
    twice = dict.fromkeys(_in_base64(form, phase) for form in once for phase in _PHASES)
    return tuple(dict.fromkeys(text for form in twice for text in _literals(form)))


def hex_forms(known: Iterable[Needle]) -> Iterator[Needle]:
    """The forms of some needles in hexadecimal, in small letters."""
    for needle in known:
        digits: list[bytes] = []
        for place in needle:
            pairs = [f"{code:02x}".encode() for code in place]
            digits.extend(bytes(sorted({pair[at] for pair in pairs})) for at in (0, 1))
        yield tuple(digits)


def _in_base64(needle: Needle, phase: int) -> Needle:
    """The signs of a needle that has `phase` bytes before it in its group, ends cut off."""
    places = [*[_ANY] * phase, *needle]
    places += [_ANY] * (-len(places) % 3)
    signs = [sign for at in range(0, len(places), 3) for sign in _group(*places[at : at + 3])]
    tight = [at for at, sign in enumerate(signs) if len(sign) <= 24]
    return tuple(signs[tight[0] : tight[-1] + 1]) if tight else ()


@functools.cache
def _group(first: bytes, second: bytes, third: bytes) -> tuple[bytes, bytes, bytes, bytes]:
    high, middle = {b >> 4 for b in second}, {c >> 6 for c in third}
    return (
        _signs({a >> 2 for a in first}),
        _signs({a << 4 | b for a in {a & 3 for a in first} for b in high}),
        _signs({b << 2 | c for b in {b & 15 for b in second} for c in middle}),
        _signs({c & 63 for c in third}),
    )


def _signs(values: set[int]) -> bytes:
    signs = {_SIGNS[value] for value in values}
    return bytes(sorted(signs | {_ALSO[sign] for sign in signs if sign in _ALSO}))


def _telling(form: Needle) -> Needle:
    """The stretch with the fewest uncertain signs that chance hits rarely enough."""
    best: tuple[int, int, int] | None = None
    for first in range(len(form)):
        chance, doubts = 1.0, 0
        for last in range(first, len(form)):
            chance *= len(form[last]) / 64
            doubts += 10 * (len(form[last]) > 2) + 1
            if chance <= _TELLING:
                best = min(best or (doubts, first, last), (doubts, first, last))
                break
    return form if best is None else _widened(form, best[1], best[2] + 1)


def _widened(form: Needle, first: int, last: int) -> Needle:
    """The stretch with the certain signs beside it."""
    while first > 0 and len(form[first - 1]) == 1:
        first -= 1
    while last < len(form) and len(form[last]) == 1:
        last += 1
    return form[first:last]


def _literals(form: Needle) -> Iterator[bytes]:
    """The longest stretch of certain signs of a form, or what a few uncertain ones make longer."""
    certain = max(_stretches(form, 1), key=len, default=())
    if len(certain) < _FEWEST_SIGNS:
        certain = max(_stretches(form, _MOST_ALTERNATIVES), key=len, default=())
    if len(certain) < _FEWEST_SIGNS:
        return
    texts = [b""]
    for place in certain[:_MOST_SIGNS]:
        texts = [text + bytes([sign]) for text in texts for sign in place]
    yield from texts


def _stretches(form: Needle, most: int) -> Iterator[Sequence[bytes]]:
    """The stretches of a form that stand for at most so many texts."""
    for first in range(len(form)):
        count = 1
        last = first
        while last < len(form) and count * len(form[last]) <= most:
            count *= len(form[last])
            last += 1
        yield form[first:last]
