"""Finds what can be mended, and takes of each migration's proposals the first that only mends."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from launchready.errors import LaunchReadyError
from launchready.facts.migrations import ActFacts, Migration, MigrationFacts, Standing
from launchready.facts.schema import Engine
from launchready.frozen import frozen
from launchready.gateways import Gateways
from launchready.gateways.tree import Tree
from launchready.model import FileLocation, Finding, Unchecked
from launchready.policy.paths import any_path_matches
from launchready.step import Counting
from launchready.steps.migration_check.advice.remedies import REMEDIES
from launchready.steps.migration_check.bases import base_of
from launchready.steps.migration_check.fixing.judging import Court, Judged, Once, worse
from launchready.steps.migration_check.fixing.work import Proposal, Task, Work
from launchready.steps.migration_check.fixing.writers import WRITERS
from launchready.steps.migration_check.settings import MigrationCheckSettings

_ROUNDS = 3
_MERGED = {
    Standing.EDITED: "it is merged already: where it has run, an edit never runs",
    Standing.RENAMED: "it is merged already, under another name",
}


@frozen
class Mended:
    """A finding that is mended: where it stood, and what was done."""

    finding: Finding
    does: str


@frozen
class Kept:
    """A finding that a program does not mend, and why."""

    finding: Finding
    reason: str


@frozen
class Plan:
    """New contents by path, those before them (None for what is made), and what was said of which
    finding.
    """

    contents: dict[str, bytes]
    before: dict[str, bytes | None]
    mended: tuple[Mended, ...]
    kept: tuple[Kept, ...]


def plan(settings: MigrationCheckSettings, gateways: Gateways, counting: Counting) -> Plan:
    """What `--fix` would write. Raises LaunchReadyError where it is not known what is merged."""
    return _Planner(_court(settings, gateways), counting).plan()


def _court(settings: MigrationCheckSettings, gateways: Gateways) -> Court:
    tree = Tree(gateways.git, gateways.root)
    for gap in tree.unchecked:
        raise LaunchReadyError(f"nothing is fixed: {gap.reason}", hint=gap.hint)
    own = replace(settings, all=False, staged=False, rehearse=False)
    base = base_of(gateways, own, tree)
    if base is None and (head := gateways.git.commit_of("HEAD")):
        # without a branch to compare with, what is committed may have run anywhere
        base = base_of(replace(gateways, base=head), own, tree)
    if isinstance(base, Unchecked):
        raise LaunchReadyError(f"nothing is fixed: {base.reason}", hint=base.hint)
    names = tuple(name for name in tree.names if not any_path_matches(settings.exclude, name))
    return Court(settings=own, git=gateways.git, base=base, read=Once(tree), names=names)


class _Planner:
    """Goes over the histories until there is nothing more to mend."""

    def __init__(self, court: Court, counting: Counting) -> None:
        self._court = court
        self._counting = counting
        self._contents: dict[str, bytes] = {}
        self._before: dict[str, bytes | None] = {}
        self._mended: list[Mended] = []
        self._kept: dict[tuple[str, str, int | None], Kept] = {}

    def plan(self) -> Plan:
        """The whole plan."""
        for _ in range(_ROUNDS):
            self._kept.clear()
            if not self._round():
                break
        return Plan(
            contents=self._contents,
            before=self._before,
            mended=tuple(self._mended),
            kept=tuple(self._kept.values()),
        )

    def _round(self) -> bool:
        """Mend what can be mended in each migration; whether there was anything."""
        found = False
        for judged in tuple(self._court.judge(self._court.files(self._contents))):
            for migration, tasks in self._tasks(judged):
                found |= self._mend(judged.key, migration, tasks)
        return found

    def _tasks(self, judged: Judged) -> Iterator[tuple[Migration, tuple[Task, ...]]]:
        """The findings to mend, by migration; of the others it is kept why not."""
        seen = [
            (act, finding)
            for facts, finding in judged.findings
            if finding.rule in REMEDIES and (act := _about(facts)) is not None
        ]
        counting = {_sign(each) for each in self._counting(finding for _, finding in seen)}
        by_key: dict[str, list[Task]] = {}
        migrations = {}
        for facts, finding in seen:
            if _sign(finding) not in counting:
                continue
            answer = self._answer(judged, facts, finding)
            if isinstance(answer, str):
                self._keep(finding, answer)
                continue
            migrations[facts.migration.key] = facts.migration
            by_key.setdefault(facts.migration.key, []).append(answer)
        for key, tasks in by_key.items():
            yield migrations[key], tuple(tasks)

    def _answer(self, judged: Judged, facts: ActFacts, finding: Finding) -> Task | str:
        standing = judged.history.standing.get(facts.migration.key)
        if standing in _MERGED:
            return _MERGED[standing]
        if facts.server.engine is not Engine.POSTGRESQL:
            return "only PostgreSQL has this way"
        if facts.is_conditional:
            return "it runs under a condition"
        if facts.act not in facts.beside:
            return "it stands in a block or function"
        if facts.history.framework not in WRITERS:
            return f"files of {facts.history.framework} are not changed by a program yet"
        remedy = REMEDIES[finding.rule](facts)
        return (
            remedy if isinstance(remedy, str) else Task(finding=finding, facts=facts, remedy=remedy)
        )

    def _mend(self, key: tuple[str, str], migration: Migration, tasks: Sequence[Task]) -> bool:
        """Mend all of these, else each alone: one that cannot be must not keep the others."""
        reason = self._try(key, migration, tasks)
        if reason is None:
            return True
        if len(tasks) == 1:
            self._keep(tasks[0].finding, reason)
            return False
        found = False
        for task in tasks:
            again = self._again(key, task)
            if again is None:
                continue
            alone = self._try(key, again.facts.migration, (again,))
            if alone is None:
                found = True
            else:
                self._keep(task.finding, alone)
        return found

    def _again(self, key: tuple[str, str], task: Task) -> Task | None:
        """The same finding as the files stand after what was mended before it."""
        for judged in self._court.judge(self._court.files(self._contents), only=key):
            for _, tasks in self._tasks(judged):
                for each in tasks:
                    same = each.finding.identity == task.finding.identity
                    if same and each.finding.rule == task.finding.rule:
                        return each
        return None

    def _try(self, key: tuple[str, str], migration: Migration, tasks: Sequence[Task]) -> str | None:
        """Take the first proposal that only mends; why there is none."""
        files = self._court.files(self._contents)
        (before,) = self._court.judge(files, only=key)
        work = Work(
            history=before.history.history, migration=migration, tasks=tuple(tasks), files=files
        )
        mended = Counter((_path(task.finding), task.finding.rule) for task in tasks)
        reasons: list[str] = []
        moved = ""
        for proposal in WRITERS[work.history.framework](work):
            if isinstance(proposal, str):
                reasons.append(proposal)
                continue
            contents = {**self._contents, **proposal.contents}
            after = next(iter(self._court.judge(self._court.files(contents), only=key)), None)
            trouble = worse(before, after, mended) if after else "it could not be read again"
            if trouble is None:
                self._take(proposal, tasks)
                return None
            moved = moved or f"written otherwise in its place it would be `{trouble}`"
        return reasons[-1] if reasons else moved

    def _take(self, proposal: Proposal, tasks: Iterable[Task]) -> None:
        files = self._court.files({})
        for path, content in proposal.contents.items():
            self._before.setdefault(path, files.bytes(path))
            self._contents[path] = content
        self._mended += [Mended(finding=each.finding, does=each.remedy.does) for each in tasks]

    def _keep(self, finding: Finding, reason: str) -> None:
        self._kept[_sign(finding)] = Kept(finding=finding, reason=reason)


def _about(facts: object) -> ActFacts | None:
    """The act that is written otherwise: of a migration as a whole, its first."""
    match facts:
        case ActFacts():
            return facts
        case MigrationFacts(acts=(first, *_)):
            return first
    return None


def _path(finding: Finding) -> str:
    return finding.location.path if isinstance(finding.location, FileLocation) else ""


def _sign(finding: Finding) -> tuple[str, str, int | None]:
    location = finding.location
    line = location.line if isinstance(location, FileLocation) else None
    return finding.rule, finding.identity, line
