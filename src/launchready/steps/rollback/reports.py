"""Reads what smoke-test and migration-check said, from the JSON reports that they wrote."""

import datetime
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from launchready.facts.releases import Safety
from launchready.frozen import frozen
from launchready.model import Unchecked
from launchready.steps.rollback.decision import SmokeLook

_SLOW = frozenset(("latency-over-budget", "latency-regression", "load-errors"))
_MOST = 32 << 20
_HINT = "write it with `launchready STEP --report json=FILE`, and hand the file to this job"


@frozen
class Judged:
    """What the reports say together. `commit` is what they are about, "" where they differ or do
    not say; `safety` is None where no report of migration-check is among them.
    """

    looks: tuple[SmokeLook, ...] = ()
    commit: str = ""
    safety: Safety | None = None
    reasons: tuple[str, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()


def read_reports(paths: Iterable[Path], rules: frozenset[str]) -> Judged:
    """The judgement of all reports; what cannot be read is told, and never a pass."""
    looks: list[SmokeLook] = []
    commits: set[str] = set()
    safety: Safety | None = None
    reasons: tuple[str, ...] = ()
    unchecked: list[Unchecked] = []
    for path in paths:
        documents = _documents(path)
        if isinstance(documents, Unchecked):
            unchecked.append(documents)
            continue
        for document in documents:
            if document["step"] == "smoke-test":
                looks.append(smoke_look(document, rules))
                commits.add(_commit(document))
            elif document["step"] == "migration-check":
                safety, reasons = safety_of(document)
    known = {each for each in commits if each}
    return Judged(
        looks=tuple(looks),
        commit=known.pop() if len(known) == 1 else "",
        safety=safety,
        reasons=reasons,
        unchecked=tuple(unchecked),
    )


def smoke_look(document: Any, rules: frozenset[str]) -> SmokeLook:
    """One report of smoke-test."""
    grave, slow = [], []
    for finding in document.get("findings", []):
        if finding.get("status", "new") != "new" or finding.get("severity") != "error":
            continue
        words = f"{finding['rule']}: {finding['message']}"
        if finding["rule"] in rules:
            grave.append(words)
        elif finding["rule"] in _SLOW:
            slow.append(words)
    unchecked = [f"{u['target']}: {u['reason']}" for u in document.get("unchecked", [])]
    if document["verdict"] == "errored":
        unchecked.append("the smoke test could not run")
    return SmokeLook(grave=tuple(grave), slow=tuple(slow), unchecked=tuple(unchecked))


def safety_of(document: Any) -> tuple[Safety, tuple[str, ...]]:
    """What a report of migration-check says of going back; a repository without new migrations
    has nothing that forbids it.
    """
    told = document.get("facts", {}).get("rollback_safe")
    if not isinstance(told, dict):
        is_whole = document["verdict"] == "passed"
        return (Safety.YES if is_whole else Safety.UNKNOWN), ()
    try:
        safety = Safety(told.get("verdict", ""))
    except ValueError:
        safety = Safety.UNKNOWN
    return safety, tuple(_reasons(told))


def _reasons(told: Any) -> Iterator[str]:
    for each in told.get("reasons", []):
        column = f".{each['column']}" if each.get("column") else ""
        places = ", ".join(each.get("places", [])[:3])
        read = f", read at {places}" if places else ""
        yield f"{each['migration']} {each['what']} {each['table']}{column}{read}"
    yield from (str(each) for each in told.get("unknown", []))


def _commit(document: Any) -> str:
    commit = document.get("target", {}).get("commit")
    return commit if isinstance(commit, str) else ""


def _documents(path: Path) -> list[dict[str, Any]] | Unchecked:
    """The reports of a file; of all steps where it is a combined one."""
    try:
        with path.open("rb") as file:
            content = file.read(_MOST + 1)
        document: Any = json.loads(content if len(content) <= _MOST else b"")
        found = document.get("reports", [document])
        for each in found:
            datetime.datetime.fromisoformat(each["started"])
            if each["version"] != 1 or each["tool"]["name"] != "launchready":
                raise ValueError
            _ = each["step"], each["verdict"]
    except OSError as error:
        return Unchecked(target=str(path), reason=f"cannot be read: {error.strerror}", hint=_HINT)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Unchecked(target=str(path), reason="it is no report of launchready", hint=_HINT)
    return list(found)
