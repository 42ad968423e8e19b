"""Who mends the files of which tool. A tool that is not here gets no fixes: its advice stays."""

from collections.abc import Mapping
from types import MappingProxyType

from launchready.facts.migrations import Framework
from launchready.steps.migration_check.fixing.sql_files import propose as in_sql
from launchready.steps.migration_check.fixing.work import Writer

WRITERS: Mapping[Framework, Writer] = MappingProxyType(
    dict.fromkeys(
        (
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
        ),
        in_sql,
    )
)
