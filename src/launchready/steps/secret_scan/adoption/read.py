"""Reads the files of other scanners that lie at the top of the repository."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from launchready.gateways.small_files import NotReadError, read_small
from launchready.steps.secret_scan.adoption.accepted import (
    Adopted,
    Misread,
)
from launchready.steps.secret_scan.adoption.allow_lists import parse_allow_lists
from launchready.steps.secret_scan.adoption.baseline_file import parse_baseline_file
from launchready.steps.secret_scan.adoption.files import BASELINES, CONFIGS, IGNORES
from launchready.steps.secret_scan.adoption.ignore_file import parse_ignore_file

_MOST_BYTES = 16 << 20
_MOST_ODD = 10

T = TypeVar("T")
Parser = Callable[[str, str], tuple[tuple[T, ...], list[Misread]]]


def read_adopted(root: Path) -> tuple[Adopted, tuple[str, ...]]:
    """What the files accept, and what a person should know of what they do not."""
    odd: list[Misread] = []
    adopted = Adopted(
        values=tuple(_all(root, BASELINES, parse_baseline_file, odd)),
        places=tuple(_all(root, IGNORES, parse_ignore_file, odd)),
        lists=tuple(_all(root, CONFIGS, parse_allow_lists, odd)),
    )
    notes = [f"{each.file}:{each.line}: {each.reason}" for each in odd[:_MOST_ODD]]
    if len(odd) > _MOST_ODD:
        notes.append(f"{len(odd) - _MOST_ODD:,} more lines like these are not heeded")
    return adopted, tuple(notes)


def _all(root: Path, names: tuple[str, ...], parse: "Parser[T]", odd: list[Misread]) -> Iterator[T]:
    for name in names:
        try:
            content = read_small(root / name, _MOST_BYTES)
        except NotReadError as error:
            odd.append(Misread(file=name, line=1, reason=f"it is not heeded: {error}"))
            continue
        if content is not None:
            found, misread = parse(content.decode("utf-8", "replace"), name)
            odd.extend(misread)
            yield from found
