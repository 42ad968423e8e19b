"""The table of variables keeps what people fill in, and nothing in a name can break it."""

from dataclasses import replace

from launchready.facts.environment import (
    Declaration,
    Environment,
    EnvironmentFacts,
    Kind,
    Need,
    Project,
    Read,
    Stage,
    Value,
)
from launchready.model import FileLocation
from launchready.steps.env_lint.deliver.document import drift, parse_document, render_document
from launchready.steps.env_lint.deliver.explain import explain
from launchready.steps.env_lint.settings import EnvLintSettings

SETTINGS = EnvLintSettings()
PRODUCTION = Environment(name="production", stage=Stage.PRODUCTION)
FACTS = EnvironmentFacts(
    declarations=(
        Declaration(
            name="MAIL_PASSWORD",
            location=FileLocation(path=".env.production", line=3, column=1),
            kind=Kind.REAL,
            source="dotenv",
            environment=PRODUCTION,
            value=Value("hunter2hunter2"),
        ),
        Declaration(
            name="A|B`C",
            location=FileLocation(path="odd|name.env", line=1),
            kind=Kind.REAL,
            source="dotenv",
        ),
    ),
    reads=(
        Read(
            name="MAIL_PASSWORD",
            location=FileLocation(path="src/mail.py", line=9, column=12),
            need=Need.REQUIRED,
            language="python",
            wrapper="require",
        ),
    ),
    projects=(Project(folder="", packages=frozenset()),),
)


def test_the_table() -> None:
    text = render_document(FACTS, SETTINGS)
    assert (
        "| `MAIL_PASSWORD` | yes | required | `src/mail.py` | production: `.env.production` |  |"
        in text
    )
    assert "| `A\\|B'C` | no | not read |  | `odd\\|name.env` |" in text
    assert "hunter2" not in text


def test_what_people_fill_in_stays() -> None:
    text = render_document(FACTS, SETTINGS).replace(
        "`.env.production` |  |  |  |", "`.env.production` | Ada | 2026-01 | half \\| half |"
    )
    again = render_document(replace(FACTS, document=text), SETTINGS)
    assert again == text
    rows = {row.name: row.cells for row in parse_document(text)}
    assert rows["MAIL_PASSWORD"]["Owner"] == "Ada"


def test_a_document_of_now_has_not_drifted() -> None:
    facts = replace(FACTS, declarations=FACTS.declarations[:1])
    assert not list(drift(facts, render_document(facts, SETTINGS), SETTINGS))


def test_drift_names_both_sides() -> None:
    facts = replace(FACTS, declarations=())
    document = "| Variable | Secret |\n|---|---|\n| `GONE_KEY` | no |\n"
    assert list(drift(facts, document, SETTINGS)) == [
        "the table lacks `MAIL_PASSWORD`",
        "the table lists what is gone: `GONE_KEY`",
    ]


def test_the_story_of_a_variable() -> None:
    assert explain(FACTS, "MAIL_PASSWORD", SETTINGS).splitlines() == [
        "MAIL_PASSWORD",
        "  declared in 1 place",
        "    .env.production:3:1  real, for production, with a value",
        "  read in 1 place",
        "    src/mail.py:9:12  required, through require()",
    ]
    rails = replace(FACTS, projects=(Project(folder="", packages=frozenset({"rails"})),))
    assert "  read by the package rails itself" in explain(rails, "DATABASE_URL", SETTINGS)
    assert "did you mean MAIL_PASSWORD?" in explain(FACTS, "MAIL_PASWORD", SETTINGS)
