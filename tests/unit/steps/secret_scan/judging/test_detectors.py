"""The opinion of detect-secrets, and what it may not bring along."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.unit.steps.secret_scan.judging.judged import drawn, example

from launchready.steps.secret_scan.judging import detectors

ROOT = Path(__file__).parents[5]
VALUE = drawn("{alnum:24}")


@pytest.mark.parametrize(
    ("line", "path"),
    [
        pytest.param(f'password = "{VALUE}"', "a.py", id="quoted"),
        pytest.param(f"password: {VALUE}", "a.yml", id="bare in YAML"),
        pytest.param(f'password := "{VALUE}"', "a.go", id="Go"),
        pytest.param(f'"AKC{VALUE}"', "a.txt", id="a structural detector"),
        pytest.param("x" * 5000 + f' password = "{VALUE}" ' + "y" * 5000, "a.py", id="long line"),
    ],
)
def test_is_detected(line: str, path: str) -> None:
    opinion = detectors.ask(line, VALUE, path, is_quoted=True)
    assert opinion.is_detected
    assert opinion.doubts == ()


@pytest.mark.parametrize(
    ("line", "value", "path", "doubt"),
    [
        ('password = "abcdefgh"', "abcdefgh", "a.py", "is_sequential_string"),
        ("password = <secret>", "<secret>", "a.py", "is_templated_secret"),
        ("password = $SECRET1", "$SECRET1", "a.sh", "is_prefixed_with_dollar_sign"),
        ("password = 12345!!", "12345!!", "a.py", "is_not_alphanumeric_string"),
        ("password = load(secret1)", "secret1", "a.py", "is_indirect_reference"),
        ('password = "x9Kd02ab"', "x9Kd02ab", "poetry.lock", "is_lock_file"),
        ('password = "x9Kd02ab"', "x9Kd02ab", "swagger/a.json", "is_swagger_file"),
    ],
)
def test_doubts(line: str, value: str, path: str, doubt: str) -> None:
    assert doubt in detectors.ask(line, value, path, is_quoted=False).doubts


def test_only_a_bare_value_may_be_an_indirect_reference() -> None:
    line = f'key = getenv("KEY", "{VALUE}")'
    assert detectors.ask(line, VALUE, "a.py", is_quoted=True).doubts == ()
    assert detectors.ask(line, VALUE, "a.py", is_quoted=False).doubts == ("is_indirect_reference",)


def _imports(text: str) -> str:
    script = (
        "import sys\n"
        "from tests.unit.steps.secret_scan.judging.judged import shown\n"
        "assert shown(sys.argv[1])\n"
        "from importlib import import_module\n"
        "if 'detect_secrets' in sys.modules:\n"
        "    settings = import_module('detect_secrets.settings').get_settings\n"
        "    print('settings', settings.cache_info().currsize)\n"
        "    print('network', 'requests' in sys.modules or 'urllib3' in sys.modules)\n"
        "    import requests\n"
        "    print('later', callable(requests.get))\n"
    )
    command = [sys.executable, "-c", script, text]
    finished = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    return finished.stdout.strip()


def test_it_is_imported_only_for_values_without_a_shape() -> None:
    assert _imports(example("stripe-live-secret-key")) == ""


def test_its_settings_are_never_made_and_it_gets_no_network() -> None:
    told = _imports(f'password = "{VALUE}"')
    assert told.splitlines() == ["settings 0", "network False", "later True"]
