"""Names are shown without the tokens in them, and otherwise as they are."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchready.catalog.kinds import Token
from launchready.catalog.secrets import KINDS
from launchready.steps.secret_scan.formats import formats
from launchready.steps.secret_scan.public import public

TOKENS = [kind for kind in KINDS if isinstance(kind.format, Token)]


@pytest.mark.parametrize("kind", TOKENS, ids=lambda kind: kind.id)
def test_a_token_in_a_name_is_masked(kind: object) -> None:
    chance = random.Random(7)
    token = formats.sample(kind, chance)  # type: ignore[arg-type]
    shown = public(f"keys/backup_{token}.env")
    assert "********" in shown
    assert shown.startswith("keys/backup_")
    assert len(shown) < len("keys/backup_.env") + 40
    body = token[len(formats.public_prefix(kind, token)) :]  # type: ignore[arg-type]
    pieces = {body[at : at + 12] for at in range(len(body) - 11)}
    published = " ".join(kind.format.shapes)  # type: ignore[attr-defined]
    assert not {each for each in pieces if each in shown and each not in published}


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
