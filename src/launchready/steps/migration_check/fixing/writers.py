"""Who mends the files of which tool. A tool that is not here gets no fixes: its advice stays."""

from collections.abc import Mapping
from types import MappingProxyType

from launchready.facts.migrations import Framework
from launchready.steps.migration_check.fixing.alembic import propose as in_alembic
from launchready.steps.migration_check.fixing.django import propose as in_django
from launchready.steps.migration_check.fixing.rails import propose as in_rails
from launchready.steps.migration_check.fixing.sql_files import propose as in_sql
from launchready.steps.migration_check.fixing.work import Writer

_OF_SQL = (
    Framework.PRISMA,
    Framework.SUPABASE,
    Framework.FLYWAY,
    Framework.GOLANG_MIGRATE,
    Framework.GOOSE,
    Framework.DBMATE,
    Framework.SQLX,
    Framework.DIESEL,
    Framework.LIQUIBASE,
    Framework.PLAIN,
)
WRITERS: Mapping[Framework, Writer] = MappingProxyType(
    {
        Framework.DJANGO: in_django,
        Framework.ALEMBIC: in_alembic,
        Framework.RAILS: in_rails,
        **dict.fromkeys(_OF_SQL, in_sql),
    }
)
