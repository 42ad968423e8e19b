"""Names that values are made of, and lines that two loaders of a repository read differently."""

from pathlib import Path

import pytest
from tests.unit.steps.env_lint.linted import fires, silent

RULE = "undefined-interpolation"
NEXT = '--- package.json\n{"dependencies": {"next": "16.0.0"}}\n'
PYTHON = "--- app.py\nfrom dotenv import load_dotenv\nload_dotenv()\n"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param(NEXT + "--- .env\nA=x${B}\n", "no file gives", id="nowhere"),
        pytest.param(NEXT + "--- .env\nA=pa$word\n", "no file gives", id="a dollar sign"),
        pytest.param(NEXT + "--- .env\nA=pa$7word\n", "no file gives", id="a digit after it"),
        pytest.param(NEXT + "--- .env\nA='pa$word'\n", "no file gives", id="apostrophes"),
        pytest.param(PYTHON + "--- .env\nA=${B}\nB=1\n", "only a later line", id="later"),
    ],
)
def test_a_name_that_stands_for_nothing(text: str, reason: str, tmp_path: Path) -> None:
    (found,) = fires(tmp_path, RULE, text)
    assert reason in found.message
    assert "word" not in found.message


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(NEXT + "--- .env\nB=1\nA=${B}\n", id="earlier"),
        pytest.param(NEXT + "--- .env\nA=${B}\nB=1\n", id="later, for who looks ahead"),
        pytest.param(NEXT + "--- .env\nA=${B:-x}\n", id="default"),
        pytest.param(NEXT + "--- .env\nA=pa\\$word\n", id="escaped"),
        pytest.param(NEXT + "--- .env\nA=${B}\n--- .env.local\nB=1\n", id="in another file"),
        pytest.param(NEXT + "--- .env\nA=${HOME}/x\n", id="of the shell"),
        pytest.param(NEXT + "--- .env\n# A=${B}\n", id="commented"),
        pytest.param(PYTHON + "--- .env\nA=pa$word\n", id="not expanded"),
        pytest.param("--- .env\nA=${B}\n", id="no loader known"),
    ],
)
def test_a_name_that_is_given(text: str, tmp_path: Path) -> None:
    silent(tmp_path, RULE, text)


def test_values_that_differ_alike_are_one_finding(tmp_path: Path) -> None:
    up = "--- up.sh\ndocker run --env-file .env shop\n"
    text = NEXT + up + '--- .env\nA_TITLE="a"\nB_TITLE="b"\nC_TITLE="c"\nD_TITLE="d"\n'
    (found,) = fires(tmp_path, "value-differs-by-loader", text)
    assert "A_TITLE, B_TITLE and 2 more are read differently" in found.message
    assert "next in package.json" in found.message
    assert "up.sh" in found.message


def test_what_stands_in_a_template_is_no_secret_yet(tmp_path: Path) -> None:
    up = "--- up.sh\ndocker run --env-file .env shop\n"
    text = NEXT + up + '--- .env.example\nDB_PASSWORD="<secret>"\n'
    silent(tmp_path, "secret-differs-by-loader", text)
    fires(tmp_path, "value-differs-by-loader", text)


def test_only_a_tracked_file_is_said_to_run_commands(tmp_path: Path) -> None:
    text = "--- .gitignore\n.env\n--- .env\nA=$(x)\n"
    silent(tmp_path, "command-substitution", text)


def test_a_well_kept_template_gives_nothing(tmp_path: Path) -> None:
    text = (
        NEXT
        + "--- .env.example\n# Where the shop is\nNEXT_PUBLIC_URL=http://localhost:3000\n\n"
        + '# DATABASE_URL="postgres://a:b@c/d"\nDATABASE_URL="postgres://a:b@localhost:5432/d"\n'
        + 'AUTH_SECRET= # openssl rand -base64 32\nMAIL_FROM="Shop <shop@example.com>"\n'
    )
    for rule in ("unparsable-line", "space-around-equals", "repeated-key", RULE):
        silent(tmp_path / rule, rule, text)
