"""What to write instead, in the words of the tool that runs the migration."""

import re

from launchready.facts.migrations import ActFacts, Framework
from launchready.regex import Regex
from launchready.steps.migration_check.advice.words import OUTSIDE, code
from launchready.steps.migration_check.rules.said import one_line

_INDEX = Regex(r"\bINDEX\b", re.IGNORECASE)


def concurrently(facts: ActFacts) -> str:
    """The index built or dropped without stopping writes."""
    own = {
        Framework.DJANGO: "`AddIndexConcurrently` (`django.contrib.postgres.operations`)",
        Framework.ALEMBIC: "`postgresql_concurrently=True`",
        Framework.RAILS: "`algorithm: :concurrently`",
        Framework.NODE_PG_MIGRATE: "`{ concurrently: true }`",
    }.get(facts.history.framework)
    where = OUTSIDE[facts.history.framework]
    if own and not facts.statement.is_written:
        return f"Use {own} {where}."
    sql = _INDEX.sub("INDEX CONCURRENTLY", one_line(facts.statement.sql), count=1)
    return f"Write {code(facts.history.framework, (sql,))} {where}."


def in_two_steps(facts: ActFacts, first: str, *later: str) -> str:
    """Statements in place of one, the first brief and the others in a later migration."""
    framework = facts.history.framework
    return f"Write {code(framework, (first,))}, and in a later migration {code(framework, later)}."
