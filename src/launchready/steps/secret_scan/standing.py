"""Says on which branches a secret still stands, and how many commits brought it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from launchready.facts.git import UNREACHED, HistoryFacts, Introduction, RefFacts
from launchready.facts.secret import SecretFacts
from launchready.gateways.git import Git
from launchready.steps.secret_scan.looks import look_of
from launchready.steps.secret_scan.scanning.sightings import Origin, Sighting

_MOST_NAMED = 5
_MOST_BRANCHES = 200
_MOST_ASKED = 5000
"""Questions "what has this branch at this path": a few milliseconds for each hundred."""

_LOCAL, _REMOTE = "refs/heads/", "refs/remotes/"


@dataclass(kw_only=True)
class _Trace:
    """Where one secret was in the history: blobs by path, commits, and whether a ref reaches it."""

    blobs: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    commits: set[str] = field(default_factory=set)
    is_reached: bool = False


def with_standing(
    facts: Iterable[SecretFacts],
    sightings: Iterable[Sighting],
    introductions: Mapping[bytes, Sequence[Introduction]],
    history: HistoryFacts,
    git: Git,
) -> list[SecretFacts]:
    """The same facts, each with its branches and the number of its commits."""
    traces = _traces(sightings, introductions, history)
    paths = sorted({path for trace in traces.values() for path in trace.blobs})[:_MOST_ASKED]
    branches = _branches(git, _MOST_ASKED // len(paths)) if paths else {}
    has = git.standing(sorted(set(branches.values())), paths)
    return [_with(fact, traces.get(fact.digest), branches, has) for fact in facts]


def _traces(
    sightings: Iterable[Sighting],
    introductions: Mapping[bytes, Sequence[Introduction]],
    history: HistoryFacts,
) -> dict[str, _Trace]:
    traces: dict[str, _Trace] = defaultdict(_Trace)
    for each in sightings:
        name, trace = each.source.name, traces[each.digest]
        if each.source.origin is Origin.MESSAGE:
            trace.commits.add(name)
            trace.is_reached |= name not in history.unreached
        elif each.source.origin is Origin.HISTORY:
            look = look_of(each.source.outer_path)
            for brought in introductions.get(name.encode("ascii"), ()):
                if look_of(brought.path) == look:
                    trace.blobs[brought.path].add(name)
                    trace.commits.update((brought.commit,) if brought.commit else ())
                    trace.is_reached |= _is_reached(brought, history)
        else:
            trace.is_reached = True
    return traces


def _is_reached(brought: Introduction, history: HistoryFacts) -> bool:
    if brought.commit is None:
        return brought.path != UNREACHED
    return brought.commit not in history.unreached


def _branches(git: Git, most: int) -> dict[str, str]:
    """The commits of the newest branches by their names; of a branch that a remote has too, at the
    same commit, only the local one.
    """
    found: dict[str, str] = {}
    every = git.branches(min(most, _MOST_BRANCHES))
    local = {each.name.removeprefix(_LOCAL): each.object for each in every if _is_local(each)}
    for each in every:
        short = each.name.removeprefix(_LOCAL).removeprefix(_REMOTE)
        twin = local.get(short.partition("/")[2])
        is_double = not _is_local(each) and (twin == each.object or short.endswith("/HEAD"))
        if not is_double:
            found[short] = each.object
    return found


def _is_local(ref: RefFacts) -> bool:
    return ref.name.startswith(_LOCAL)


def _with(
    fact: SecretFacts,
    trace: _Trace | None,
    branches: Mapping[str, str],
    has: Mapping[tuple[str, str], str],
) -> SecretFacts:
    if trace is None:
        return fact
    standing = [
        name
        for name, tip in branches.items()
        if any(has.get((tip, path)) in blobs for path, blobs in trace.blobs.items())
    ]
    return replace(
        fact,
        commits=len(trace.commits),
        branches=tuple(standing[:_MOST_NAMED]),
        branch_count=len(standing),
        is_reached=trace.is_reached,
    )
