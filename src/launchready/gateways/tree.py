"""The files of a work tree, or of the index as the next commit would record them, for reading."""

import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path

from launchready.gateways.files import walk_files
from launchready.gateways.git import Git
from launchready.gateways.git_process import NO_REPOSITORY
from launchready.gateways.small_files import NotReadError, read_small
from launchready.gateways.texts import is_attributes, read_texts, speaks_of_binary
from launchready.model import Unchecked

MOST_BYTES = 5 << 20
"""Larger files are not read: no person wrote them."""

MOST_SIGNS = 50_000
"""Of longer lists of words git's automaton outgrows its memory, and crawls."""
MOST_SEARCHED = 1 << 29
"""Bytes times words: of more, one pass of git's automaton takes less than one of ours per word."""
_LONGEST_PATH = 4096  # bytes; PATH_MAX of Linux, limits.h
_BROKEN = re.compile(r"[\0\n\r\ud800-\udc7f\udd00-\udfff]")


def decoded(content: bytes) -> str:
    """A file's text: UTF-8, or UTF-16 where it says so; bytes that are neither are replaced."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    return content.decode("utf-8-sig", "replace")


class Tree:
    """Names and contents of files; of a folder that is in no repository, all files under it. Where
    git fails, none: which of the files count is then not known.

    `names` are those that git tracks and, without `staged`, those that it neither tracks nor
    ignores; links are left out. `tracked` are those in its index. With `staged` the contents are
    the index's. `unchecked` is what could not be listed.
    """

    def __init__(self, git: Git, root: Path, *, staged: bool = False) -> None:
        self._git = git
        self._root = root
        self._staged = staged
        self.unchecked: tuple[Unchecked, ...] = ()
        self._blobs: dict[str, str] = {}
        self._behind_link: dict[str, bool] = {"": False}
        index = git.index()
        if isinstance(index, Unchecked):
            self.tracked: frozenset[str] = frozenset()
            is_plain = index.reason == NO_REPOSITORY and not staged
            self.names: tuple[str, ...] = tuple(walk_files(root, root)) if is_plain else ()
            self.unchecked = () if is_plain else (index,)
            return
        self.tracked = frozenset(index)
        self._blobs = {path: entry.blob for path, entry in index.items() if not entry.is_link}
        untracked = () if staged else git.untracked_files()
        if isinstance(untracked, Unchecked):
            self.unchecked = (untracked,)
            untracked = ()
        self.names = tuple(dict.fromkeys((*self._blobs, *untracked)))

    @cached_property
    def _texts(self) -> Mapping[str, bytes] | None:
        """The text files, None where git must be asked: they are the index's, too many, or it has
        failed to say what a text is.
        """
        if self._staged:
            return None
        marks = [name for name in self.names if is_attributes(name)]
        binary: Collection[str] = ()
        if any(isinstance(c, bytes) and speaks_of_binary(c) for _, c in self.read(marks)):
            said = self._git.diff_attribute(self.names)
            if isinstance(said, Unchecked) or b"set" in said.values():
                return None
            binary = frozenset(name for name, value in said.items() if value == b"unset")
        names = [n for n in self.names if not self._is_behind_link(n.rpartition("/")[0])]
        return read_texts(self._root, names, binary)

    def holding(
        self,
        literals: Sequence[str],
        among: Sequence[str],
        tells: Callable[[str, bytes], bool] | None = None,
    ) -> frozenset[str]:
        """Those of the text files `among` the names that hold one of these literals, as they are
        written. `tells` of a path and its content says so faster, or says that it does not matter.
        """
        if (texts := self._texts) is not None:
            held = [(name, texts[name]) for name in among if name in texts]
            words = _encoded(literals)
            if tells:
                return frozenset(name for name, content in held if tells(name, content))
            if sum(len(content) for _, content in held) * len(words) <= MOST_SEARCHED:
                return frozenset(n for n, content in held if any(w in content for w in words))
        return self._grepped(literals).intersection(among)

    def _grepped(self, literals: Sequence[str]) -> frozenset[str]:
        found = self._git.files_holding(literals, staged=self._staged)
        if not isinstance(found, Unchecked):
            return frozenset(found)
        words = _encoded(literals)
        return frozenset(
            name
            for name, content in self.read(self.names)
            if isinstance(content, bytes) and any(word in content for word in words)
        )

    def words(
        self, words: Sequence[str], matter: Callable[[str], Collection[str]] | None = None
    ) -> Iterator[tuple[str, frozenset[str]]]:
        """Which of these words, that nothing of a word stands beside, each text file holds.
        `matter` says which of them need be looked for in a file of a path.
        """
        asked = [word for word in words if word and not _BROKEN.search(word)]
        if (texts := self._texts) is not None:
            every = frozenset(asked)
            wanted_in = {n: every.intersection(matter(n)) if matter else every for n in texts}
            if sum(len(texts[n]) * len(each) for n, each in wanted_in.items()) <= MOST_SEARCHED:
                sought = dict(zip(asked, _encoded(asked), strict=True))
                for name, each in wanted_in.items():
                    text = texts[name]
                    held = frozenset(
                        w for w in each if (s := sought[w]) in text and _whole(s).search(text)
                    )
                    if held:
                        yield name, held
                return
        if asked and sum(map(len, asked)) <= MOST_SIGNS:
            found = self._git.words_of_files(asked, staged=self._staged)
            if not isinstance(found, Unchecked):
                yield from found.items()
                return
        wanted = frozenset(_encoded(asked))
        for name, content in self.read(self.names if wanted else ()):
            if isinstance(content, bytes) and (hits := wanted.intersection(_words_in(content))):
                yield name, frozenset(hit.decode("utf-8", "surrogateescape") for hit in hits)

    def read(self, names: Iterable[str]) -> Iterator[tuple[str, bytes | Unchecked]]:
        """Each file's content, or why it could not be read; files that are gone are left out.

        Links are not followed, neither of a file nor of a folder of the repository.
        """
        if self._staged:
            yield from self._read_staged(tuple(names))
            return
        kept: Mapping[str, bytes] = self.__dict__.get("_texts") or {}
        for name in names:
            if name in kept and len(kept[name]) <= MOST_BYTES:
                yield name, kept[name]
                continue
            if self._is_behind_link(name.rpartition("/")[0]):
                yield name, _not_read(name, "a folder above it is a link")
                continue
            try:
                content = read_small(self._root / name, MOST_BYTES)
            except NotReadError as error:
                yield name, _not_read(name, str(error))
                continue
            if content is not None:
                yield name, content

    def staged_ids(self) -> Mapping[str, str]:
        """The ids of the contents that the index has, in hex, by path."""
        return self._blobs

    def _is_behind_link(self, folder: str) -> bool:
        """Whether a folder of the repository, or one above it, is a link; asked once of each."""
        if folder.startswith("/") or len(folder) > _LONGEST_PATH:
            return False  # what a person names elsewhere is their own; what is too long is no file
        unknown = []
        while folder not in self._behind_link:
            unknown.append(folder)
            folder = folder.rpartition("/")[0]
        is_link = self._behind_link[folder]
        for each in reversed(unknown):
            is_link = is_link or os.path.islink(os.path.join(self._root, each))  # noqa: PTH114, PTH118 - faster
            self._behind_link[each] = is_link
        return is_link

    def _read_staged(self, names: Sequence[str]) -> Iterator[tuple[str, bytes | Unchecked]]:
        wanted = [name for name in names if name in self._blobs]
        contents = self._git.blobs(tuple(self._blobs[name] for name in wanted))
        for name in wanted:
            content = contents.get(self._blobs[name])
            yield name, _not_read(name, "git does not give it") if content is None else content


@cache
def _whole(word: bytes) -> re.Pattern[bytes]:
    """A word that is no part of a longer one."""
    return re.compile(rb"(?<!\w)" + re.escape(word) + rb"(?!\w)")


def _words_in(content: bytes) -> Iterator[bytes]:
    """Every word of a text, and every word with the dots and hyphens inside it."""
    for match in re.finditer(rb"\w[\w.-]*+", content):
        yield match[0].rstrip(b".-")
        yield from re.findall(rb"\w++", match[0])


def _encoded(texts: Sequence[str]) -> list[bytes]:
    return [text.encode("utf-8", "surrogateescape") for text in texts]


def _not_read(name: str, reason: str) -> Unchecked:
    return Unchecked(
        target=name,
        reason=f"it was not read: {reason}",
        hint="make it readable for the user who runs this, or name it in `exclude`",
    )
