"""Which places of a secret the adopted files accept, and by what."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from launchready.catalog.kinds import Assigned, Keyword, Kind
from launchready.model import Marker
from launchready.policy.markers import ADOPTED
from launchready.steps.secret_scan.adoption.accepted import (
    AcceptedPlace,
    AcceptedValue,
    Adopted,
    AllowList,
)
from launchready.steps.secret_scan.adoption.answer import NO_ANSWER, Answer
from launchready.steps.secret_scan.expressions.search import Searcher

_GENERIC = frozenset({"generic-api-key", "generic-password", "generic-credential"})


@dataclass(frozen=True, kw_only=True)
class Spot:
    """One place of a secret. `path` is empty in a message; `commit` brought the place, if known."""

    path: str
    line: int
    commit: str
    answer: Answer = NO_ANSWER


@dataclass(kw_only=True)
class Acceptor:
    """Asks the adopted files about secrets, one after the other."""

    adopted: Adopted
    _searcher: Searcher = field(default_factory=Searcher)
    _paths: dict[tuple[int, str], bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._values: dict[str, list[AcceptedValue]] = {}
        self._keys: dict[str, list[AcceptedValue]] = {}
        self._places: dict[str, list[AcceptedPlace]] = {}
        for value in self.adopted.values:
            table = self._keys if value.is_private_key else self._values
            table.setdefault(value.path, []).append(value)
        for place in self.adopted.places:
            self._places.setdefault(place.path, []).append(place)

    @property
    def is_exhausted(self) -> bool:
        """Whether the expressions took so long that the rest was not asked for."""
        return self._searcher.is_exhausted

    def accepted(self, kind: Kind, spots: Sequence[Spot]) -> Mapping[str, Marker]:
        """The paths at which a secret is accepted, and by which marker; `spots` oldest first.

        A version of a file that only carries the secret on is accepted with the one that brought it
        there: other scanners name a secret by the commit and line that brought it, and no more.
        """
        if not self.adopted:
            return {}
        paths: dict[str, list[Spot]] = {}
        for spot in spots:
            paths.setdefault(spot.path, []).append(spot)
        found: dict[str, Marker] = {}
        for path, its in paths.items():
            marker = next(self._markers(kind, path, its), None)
            if marker is not None:
                found[path] = marker
        return found

    def _markers(self, kind: Kind, path: str, spots: Sequence[Spot]) -> Iterator[Marker]:
        yield from self._by_place(kind, path, spots)
        yield from self._by_value(kind, path, spots)
        for number, each in enumerate(self.adopted.lists):
            if _is_of(each.rules, kind) and self._holds(number, each, path, spots):
                yield _marker(each.file, each.file_line, each.reason)

    def _by_place(self, kind: Kind, path: str, spots: Sequence[Spot]) -> Iterator[Marker]:
        for entry in self._places.get(path, ()):
            if entry.rule not in _GENERIC and not _is_of({entry.rule}, kind):
                continue
            if any(_is_at(entry, spot, kind) for spot in spots):
                yield _marker(entry.file, entry.file_line, f"in {entry.file}")

    def _by_value(self, kind: Kind, path: str, spots: Sequence[Spot]) -> Iterator[Marker]:
        hashes = {spot.answer.sha1 for spot in spots if spot.answer.sha1}
        lines = {spot.line for spot in spots}
        for entry in self._values.get(path, ()):
            if entry.sha1 in hashes:
                yield _marker(entry.file, entry.file_line, entry.reason)
        for entry in self._keys.get(path, ()) if _is_private_key(kind) else ():
            if entry.line and lines & {entry.line, entry.line + 1}:  # the body is below the header
                yield _marker(entry.file, entry.file_line, entry.reason)

    def _holds(self, number: int, each: AllowList, path: str, spots: Sequence[Spot]) -> bool:
        """Whether a list holds; its criteria are asked only if it has them."""
        answers = []
        if each.commits:
            answers.append(spots[0].commit in each.commits)
        if each.paths:
            answers.append(self._is_path_of(number, each, path))
        if each.reads_content:
            answers.append(all(number in spot.answer.lists for spot in spots))
        return all(answers) if each.needs_all else any(answers)

    def _is_path_of(self, number: int, each: AllowList, path: str) -> bool:
        if (number, path) not in self._paths:
            self._paths[number, path] = bool(path) and any(
                self._searcher.finds(one, path) for one in each.paths
            )
        return self._paths[number, path]


def _is_at(entry: AcceptedPlace, spot: Spot, kind: Kind) -> bool:
    """Whether the fingerprint names the place; of a private key other scanners name the header."""
    lines = {spot.line, spot.line - 1} if _is_private_key(kind) else {spot.line}
    return entry.line in lines and (not entry.commit or entry.commit == spot.commit)


def _is_of(rules: Iterable[str], kind: Kind) -> bool:
    """Whether one of gitleaks' rules is about what our kind is about.

    The names differ from tool to tool, but both begin with the provider's; `private-key` and such
    are a part of ours. Its generic rule is for what is told by a name alone.
    """
    names = tuple(rules)
    return not names or any(_is_like(name, kind) for name in names)


def _is_like(name: str, kind: Kind) -> bool:
    if name in _GENERIC:
        return isinstance(kind.format, Assigned | Keyword)
    words, own = name.split("-"), kind.id.split("-")
    return words[0] == own[0] or set(words) <= set(own)


def _is_private_key(kind: Kind) -> bool:
    return kind.id.endswith("private-key")


def _marker(file: str, line: int, reason: str) -> Marker:
    return Marker(tool=ADOPTED, reason=reason, path=file, line=line)
