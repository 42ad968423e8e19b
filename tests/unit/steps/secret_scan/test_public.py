"""Names are shown without the tokens in them, and otherwise as they are."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchready.catalog import shapes
from launchready.catalog.kinds import Kind, Token
from launchready.catalog.secrets import KINDS
from launchready.steps.secret_scan.formats import formats
from launchready.steps.secret_scan.public import public

TOKENS = [kind for kind in KINDS if isinstance(kind.format, Token)]


def shapes_of(kind: Kind) -> tuple[str, ...]:
    """As its provider publishes them."""
    return kind.format.shapes if isinstance(kind.format, Token) else ()


@pytest.mark.parametrize("kind", TOKENS, ids=lambda kind: kind.id)
def test_a_token_in_a_name_is_masked(kind: Kind) -> None:
    chance = random.Random(7)
    for _ in range(20):  # of some kinds one in ten is in another shape, or lacks a digit
        token = formats.sample(kind, chance)
        shown = public(f"keys/backup_{token}.env")
        assert re.fullmatch(r"keys/backup_.*\*{8}(\.env)?", shown)  # the end may be the token's too
        assert len(shown) < len("keys/backup_.env") + 40
        body = token[len(formats.public_prefix(kind, token)) :]
        pieces = {body[at : at + 8] for at in range(len(body) - 7)}
        published = " ".join(shapes_of(kind))
        assert not {each for each in pieces if each in shown and each not in published}


def test_a_longer_shape_hides_more_than_the_one_it_begins_with() -> None:
    token = shapes.sample("glpat-{urlsafe:27}.{lower:2}.{lower:9}", random.Random(1))
    assert public(f"a-{token}.env") == "a-glpat-********.env"


def test_all_tokens_of_a_name_are_masked() -> None:
    chance = random.Random(2)
    first, second = (shapes.sample("glpat-{urlsafe:20}", chance) for _ in range(2))
    assert public(f"{first}/a/{second}.txt") == "glpat-********/a/glpat-********.txt"


@pytest.mark.parametrize(
    "name",
    [
        "src/components/a-very-long-name-of-a-component.tsx",
        "static/app.4f2a9c1b0d3e5f60718293a4b5c6d7e8.js",
        "migrations/20260301120000_add_users_table.sql",
        "Ann Other",
        "",
    ],
)
def test_other_names_stay(name: str) -> None:
    assert public(name) == name


@given(st.text(max_size=80))
def test_any_text_is_a_name(name: str) -> None:
    assert isinstance(public(name), str)
