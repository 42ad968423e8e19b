"""Adoption: today's findings become known, and from then on only new ones fail."""

import json
import re
from pathlib import Path

import pytest
from tests.integration.command import Examined, examined, launchready
from tests.repository import Repository, live_key

RULE = "stripe-live-secret-key"
KNOWN = tuple(live_key(seed) for seed in range(10, 16))
NEW = live_key(99)
BASELINE = ".launchready/baseline.json"

PAY = f"""\
import stripe

stripe.api_key = "{KNOWN[0]}"


def charge():
    return stripe.Charge.create(api_key="{KNOWN[1]}")
"""


@pytest.fixture
def shop(shop: Repository) -> Repository:
    """A shop whose keys lie in its tree, in its past and in a message, and which knows of them."""
    shop.commit({"pay.py": PAY, "old.py": f'key = "{KNOWN[2]}"\n'}, "Take payments")
    (shop.path / "old.py").unlink()
    shop.commit({}, f"Remove a key, {KNOWN[3]} it was")
    shop.write({"notes/local.txt": f"{KNOWN[4]}\n{KNOWN[5]}\n"})
    done = launchready("baseline", folder=shop.path)
    assert done.code == 0, done.said
    assert f"{BASELINE}: 6 findings accepted as known (0 before)\n" in done.stdout
    return shop


def check(shop: Repository, *words: str) -> Examined:
    """Run every step on the shop."""
    return examined("check", *words, folder=shop.path)


def written(shop: Repository) -> str:
    """The baseline's text."""
    return (shop.path / BASELINE).read_text(encoding="utf-8")


def rewritten(path: Path, *changes: tuple[str, str]) -> None:
    """Change a file's text."""
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def test_what_was_there_is_known_and_passes(shop: Repository) -> None:
    run = check(shop)
    assert run.verdict == (0, "passed")
    assert run.found() == []
    assert len(run.found("known")) == 6


def test_the_file_is_for_review(shop: Repository) -> None:
    text = written(shop)
    entries = json.loads(text)["entries"]
    assert sum(entry["count"] for entry in entries) == 6
    assert not any(key in text for key in KNOWN)
    names = {name for entry in entries for name in entry}
    assert names == {"step", "rule", "path", "fingerprint", "count", "present", "message"}
    assert not re.search(r"20\d\d-|Founder", text)
    assert not re.search(r"\bline [0-9]", text)
    assert entries == sorted(entries, key=lambda e: (e["step"], e["rule"], e["path"]))


def test_written_again_it_is_the_same(shop: Repository) -> None:
    before = written(shop)
    assert launchready("baseline", folder=shop.path).code == 0
    assert written(shop) == before


def test_one_new_key_is_the_one_new_finding(shop: Repository) -> None:
    shop.commit({"app/mail.py": f'key = "{NEW}"\n'}, "Mail")
    run = check(shop)
    assert run.verdict == (1, "failed")
    assert run.found() == [f"{RULE} in app/mail.py"]
    assert len(run.found("known")) == 6


def test_the_new_one_is_accepted_with_the_next_baseline(shop: Repository) -> None:
    shop.commit({"app/mail.py": f'key = "{NEW}"\n'}, "Mail")
    done = launchready("baseline", folder=shop.path)
    assert f"{BASELINE}: 7 findings accepted as known (6 before)\n" in done.stdout
    assert check(shop).verdict == (0, "passed")


def test_lines_that_move_reopen_nothing(shop: Repository) -> None:
    rewritten(
        shop.path / "pay.py", ("import stripe\n", "# Payments\n\nimport os\n\nimport stripe\n")
    )
    shop.commit({}, "Imports")
    assert check(shop).verdict == (0, "passed")


def test_code_that_is_indented_anew_reopens_nothing(shop: Repository) -> None:
    rewritten(
        shop.path / "pay.py",
        ("stripe.api_key = ", "if stripe:\n        stripe.api_key  =  "),
        ("    return", "\treturn"),
    )
    shop.commit({}, "Format")
    assert check(shop).verdict == (0, "passed")


def test_a_file_that_is_renamed_reopens_nothing(shop: Repository) -> None:
    shop.write({"lib/.keep": ""})
    shop.git("mv", "pay.py", "lib/billing.py")
    shop.commit({}, "Rename")
    (shop.path / "notes/local.txt").rename(shop.path / "local.txt")
    assert check(shop).verdict == (0, "passed")


def test_a_known_key_copied_to_another_file_counts_again(shop: Repository) -> None:
    shop.stage({"copy.py": f'stripe.api_key = "{KNOWN[0]}"\n'})
    hook = examined("secret-scan", "--staged", folder=shop.path)
    assert hook.found() == [f"{RULE} in copy.py"]
    shop.commit({}, "Copy")
    run = check(shop)
    assert run.verdict == (1, "failed")
    (copied,) = [each for each in run.report["findings"] if each["status"] == "new"]
    assert copied["message"].endswith("the baseline accepts it in 1 file, and it is in copy.py too")
    assert run.report["prunable"] == []
    assert launchready("baseline", folder=shop.path).code == 0
    assert check(shop).verdict == (0, "passed")


def test_a_key_that_was_accepted_in_the_past_counts_when_it_is_back(shop: Repository) -> None:
    shop.commit({"old.py": f'key = "{KNOWN[2]}"\n'}, "Revert")
    run = check(shop)
    assert run.found() == [f"{RULE} in old.py"]
    (back,) = [each for each in run.report["findings"] if each["status"] == "new"]
    assert back["message"].endswith("accepts it in the past only, and it is in old.py now")


def test_a_line_that_is_touched_in_its_file_stays_known_to_the_hook(shop: Repository) -> None:
    rewritten(shop.path / "pay.py", ("stripe.api_key = ", "stripe.api_key   = "))
    shop.git("add", "--all")
    assert examined("secret-scan", "--staged", folder=shop.path).found() == []


def test_a_file_that_is_renamed_and_not_committed_yet_reopens_nothing(shop: Repository) -> None:
    shop.git("mv", "pay.py", "billing.py")
    assert check(shop).verdict == (0, "passed")


def test_what_is_mended_is_named_and_pruned_and_counts_if_it_comes_back(shop: Repository) -> None:
    notes = shop.path / "notes/local.txt"
    before = notes.read_text(encoding="utf-8")
    notes.write_text(f"{KNOWN[4]}\n", encoding="utf-8")
    run = check(shop)
    assert run.verdict == (0, "passed")
    (prunable,) = run.report["prunable"]
    assert "notes/local.txt" in prunable
    assert "--prune" in launchready("check", folder=shop.path).stdout

    done = launchready("baseline", "--prune", folder=shop.path)
    assert done.code == 0
    assert f"{BASELINE}: 5 findings accepted as known (6 before)\n" in done.stdout
    assert check(shop).report["prunable"] == []

    notes.write_text(before, encoding="utf-8")
    assert check(shop).found() == [f"{RULE} in notes/local.txt"]


def test_pruning_accepts_nothing_new(shop: Repository) -> None:
    shop.commit({"app/mail.py": f'key = "{NEW}"\n'}, "Mail")
    before = written(shop)
    assert launchready("baseline", "--prune", folder=shop.path).code == 0
    assert written(shop) == before
    assert check(shop).verdict == (1, "failed")


def test_what_was_not_looked_for_is_not_prunable(shop: Repository) -> None:
    (shop.path / "notes/local.txt").unlink()
    run = examined("secret-scan", "--no-history", folder=shop.path)
    assert run.report["prunable"] == []
    assert run.verdict == (0, "passed")


def test_a_shallow_clone_prunes_nothing_and_says_what_is_not_covered(shop: Repository) -> None:
    shop.commit({BASELINE: written(shop)}, "Known")
    clone = shop.path.parent / "clone"
    shop.git("clone", "--quiet", "--depth=1", f"file://{shop.path}", str(clone))
    done = launchready("baseline", "--prune", folder=clone)
    assert done.code == 3
    assert "not covered: the git history: this is a shallow clone" in done.stderr
    assert (clone / BASELINE).read_text(encoding="utf-8") == written(shop)


def test_a_baseline_elsewhere(shop: Repository) -> None:
    shop.write({"launchready.yml": "version: 1\nbaseline: ci/known.json\n"})
    assert check(shop).verdict == (1, "failed")
    assert launchready("baseline", folder=shop.path / "app").code == 0
    assert (shop.path / "ci/known.json").exists()
    assert check(shop).verdict == (0, "passed")
    assert check(shop, "--baseline", BASELINE).verdict == (0, "passed")
    assert check(shop, "--baseline", "nowhere.json").verdict == (1, "failed")


def test_a_baseline_accepts_the_whole_in_a_pull_request_too(shop: Repository) -> None:
    (shop.path / BASELINE).unlink()
    done = launchready("baseline", "--base-ref", "nowhere", folder=shop.path)
    assert done.code == 0
    assert f"{BASELINE}: 6 findings accepted as known (0 before)\n" in done.stdout


def test_a_wrong_config_writes_none(shop: Repository) -> None:
    before = written(shop)
    shop.write({"launchready.yml": "version: 1\nrulez: {}\n"})
    done = launchready("baseline", folder=shop.path)
    assert done.code == 2
    assert "launchready.yml:2:1: unknown setting rulez; did you mean rules?" in done.stderr
    assert written(shop) == before
