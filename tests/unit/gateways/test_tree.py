"""The work tree's files and the index's, in a repository and outside of one."""

from pathlib import Path

import pytest
from tests.repository import Repository

from launchready.gateways.git import Git
from launchready.gateways.texts import MOST_KEPT
from launchready.gateways.tree import MOST_BYTES, Tree
from launchready.model import Unchecked


@pytest.fixture
def shop(tmp_path: Path) -> Repository:
    repository = Repository.at(tmp_path / "shop")
    repository.write({".gitignore": "ignored.env\n"})
    repository.commit({"a.ts": "process.env.A\n", "b ü.ts": "B_KEY\n", "bin": b"\0process.env"})
    repository.write({"new.ts": "process.env.NEW", "ignored.env": "process.env.X"})
    return repository


def tree(repository: Repository, *, staged: bool = False) -> Tree:
    return Tree(Git(repository.path), repository.path, staged=staged)


def holding(repository: Repository, literals: list[str], *, staged: bool = False) -> frozenset[str]:
    seen = tree(repository, staged=staged)
    return seen.holding(literals, seen.names)


def test_names(shop: Repository) -> None:
    assert set(tree(shop).names) == {".gitignore", "a.ts", "b ü.ts", "bin", "new.ts"}
    assert set(tree(shop, staged=True).names) == {".gitignore", "a.ts", "b ü.ts", "bin"}
    assert "new.ts" not in tree(shop).tracked


def test_links_are_no_files(shop: Repository) -> None:
    (shop.path / "link.ts").symlink_to("a.ts")
    shop.git("add", "link.ts")
    seen = tree(shop)
    assert "link.ts" not in seen.names
    assert "link.ts" in seen.tracked


def test_holding(shop: Repository) -> None:
    assert holding(shop, ["process.env", "nowhere"]) == {"a.ts", "new.ts"}
    assert holding(shop, ["process.env"], staged=True) == {"a.ts"}
    assert holding(shop, ["-e"]) == frozenset()
    assert tree(shop).holding(["process.env"], ["a.ts", "bin"]) == {"a.ts"}
    assert tree(shop).holding([], ["a.ts", "b ü.ts"], lambda _, text: b"B_" in text) == {"b ü.ts"}


def test_words(shop: Repository) -> None:
    shop.write({"c.ts": "A_KEY MY_B_KEY B_KEY_2 B_KEY"})
    assert dict(tree(shop).words(["B_KEY", "A_KEY"])) == {
        "b ü.ts": {"B_KEY"},
        "c.ts": {"A_KEY", "B_KEY"},
    }


@pytest.mark.parametrize("more", [(), [f"WORD_{i}" for i in range(9999)]], ids=["few", "many"])
def test_words_that_are_no_names(shop: Repository, more: list[str]) -> None:
    """Signs of regular expressions stand for themselves, and what no line can hold is not there."""
    shop.write({"c.ts": "a.b axb my-key WORD_1 x\n"})
    shop.write({"d.ts": b"caf\xe9 \xc3\xa9t\xc3\xa9\n"})
    words = ["a.b", "my-key", "x|c", "(", "", "a\nx", "a\0", "\ud800", "x{2000000}", "^x$", *more]
    seen = dict(tree(shop).words([*words, "nowhere"]))
    assert seen["c.ts"] == {"a.b", "my-key", *more[1:2]}


def test_words_are_sought_where_they_matter(shop: Repository) -> None:
    shop.write({"c.ts": "A_KEY B_KEY", "d.ts": "A_KEY B_KEY"})
    wanted = {"c.ts": {"A_KEY"}, "d.ts": {"B_KEY", "C_KEY"}}
    seen = dict(tree(shop).words(["A_KEY", "B_KEY"], lambda path: wanted.get(path, set())))
    assert seen == {"c.ts": {"A_KEY"}, "d.ts": {"B_KEY"}}


MARKS = [
    "",
    "*.gen.ts -diff\n",
    "*.gen.ts binary\n",
    "[attr]made -diff\r\n*.gen.ts made\r\n",
    "# *.gen.ts binary\n*.gen.ts text diff=ours\n",
    "bin diff\n",
]


@pytest.mark.parametrize("marks", MARKS)
@pytest.mark.parametrize("size", [0, 8000, 9000])
def test_what_a_text_is_git_says(shop: Repository, marks: str, size: int) -> None:
    """A NUL among the first 8,000 bytes makes a file binary, or `.gitattributes` does."""
    shop.write({".gitattributes": marks, "a.gen.ts": "process.env.A"})
    shop.write({"late": b"x" * size + b"\0process.env", "long": b"x\n" * 9000 + b"process.env"})
    git = Git(shop.path)
    found = git.files_holding(["process.env"])
    words = git.words_of_files(["A", "env"])
    assert not isinstance(found, Unchecked)
    assert not isinstance(words, Unchecked)
    assert "long" in found
    assert holding(shop, ["process.env"]) == set(found)
    assert dict(tree(shop).words(["A", "env"])) == words


def test_more_than_is_kept_is_left_to_git(shop: Repository) -> None:
    shop.write({"huge": b"x" * MOST_KEPT + b" B_KEY"})
    seen = tree(shop)
    assert seen.holding(["B_KEY"], seen.names) == {"b ü.ts", "huge"}
    assert dict(seen.words(["B_KEY"])) == {"b ü.ts": {"B_KEY"}, "huge": {"B_KEY"}}


def test_staged_content_is_the_index_s(shop: Repository) -> None:
    shop.write({"a.ts": "staged"})
    shop.git("add", "a.ts")
    shop.write({"a.ts": "later"})
    assert dict(tree(shop, staged=True).read(["a.ts", "none"])) == {"a.ts": b"staged"}
    assert dict(tree(shop).read(["a.ts", "none"])) == {"a.ts": b"later"}


def test_a_folder_in_no_repository(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "a.ts").write_text("process.env.A_KEY")
    seen = Tree(Git(tmp_path), tmp_path)
    assert seen.names == ("src/a.ts",)
    assert seen.holding(["process.env"], seen.names) == {"src/a.ts"}
    assert dict(seen.words(["A_KEY", "KEY"])) == {"src/a.ts": {"A_KEY"}}


def test_no_index_is_no_pass(tmp_path: Path) -> None:
    (tmp_path / "a.ts").write_text("process.env.A_KEY")
    seen = Tree(Git(tmp_path), tmp_path, staged=True)
    assert seen.names == ()
    assert [each.reason for each in seen.unchecked] == ["this folder is in no git repository"]


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "big").write_bytes(b"x" * (MOST_BYTES + 1))
    ((_, content),) = Tree(Git(tmp_path), tmp_path).read(["big"])
    assert isinstance(content, Unchecked)
    assert "larger" in content.reason


def test_a_folder_that_became_a_link_is_not_followed(shop: Repository, tmp_path: Path) -> None:
    shop.commit({"deploy/eu/a.env": "A=1", "deploy/b.env": "B=1"})
    outside = tmp_path / "outside"
    (shop.path / "deploy").rename(outside)
    (shop.path / "deploy").symlink_to(outside)
    seen = dict(tree(shop).read(["deploy/eu/a.env", "deploy/b.env", "a.ts"]))
    refused = {name for name, content in seen.items() if isinstance(content, Unchecked)}
    assert refused == {"deploy/eu/a.env", "deploy/b.env"}


def test_a_name_that_no_system_takes_is_said_at_once(shop: Repository) -> None:
    contents = [content for _, content in tree(shop).read(["a/" * 100_000 + "b"])]
    assert all(isinstance(content, Unchecked) for content in contents)
    assert contents


def test_where_git_fails_the_folder_is_not_taken_for_a_plain_one(shop: Repository) -> None:
    (shop.path / ".git" / "index").write_bytes(b"broken")
    seen = tree(shop)
    assert seen.names == ()
    assert [each.target for each in seen.unchecked] == ["git"]
