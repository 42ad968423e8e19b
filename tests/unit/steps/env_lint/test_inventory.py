"""The lists that platforms print are read for their names; no value of theirs is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchready.facts.environment import Environment, Stage
from launchready.steps.env_lint.inventory import parse_inventory
from launchready.steps.env_lint.naming import Naming
from launchready.steps.env_lint.settings import EnvLintSettings

NAMING = Naming.of(EnvLintSettings())
PRODUCTION = Environment(name="production", stage=Stage.PRODUCTION)


def names(text: str) -> list[str]:
    return [each.name for each in parse_inventory(text, "list.txt", None, NAMING)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("A_KEY\t2026-01-05T10:00:00Z\nB_URL\t2026-01-06T10:00:00Z\n", id="gh"),
        pytest.param(
            " NAME   │ DIGEST           │ CREATED AT\n A_KEY  │ 0f3c             │ 1h ago\n"
            " B_URL  │ 77aa             │ 2h ago\n",
            id="fly",
        ),
        pytest.param("=== shop Config Vars\n\nA_KEY: x\nB_URL: https://x.example\n", id="heroku"),
        pytest.param("A_KEY=x\nB_URL=y\n", id="lines of dotenv"),
        pytest.param("╔═══ Variables ═══╗\n║ A_KEY │ x ║\n║ B_URL │ y ║\n╚════╝\n", id="railway"),
        pytest.param('[{"name": "A_KEY"}, {"name": "B_URL"}]', id="gh --json"),
        pytest.param('{"A_KEY": "x", "B_URL": "y"}', id="heroku --json"),
        pytest.param('["A_KEY", "B_URL"]', id="names alone"),
    ],
)
def test_names(text: str) -> None:
    assert names(text) == ["A_KEY", "B_URL"]


def test_vercel_names_the_environments() -> None:
    text = (
        "> Environment Variables found\n\n name     value      environments          created\n"
        " A_KEY    Encrypted  Production, Preview   3d ago\n"
        " B_URL    Encrypted  Development           3d ago\n"
    )
    seen = [
        (each.name, each.environment.name if each.environment else "")
        for each in parse_inventory(text, "vercel.txt", None, NAMING)
    ]
    assert seen == [("A_KEY", "Production"), ("A_KEY", "Preview"), ("B_URL", "Development")]


def test_the_environment_that_a_person_names_counts() -> None:
    (each,) = parse_inventory("A_KEY\tProduction", "x", PRODUCTION, NAMING)
    assert each.environment == PRODUCTION


def test_no_value_is_kept() -> None:
    assert all(e.value is None for e in parse_inventory("A_KEY=hunter2", "x", None, NAMING))


@given(st.text())
def test_any_text_gives_names(text: str) -> None:
    assert all(each.isupper() or "_" in each for each in names(text))
