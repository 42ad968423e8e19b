"""`launchready check` on real repositories: what is examined, what fails, and what is let pass."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.integration.command import Examined, examined, launchready
from tests.repository import Repository, live_key

RULE = "stripe-live-secret-key"
KEY = live_key(1)
LEAK = f'stripe.api_key = "{KEY}"\n'
FOUND = [f"{RULE} in pay.py"]

PASSED, FAILED, UNCHECKED = (0, "passed"), (1, "failed"), (3, "unchecked")


def configured(shop: Repository, text: str) -> None:
    """The shop has these settings."""
    shop.write({"launchready.yml": f"version: 1\n{text}\n"})


def check(shop: Repository, *words: str) -> Examined:
    """Run every step on the shop."""
    return examined("check", *words, folder=shop.path)


def test_nothing_wrong_without_a_config(shop: Repository) -> None:
    run = check(shop)
    assert run.verdict == PASSED
    assert run.report["step"] == "secret-scan"
    assert run.report["target"]["commit"] == shop.git("rev-parse", "HEAD")
    assert run.report["findings"] == run.report["unchecked"] == []


def test_a_key_fails_without_a_config(shop: Repository) -> None:
    shop.write({"pay.py": LEAK})
    run = check(shop)
    assert run.verdict == FAILED
    assert run.found() == FOUND
    assert KEY not in run.done.said


def test_a_person_reads_what_where_and_how_to_mend_it(shop: Repository) -> None:
    shop.write({"pay.py": LEAK})
    done = launchready("check", folder=shop.path)
    assert done.code == 1
    assert "pay.py:1" in done.stdout
    assert RULE in done.stdout
    assert "fix:" in done.stdout
    assert KEY not in done.said


def test_from_a_folder_within_the_whole_repository_is_examined(shop: Repository) -> None:
    shop.write({"pay.py": LEAK})
    configured(shop, "fail-on: never")
    run = examined("check", folder=shop.path / "app")
    assert run.verdict == PASSED
    assert run.found() == FOUND


@pytest.mark.parametrize(
    ("settings", "verdict"),
    [
        pytest.param("fail-on: error", FAILED, id="no section: every step that applies"),
        pytest.param("secret-scan:", FAILED, id="an empty section is a section"),
        pytest.param("secret-scan: {work-tree: false}", PASSED, id="a setting of the step"),
        pytest.param("secret-scan: {exclude: [pay.py]}", PASSED, id="an excluded file"),
        pytest.param("secret-scan: {exclude: [docs]}", FAILED, id="another excluded file"),
        pytest.param("fail-on: never", PASSED, id="nothing fails"),
        pytest.param("secret-scan: {fail-on: never}", PASSED, id="nothing of this step fails"),
        pytest.param(
            "fail-on: never\nsecret-scan: {fail-on: error}", FAILED, id="the step before the file"
        ),
        pytest.param(
            f"secret-scan: {{fail-on: never}}\nrules: {{{RULE}: {{fail-on: error}}}}",
            FAILED,
            id="the rule before the step",
        ),
        pytest.param(
            f"rules: {{{RULE}: {{fail-on: never}}}}", PASSED, id="nothing of this rule fails"
        ),
        pytest.param(f"rules: {{{RULE}: {{severity: warning}}}}", PASSED, id="a milder rule"),
        pytest.param(
            f"fail-on: warning\nrules: {{{RULE}: {{severity: warning}}}}",
            FAILED,
            id="a milder rule and a stricter gate",
        ),
        pytest.param(f"rules: {{{RULE}: {{severity: 'off'}}}}", PASSED, id="a rule that is off"),
        pytest.param(
            "rules: {stripe-test-secret-key: {severity: 'off'}}", FAILED, id="another that is off"
        ),
    ],
)
def test_what_fails_is_configured(
    shop: Repository, settings: str, verdict: tuple[int, str]
) -> None:
    shop.write({"pay.py": LEAK})
    configured(shop, settings)
    assert check(shop).verdict == verdict


@pytest.mark.parametrize(
    ("settings", "words", "verdict"),
    [
        pytest.param("fail-on: never", ["--fail-on", "error"], FAILED, id="over the file"),
        pytest.param(
            "secret-scan: {fail-on: never}", ["--fail-on", "error"], FAILED, id="over the section"
        ),
        pytest.param("fail-on: note", ["--fail-on", "never"], PASSED, id="milder than the file"),
        pytest.param("fail-on: note", ["--exit-zero"], (0, "failed"), id="only told"),
    ],
)
def test_the_command_line_is_nearer(
    shop: Repository, settings: str, words: Sequence[str], verdict: tuple[int, str]
) -> None:
    shop.write({"pay.py": LEAK})
    configured(shop, settings)
    assert check(shop, *words).verdict == verdict


def test_a_rule_that_is_off_leaves_no_finding(shop: Repository) -> None:
    shop.write({"pay.py": LEAK})
    configured(shop, f"rules: {{{RULE}: {{severity: 'off'}}}}")
    assert check(shop).report["findings"] == []


@pytest.mark.parametrize(
    ("settings", "words", "verdict", "gaps"),
    [
        pytest.param("fail-on: error", [], UNCHECKED, 1, id="by default it is no pass"),
        pytest.param("on-unchecked: warn", [], PASSED, 1, id="told"),
        pytest.param("on-unchecked: ignore", [], PASSED, 1, id="accepted, and in the report"),
        pytest.param("secret-scan: {on-unchecked: warn}", [], PASSED, 1, id="told by the step"),
        pytest.param(
            "on-unchecked: ignore\nsecret-scan: {on-unchecked: fail}",
            [],
            UNCHECKED,
            1,
            id="the step before the file",
        ),
        pytest.param(
            "on-unchecked: ignore",
            ["--on-unchecked", "fail"],
            UNCHECKED,
            1,
            id="the command line before the file",
        ),
        pytest.param("", ["--exit-zero"], (0, "unchecked"), 1, id="only told"),
    ],
)
def test_what_could_not_be_seen(
    shop: Repository, settings: str, words: Sequence[str], verdict: tuple[int, str], gaps: int
) -> None:
    shop.commit({}, "Again")
    shop.git("clone", "--quiet", "--depth=1", f"file://{shop.path}", str(shop.path / "../clone"))
    clone = Repository(path=shop.path.parent / "clone")
    configured(clone, settings)
    run = check(clone, *words)
    assert run.verdict == verdict
    assert len(run.report["unchecked"]) == gaps


def test_exit_zero_hides_no_error(shop: Repository) -> None:
    configured(shop, "fail-onn: x")
    assert launchready("check", "--exit-zero", folder=shop.path).code == 2


def entry(text: str, **days: int) -> str:
    """An ignore entry that ends so many days from now."""
    until = (datetime.now(UTC).date() + timedelta(**days)).isoformat()
    return f"ignore:\n- {{{text}, reason: known to us, until: {until}}}"


@pytest.mark.parametrize(
    "text",
    [
        f"rule: {RULE}",
        "rule: stripe-*",
        "path: pay.py",
        "path: '*.py'",
        f"rule: {RULE}, path: pay.py",
    ],
)
def test_an_entry_accepts_with_its_reason(shop: Repository, text: str) -> None:
    shop.write({"pay.py": LEAK})
    configured(shop, entry(text, days=1))
    run = check(shop)
    assert run.verdict == PASSED
    assert run.found("suppressed") == FOUND
    (finding,) = run.report["findings"]
    assert finding["suppression"]["reason"] == "known to us"


def test_an_entry_for_a_folder_does_not_accept_the_one_place_outside_of_many(
    shop: Repository,
) -> None:
    shop.write({f"docs/{number:02}.py": LEAK for number in range(12)} | {"pay.py": LEAK})
    configured(shop, entry("path: docs", days=1))
    assert check(shop).verdict == FAILED
    (shop.path / "pay.py").unlink()
    assert check(shop).verdict == PASSED


def test_an_entry_accepts_by_fingerprint(shop: Repository) -> None:
    shop.write({"pay.py": LEAK, "old.py": f'key = "{live_key(2)}"\n'})
    prints = {
        each["location"]["path"]: each["fingerprint"] for each in check(shop).report["findings"]
    }
    configured(shop, entry(f"fingerprint: '{prints['old.py'][:12]}'", days=1))
    run = check(shop)
    assert run.found() == FOUND
    assert run.found("suppressed") == [f"{RULE} in old.py"]


def test_an_entry_of_another_place_accepts_nothing_and_is_told(shop: Repository) -> None:
    shop.write({"pay.py": LEAK})
    configured(shop, entry("rule: stripe-live-secret-key, path: docs", days=1))
    run = check(shop)
    assert run.verdict == FAILED
    assert run.found() == [*FOUND, "unused-ignore in launchready.yml"]


def test_an_entry_that_ended_yesterday_counts_no_more_and_is_told(shop: Repository) -> None:
    shop.write({"pay.py": LEAK})
    configured(shop, entry("path: pay.py", days=-1))
    run = check(shop)
    assert run.verdict == FAILED
    assert run.found() == ["expired-ignore in launchready.yml", *FOUND]


def test_an_entry_counts_on_its_last_day(shop: Repository) -> None:
    shop.write({"pay.py": LEAK})
    configured(shop, entry("path: pay.py", days=0))
    assert check(shop).verdict == PASSED


@pytest.mark.parametrize(
    "comment",
    [
        f"launchready: ignore[{RULE}] a key of the sandbox",
        "gitleaks:allow",
        "pragma: allowlist secret",
        "trufflehog:ignore",
    ],
)
def test_a_marker_on_the_line_accepts(shop: Repository, comment: str) -> None:
    shop.write({"pay.py": f'stripe.api_key = "{KEY}"  # {comment}\n'})
    run = check(shop, "--fail-on", "note")
    assert run.verdict == PASSED, run.report["findings"]
    assert run.found("suppressed") == FOUND


@pytest.mark.parametrize(
    "comment",
    [
        "launchready: ignore[stripe-test-secret-key] another rule",
        "squawk-ignore ban-drop-column",
        "noqa: E501",
        "allow gitleaks",
    ],
)
def test_a_marker_of_something_else_accepts_nothing(shop: Repository, comment: str) -> None:
    shop.write({"pay.py": f'stripe.api_key = "{KEY}"  # {comment}\n'})
    run = check(shop)
    assert run.verdict == FAILED
    assert FOUND[0] in run.found()


def test_a_suppression_without_use_is_a_note(shop: Repository) -> None:
    shop.write({"pay.py": f"key = None  # launchready: ignore[{RULE}] was here once\n"})
    run = check(shop)
    assert run.verdict == PASSED
    assert run.found() == ["unused-suppression in pay.py"]
    assert run.report["findings"][0]["severity"] == "note"
    assert check(shop, "--fail-on", "note").verdict == FAILED


def test_a_suppression_without_a_reason_is_a_note(shop: Repository) -> None:
    shop.write({"pay.py": f'key = "{KEY}"  # launchready: ignore[{RULE}]\n'})
    assert "malformed-suppression in pay.py" in check(shop).found()


def test_the_command_that_reproduces_a_run_says_what_differs_from_the_file(
    shop: Repository,
) -> None:
    shop.write({"pay.py": LEAK})
    done = launchready(
        *("secret-scan", "--no-history", "--fail-on", "note", "--report", "json=x.json"),
        *("--format", "github", "--color", "never"),
        folder=shop.path,
    )
    assert "launchready secret-scan --no-history --fail-on note\n" in done.stdout


def test_where_there_is_nothing_there_is_no_go(tmp_path: Path) -> None:
    Repository.at(tmp_path / "empty")
    done = launchready("check", folder=tmp_path / "empty")
    assert done.code == 3
    assert "it holds no commit and no file" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("NO-GO: ")
