"""Objects read in bulk: whole, in order, past what is broken, in bounded memory."""

from pathlib import Path

import pytest
from tests.repository import Repository

from launchready.facts.text import TextBatch, TextPart, Unreadable
from launchready.gateways import git_objects
from launchready.gateways.git import Git
from launchready.model import Unchecked

MEBIBYTE = 1 << 20


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository.at(tmp_path / "repository")


def contents(repository: Repository, names: list[str]) -> dict[int, bytes | str]:
    """Text by number, put together from batches and parts; the reason where it is unreadable."""
    found: dict[int, bytes | str] = {}
    for text in Git(repository.path).objects([name.encode() for name in names]):
        match text:
            case TextBatch():
                for start, end, source in zip(text.starts, text.ends, text.sources, strict=True):
                    assert source not in found
                    assert text.buffer[end] == 0x0A
                    found[source] = bytes(text.buffer[start:end])
            case TextPart():
                own = bytes(text.buffer[text.own_start : text.own_end])
                before = found.get(text.source, b"")
                assert isinstance(before, bytes)
                assert text.offset + text.own_start == len(before)
                found[text.source] = before + own
            case Unreadable():
                found[text.source] = text.reason
    return found


@pytest.mark.parametrize(
    "sizes",
    [
        pytest.param([0], id="empty"),
        pytest.param([0, 0, 1, 0], id="empty ones between"),
        pytest.param([10] * 3000, id="many small ones over several buffers"),
        pytest.param([MEBIBYTE - 9], id="one byte short of the buffer with head and line end"),
        pytest.param([MEBIBYTE - 8], id="as long as the buffer with its head"),
        pytest.param([MEBIBYTE - 7, 5], id="one byte over"),
        pytest.param([MEBIBYTE, 7, 0], id="as long as the buffer, then short ones"),
        pytest.param([5, 2 * MEBIBYTE, 9, 3 * MEBIBYTE + 17, 1], id="long ones between short ones"),
        pytest.param([700_000, 700_000, 700_000], id="none fits beside another"),
        pytest.param([9 * MEBIBYTE], id="many parts"),
    ],
)
def test_every_text_comes_whole_and_in_order(repository: Repository, sizes: list[int]) -> None:
    texts = [(f"{number}\n" * (size // 2 + 1)).encode()[:size] for number, size in enumerate(sizes)]
    unique = list(dict.fromkeys(texts))
    names = repository.git(
        "hash-object", "-w", "--stdin-paths", text="\n".join(_files(repository, unique))
    ).split()
    by_text = dict(zip(unique, names, strict=True))
    assert contents(repository, [by_text[text] for text in texts]) == dict(enumerate(texts))


def _files(repository: Repository, texts: list[bytes]) -> list[str]:
    repository.write({str(number): text for number, text in enumerate(texts)})
    return [str(number) for number in range(len(texts))]


@pytest.mark.parametrize("broken", range(4))
def test_a_corrupt_object_takes_no_neighbour_with_it(repository: Repository, broken: int) -> None:
    names = [repository.store(f"text {number}" * 50) for number in range(4)]
    repository.corrupt(names[broken])
    expected: dict[int, bytes | str] = {n: f"text {n}".encode() * 50 for n in range(4)}
    expected[broken] = "the object is corrupt"
    assert contents(repository, names) == expected


def test_a_missing_object_is_said_and_passed_over(repository: Repository) -> None:
    names = [repository.store("a"), "0" * 40, repository.store("b")]
    assert contents(repository, names) == {0: b"a", 1: "the object is missing or broken", 2: b"b"}


def test_a_long_corrupt_object_is_said_too(repository: Repository) -> None:
    names = [repository.store(bytes([65 + n]) * (2 * MEBIBYTE + n)) for n in range(3)]
    repository.corrupt(names[1])
    found = contents(repository, names)
    assert found[1] == "the object is corrupt"
    assert [len(found[0]), len(found[2])] == [2 * MEBIBYTE, 2 * MEBIBYTE + 2]


def test_a_store_full_of_corrupt_objects_ends_soon(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(git_objects, "_MOST_RESTARTS", 3)
    names = [repository.store(f"text {number}" * 50) for number in range(6)]
    for name in names:
        repository.corrupt(name)
    many = "too many objects before it are corrupt"
    assert list(contents(repository, names).values()) == ["the object is corrupt"] * 3 + [many] * 3


def test_without_git_every_object_is_unreadable(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [repository.store("a"), repository.store("b")]
    monkeypatch.setenv("PATH", "")
    assert contents(repository, names) == dict.fromkeys(range(2), "git is not on the PATH")


def test_leaving_early_ends_git(repository: Repository) -> None:
    names = [repository.store(f"{n}" * 1000) for n in range(3)] * 2000
    texts = Git(repository.path).objects([name.encode() for name in names])
    assert isinstance(next(texts), TextBatch)
    texts.close()  # type: ignore[attr-defined]


def test_storage_order_names_what_is_there(repository: Repository) -> None:
    wanted = {repository.store(f"text {n}").encode() for n in range(5)}
    repository.commit({"a.txt": "packed"})
    repository.git("gc", "--quiet")
    loose = repository.store("loose").encode()
    packed = repository.git("rev-parse", "HEAD:a.txt").encode()
    everything = wanted | {loose, packed, b"0" * 40}
    found = Git(repository.path).storage_order(everything)
    assert not isinstance(found, Unchecked)
    assert sorted(found) == sorted(everything - {b"0" * 40})


def test_storage_order_without_git_is_unchecked(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    assert isinstance(Git(repository.path).storage_order(set()), Unchecked)


def test_a_partial_clone_fetches_nothing_and_names_what_it_lacks(
    repository: Repository, tmp_path: Path
) -> None:
    repository.commit({"a.txt": "left out"})
    repository.commit({"a.txt": "checked out"})
    repository.git("config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "partial"
    source = f"file://{repository.path}"
    repository.git("clone", "--quiet", "--filter=blob:none", source, str(clone))
    git = Git(clone)
    history, unchecked = git.history()
    assert unchecked == ()
    present = git.storage_order(history.blobs)
    assert present == [repository.store("checked out").encode()]
    missing = [repository.store("left out"), repository.store("checked out")]
    found = contents(Repository(path=clone), missing)
    assert isinstance(found[0], str)
    assert found[1] == b"checked out"
    assert git.storage_order(history.blobs) == present
