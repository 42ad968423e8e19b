"""Inline suppressions: our own and every peer's, each in its own spelling and reach."""

import random
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchready.model import Marker
from launchready.policy.markers import (
    MARKER_PATTERN,
    accepts,
    label_of,
    parse_file_markers,
    parse_markers,
)
from launchready.policy.peers import PEERS, SECRET_SCANNERS


def ours(line: str, previous: str | None = None) -> list[tuple[set[str], str]]:
    markers = parse_markers(line, previous)
    return [(set(m.rules), m.reason) for m in markers if m.tool == "launchready"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("x = 1  # launchready: ignore[a-b] made up", [({"a-b"}, "made up")], id="#"),
        pytest.param("x  // launchready: ignore[a] why", [({"a"}, "why")], id="//"),
        pytest.param("-- launchready: ignore[a] why", [({"a"}, "why")], id="sql"),
        pytest.param("/* launchready: ignore[a] why */ x", [({"a"}, "why")], id="block comment"),
        pytest.param("<!-- launchready: ignore[a] why -->", [({"a"}, "why")], id="html"),
        pytest.param("{/* launchready: ignore[a] why */}", [({"a"}, "why")], id="jsx"),
        pytest.param("{{!-- launchready: ignore[a] why --}}", [({"a"}, "why")], id="handlebars"),
        pytest.param("{# launchready: ignore[a] why #}", [({"a"}, "why")], id="jinja"),
        pytest.param("(* launchready: ignore[a] why *)", [({"a"}, "why")], id="ocaml"),
        pytest.param("# launchready: ignore[a, b,c] why", [({"a", "b", "c"}, "why")], id="list"),
        pytest.param("# launchready: ignore[a,,] why", [({"a"}, "why")], id="empty names drop"),
        pytest.param("#launchready:ignore [a]: why", [({"a"}, "why")], id="blanks as they like"),
        pytest.param("# launchready: ignore[a] -- why", [({"a"}, "why")], id="dashes before why"),
        pytest.param("# launchready: ignore[a] why\r\n", [({"a"}, "why")], id="line end"),
        pytest.param("# launchready: ignore[a]", [({"a"}, "")], id="no reason"),
        pytest.param("# launchready: ignore[a] ...", [({"a"}, "")], id="dots are no reason"),
        pytest.param("# launchready: ignore why", [(set(), "why")], id="no brackets"),
        pytest.param("# launchready: ignore[] why", [(set(), "why")], id="empty brackets"),
        pytest.param("# launchready: ignore[a why", [(set(), "[a why")], id="open brackets"),
        pytest.param("# launchready: ignored[a] why", [], id="another word"),
        pytest.param("# launchready: ignore-next[a] why", [], id="a longer word"),
        pytest.param("# mylaunchready: ignore[a] why", [], id="another tool"),
        pytest.param("# Launchready: ignore[a] why", [], id="lower case only"),
        pytest.param(
            "# launchready: ignore[a] why # launchready: ignore[b] so",
            [({"a"}, "why"), ({"b"}, "so")],
            id="two on a line",
        ),
    ],
)
def test_ours(line: str, expected: list[tuple[set[str], str]]) -> None:
    assert ours(line) == expected


@pytest.mark.parametrize(
    ("previous", "counts"),
    [
        pytest.param("  # launchready: ignore[a] why", True, id="alone"),
        pytest.param("/* launchready: ignore[a] why */", True, id="alone in a block"),
        pytest.param("y = 2  # launchready: ignore[a] why", False, id="behind code"),
        pytest.param("/* launchready: ignore[a] why */ y", False, id="before code"),
    ],
)
def test_the_line_above_counts_where_the_marker_stands_alone(
    previous: str, *, counts: bool
) -> None:
    assert bool(ours("x = 1", previous)) is counts


def test_a_marker_knows_where_it_stands() -> None:
    here, above = parse_markers(
        "x  # launchready: ignore[a] why", "# launchready: ignore[b] so", path="p.py", number=7
    )
    assert (here.path, here.line, above.line) == ("p.py", 7, 6)


def test_an_overlong_reason_is_cut() -> None:
    ((_, reason),) = ours("# launchready: ignore[a] " + "why " * 5000)
    assert len(reason) == 200


@pytest.mark.parametrize(
    ("marker", "rule", "expected"),
    [
        pytest.param(Marker(tool="launchready", rules=frozenset("a"), reason="x"), "a", True),
        pytest.param(Marker(tool="launchready", rules=frozenset("a"), reason="x"), "b", False),
        pytest.param(Marker(tool="launchready", rules=frozenset("a")), "a", False, id="no reason"),
        pytest.param(Marker(tool="launchready", reason="x"), "a", False, id="no rules, ours"),
        pytest.param(Marker(tool="gitleaks"), "a", True, id="no rules, a peer's"),
        pytest.param(Marker(tool="squawk", rules=frozenset("b")), "a", False, id="a peer's names"),
    ],
)
def test_accepts(marker: Marker, rule: str, *, expected: bool) -> None:
    assert accepts(marker, rule) is expected


def peers(line: str, previous: str | None = None) -> list[tuple[str, set[str]]]:
    return [(m.tool, set(m.rules)) for m in parse_markers(line, previous)]


HERE: list[tuple[str, list[tuple[str, set[str]]]]] = [
    ("k = 's'  #gitleaks:allow", [("gitleaks", set())]),
    ("k = 's'  # gitleaks:allowed", [("gitleaks", set())]),
    ("k = 's'  # betterleaks:allow", [("betterleaks", set())]),
    ("k = 's'  // Kingfisher:Ignore", [("kingfisher", set())]),
    ("k = 's'  # trufflehog:ignore", [("trufflehog", set())]),
    ("k = 's'  # Trufflehog:ignore", []),
    ("k = 's'  # pragma: allowlist secret", [("detect-secrets", set())]),
    ("k = 's'  //pragma:whitelist-secret", [("detect-secrets", set())]),
    ("k <!-- pragma: allowlist secret -->", [("detect-secrets", set())]),
    ('k = "s"  pragma: allowlist secret', []),
    ("k = 's'  # pragma: no cover", []),
    ("# pragma: allowlist nextline secret", []),
    ("k = 's'  # ggignore", [("ggshield", set())]),
    ("k = 's'  # ggignore: a test's password", [("ggshield", set())]),
    ("see .ggignore", []),
    ("# ggignore-start", []),
    ("k = 's'  # nosec", [("bandit", set())]),
    ("k = 's'  #nosec B105", [("bandit", set())]),
    ("k = 's'  # nosec: B101, B106", [("bandit", set())]),
    ("k = 's'  # nosec hardcoded_password_string", [("bandit", set())]),
    ("k = 's'  # nosec because it is made up", [("bandit", set())]),
    ("k = 's'  # nosec B602, B607", []),
    ("k = 's'  # nosec assert_used", []),
    ("k = 's'  # nosecret", []),
    ("k = 's'  // nosec", []),
    ("k = 's'  # noqa: S105", [("ruff", set())]),
    ("k = 's'  # NOQA : E501, S106", [("ruff", set())]),
    ("k = 's'  # noqa: E501 S107", [("ruff", set())]),
    ("k = 's'  # noqa: E501", []),
    ("k = 's'  # noqa: S1051", []),
    ("k = 's'  # noqa", []),
    ("k = 's'  # noqa because S105", []),
    ("select 1; -- squawk-ignore ban-drop-column", [("squawk", {"ban-drop-column"})]),
    ("/* squawk-ignore a, b */", [("squawk", {"a", "b"})]),
    ("-- squawk-ignore a,b -- on purpose", [("squawk", {"a", "b"})]),
    ("-- squawk-ignore", []),
    ("-- squawk-ignore-file a", []),
    ("-- see squawk-ignore a", []),
    ("k = 's'  # nosemgrep", [("semgrep", set())]),
    ("k = 's'  // NOSEM", [("semgrep", set())]),
    ("k = 's'  # nosemgrep: generic.secrets.security.detected-x", [("semgrep", set())]),
    ("k = 's'  # nosem=eqeq, hardcoded-jwt-key", [("semgrep", set())]),
    ("k = 's'  # nosemgrep: eqeq", []),
    ("k = 's'  # nosemgreping", []),
    ("k = 's'  // secretlint-disable-line", [("secretlint", set())]),
    ("k = 's'  // secretlint-disable-line @secretlint/x -- why", [("secretlint", set())]),
    ("// secretlint-disable-next-line", []),
    ("uses: x # zizmor: ignore[unpinned-uses]", [("zizmor", {"unpinned-uses"})]),
    ("uses: x # zizmor: ignore[a, b] why", [("zizmor", {"a", "b"})]),
    ("uses: x # zizmor: ignore[a]why", []),
    ("uses: x # zizmor:ignore[a]", []),
    ("k = 's'  # gitleaks:allow # nosec", [("gitleaks", set()), ("bandit", set())]),
]


@pytest.mark.parametrize(("line", "expected"), HERE, ids=[line for line, _ in HERE])
def test_peers_on_the_line(line: str, expected: list[tuple[str, set[str]]]) -> None:
    assert peers(line) == expected


ABOVE = [
    ("# kingfisher:ignore", ["kingfisher"]),
    ("k = 's'  # kingfisher:ignore", []),
    ("# pragma: allowlist nextline secret", ["detect-secrets"]),
    ("  //  pragma: allowlist-nextline-secret", ["detect-secrets"]),
    ("k = 's'  # pragma: allowlist nextline secret", []),
    ("# pragma: allowlist secret", []),
    ("// secretlint-disable-next-line", ["secretlint"]),
    ("/* secretlint-disable-next-line */", ["secretlint"]),
    ("// secretlint-disable-line", []),
    ("# nosemgrep", ["semgrep"]),
    ("k = 's'  # nosemgrep", []),
    ("-- squawk-ignore a", ["squawk"]),
    ("# gitleaks:allow", []),
    ("# nosec", []),
    ("# noqa: S105", []),
    ("# zizmor: ignore[a]", []),
]


@pytest.mark.parametrize(("line", "expected"), ABOVE, ids=[line for line, _ in ABOVE])
def test_peers_on_the_line_above(line: str, expected: list[str]) -> None:
    assert [tool for tool, _ in peers("k = 's'", line)] == expected


def test_a_file_marker_speaks_for_the_whole_file() -> None:
    lines = ["select 1;", "-- squawk-ignore-file a, b", "/* squawk-ignore-file */", "-- x"]
    assert [(m.line, set(m.rules), m.path) for m in parse_file_markers(lines, path="m.sql")] == [
        (2, {"a", "b"}, "m.sql"),
        (3, set(), "m.sql"),
    ]


def test_labels() -> None:
    assert label_of(Marker(tool="gitleaks")) == "gitleaks:allow"
    assert label_of(Marker(tool="detect-secrets")) == "pragma: allowlist secret"
    assert label_of(Marker(tool="launchready")) == "launchready: ignore"
    assert {peer.tool for peer in PEERS} >= SECRET_SCANNERS


WORDS = [peer.word for peer in PEERS]
PIECES = [
    *WORDS, "launchready:", "ignore", "[", "]", "a", ",", "#", "--", "/*", "*/", "<!--", "'", "\n",
    "//", " ", "\t", "secret", "allowlist", "B105", "S105", "\ud800", "é", "\0",
]  # fmt: skip
LINES = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=30).map("".join))


@given(LINES, st.none() | LINES)
def test_any_text_has_markers_or_none(line: str, previous: str | None) -> None:
    for marker in parse_markers(line, previous, path="p", number=2):
        assert marker.line in (1, 2)
        assert len(marker.reason) <= 200
        assert "\n" not in marker.reason


@given(LINES)
def test_the_quick_test_by_word_loses_no_marker(line: str) -> None:
    found = {peer.word for peer in PEERS if peer.pattern.search(line)}
    assert all(word in line.lower() for word in found)


def test_git_grep_finds_every_line_with_our_marker(tmp_path: Path) -> None:
    chance = random.Random(1)
    lines = ["".join(chance.choices(PIECES[len(WORDS) : -3], k=9)) for _ in range(3000)]
    lines += ["launchready:\tignore[a] b", "é launchready: ignore[a] b", "xlaunchready: ignore"]
    lines = [line.replace("\n", " ") for line in lines]
    (tmp_path / "text").write_text("\n".join(lines) + "\n", encoding="utf-8")
    command = ["git", "grep", "--no-index", "-n", "-E", "-e", MARKER_PATTERN]
    answer = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True).stdout
    found = {int(row.split(b":")[1]) for row in answer.splitlines()}
    wanted = {number for number, line in enumerate(lines, start=1) if ours(line)}
    assert len(wanted) > 20
    assert wanted <= found


@pytest.mark.parametrize(
    "piece",
    ["launchready: ignore[", "<!-- \t", "# nosec ", "-- squawk-ignore ", "'  ", "nosem:a,", "a_"],
)
def test_a_hostile_line_stays_cheap(piece: str) -> None:
    began = time.process_time()
    parse_markers("pragma: nosec squawk-ignore noqa " + piece * (400_000 // len(piece)))
    assert time.process_time() - began < 1.0


def test_an_endless_comment_opening_stays_cheap() -> None:
    began = time.process_time()
    parse_markers("pragma: <!--" + " \t" * 60_000)
    assert time.process_time() - began < 1.0
