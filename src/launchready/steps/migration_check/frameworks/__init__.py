"""The tools that run migrations: how each is recognised, and how its files are read.

A reader never runs the project's code. What it cannot follow becomes `Opaque`, or the script's
`problem`; what it makes of operations is SQL as the tool would send it.
"""

from launchready.steps.migration_check.frameworks.alembic import READER as ALEMBIC
from launchready.steps.migration_check.frameworks.dbmate import READER as DBMATE
from launchready.steps.migration_check.frameworks.diesel import READER as DIESEL
from launchready.steps.migration_check.frameworks.django import READER as DJANGO
from launchready.steps.migration_check.frameworks.drizzle import READER as DRIZZLE
from launchready.steps.migration_check.frameworks.finding import Found, Reader
from launchready.steps.migration_check.frameworks.flyway import READER as FLYWAY
from launchready.steps.migration_check.frameworks.goose import READER as GOOSE
from launchready.steps.migration_check.frameworks.knex import READER as KNEX
from launchready.steps.migration_check.frameworks.liquibase import READER as LIQUIBASE
from launchready.steps.migration_check.frameworks.pairs import GOLANG_MIGRATE, SQLX
from launchready.steps.migration_check.frameworks.plain import READER as PLAIN
from launchready.steps.migration_check.frameworks.prisma import READER as PRISMA
from launchready.steps.migration_check.frameworks.rails import READER as RAILS
from launchready.steps.migration_check.frameworks.sqitch import READER as SQITCH
from launchready.steps.migration_check.frameworks.supabase import READER as SUPABASE

__all__ = ["READERS", "Found", "Reader"]

READERS: tuple[Reader, ...] = (
    DJANGO,
    ALEMBIC,
    RAILS,
    DRIZZLE,
    PRISMA,
    SUPABASE,
    GOOSE,
    DBMATE,
    SQITCH,
    LIQUIBASE,
    FLYWAY,
    DIESEL,
    SQLX,
    GOLANG_MIGRATE,
    KNEX,
    PLAIN,
)
"""In the order of how sure their signs are: a folder is the first one's that finds it."""
