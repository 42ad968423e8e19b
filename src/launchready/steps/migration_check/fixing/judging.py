"""Judges a repository as it would be with some files changed, without writing any."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from launchready.facts.migrations import HistoryFacts
from launchready.frozen import frozen
from launchready.gateways.git import Git
from launchready.gateways.tree import Tree
from launchready.model import FileLocation, Finding, Severity, Unchecked
from launchready.policy.marking import Marking
from launchready.steps.migration_check.bases import Base, compare
from launchready.steps.migration_check.engines import server_of
from launchready.steps.migration_check.files import Files
from launchready.steps.migration_check.observe import Replayed, find_all
from launchready.steps.migration_check.parsing import why_not
from launchready.steps.migration_check.rules import RULES
from launchready.steps.migration_check.settings import MigrationCheckSettings

_STAYS = {"set-not-null": "set-not-null-compat"}
"""What a finding says besides, and what is said alone once the rest is mended: that INSERTs of the
running release must give a value is true however the column comes by its NOT NULL.
"""


@frozen
class Judged:
    """One history, and every finding on it with the facts that it was made of."""

    history: HistoryFacts
    findings: tuple[tuple[object, Finding], ...]
    gaps: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from every other history of the repository."""
        return self.history.history.framework, self.history.history.folder


class Once:
    """The files of a tree, each read once: what is judged again is what was judged before, whatever
    an editor saves meanwhile.
    """

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._read: dict[str, bytes | Unchecked] = {}

    def __call__(self, names: Sequence[str]) -> Iterator[tuple[str, bytes | Unchecked]]:
        """As `Tree.read`."""
        self._read.update(self._tree.read([each for each in names if each not in self._read]))
        return ((each, self._read[each]) for each in names if each in self._read)


@frozen
class Court:
    """What judging needs besides the files: settings, git, the base, and what reads them."""

    settings: MigrationCheckSettings
    git: Git
    base: Base | None
    read: Once
    names: tuple[str, ...]

    def files(self, changed: Mapping[str, bytes]) -> Files:
        """The files with some contents in place of their own."""
        return Files({*self.names, *changed}, contents=changed, read=self.read)

    def judge(self, files: Files, only: tuple[str, str] | None = None) -> Iterator[Judged]:
        """Every history, or one; those whose engine nothing here can read are left out."""
        for reader, found in find_all(files, self.settings.folders):
            if only is not None and (found.framework, found.folder) != only:
                continue
            files.fetch(found.paths)
            server = server_of(found, files, self.settings)
            history = reader.read(found, files, server.engine)
            facts = compare(history, found, reader, self.base, files=files, git=self.git)
            if not why_not(server.engine):
                seen = (facts, *Replayed(facts, server, self.settings).all())
                yield self._judged(facts, seen, Marking(files.text))

    def _judged(self, facts: HistoryFacts, seen: tuple[object, ...], marking: Marking) -> Judged:
        return Judged(
            history=facts,
            findings=tuple(
                (each, marking.of(finding))  # lines move as files are mended
                for each in seen
                for rule in RULES
                if isinstance(each, rule.facts)
                for finding in rule.findings(each, self.settings)
            ),
            gaps=tuple(each.reason for each in seen if isinstance(each, Unchecked)),
        )


def worse(before: Judged, after: Judged, mended: Counter[tuple[str, str]]) -> str | None:
    """What a proposal would bring that was not there, or leave: the name of a rule, or a gap; None
    where it only mends. `mended` counts what it is for, by path and rule.
    """
    if len(after.gaps) > len(before.gaps):
        return after.gaps[-1]
    rules = {rule for _, rule in mended}
    was, now = _counted(before, rules), _counted(after, rules)
    for key, count in mended.items():
        if now[key] > was[key] - count:
            return key[1]
    stays = {_STAYS[rule] for _, rule in mended if rule in _STAYS}
    for key, count in sorted(now.items()):
        if count > was[key] and key[1] not in stays:
            return key[1]
    return None


def _counted(judged: Judged, rules: Collection[str]) -> Counter[tuple[str, str]]:
    """The findings by path and rule; of the notes only those of some rules, for what lasts a moment
    may well come in place of what lasts long.
    """
    return Counter(
        (each.location.path, each.rule)
        for _, each in judged.findings
        if isinstance(each.location, FileLocation)
        and (each.rule in rules or each.severity is not Severity.NOTE)
    )
