"""Several effects as one."""

from collections.abc import Iterable, Mapping

from launchready.facts.catalogue import Effect, Lock


def joined(effects: Iterable[Effect], doubts: Iterable[str] = ()) -> Effect:
    """The effect of acts that run one after the other."""
    every = tuple(effects)
    return Effect(
        locks=strongest(*(each.locks for each in every)),
        rewrites=_once(name for each in every for name in each.rewrites),
        scans=_once(name for each in every for name in each.scans),
        builds=_once(name for each in every for name in each.builds),
        changes=_once(name for each in every for name in each.changes),
        troubles=tuple(dict.fromkeys(one for each in every for one in each.troubles)),
        losses=tuple(dict.fromkeys(one for each in every for one in each.losses)),
        doubts=_once([*(one for each in every for one in each.doubts), *doubts]),
        why="; ".join(_once(each.why for each in every if each.why)),
        algorithm=next((each.algorithm for each in reversed(every) if each.algorithm), ""),
    )


def strongest(*every: Mapping[str, Lock]) -> Mapping[str, Lock]:
    """The strongest lock on each relation."""
    found: dict[str, Lock] = {}
    for locks in every:
        for name, lock in locks.items():
            found[name] = max(lock, found.get(name, lock))
    return found


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
