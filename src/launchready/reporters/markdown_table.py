"""Parts of a Markdown page that have an upper size: rows are whole or not there, and counted."""

from collections.abc import Iterable, Iterator

SHARE_BYTES = 120_000


def table(columns: tuple[str, ...], rows: Iterable[str], total: int, noun: str) -> Iterator[str]:
    """A table of ready-made rows, then how many of `total` are missing. Nothing for no rows."""
    if not total:
        return
    yield row(*columns)
    yield row(*("---" for _ in columns))
    yield from bounded(rows, total, noun)
    yield ""


def row(*cells: str) -> str:
    """A row of cells that are Markdown already and hold no `|` of their own."""
    return f"| {' | '.join(cells)} |"


def bounded(blocks: Iterable[str], total: int, noun: str) -> Iterator[str]:
    """As many blocks as fit the share, then how many of `total` are missing."""
    left = SHARE_BYTES
    shown = 0
    for block in blocks:
        left -= len(block.encode()) + 1
        if left < 0:
            break
        yield block
        shown += 1
    if shown < total:
        yield ""
        yield f"…and {total - shown} more {noun}. The log of this step and its reports have more."


def folded(title: str, lines: Iterable[str]) -> Iterator[str]:
    """Lines that a click unfolds. `title` is HTML."""
    yield f"<details><summary>{title}</summary>"
    yield ""
    yield from lines
    yield ""
    yield "</details>"
    yield ""
