"""The lines that fixes add, and what they leave alone."""

from collections.abc import Mapping

import pytest

from launchready.facts.environment import (
    Declaration,
    EnvironmentFacts,
    Kind,
    Need,
    Place,
    Project,
    Read,
)
from launchready.model import FileLocation
from launchready.steps.env_lint.deliver.fix import additions, fixes, missing_ignores
from launchready.steps.env_lint.settings import EnvLintSettings

SETTINGS = EnvLintSettings()


def read(name: str, path: str = "src/app.ts", need: Need = Need.REQUIRED) -> Read:
    return Read(
        name=name, location=FileLocation(path=path, line=1), need=need, language="typescript"
    )


def declared(name: str, path: str, kind: Kind) -> Declaration:
    return Declaration(
        name=name, location=FileLocation(path=path, line=1), kind=kind, source="dotenv"
    )


def model(*each: Read | Declaration) -> EnvironmentFacts:
    return EnvironmentFacts(
        declarations=tuple(e for e in each if isinstance(e, Declaration)),
        reads=tuple(e for e in each if isinstance(e, Read)),
        projects=(Project(folder="", packages=frozenset()),),
    )


def fixed(facts: EnvironmentFacts, texts: Mapping[str, str]) -> Mapping[str, str]:
    return fixes(facts, additions(facts, SETTINGS), texts)


def test_the_nearest_template_gets_the_names() -> None:
    facts = model(
        declared("A", ".env.example", Kind.TEMPLATE),
        declared("B", "apps/web/.env.example", Kind.TEMPLATE),
        read("SHOP_KEY", "apps/web/src/app.ts"),
        read("SHOP_LEVEL", "apps/web/src/app.ts", Need.DEFAULT),
        read("WORKER_KEY", "worker/main.py"),
    )
    texts = {".env.example": "A=", "apps/web/.env.example": "B=\r\n"}
    assert fixed(facts, texts) == {
        ".env.example": "A=\nWORKER_KEY=\n",
        "apps/web/.env.example": "B=\r\nSHOP_KEY=\r\n# SHOP_LEVEL=\r\n",
    }


def test_what_an_environment_has_is_added_to_the_template() -> None:
    facts = model(
        declared("A", ".env.example", Kind.TEMPLATE),
        declared("SHOP_KEY", "deploy.yml", Kind.CI),
        read("SHOP_KEY"),
    )
    assert fixed(facts, {})[".env.example"] == "SHOP_KEY=\n"


def test_tests_add_nothing() -> None:
    seen = Read(
        name="X_KEY",
        location=FileLocation(path="a.test.ts", line=1),
        need=Need.REQUIRED,
        language="typescript",
        place=Place.TEST,
    )
    assert not fixed(model(seen), {})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "",
            [".env", ".env.*", "!.env.example", "!.env.template", "!.env.sample"],
            id="nothing is ignored",
        ),
        pytest.param(".env*\n!.env.example\n", [], id="all are"),
        pytest.param(".env\n.env*.local\n", [], id="those with values are"),
        pytest.param(".env.*\n", [".env"], id="the plain one is not"),
    ],
)
def test_lines_for_gitignore(text: str, expected: list[str]) -> None:
    assert list(missing_ignores(text)) == expected
