"""What an act does to a database that is in use: locks, rewrites, scans, losses, failures."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from launchready.facts.acts import Act, AddEnumValue, Do
from launchready.facts.catalogue import Catalogue, Effect
from launchready.facts.migrations import SessionFacts
from launchready.facts.schema import Engine
from launchready.frozen import replace
from launchready.steps.migration_check.effects.draft import Draft
from launchready.steps.migration_check.effects.joined import joined
from launchready.steps.migration_check.replay import after
from launchready.steps.migration_check.replay.guards import softened, stands_already


def effect_of(
    act: Act, before: Catalogue, session: SessionFacts, *, is_conditional: bool = False
) -> Effect:
    """The effect of an act on the relations of `before` that are not new. One that is conditional
    has its effect as if it ran, unless what it makes is known to be there.
    """
    if is_conditional and stands_already(before, act):
        return Effect()
    if is_conditional:
        act = softened(act)
    if isinstance(act, Do):
        return _of_block(act, before, session)
    find = _effects(before.server.engine).get(type(act))
    if find is None:
        return Effect()
    draft = Draft(before, session)
    find(act, draft)
    return draft.effect()


@cache
def _effects(engine: Engine) -> Mapping[type[Act], Callable[[Any, Draft], None]]:
    """The table of an engine, imported when a history is for it."""
    if engine is Engine.POSTGRESQL:
        from launchready.steps.migration_check.effects import postgres

        return postgres.EFFECTS
    if engine is Engine.SQLITE:
        from launchready.steps.migration_check.effects import sqlite

        return sqlite.EFFECTS
    from launchready.steps.migration_check.effects import mysql

    return mysql.EFFECTS


def _of_block(block: Do, before: Catalogue, session: SessionFacts) -> Effect:
    """The acts of a block, one after the other, in one transaction."""
    effects, earlier = [], list(session.earlier)
    for _, act, is_conditional in block.acts:
        inside = replace(
            session,
            is_in_transaction=True,
            earlier=tuple(earlier),
            labels=tuple(each for each in earlier if isinstance(each, AddEnumValue)),
        )
        effects.append(effect_of(act, before, inside, is_conditional=is_conditional))
        before = after(before, act, is_new=True, is_conditional=is_conditional)
        earlier.append(act)
    doubts = (f"what {block.opaque} runs",) if block.opaque else ()
    return joined(effects, doubts)
