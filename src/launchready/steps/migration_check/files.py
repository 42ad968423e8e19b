"""The files of a repository as the readers of migrations see them: now, or at the base."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import PurePosixPath

from launchready.gateways.tree import Tree, decoded
from launchready.model import Unchecked


class Files:
    """Names of files, and their texts once they are asked for. `unread` are those that could not be
    read, which is not the same as those that are not there.
    """

    def __init__(
        self,
        names: Iterable[str],
        contents: Mapping[str, bytes] | None = None,
        read: Callable[[Sequence[str]], Iterable[tuple[str, bytes | Unchecked]]] = lambda _: (),
    ) -> None:
        self.names = tuple(sorted(names))
        self.unread: dict[str, Unchecked] = {}
        self._known = frozenset(self.names)
        self._contents: dict[str, bytes] = dict(contents or {})
        self._read = read

    @classmethod
    def of(cls, tree: Tree, names: Iterable[str]) -> "Files":
        """The files of a tree."""
        return cls(names, read=tree.read)

    def __contains__(self, path: str) -> bool:
        return path in self._known

    def bytes(self, path: str) -> bytes | None:
        """A file's content; None if it is not there or cannot be read."""
        if path not in self._contents:
            self.fetch((path,))
        return self._contents.get(path)

    def fetch(self, paths: Iterable[str]) -> None:
        """Read files that will be asked for, all at once: of the index each time is a process."""
        wanted = self._known.intersection(paths).difference(self._contents, self.unread)
        for path, content in self._read(sorted(wanted)) if wanted else ():
            if isinstance(content, Unchecked):
                self.unread[path] = content
            else:
                self._contents[path] = content

    def text(self, path: str) -> str | None:
        """A file's text: UTF-8, or UTF-16 where it says so; other bytes are replaced."""
        content = self.bytes(path)
        return None if content is None else decoded(content)

    def under(self, folder: str) -> tuple[str, ...]:
        """The names below a folder; all of them for ""."""
        prefix = f"{folder}/" if folder else ""
        return tuple(name for name in self.names if name.startswith(prefix))

    def named(self, *last: str) -> tuple[str, ...]:
        """The names whose last part is one of these, those higher in the tree first."""
        wanted = frozenset(last)
        found = (name for name in self.names if name.rpartition("/")[2] in wanted)
        return tuple(sorted(found, key=lambda name: (name.count("/"), name)))


def folder_of(path: str) -> str:
    """The folder of a path; "" at the top."""
    return path.rpartition("/")[0]


def stem_of(path: str) -> str:
    """A file's name without folder and last ending."""
    return PurePosixPath(path).stem
