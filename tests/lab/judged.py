"""What the rules say of a case of the lab, as if it were the newest migration of its shop."""

from collections.abc import Iterator
from typing import Any

from launchready.facts.catalogue import Server
from launchready.facts.migrations import (
    Framework,
    History,
    HistoryFacts,
    Migration,
    Script,
    Standing,
    Wrapping,
)
from launchready.facts.schema import Engine
from launchready.model import Finding, Severity, Unchecked
from launchready.steps.migration_check import STEP
from launchready.steps.migration_check.observe import Replayed
from launchready.steps.migration_check.parsing.scripts import statements_of
from launchready.steps.migration_check.settings import MigrationCheckSettings
from tests.lab.statements import FOLDER

WRAPPINGS = {
    "transaction": Wrapping.FILE,
    "outside": Wrapping.NONE,
    "string": Wrapping.STRING,
}
_SETTINGS = MigrationCheckSettings(lock_timeout="5s", statement_timeout="5min")


def told(case: dict[str, Any], version: int) -> set[str]:
    """The rules that find an error or a warning in a case, and `unchecked` where it is not read."""
    base = (FOLDER / "base.sql").read_text(encoding="utf-8") + case.get("setup", "")
    return {
        "unchecked" if isinstance(each, Unchecked) else each.rule
        for each in judged(base, case["sql"], mode=case["mode"], version=version)
        if isinstance(each, Unchecked) or each.severity is not Severity.NOTE
    }


def judged(
    before: str,
    sql: str,
    *,
    mode: str = "transaction",
    version: int = 16,
    engine: Engine = Engine.POSTGRESQL,
) -> Iterator[Finding | Unchecked]:
    """What is found in a text, as the newest migration after another, and what is not read."""
    old = _migration("1", before, Wrapping.FILE, engine)
    change = _migration("2", sql, WRAPPINGS[mode], engine)
    history = History(
        framework=Framework.PLAIN,
        folder="migrations",
        engine=engine,
        migrations=(old, change),
        has_downs=False,
    )
    facts = HistoryFacts(
        history=history,
        standing={old.key: Standing.APPLIED, change.key: Standing.NEW},
    )
    server = Server(engine=engine, version=(version,))
    for seen in Replayed(facts, server, _SETTINGS).all():
        if isinstance(seen, Unchecked):
            yield seen
        else:
            yield from STEP.findings(seen, _SETTINGS)


def _migration(version: str, text: str, wrapping: Wrapping, engine: Engine) -> Migration:
    path = f"migrations/{version}.sql"
    items = statements_of(path, text, engine)
    return Migration(
        path=path, version=version, name=version, up=Script(items=items, wrapping=wrapping)
    )
