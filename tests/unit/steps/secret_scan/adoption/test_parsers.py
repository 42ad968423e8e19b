"""The files of other scanners: what they accept, and the lines that accept nothing."""

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from launchready.gateways.small_files import NotReadError, read_small
from launchready.steps.secret_scan.adoption.accepted import AllowList, Misread, Target
from launchready.steps.secret_scan.adoption.allow_lists import parse_allow_lists
from launchready.steps.secret_scan.adoption.baseline_file import parse_baseline_file
from launchready.steps.secret_scan.adoption.ignore_file import parse_ignore_file
from launchready.steps.secret_scan.adoption.read import read_adopted

COMMIT = "0123456789abcdef" * 2 + "01234567"
SHA1 = hashlib.sha1(b"x", usedforsecurity=False).hexdigest()
FILE = ".the-file"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("src/a.py:generic-api-key:12", ("", "src/a.py", "generic-api-key", 12)),
        (f"{COMMIT}:src/a.py:jwt:3", (COMMIT, "src/a.py", "jwt", 3)),
        ("  ./src/a.py:jwt:3\r", ("", "src/a.py", "jwt", 3)),
        (r"src\a.py:jwt:3", ("", "src/a.py", "jwt", 3)),
        ("a:b.py:jwt:3", ("", "a:b.py", "jwt", 3)),
        (f"{COMMIT}:a:b.py:jwt:3", (COMMIT, "a:b.py", "jwt", 3)),
        ("é.py:jwt:3", ("", "é.py", "jwt", 3)),
    ],
)
def test_a_fingerprint_is_read(line: str, expected: tuple[str, str, str, int]) -> None:
    (place,), odd = parse_ignore_file(f"# why\n\n{line}\n", FILE)
    assert (place.commit, place.path, place.rule, place.line) == expected
    assert (place.file, place.file_line) == (FILE, 3)
    assert odd == []


@pytest.mark.parametrize(
    "line", ["src/a.py", "src/a.py:3", "src/a.py:jwt:x", ":jwt:3", "a.py::3", f"{COMMIT}:jwt:"]
)
def test_a_line_that_is_no_fingerprint_is_told(line: str) -> None:
    reason = "it is neither file:rule:line nor commit:file:rule:line"
    assert parse_ignore_file(f"#\n{line}", FILE) == (
        (),
        [Misread(file=FILE, line=2, reason=reason)],
    )


def baseline(*entries: dict[str, Any], path: str = "src/a.py") -> str:
    return json.dumps({"version": "1.5.0", "results": {path: list(entries)}}, indent=2)


def test_a_baseline_is_read() -> None:
    text = baseline(
        {"type": "Secret Keyword", "hashed_secret": SHA1, "line_number": 4},
        {"type": "Private Key", "hashed_secret": "0" * 40, "line_number": 9, "is_secret": False},
    )
    (first, second), odd = parse_baseline_file(text, ".secrets.baseline")
    assert (first.path, first.sha1, first.line) == ("src/a.py", SHA1, 4)
    assert (first.is_private_key, second.is_private_key) == (False, True)
    assert first.reason == "in .secrets.baseline"
    assert second.reason == "in .secrets.baseline, audited as no secret"
    assert text.split("\n")[first.file_line - 1].strip() == f'"hashed_secret": "{SHA1}",'
    assert odd == []


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"results": 3}', "[" * 100_000, '{"results": {"a": 1']
)
def test_what_is_no_baseline_is_told(text: str) -> None:
    values, (odd,) = parse_baseline_file(text, FILE)
    assert values == ()
    assert odd.reason == "it is no baseline of detect-secrets"


@pytest.mark.parametrize("entry", [3, {}, {"hashed_secret": 3}, {"hashed_secret": "nothing"}])
def test_an_entry_without_a_hash_is_told_once(entry: Any) -> None:
    values, odd = parse_baseline_file(baseline(entry, entry), FILE)
    assert values == ()
    assert [each.reason for each in odd] == ["an entry has no SHA-1 of a value"]


def one(text: str) -> AllowList:
    (found,), odd = parse_allow_lists(text, FILE)
    assert odd == []
    return found


def test_the_allow_list_of_the_file() -> None:
    found = one("""
title = "ours"
[extend]
useDefault = true
[allowlist]
description = "made up\\n for the tests"
paths = ['''(^|/)testdata/''', '''go\\.sum$''']
regexes = ['''^AKIAFAKE''']
regexTarget = "match"
stopwords = ["DevOnly"]
commits = ["ABC"]
""")
    assert found.rules == frozenset()
    assert not found.needs_all
    assert (len(found.paths), len(found.expressions)) == (2, 1)
    assert found.target is Target.MATCH
    assert found.stop_words == ("devonly",)
    assert found.commits == {"abc"}
    assert found.reason == "made up for the tests"
    assert found.reads_content


def test_where_a_list_stands_is_told() -> None:
    text = "title = 'x'\n[[allowlists]]\npaths = ['a']\n[[allowlists]]\nstopwords = ['bcd']\n"
    lists, _ = parse_allow_lists(text, FILE)
    assert [each.file_line for each in lists] == [3, 5]
    assert [each.reason for each in lists] == [f"in an allow-list of {FILE}"] * 2


def test_lists_of_rules() -> None:
    lists, _ = parse_allow_lists(
        """
[[allowlists]]
targetRules = ["jwt", "generic-api-key"]
paths = ['a']
[[rules]]
id = "aws-access-token"
[rules.allowlist]
regexes = ['b']
[[rules]]
id = "other"
[[rules.allowlists]]
condition = "AND"
paths = ['c']
stopwords = ["d"]
""",
        FILE,
    )
    assert [set(each.rules) for each in lists] == [
        {"jwt", "generic-api-key"},
        {"aws-access-token"},
        {"other"},
    ]
    assert [each.needs_all for each in lists] == [False, False, True]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("[", 1, "it is not TOML that can be read"),
        (
            "[allowlist]\npaths = ['a']\nregexes = [\n'''(?=x)''']",
            4,
            "this expression is not heeded: it looks ahead or behind",
        ),
        ("[allowlist]\npaths=['a']\nregexTarget='x'\n", 3, "the regexTarget is neither secret"),
        ("[allowlist]\ncondition='xor'\npaths=['a']", 2, "the condition of an allow-list is"),
    ],
)
def test_what_cannot_be_heeded_is_told_with_its_line(text: str, line: int, reason: str) -> None:
    _, (odd,) = parse_allow_lists(text, FILE)
    assert (odd.line, odd.reason[: len(reason)]) == (line, reason)


def test_a_list_that_needs_all_is_left_out_with_one_of_them() -> None:
    for condition, count in (("AND", 0), ("OR", 1)):
        text = f"[allowlist]\ncondition='{condition}'\npaths=['a']\nregexes=['(?=x)']"
        assert len(parse_allow_lists(text, FILE)[0]) == count


@pytest.mark.parametrize(
    "text",
    ["", "[allowlist]", "[allowlist]\npaths = 3", "rules = 3", "allowlist = 3", "rules = [3]",
     "[[rules]]\nid = 3\n[rules.allowlist]\npaths = ['a']", "[allowlist]\nstopwords = ['']"],
)  # fmt: skip
def test_what_says_nothing_accepts_nothing(text: str) -> None:
    assert parse_allow_lists(text, FILE) == ((), [])


@pytest.mark.parametrize("parse", [parse_ignore_file, parse_baseline_file, parse_allow_lists])
@given(st.text())
@example("allowlists = [[]]")
@example('{"results": {"a": [null]}}')
@example('{"results": {"\\ud800": {"hashed_secret": []}}}')
def test_any_text_is_read_or_told(parse: Callable[[str, str], Any], text: str) -> None:
    found, odd = parse(text, FILE)
    assert isinstance(found, tuple)
    assert all(each.line >= 1 for each in odd)


def test_the_files_at_the_top_are_read(tmp_path: Path) -> None:
    assert read_adopted(tmp_path) == (read_adopted(tmp_path)[0], ())
    assert not read_adopted(tmp_path)[0]
    (tmp_path / ".secrets.baseline").write_text(baseline({"hashed_secret": SHA1}))
    (tmp_path / ".gitleaksignore").write_text("a.py:jwt:1\n")
    (tmp_path / ".betterleaksignore").write_text("b.py:jwt:1\nnothing\n" + "no\n" * 12)
    (tmp_path / ".gitleaks.toml").write_bytes(b"[allowlist]\npaths = ['a']\n")
    adopted, notes = read_adopted(tmp_path)
    assert (len(adopted.values), len(adopted.places), len(adopted.lists)) == (1, 2, 1)
    assert notes[0].startswith(".betterleaksignore:2: it is neither")
    assert notes[-1] == "3 more lines like these are not heeded"


def _link(path: Path) -> None:
    path.symlink_to(os.devnull)


def _large(path: Path) -> None:
    path.write_bytes(b"x" * 100)


def _locked(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (_link, "it is a link"),
        (os.mkfifo, "it is no regular file"),
        (_large, "it is larger than 10 bytes"),
        (_locked, "it is no regular file"),
    ],
)
def test_what_took_the_place_of_a_file(
    tmp_path: Path, make: Callable[[Path], object], reason: str
) -> None:
    make(tmp_path / "x")
    with pytest.raises(NotReadError, match=reason):
        read_small(tmp_path / "x", 10)
    assert read_small(tmp_path / "y", 10) is None


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / ".gitleaksignore").symlink_to(os.devnull)
    adopted, notes = read_adopted(tmp_path)
    assert not adopted
    assert notes == (".gitleaksignore:1: it is not heeded: it is a link",)
