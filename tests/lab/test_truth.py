"""Effects beside the truth of the lab: what PostgreSQL 15 and 18 did with each of its cases.

Compared are failures, locks from SHARE UPDATE EXCLUSIVE on, tables that are written anew, tables
that are read under such a lock, and whether a case hurts at all.
"""

import json
from functools import cache
from typing import Any

import pytest

from launchready.facts.acts import Act, Do, Truncate
from launchready.facts.catalogue import Catalogue, Effect, Lock, Loss, Server, When
from launchready.facts.migrations import Script, SessionFacts, Wrapping
from launchready.facts.schema import Engine
from launchready.steps.migration_check.effects import effect_of
from launchready.steps.migration_check.effects.joined import joined
from launchready.steps.migration_check.effects.lasting import lasting
from launchready.steps.migration_check.parsing import parse
from launchready.steps.migration_check.parsing.scripts import statements_of
from launchready.steps.migration_check.replay import after
from launchready.steps.migration_check.replay.calls import called
from launchready.steps.migration_check.sessions import Session
from launchready.steps.migration_check.settings import MigrationCheckSettings
from tests.lab.statements import FOLDER

POSTGRESQL = Engine.POSTGRESQL
WRAPPINGS = {
    "transaction": Wrapping.FILE,
    "outside": Wrapping.NONE,
    "string": Wrapping.STRING,
}
CASES = json.loads((FOLDER / "truth.json").read_text(encoding="utf-8"))
RUNS = [(case, version) for case in CASES for version in (15, 18) if str(version) in case["truth"]]

EXPLAINED = {
    # rows or a server's surroundings decide, which no text tells
    "create-extension-missing": "what a server has installed is not in a migration",
    "drop-owned-nothing": "who owns what",
    "insert-unknown-reference": "whether a row is there",
    # told elsewhere
    "dbmate-sections": "its reader knows the sections",
    "goose-sections-hazard-up": "its reader knows the sections",
    "syntax-error": "it is Unread, which is told as such",
    "template-dollar-brace": "the schema is a placeholder: another table, in use all the same",
    "template-dollar-brace-hazard": "as above",
    "template-double-brace": "as above: its types are not known, which is a doubt",
    # weak locks that hurt nobody
    "comment-on-column": "SHARE UPDATE EXCLUSIVE, for a moment",
    "comment-on-table": "SHARE UPDATE EXCLUSIVE, for a moment",
    "create-publication": "SHARE UPDATE EXCLUSIVE, for a moment",
    "create-statistics": "SHARE UPDATE EXCLUSIVE, for a moment",
    # the recorder or its measure
    "new-table-from-old-then-swapped": "read before the lock is taken",
    "refresh-matview-concurrently": "readers go on",
    "refresh-matview-with-no-data": "its new file is empty",
    # left out so far
    "search-path-set-by-config": "the search path is not followed",
    "search-path-then-alter": "the search path is not followed",
}
"""Cases in which we say something else than the server, and why."""

Did = list[tuple[Act, Effect, SessionFacts]]


@cache
def base(version: int) -> Catalogue:
    """The lab's database, as its last release left it."""
    catalogue = Catalogue(server=Server(version=(version,)))
    return replayed(catalogue, (FOLDER / "base.sql").read_text(encoding="utf-8"))


def replayed(catalogue: Catalogue, text: str) -> Catalogue:
    for statement in statements_of("setup.sql", text, POSTGRESQL):
        for _, act in parse(statement.sql, POSTGRESQL):
            catalogue = after(catalogue, act)
    return catalogue


def done(case: dict[str, Any], version: int) -> tuple[Did, Catalogue]:
    """What we say of a case: the effect of each of its acts."""
    catalogue = replayed(base(version), case.get("setup", ""))
    statements = statements_of("case.sql", case["sql"], POSTGRESQL)
    session = Session(MigrationCheckSettings(), POSTGRESQL)
    session.enter(Script(items=statements, wrapping=WRAPPINGS[case["mode"]]))
    found: Did = []
    for statement in statements:
        pending: list[tuple[Act, bool]] = [
            (act, False) for _, act in parse(statement.sql, POSTGRESQL)
        ]
        while pending:
            act, is_guarded = pending.pop(0)
            inner = act.acts if isinstance(act, Do) else ()
            pending[:0] = [(each, guarded) for _, each, guarded in inner]
            pending[:0] = called(catalogue, act)
            if isinstance(act, Do):
                continue
            state = session.facts(statement)
            effect = effect_of(act, catalogue, state, is_conditional=is_guarded)
            session.record(act, effect, statement.place, statement)
            catalogue = after(catalogue, act, is_new=True, is_conditional=is_guarded)
            found.append((act, effect, session.facts(statement)))
    return [(act, lasting(effect, catalogue), state) for act, effect, state in found], catalogue


def disagreements(case: dict[str, Any], version: int) -> list[str]:
    """Where the server and we say different things of a case."""
    truth = case["truth"][str(version)]
    did, catalogue = done(case, version)
    effect = joined(each for _, each, _ in did)
    certain = [each for each in effect.troubles if each.when is not When.ON_SOME_DATA]
    if "fails" in truth:
        return [] if effect.troubles else [f"the server refuses it: {truth['fails']}"]
    found = [f"we say that it fails: {each.reason}" for each in certain]
    tables = {name for name, table in catalogue.tables.items() if not table.is_partitioned}
    known = {*tables, *catalogue.tables, *base(version).tables}
    theirs = {
        name: Lock[mode.replace(" ", "_")]
        for name, mode in truth.get("locks", {}).items()
        if name in known
    }
    ours = {name: lock for name, lock in effect.locks.items() if name in known or "." in name}
    found += compared("locks", strong(theirs), strong(ours))
    partitioned = {name for name, each in catalogue.tables.items() if each.is_partitioned}
    rewritten = set(truth.get("rewritten", ()))
    is_emptied = any(isinstance(act, Truncate) for act, _, _ in did)
    emptied = set(effect.changes) if is_emptied else set()
    if rewritten - emptied != set(effect.rewrites) - partitioned:
        found += compared("rewrites", sorted(rewritten), sorted(effect.rewrites))
    read = (
        {*effect.scans, *effect.builds, *effect.rewrites, *effect.changes} - partitioned - emptied
    )
    found += compared(
        "reads",
        {name for name in truth.get("scanned", ()) if name in strong(theirs)} - emptied,
        {name for name in read if name in strong(ours)} - emptied,
    )
    return found


def strong(locks: dict[str, Lock]) -> dict[str, Lock]:
    return {name: lock for name, lock in locks.items() if lock >= Lock.SHARE_UPDATE_EXCLUSIVE}


def compared(what: str, theirs: object, ours: object) -> list[str]:
    return [] if theirs == ours else [f"{what}: the server {theirs}, we {ours}"]


@pytest.mark.parametrize(
    ("case", "version"), RUNS, ids=[f"{case['name']}-{version}" for case, version in RUNS]
)
def test_we_say_what_the_server_did(case: dict[str, Any], version: int) -> None:
    if case["name"] not in EXPLAINED:
        assert not disagreements(case, version)


@pytest.mark.parametrize("name", EXPLAINED)
def test_what_is_explained_is_still_so(name: str) -> None:
    assert any(disagreements(case, version) for case, version in RUNS if case["name"] == name)


NAMED = (
    Loss.TABLE,
    Loss.VIEW,
    Loss.COLUMN,
    Loss.TYPE,
    Loss.ENUM_VALUE,
    Loss.FUNCTION,
    Loss.SCHEMA,
    Loss.NULLABILITY,
    Loss.ACCESS,
    Loss.POLICY,
    Loss.PARTITION,
    Loss.SEQUENCE,
    Loss.DEFAULT,
)


def hurts(did: Did) -> bool:
    """Whether we say that a case hurts, by the measure of the lab."""
    return any(
        effect.rewrites
        or effect.changes
        or any(each.when is not When.ON_SOME_DATA for each in effect.troubles)
        or any(each.what in NAMED for each in effect.losses)
        or any(
            max(effect.locks.get(name, 0), state.held.get(name, 0)) >= Lock.SHARE
            for name in (*effect.scans, *effect.builds)
        )
        for _, effect, state in did
    )


UNSEEN = {
    "begin-without-commit": "told by a rule on transactions",
    "create-trigger-that-breaks-writes": "what a trigger's function does with a row",
    "rename-table-behind-a-view": "the name is there again, and all that used it works",
}
"""Hazards of the lab that we do not see in an effect, and why."""

MADE_UP = {
    "alter-table-if-exists-missing": "IF EXISTS of ALTER TABLE is not kept",
    "column-dropped-and-added": "the name is there again, but the values are gone",
    "drop-expression": "values are no longer worked out, which no probe asks for",
    "index-on-matview": "the view is empty in the lab",
    "rolled-back": "what is rolled back is not taken out again",
    "savepoint-rolled-back": "what is rolled back is not taken out again",
}
"""Cases that hurt nobody in the lab and that we call hazards, and why."""


@pytest.mark.parametrize(
    ("case", "version"), RUNS, ids=[f"{case['name']}-{version}" for case, version in RUNS]
)
def test_what_hurts_is_seen_and_nothing_else(case: dict[str, Any], version: int) -> None:
    name, truth = case["name"], case["truth"][str(version)]
    if "fails" in truth or name in EXPLAINED:
        return
    expected = truth["hazard"] if name not in {**UNSEEN, **MADE_UP} else name in MADE_UP
    assert hurts(done(case, version)[0]) is expected


@pytest.mark.parametrize("name", [*UNSEEN, *MADE_UP])
def test_what_is_unseen_or_made_up_is_still_so(name: str) -> None:
    runs = [(case, version) for case, version in RUNS if case["name"] == name]
    assert any(
        hurts(done(case, version)[0]) is not case["truth"][str(version)]["hazard"]
        for case, version in runs
    )
