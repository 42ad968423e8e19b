"""Path patterns: a table of what they mean, and git itself as the judge of the rest."""

import itertools
import re
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchready.policy.paths import GLOB, path_matches


@pytest.mark.parametrize(
    ("glob", "path", "expected"),
    [
        pytest.param("docs/setup.md", "docs/setup.md", True, id="the file itself"),
        pytest.param("docs/setup.md", "old/docs/setup.md", False, id="a slash inside anchors"),
        pytest.param("/setup.md", "setup.md", True, id="a slash in front anchors"),
        pytest.param("/setup.md", "docs/setup.md", False, id="anchored is not in every folder"),
        pytest.param("setup.md", "docs/setup.md", True, id="a bare name counts in every folder"),
        pytest.param("setup.md", "docs/my-setup.md", False, id="a name is a whole name"),
        pytest.param("tests", "tests/a/b.py", True, id="a folder counts for what is in it"),
        pytest.param("tests/", "src/tests/a.py", True, id="a slash behind does not anchor"),
        pytest.param("tests/", "tests", False, id="a slash behind names no file"),
        pytest.param("./tests/a.py", "tests/a.py", True, id="dot slash in front is left out"),
        pytest.param("*.py", "a/b/c.py", True, id="a star in every folder"),
        pytest.param("src/*.py", "src/a/b.py", False, id="a star stops at a slash"),
        pytest.param("src/**/*.py", "src/b.py", True, id="two stars may be no folder"),
        pytest.param("src/**/*.py", "src/a/b/c.py", True, id="two stars may be many folders"),
        pytest.param("src/**", "src/a/b.py", True, id="two stars at the end are everything inside"),
        pytest.param("src/**", "src", False, id="and not the folder's own name"),
        pytest.param("**/fixtures/*", "a/b/fixtures/c", True, id="two stars in front"),
        pytest.param("**", "a/b", True, id="two stars alone are everything"),
        pytest.param("a**b", "axxb", True, id="two stars inside a name are one"),
        pytest.param("src/a**b", "src/ax/xb", False, id="and stop at a slash"),
        pytest.param("file?.txt", "file1.txt", True, id="one character"),
        pytest.param("a?b", "a/b", False, id="which is not a slash"),
        pytest.param("[a-c]x", "bx", True, id="a range"),
        pytest.param("[!a-c]x", "bx", False, id="outside a range"),
        pytest.param("src/a[!b]c", "src/a/c", False, id="outside a range is not a slash"),
        pytest.param("src/a[+-9]c", "src/a/c", False, id="a range is not a slash it spans"),
        pytest.param("[]]x", "]x", True, id="a bracket as the first member"),
        pytest.param("[z-a]x", "zx", False, id="a range that runs backwards holds nothing"),
        pytest.param(r"app/\[id\]/page.tsx", "app/[id]/page.tsx", True, id="a backslash escapes"),
        pytest.param("a[b", "a[b", True, id="an open bracket is plain"),
        pytest.param("[!]", "[!]", True, id="a class without members is plain"),
        pytest.param("a\\", "a\\", True, id="a backslash at the end is plain"),
        pytest.param("!x", "!x", True, id="no negation"),
        pytest.param("README.md", "readme.md", False, id="case counts on every system"),
        pytest.param("a.b", "axb", False, id="a dot is a dot"),
        pytest.param("*", "new\nline", True, id="a name may hold a line end"),
        pytest.param("", "a", False, id="nothing names nothing"),
    ],
)
def test_path_matches(glob: str, path: str, *, expected: bool) -> None:
    assert path_matches(glob, path) is expected


GLOBS = [
    "/".join(parts)
    for count in (1, 2, 3)
    for parts in itertools.product(["a", "*", "**", "a*", "?b", "[a-b]", "*b*a"], repeat=count)
]
PATHS = [
    "/".join(parts)
    for count in (1, 2, 3)
    for parts in itertools.product(["a", "b", "ab", "ba", "c"], repeat=count)
]


@pytest.mark.parametrize("suffix", ["", "/"])
@pytest.mark.parametrize("prefix", ["", "/"])
def test_git_means_the_same(tmp_path: Path, prefix: str, suffix: str) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    for glob in (f"{prefix}{glob}{suffix}" for glob in GLOBS[:: 7 if prefix else 3]):
        (tmp_path / ".gitignore").write_text(glob + "\n")
        asked = subprocess.run(
            ["git", "check-ignore", "--no-index", "--stdin"],
            cwd=tmp_path,
            input="\n".join(PATHS),
            capture_output=True,
            text=True,
            check=False,
        )
        ours = [path for path in PATHS if path_matches(glob, path)]
        assert (glob, ours) == (glob, asked.stdout.split())


@given(st.text(alphabet="ab/*?[]!^-\\.\n"), st.text(alphabet="ab/.-]\n"))
def test_any_pattern_has_a_meaning(glob: str, path: str) -> None:
    assert path_matches(glob, path) in (True, False)


def test_a_pattern_of_many_stars_stays_fast() -> None:
    began = time.process_time()
    assert not path_matches("*a" * 40 + "b", "a" * 255)
    assert time.process_time() - began < 0.2


@pytest.mark.parametrize(
    ("glob", "is_one"),
    [
        *((glob, True) for glob in ("[a]", "[]]", "[!]]", "[^a]", "[[]", "a\\[", "[\\]]", "a]")),
        *((glob, False) for glob in ("[", "a[b", "[]", "[!]", "[!", "[a-z][", "[\\]", "a\\", " ")),
    ],
)
def test_what_is_a_pattern_at_all(glob: str, is_one: bool) -> None:
    assert (re.search(GLOB, glob) is not None) is is_one
