"""The baseline file: its exact text, its way back, and one clear line for each way to break it."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.policy.build import SALT

from launchready.errors import LaunchReadyError
from launchready.policy.baseline_file import (
    Baseline,
    BaselineEntry,
    parse_baseline,
    render_baseline,
)

PRINT = "ab" * 16

TEXT = """\
{
  "version": 2,
  "about": "Findings that do not fail a run. `launchready baseline` writes this file; review it.",
  "salt": "0123456789abcdef0123456789abcdef",
  "entries": [
    {"step": "a", "rule": "r", "path": "p.py", "fingerprint": "abababababababababababababababab", \
"count": 2, "present": ["k.py", "\\u202e.py"], "message": "m"},
    {"step": "b", "rule": "r", "path": "é.py", "fingerprint": "abababababababababababababababab", \
"count": 1, "message": "\\u001b[31m \\udcff"}
  ]
}
"""
BASELINE = Baseline(
    salt=SALT,
    entries=(
        BaselineEntry(
            step="a",
            rule="r",
            path="p.py",
            fingerprint=PRINT,
            count=2,
            message="m",
            present=("k.py", "\u202e.py"),
        ),
        BaselineEntry(
            step="b", rule="r", path="é.py", fingerprint=PRINT, message="\x1b[31m \udcff"
        ),
    ),
)


def test_the_text_has_an_entry_per_line_and_no_sign_that_deceives() -> None:
    assert render_baseline(BASELINE) == TEXT


def test_entries_are_sorted_whatever_their_order() -> None:
    turned = Baseline(salt=SALT, entries=BASELINE.entries[::-1])
    assert render_baseline(turned) == TEXT


def test_the_text_is_read_back() -> None:
    assert parse_baseline(TEXT, "b.json") == BASELINE


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\ufeff" + TEXT, id="byte order mark"),
        pytest.param(TEXT.replace("\n", "\r\n"), id="windows line ends"),
        pytest.param(json.dumps(json.loads(TEXT), indent=4), id="another formatter was here"),
    ],
)
def test_harmless_edits_are_read(text: str) -> None:
    assert parse_baseline(text, "b.json") == BASELINE


def test_a_file_of_the_first_version_is_read_and_written_anew() -> None:
    old = TEXT.replace('"version": 2', '"version": 1').replace(
        '"present": ["k.py", "\\u202e.py"], ', ""
    )
    first, second = BASELINE.entries
    read = parse_baseline(old, "b.json")
    assert read == replace(BASELINE, entries=(replace(first, present=None), second))
    assert '"version": 2' in render_baseline(read)


def test_an_empty_baseline_comes_back() -> None:
    empty = Baseline(salt=SALT)
    assert '"entries": []' in render_baseline(empty)
    assert parse_baseline(render_baseline(empty), "b.json") == empty


def broken(old: str, new: str) -> str:
    assert old in TEXT
    return TEXT.replace(old, new, 1)


LAST = TEXT.splitlines()[6]

BROKEN: list[tuple[str, str, str]] = [
    ("empty", "", "b.json:1: is not JSON from here on"),
    ("cut off", TEXT[:-40], "b.json:7: is not JSON from here on"),
    ("a trailing comma", broken('"}\n  ]', '"},]'), "b.json:7: is not JSON from here on"),
    ("a list", "[]", "b.json:1: must hold a JSON object"),
    ("too deep", "[" * 100_000, "b.json:1: is nested too deeply"),
    ("a huge number", "1" * 5000, "b.json:1: holds a number that is too long"),
    (
        "merge conflict",
        broken('  "salt"', '<<<<<<< HEAD\n  "salt"'),
        "b.json:4: a merge left conflict markers here",
    ),
    (
        "half of one",
        broken("  ]\n", "=======\n  ]\n"),
        "b.json:8: a merge left conflict markers here",
    ),
    (
        "version",
        broken('"version": 2', '"version": 3'),
        'b.json:2: "version" must be 1 or 2; a newer launchready may have written it',
    ),
    (
        "version true",
        broken('"version": 2', '"version": true'),
        'b.json:2: "version" must be 1 or 2; a newer launchready may have written it',
    ),
    (
        "nothing",
        "{}",
        'b.json:1: "version" must be 1 or 2; a newer launchready may have written it',
    ),
    ("a key", broken('"about"', '"abuot"'), 'b.json:3: "abuot" is no key of a baseline'),
    (
        "no salt",
        broken(f'"salt": "{SALT}"', '"about": ""'),
        'b.json:1: "salt" must be at least 32 of the digits 0-9 and a-f',
    ),
    (
        "a short salt",
        broken(SALT, "0123"),
        'b.json:4: "salt" must be at least 32 of the digits 0-9 and a-f',
    ),
    (
        "two salts, the last counts",
        broken(f'"salt": "{SALT}"', f'"salt": "{SALT}",\n  "salt": "0123"'),
        'b.json:5: "salt" must be at least 32 of the digits 0-9 and a-f',
    ),
    (
        "entries",
        '{"version": 1, "salt": "' + SALT + '",\n"entries": {}}',
        'b.json:2: "entries" must be a list',
    ),
    (
        "an entry, its line lost",
        '{"version": 1,\n"about": {"entries": []},\n"salt": "' + SALT + '",\n"entries": [3]}',
        "b.json:1: an entry must be a JSON object",
    ),
    ("an entry", broken(LAST, "    3"), "b.json:7: an entry must be a JSON object"),
    (
        "a missing key",
        broken('"step": "b", ', ""),
        'b.json:7: "step" is missing from this entry',
    ),
    (
        "an unknown key",
        broken('"step": "b", ', '"step": "b", "line": 3, '),
        'b.json:7: "line" is no key of an entry',
    ),
    ("a number for text", broken('"step": "b"', '"step": 3'), 'b.json:7: "step" must be text'),
    (
        "a short fingerprint",
        broken(f'"é.py", "fingerprint": "{PRINT}"', '"é.py", "fingerprint": "ab"'),
        'b.json:7: "fingerprint" must be 32 of the digits 0-9 and a-f',
    ),
    ("no findings", broken('"count": 1', '"count": 0'), "must be a whole number from 1"),
    ("a fraction", broken('"count": 1', '"count": 1.5'), "must be a whole number from 1"),
    ("not a number", broken('"count": 1', '"count": NaN'), "must be a whole number from 1"),
    (
        "no list of paths",
        broken('"present": ["k.py"', '"present": [3'),
        '"present" must be a list of paths',
    ),
    ("one path", broken('["k.py", "\\u202e.py"]', '"k.py"'), '"present" must be a list of paths'),
    ("a truth", broken('"count": 1', '"count": true'), "must be a whole number from 1"),
    (
        "twice",
        broken(LAST, LAST + ",\n" + LAST),
        "b.json:8: the same entry stands above; delete one of the two",
    ),
]


@pytest.mark.parametrize(
    ("text", "message"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN]
)
def test_what_is_wrong_is_said_with_its_line(text: str, message: str) -> None:
    with pytest.raises(LaunchReadyError) as raised:
        parse_baseline(text, "b.json")
    assert raised.value.message.endswith(message)
    assert raised.value.message.startswith("b.json:")
    assert raised.value.hint


NAMES = st.text(st.characters(exclude_categories=["Cs"]) | st.just("\udc80"), max_size=9)
ENTRIES = st.builds(
    BaselineEntry,
    step=NAMES,
    rule=NAMES,
    path=NAMES,
    fingerprint=st.text("0123456789abcdef", min_size=32, max_size=32),
    count=st.integers(1),
    message=NAMES,
    present=st.none() | st.sets(NAMES).map(sorted).map(tuple),
)


@given(st.lists(ENTRIES, unique_by=lambda e: (e.step, e.path, e.fingerprint), max_size=9))
def test_whatever_is_rendered_is_read_back(entries: list[BaselineEntry]) -> None:
    baseline = Baseline(salt=SALT, entries=tuple(sorted(entries, key=lambda e: e.place)))
    text = render_baseline(baseline)
    assert parse_baseline(text, "b.json") == baseline
    assert len(text.splitlines()) == 6 + (len(entries) + 1 if entries else 0)
    assert text.endswith("\n")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
NEAR = st.fixed_dictionaries(
    {},
    optional={
        "version": st.sampled_from([1, 2]) | JSON,
        "salt": st.just(SALT) | JSON,
        "about": JSON,
        "entries": JSON | st.lists(st.just(json.loads(TEXT)["entries"][0]) | JSON),
    },
)
PIECES = ["{", "}", "[", "]", ",", ":", '"', '"entries":', "1", "\n", "<<<<<<<", TEXT, "\ud800"]


@given(
    st.text()
    | st.lists(st.sampled_from(PIECES)).map("".join)
    | st.integers(0, len(TEXT)).map(lambda end: TEXT[:end])
    | (JSON | NEAR).map(json.dumps)
)
def test_any_text_is_a_baseline_or_an_error_with_a_line(text: str) -> None:
    try:
        baseline = parse_baseline(text, "b.json")
    except LaunchReadyError as error:
        place, line, _ = error.message.split(":", 2)
        assert (place, 1 <= int(line) <= text.count("\n") + 1) == ("b.json", True)
    else:
        assert parse_baseline(render_baseline(baseline), "b.json") == baseline


def test_errors_do_not_echo_what_the_file_holds() -> None:
    secret: Any = "hunter" + "2" * 30
    with pytest.raises(LaunchReadyError) as raised:
        parse_baseline(broken(SALT, secret), "b.json")
    assert secret not in raised.value.message + raised.value.hint
