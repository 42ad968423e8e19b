"""The `ignore` entries of the config: which finding is accepted by which."""

import datetime
import fnmatch
from collections.abc import Collection, Iterable, Iterator

from launchready.errors import LaunchReadyError
from launchready.frozen import frozen
from launchready.policy.paths import any_path_matches, path_matches
from launchready.policy.settings import IgnoreEntry


@frozen
class Hit:
    """The entry that a finding falls under, by its index. An expired one does not accept it."""

    index: int
    entry: IgnoreEntry
    is_expired: bool


class Ignores:
    """The entries, ready to be asked for many findings."""

    def __init__(self, entries: Iterable[IgnoreEntry], today: datetime.date) -> None:
        """Raises LaunchReadyError for an entry that names nothing: it would accept everything."""
        self._hits = tuple(
            Hit(index=index, entry=entry, is_expired=is_expired(entry, today))
            for index, entry in enumerate(entries)
        )
        self._of_rule: dict[str, tuple[Hit, ...]] = {}
        self._of_path: dict[str, frozenset[int]] = {}
        self._globs = tuple(hit.entry.path for hit in self._hits if hit.entry.path is not None)
        self._anywhere = frozenset(hit.index for hit in self._hits if hit.entry.path is None)
        for hit in self._hits:
            _refuse_empty(hit)

    @property
    def ask_for_fingerprints(self) -> bool:
        """Whether any entry names a fingerprint."""
        return any(hit.entry.fingerprint for hit in self._hits)

    def find(self, rule: str, paths: Collection[str], fingerprints: Iterable[str]) -> Hit | None:
        """The first entry in force that the finding falls under, else the first expired one.

        `paths` are all the files that hold the finding, none for one that is in no file: an entry
        for a path accepts what stands there and nowhere else.
        """
        prints = tuple(fingerprints)
        hits = [hit for hit in self._candidates(rule, paths) if _has_print(hit.entry, prints)]
        return next((hit for hit in hits if not hit.is_expired), hits[0] if hits else None)

    def _candidates(self, rule: str, paths: Collection[str]) -> Iterator[Hit]:
        """The entries that speak of the rule and of every path, in their order.

        Each rule and each path is compared with the entries once, however many findings it has.
        """
        if rule not in self._of_rule:
            self._of_rule[rule] = tuple(h for h in self._hits if covers_rule(h.entry, rule))
        for path in paths:
            if path not in self._of_path:
                self._of_path[path] = self._indexes_at(path)
        here = self._anywhere
        if paths:
            here = frozenset.intersection(*(self._of_path[path] for path in paths))
        return (hit for hit in self._of_rule[rule] if hit.index in here)

    def _indexes_at(self, path: str) -> frozenset[int]:
        if not any_path_matches(self._globs, path):
            return self._anywhere
        named = (h.index for h in self._hits if h.entry.path and path_matches(h.entry.path, path))
        return self._anywhere.union(named)


def is_expired(entry: IgnoreEntry, today: datetime.date) -> bool:
    """Whether the entry's last day is past."""
    return entry.until is not None and entry.until < today


def covers_rule(entry: IgnoreEntry, rule: str) -> bool:
    """Whether the entry speaks of findings of `rule`."""
    return entry.rule is None or fnmatch.fnmatchcase(rule, entry.rule)


def described(entry: IgnoreEntry) -> str:
    """The entry as a message names it."""
    named = {"rule": entry.rule, "path": entry.path, "fingerprint": entry.fingerprint}
    return ", ".join(f"{name} {value!r}" for name, value in named.items() if value is not None)


def _has_print(entry: IgnoreEntry, fingerprints: tuple[str, ...]) -> bool:
    wanted = entry.fingerprint
    return wanted is None or any(print_.startswith(wanted) for print_ in fingerprints)


def _refuse_empty(hit: Hit) -> None:
    if not described(hit.entry):
        raise LaunchReadyError(
            f"ignore[{hit.index}] names no rule, path or fingerprint: it would accept everything",
            hint="name what it accepts, or set `severity: off` for a rule you do not want",
        )
