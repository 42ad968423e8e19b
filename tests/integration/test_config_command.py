"""`launchready config`, `explain`, `steps` and `--help`: what there is, and where it came from."""

import json
from pathlib import Path

import jsonschema
import pytest
from tests.integration.command import launchready
from tests.repository import Repository

from launchready import __version__
from launchready.registry import STEPS

ROOT = Path(__file__).parents[2]
RULE = "stripe-live-secret-key"


def shown(shop: Repository, *words: str, **environ: str) -> dict[str, str]:
    """What `config show` says of each setting."""
    done = launchready("config", "show", *words, folder=shop.path, environ=environ)
    assert done.code == 0, done.said
    lines = [line.partition(" = ") for line in done.stdout.splitlines()]
    return {name.strip(): told for name, _, told in lines}


def test_show_names_where_each_setting_came_from(shop: Repository) -> None:
    text = "version: 1\nfail-on: note\nonly-new: never\nsecret-scan:\n  exclude: [docs]\n"
    shop.write({"launchready.yml": text})
    told = shown(shop, "--only-new", "auto", LAUNCHREADY_ON_UNCHECKED="warn")
    assert told["fail-on"] == '"note"  (launchready.yml:2:10)'
    assert told["only-new"] == '"auto"  (command line)'
    assert told["on-unchecked"] == '"warn"  (environment variable LAUNCHREADY_ON_UNCHECKED)'
    assert told["baseline"] == '".launchready/baseline.json"  (default)'
    assert told["secret-scan.exclude"] == '["docs"]  (launchready.yml:5:12)'
    assert told["secret-scan.history"] == "true  (default)"


def test_show_names_every_setting_that_a_file_may_have(shop: Repository) -> None:
    schema = json.loads((ROOT / "schemas/launchready.schema.json").read_text("utf-8"))
    sections = (*STEPS, "site")
    names = set(schema["properties"]) - {"version", "$schema", *sections}
    for section in sections:
        names |= {f"{section}.{name}" for name in schema["properties"][section]["properties"]}
    assert set(shown(shop)) == names


def test_show_keeps_what_is_secret_deep_inside(shop: Repository) -> None:
    account = "{ann: {headers: {Cookie: session=hush}, marker: hush-too}}"
    shop.write({"launchready.yml": f"version: 1\nsite:\n  identities: {account}\n"})
    told = shown(shop)["site.identities"]
    assert "(not shown)" in told
    assert "hush" not in told


def test_the_command_line_is_nearer_than_the_environment(shop: Repository) -> None:
    told = shown(shop, "--fail-on", "note", LAUNCHREADY_FAIL_ON="never")
    assert told["fail-on"] == '"note"  (command line)'


def test_show_is_harmless_in_a_log(shop: Repository) -> None:
    shop.write({"launchready.yml": 'version: 1\nbaseline: "##[error]x"\n'})
    done = launchready("config", "show", folder=shop.path)
    assert "##[error]" not in done.stdout


@pytest.mark.parametrize(
    "place", ["launchready.yml", ".launchready.yml", ".github/launchready.yml"]
)
def test_a_right_config_is_right_wherever_it_may_be(shop: Repository, place: str) -> None:
    shop.write({place: "version: 1\n"})
    done = launchready("config", "check", folder=shop.path / "app")
    assert (done.code, done.stdout) == (0, f"{place} is right\n")


def test_every_fault_is_told_at_once(shop: Repository) -> None:
    text = f"version: 1\nfail-onn: note\nrules: {{{RULE}: {{severity: high}}}}\nignore: 3\n"
    shop.write({"launchready.yml": text})
    done = launchready("config", "check", folder=shop.path)
    assert done.code == 2
    lines = done.stderr.splitlines()
    assert [line.partition(": ")[0] for line in lines] == [
        "launchready.yml:2:1",
        "launchready.yml:3:44",
        "launchready.yml:4:9",
        "error",
        "hint",
    ]
    assert lines[3] == "error: launchready.yml has 3 faults"


def test_migrate_leaves_the_present_version_as_it_is(shop: Repository) -> None:
    text = "# ours\nversion: 1 # the first\r\n"
    shop.write({"launchready.yml": text})
    done = launchready("config", "migrate", folder=shop.path)
    assert (done.code, done.stdout) == (0, "launchready.yml is of the present version\n")
    assert (shop.path / "launchready.yml").read_bytes() == text.encode()


def test_migrate_takes_off_a_byte_order_mark(shop: Repository) -> None:
    shop.write({"launchready.yml": b"\xef\xbb\xbfversion: 1\n"})
    done = launchready("config", "migrate", folder=shop.path)
    assert done.code == 0
    assert "review the difference" in done.stdout
    assert (shop.path / "launchready.yml").read_bytes() == b"version: 1\n"


def test_the_schema_is_the_one_in_the_repository(shop: Repository) -> None:
    done = launchready("config", "schema", folder=shop.path)
    schema = json.loads(done.stdout)
    assert schema == json.loads((ROOT / "schemas/launchready.schema.json").read_text("utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)


def test_explain_shows_a_rules_page(shop: Repository) -> None:
    done = launchready("explain", RULE, folder=shop.path)
    assert done.code == 0
    assert done.stdout.startswith(f"{RULE} (error of secret-scan)\n\n")
    accepted = f"ignore[{RULE}] why`"
    page = f"docs/rules/secret-scan.md#{RULE}"
    for part in ("What to do: ", "Bad:\n\n    ", "Good:\n\n    ", "https://", accepted, page):
        assert part in done.stdout
    assert all(len(line) <= 80 or "https://" in line for line in done.stdout.splitlines())


def test_explain_knows_the_rules_of_the_policy(shop: Repository) -> None:
    assert launchready("explain", "unused-suppression", folder=shop.path).code == 0


def test_steps_lists_them_all(shop: Repository) -> None:
    done = launchready("steps", folder=shop.path)
    assert [line.split()[0] for line in done.stdout.splitlines()] == list(STEPS)


@pytest.mark.parametrize(
    "words",
    [
        (),
        *((name,) for name in ("check", "baseline", "config", "explain", "steps", *STEPS)),
        *(("config", name) for name in ("check", "show", "schema", "migrate")),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_every_command_has_help(shop: Repository, words: tuple[str, ...], flag: str) -> None:
    done = launchready(*words, flag, folder=shop.path)
    assert (done.code, done.stderr) == (0, "")
    assert done.stdout.startswith(f"Usage: {' '.join(('launchready', *words))} ")


def test_the_version(shop: Repository) -> None:
    done = launchready("--version", folder=shop.path)
    assert (done.code, done.stdout) == (0, f"launchready {__version__}\n")
