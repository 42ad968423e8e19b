"""The text of one file as it was judged: of the work tree, or as the index has it."""

from collections.abc import Callable

from launchready.gateways import Gateways
from launchready.gateways.small_files import NotReadError, read_small
from launchready.gateways.tree import MOST_BYTES, decoded
from launchready.model import Unchecked


def reader_of(gateways: Gateways, *, staged: bool = False) -> Callable[[str], str | None]:
    """What gives the text of a path; None of what is no file, too large or cannot be read."""

    def staged_content(path: str) -> bytes | None:
        index = gateways.git.index()
        entry = None if isinstance(index, Unchecked) else index.get(path)
        if entry is None or entry.is_link:
            return None
        return gateways.git.blobs((entry.blob,)).get(entry.blob)

    def content(path: str) -> bytes | None:
        try:
            return read_small(gateways.root / path, MOST_BYTES)
        except (NotReadError, ValueError):  # a NUL in a name is no name
            return None

    def read(path: str) -> str | None:
        found = staged_content(path) if staged else content(path)
        return None if found is None else decoded(found)

    return read
