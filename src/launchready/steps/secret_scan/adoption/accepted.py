"""What the files of other scanners accept, as values."""

import enum
from typing import TYPE_CHECKING

from launchready.frozen import frozen

if TYPE_CHECKING:
    from launchready.steps.secret_scan.expressions.search import Machine


@frozen
class AcceptedValue:
    """An entry of detect-secrets' baseline: the SHA-1 of a value, in hex, in one file.

    A private key is known there by the words of its header alone, so it is told by `line` too.
    """

    path: str
    sha1: str
    line: int
    is_private_key: bool
    reason: str
    file: str
    file_line: int


@frozen
class AcceptedPlace:
    """A fingerprint of gitleaks: `file:rule:line`, with `commit` before it or for any commit."""

    commit: str
    path: str
    rule: str
    line: int
    file: str
    file_line: int


class Target(enum.Enum):
    """What the expressions of an allow-list are tried on."""

    SECRET = "secret"  # noqa: S105 - a word of the file
    MATCH = "match"
    LINE = "line"


@frozen
class AllowList:
    """An allow-list of gitleaks. It holds if one of its criteria does, with `needs_all` if each.

    `rules` are gitleaks' names of the rules that it is for; none is every rule.
    """

    rules: frozenset[str]
    needs_all: bool
    commits: frozenset[str]
    paths: "tuple[Machine, ...]"
    target: Target
    expressions: "tuple[Machine, ...]"
    stop_words: tuple[str, ...]
    reason: str
    file: str
    file_line: int

    @property
    def reads_content(self) -> bool:
        """Whether it has a criterion that only the text itself can meet."""
        return bool(self.expressions or self.stop_words)


@frozen
class Adopted:
    """All that the files of a repository accept."""

    values: tuple[AcceptedValue, ...] = ()
    places: tuple[AcceptedPlace, ...] = ()
    lists: tuple[AllowList, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.values or self.places or self.lists)


NOTHING = Adopted()


@frozen
class Misread:
    """A line of a file that accepts nothing, though a person wanted it to."""

    file: str
    line: int
    reason: str
