"""What a bad input is: how it comes about, and what a person must be told."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.repository import Repository, live_key

KEY = live_key(7)
"""Planted wherever something might be passed over; no output may ever hold it."""

NO_REPOSITORY = "git: this folder is in no git repository"
BASELINE = ".launchready/baseline.json"
RULE = "stripe-live-secret-key"
LEAK = f'stripe.api_key = "{KEY}"\n'


@dataclass(kw_only=True)
class Shop:
    """A small repository about to be spoilt: where `launchready` runs and with what."""

    place: Path
    folder: Path
    repository: Repository
    environ: dict[str, str] = field(default_factory=dict)
    heeds_permissions: bool = False

    @classmethod
    def at(cls, place: Path) -> "Shop":
        """A clean one in a new folder."""
        repository = Repository.at(place / "shop")
        repository.commit({"README.md": "# Shop\n", "app/page.py": "print('tea')\n"}, "First page")
        return cls(place=place, folder=repository.path, repository=repository)


Build = Callable[[Shop], None]


@dataclass(frozen=True, kw_only=True)
class Case:
    """One bad input.

    `why` is why the row exists. `code` is the documented exit code, and `line` the line that
    says it: on stderr for 2, else one of the report, `target: reason` or `rule in place`; None
    where there is nothing to say. What follows a `…` is git's own or an id. `code_in_actions`
    is for what a job may do that nobody else may; `is_slow` rows run for a person only.
    """

    why: str
    code: int
    line: str | None
    words: tuple[str, ...] = ("check",)
    build: Build = lambda _: None
    code_in_actions: int | None = None
    is_slow: bool = False

    def is_said_in(self, lines: Iterable[str]) -> bool:
        """Whether one of the lines is the one that is due."""
        start, cut, _ = (self.line or "").partition("…")
        return any(line.startswith(start) if cut else line == start for line in lines)


def gap(why: str, build: Build, line: str, **other: Any) -> Case:
    """A state in which something cannot be seen."""
    return Case(why=why, build=build, code=3, line=line, **other)


def found(why: str, build: Build, path: str = "pay.py", **other: Any) -> Case:
    """A state in which the key is found all the same."""
    return Case(why=why, build=build, code=1, line=f"{RULE} in {path}", **other)


def passed(why: str, build: Build) -> Case:
    """A state in which there is nothing to find and nothing that was not looked at."""
    return Case(why=why, build=build, code=0, line=None)


def removed(shop: Shop) -> None:
    """A key that only the history has."""
    shop.repository.commit({"pay.py": LEAK}, "Take payments")
    (shop.folder / "pay.py").unlink()
    shop.repository.commit({}, "Oops")
