"""The ledger's lines as entries, and what follows of them: releases, and which to go back to."""

import datetime
import json
from collections.abc import Iterable
from typing import Any

from launchready.errors import LaunchReadyError
from launchready.facts.releases import Deed, Deployment, Entry, Release, Safety
from launchready.frozen import replace
from launchready.steps.rollback.guards import is_commit

_TEXTS = ("commit", "deployment", "build", "provider", "who", "to", "attempt", "words")


def render_entry(entry: Entry) -> str:
    """One line of JSON: what is known, in the order that a person reads it."""
    line: dict[str, Any] = {"at": entry.at.strftime("%Y-%m-%dT%H:%M:%SZ"), "deed": entry.deed.value}
    line |= {name: getattr(entry, name) for name in _TEXTS if getattr(entry, name)}
    if entry.safety:
        line["rollback_safe"] = entry.safety.value
    if entry.reasons:
        line["reasons"] = list(entry.reasons)
    if entry.state:
        line["state"] = json.loads(entry.state)
    return json.dumps(line, ensure_ascii=True) + "\n"


def parse_ledger(text: str) -> tuple[Entry, ...]:
    """All entries in their order. Raises LaunchReadyError for a line that is none: what cannot be
    read may be a rollback, and must not be taken for nothing.
    """
    entries = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            entries.append(_parsed(json.loads(line)))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise LaunchReadyError(
                f"line {number} of the ledger is no entry ({type(error).__name__})",
                hint="mend or remove that line; nothing is decided by a ledger that cannot be read",
            ) from error
    return tuple(entries)


def _parsed(line: Any) -> Entry:
    if not isinstance(line, dict):
        raise TypeError
    texts = {name: line.get(name, "") for name in _TEXTS}
    reasons = line.get("reasons", [])
    if not all(isinstance(each, str) for each in (*texts.values(), *reasons)):
        raise TypeError
    return Entry(
        at=datetime.datetime.strptime(line["at"], "%Y-%m-%dT%H:%M:%SZ").replace(
            tzinfo=datetime.UTC
        ),
        deed=Deed(line["deed"]),
        safety=Safety(line["rollback_safe"]) if "rollback_safe" in line else None,
        reasons=tuple(reasons),
        state=json.dumps(line["state"]) if "state" in line else "",
        **texts,
    )


def added(text: str, entry: Entry) -> str:
    """The ledger with one line more."""
    start = text if not text or text.endswith("\n") else f"{text}\n"
    return start + render_entry(entry)


def releases(entries: Iterable[Entry]) -> tuple[Release, ...]:
    """All releases, in the order in which each was last deployed."""
    known: dict[str, Release] = {}
    for entry in entries:
        key = entry.deployment
        if entry.deed is Deed.DEPLOYED:
            old = known.pop(key, None)
            known[key] = Release(
                commit=entry.commit,
                deployment=key,
                build=entry.build,
                provider=entry.provider,
                recorded=entry.at,
                who=entry.who,
                safety=entry.safety,
                reasons=entry.reasons,
                verified=old.verified if old else None,
            )
        elif entry.deed is Deed.VERIFIED and key in known:
            known[key] = replace(known[key], verified=entry.at)
        elif entry.deed is Deed.ROLLED_BACK and key in known:
            known[key] = replace(known[key], withdrawn=entry.at)
    return tuple(known.values())


def target_of(known: Iterable[Release], live: Deployment) -> Release | None:
    """The release to go back to: the last that was verified, is not live, and was not withdrawn
    after it was verified. "The one before" is no answer: it may be as bad.
    """
    for release in reversed(tuple(known)):
        is_good = release.verified is not None and (
            release.withdrawn is None or release.withdrawn < release.verified
        )
        if is_good and not is_live(release, live):
            return release
    return None


def crossed(known: Iterable[Release], target: Release, live: Deployment) -> tuple[Release, ...]:
    """The releases whose migrations stay in the database when `target` is gone back to: those that
    were deployed after it, the live one last.
    """
    told = tuple(known)
    after = told[told.index(target) + 1 :]
    older = [each for each in told if is_live(each, live) and each not in after]
    return (*older, *after)


def is_live(release: Release, live: Deployment) -> bool:
    """Whether a release is the one that the host serves."""
    if release.deployment in (live.id, live.serves) or release.build == live.serves:
        return True
    return bool(release.commit and live.commit and is_commit(release.commit, live.commit))
