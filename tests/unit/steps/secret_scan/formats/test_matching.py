"""Looking only where a match may begin finds what looking everywhere finds."""

import random

import pytest
from tests.unit.steps.secret_scan.judging.judged import chance

from launchready.catalog.kinds import Assigned, Keyword, Kind
from launchready.catalog.secrets import KINDS
from launchready.steps.secret_scan.formats import formats
from launchready.steps.secret_scan.formats.matching import matches

BETWEEN = (
    "",
    " ",
    "\n",
    '"',
    "=",
    "--",
    "-",
    "ENV ",
    "=\n    '",
    "\\n",
    "%3D",
    "key",
    "SECRET_",
    "a",
)


def window(kind: Kind, drawn: random.Random) -> bytes:
    """Examples of the kind and of others, between what may stand beside them."""
    parts: list[str] = []
    for _ in range(drawn.randrange(1, 6)):
        other = drawn.choice((kind, kind, drawn.choice(KINDS)))
        parts += [drawn.choice(BETWEEN), formats.sample(other, drawn), drawn.choice(BETWEEN)]
    return "".join(parts).encode()


def everywhere(kind: Kind, text: bytes) -> list[tuple[int, int]]:
    """The spans of the matches; one of a name goes on up to its value only."""
    found: list[tuple[int, int]] = []
    at = 0
    while match := formats.compiled(kind).search(text, at):
        found.append(match.span())
        at = match.start("secret") if isinstance(kind.format, Assigned | Keyword) else match.end()
    return found


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_the_same_matches_in_the_same_order(kind: Kind) -> None:
    drawn = chance(kind.id)
    for _ in range(40):
        text = window(kind, drawn)
        assert [match.span() for match in matches(kind, text)] == everywhere(kind, text), text


@pytest.mark.parametrize(
    "text",
    ["--acme-password {}", "-password {}", "ENV DB_PASSWORD {}", "x --password={}", "\n-p-pwd {}"],
)
def test_options_begin_before_their_names(text: str) -> None:
    kind = next(each for each in KINDS if each.id == "generic-password")
    line = text.format("Tr0ub4dor&3x").encode()
    assert everywhere(kind, line)
    assert [match.span() for match in matches(kind, line)] == everywhere(kind, line)


@pytest.mark.parametrize("above", ["", "- name: DB_PASSWORD\n", "- name: X\n"])
def test_what_stands_above_hides_nothing(above: str) -> None:
    """The window around a candidate begins in one line or the other."""
    kind = next(each for each in KINDS if each.id == "generic-password")
    text = f'{above}  value: ACME_PASSWD="OXFNCNyz"password:\n'.encode()
    assert b"OXFNCNyz" in [match["secret"] for match in matches(kind, text)]
