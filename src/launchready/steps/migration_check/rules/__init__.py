"""The rules of migration-check, by family."""

from typing import Any

from launchready.step import Rule
from launchready.steps.migration_check.rules.code import RULES as CODE
from launchready.steps.migration_check.rules.column_types import RULES as COLUMN_TYPES
from launchready.steps.migration_check.rules.columns import RULES as COLUMNS
from launchready.steps.migration_check.rules.compatibility import RULES as COMPATIBILITY
from launchready.steps.migration_check.rules.constraints import RULES as CONSTRAINTS
from launchready.steps.migration_check.rules.data import RULES as DATA
from launchready.steps.migration_check.rules.design import RULES as DESIGN
from launchready.steps.migration_check.rules.downs import RULES as DOWNS
from launchready.steps.migration_check.rules.history import RULES as HISTORY
from launchready.steps.migration_check.rules.indexes import RULES as INDEXES
from launchready.steps.migration_check.rules.journals import RULES as JOURNALS
from launchready.steps.migration_check.rules.losses import RULES as LOSSES
from launchready.steps.migration_check.rules.objects import RULES as OBJECTS
from launchready.steps.migration_check.rules.order import RULES as ORDER
from launchready.steps.migration_check.rules.other_engines import RULES as OTHER_ENGINES
from launchready.steps.migration_check.rules.refusals import RULES as REFUSALS
from launchready.steps.migration_check.rules.rehearsal import RULES as REHEARSAL
from launchready.steps.migration_check.rules.security import RULES as SECURITY
from launchready.steps.migration_check.rules.startup import RULES as STARTUP
from launchready.steps.migration_check.rules.transactions import RULES as TRANSACTIONS
from launchready.steps.migration_check.rules.types import RULES as TYPES
from launchready.steps.migration_check.rules.waiting import RULES as WAITING
from launchready.steps.migration_check.rules.writes import RULES as WRITES
from launchready.steps.migration_check.settings import MigrationCheckSettings

RULES: tuple[Rule[Any, MigrationCheckSettings], ...] = (
    *INDEXES,
    *CONSTRAINTS,
    *COLUMNS,
    *TYPES,
    *LOSSES,
    *OBJECTS,
    *COMPATIBILITY,
    *DATA,
    *WRITES,
    *REFUSALS,
    *TRANSACTIONS,
    *WAITING,
    *SECURITY,
    *OTHER_ENGINES,
    *CODE,
    *REHEARSAL,
    *COLUMN_TYPES,
    *DESIGN,
    *HISTORY,
    *ORDER,
    *JOURNALS,
    *DOWNS,
    *STARTUP,
)
