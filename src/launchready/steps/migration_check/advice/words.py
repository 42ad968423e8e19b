"""How each tool is told to run SQL as it is, and to run it outside of a transaction.

Sources: the tools' own documentation, named at each entry.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from launchready.facts.migrations import Framework
from launchready.steps.migration_check.advice.literals import javascript, python
from launchready.steps.migration_check.advice.rails import operation

RAW: Mapping[Framework, str] = MappingProxyType(
    {
        # https://docs.djangoproject.com/en/stable/ref/migration-operations/#runsql
        Framework.DJANGO: "migrations.RunSQL({})",
        # https://alembic.sqlalchemy.org/en/latest/ops.html#alembic.operations.Operations.execute
        Framework.ALEMBIC: "op.execute({})",
        # https://knexjs.org/guide/raw.html
        Framework.KNEX: "await knex.raw({})",
        # https://sequelize.org/docs/v6/core-concepts/raw-queries/
        Framework.SEQUELIZE: "await queryInterface.sequelize.query({})",
        # https://typeorm.io/docs/migrations/api
        Framework.TYPEORM: "await queryRunner.query({})",
        # https://salsita.github.io/node-pg-migrate/migrations/misc
        Framework.NODE_PG_MIGRATE: "pgm.sql({})",
    }
)
"""A call that runs SQL, with `{}` where the SQL stands as a string; tools of SQL files need none,
and Rails has operations of its own.
"""

_PYTHON = frozenset({Framework.DJANGO, Framework.ALEMBIC})

OUTSIDE: Mapping[Framework, str] = MappingProxyType(
    {
        # https://docs.djangoproject.com/en/stable/howto/writing-migrations/#non-atomic-migrations
        Framework.DJANGO: "in a migration of its own with `atomic = False`",
        # https://alembic.sqlalchemy.org/en/latest/api/runtime.html (autocommit_block)
        Framework.ALEMBIC: "inside `with op.get_context().autocommit_block():`",
        # https://api.rubyonrails.org/classes/ActiveRecord/Migration.html
        Framework.RAILS: "in a migration of its own with `disable_ddl_transaction!`",
        # https://knexjs.org/guide/migrations.html#transactions-in-migrations
        Framework.KNEX: "in a migration of its own with `exports.config = { transaction: false }`",
        Framework.SEQUELIZE: "in a migration of its own, outside of a transaction",
        # https://typeorm.io/docs/migrations/executing (transaction mode)
        Framework.TYPEORM: "in a migration of its own with `transaction = false`",
        # https://salsita.github.io/node-pg-migrate/migrations/misc
        Framework.NODE_PG_MIGRATE: "in a migration of its own that calls `pgm.noTransaction()`",
        Framework.PRISMA: "in a migration of its own, whose file holds that statement and no other",
        Framework.DRIZZLE: "by hand with psql before the deploy, since Drizzle runs all that is"
        " pending in one transaction; `IF NOT EXISTS` lets the file pass afterwards",
        Framework.SUPABASE: "in a migration of its own, whose file holds that statement and no"
        " other",
        # https://documentation.red-gate.com/flyway/reference/script-configuration
        Framework.FLYWAY: "in a migration of its own with `executeInTransaction=false` in its"
        " script configuration",
        Framework.GOLANG_MIGRATE: "in a migration of its own, whose file holds that statement and"
        " no other",
        # https://pressly.github.io/goose/documentation/annotations/
        Framework.GOOSE: "in a file of its own with `-- +goose NO TRANSACTION` at its top",
        # https://github.com/amacneil/dbmate#migration-options
        Framework.DBMATE: "in a file of its own with `-- migrate:up transaction:false` and no other"
        " statement",
        Framework.SQLX: "in a file of its own whose first line is `-- no-transaction`",
        # https://docs.rs/diesel_migrations/latest/diesel_migrations/struct.FileBasedMigrations.html
        Framework.DIESEL: "in a migration of its own with `run_in_transaction = false` in its"
        " metadata.toml",
        # https://docs.liquibase.com/reference-guide/changelog-attributes/runintransaction
        Framework.LIQUIBASE: "in a changeset of its own with `runInTransaction:false`",
        Framework.SQITCH: "in a change of its own without `BEGIN` and `COMMIT`",
        Framework.PLAIN: "in a file of its own that runs outside of a transaction",
    }
)
"""Where to put a statement that must not run in a transaction."""


def code(framework: Framework, statements: Sequence[str]) -> str:
    """SQL as the tool's own files would have it, each statement in backticks."""
    shown = (_shown(framework, each.rstrip(";")) for each in statements)
    return ", then ".join(f"`{each}`" for each in shown)


def _shown(framework: Framework, sql: str) -> str:
    if framework is Framework.RAILS:
        return operation(sql)
    form = RAW.get(framework)
    if form is None:
        return f"{sql};"
    literal = python if framework in _PYTHON else javascript
    return form.replace("{}", literal(sql))
