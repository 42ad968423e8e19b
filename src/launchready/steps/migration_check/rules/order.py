"""Rules on the order of a history: one newest, one of each version, nothing new in between."""

from collections.abc import Iterator

from launchready.facts.migrations import Framework, HistoryFacts, Late, Migration, Standing
from launchready.model import Finding, Related, Severity
from launchready.step import rule
from launchready.steps.migration_check.frameworks.sql_files import number_of
from launchready.steps.migration_check.rules.heads import heads_of
from launchready.steps.migration_check.rules.migrations import place_of, title_of
from launchready.steps.migration_check.settings import MigrationCheckSettings

_ONE_EACH = frozenset(
    {
        Framework.FLYWAY,
        Framework.GOLANG_MIGRATE,
        Framework.GOOSE,
        Framework.DBMATE,
        Framework.SQLX,
        Framework.DIESEL,
        Framework.SUPABASE,
        Framework.RAILS,
        Framework.LIQUIBASE,
        Framework.ALEMBIC,
    }
)
"""Tools that know a migration by its version alone."""


@rule(HistoryFacts, Severity.ERROR)
def multiple_heads(facts: HistoryFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """Two migrations follow the same one, so that there are two newest.

    `alembic upgrade head` and Django's `migrate` refuse to choose between them: the deploy stops.
    It happens when two branches are merged that each brought a migration.

    Let the new one follow the other one, or merge them: `alembic merge heads`,
    `manage.py makemigrations --merge`.

    Bad:
        --- alembic.ini
        [alembic]
        script_location = alembic
        --- alembic/versions/aaaa_users.py
        from alembic import op
        revision = "aaaa"
        down_revision = None
        def upgrade():
            op.execute("CREATE TABLE users (id bigint PRIMARY KEY)")
        def downgrade():
            op.execute("DROP TABLE users")
        --- alembic/versions/bbbb_email.py
        from alembic import op
        revision = "bbbb"
        down_revision = "aaaa"
        def upgrade():
            op.execute("ALTER TABLE users ADD COLUMN email text")
        def downgrade():
            op.execute("ALTER TABLE users DROP COLUMN email")
        === new
        --- alembic/versions/cccc_name.py
        from alembic import op
        revision = "cccc"
        down_revision = "aaaa"
        def upgrade():
            op.execute("ALTER TABLE users ADD COLUMN name text")
        def downgrade():
            op.execute("ALTER TABLE users DROP COLUMN name")
    Good:
        --- alembic.ini
        [alembic]
        script_location = alembic
        --- alembic/versions/aaaa_users.py
        from alembic import op
        revision = "aaaa"
        down_revision = None
        def upgrade():
            op.execute("CREATE TABLE users (id bigint PRIMARY KEY)")
        def downgrade():
            op.execute("DROP TABLE users")
        === new
        --- alembic/versions/cccc_name.py
        from alembic import op
        revision = "cccc"
        down_revision = "aaaa"
        def upgrade():
            op.execute("ALTER TABLE users ADD COLUMN name text")
        def downgrade():
            op.execute("ALTER TABLE users DROP COLUMN name")
    Reference:
        https://alembic.sqlalchemy.org/en/latest/branches.html
        https://docs.djangoproject.com/en/stable/topics/migrations/#version-control
    """
    for heads in heads_of(facts.history):
        new = [each for each in heads if facts.is_new(each)]
        if not new:
            continue
        chosen = new[-1]
        others = [each for each in heads if each is not chosen]
        yield Finding(
            message=f"{title_of(chosen)} is not the only newest one: so is {title_of(others[0])}",
            location=place_of(chosen),
            identity=f"{facts.history.folder} {chosen.version}",
            related=tuple(
                Related(message="this one is followed by none either", location=place_of(each))
                for each in others[:5]
            ),
        )


@rule(HistoryFacts, Severity.ERROR)
def duplicate_version(facts: HistoryFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """Two migrations have the same version, which is all that the tool knows them by.

    It refuses to start, or runs one of them and takes the other for done.

    Give the new one the next free version.

    Bad:
        --- db/migrations/0001_users.up.sql
        CREATE TABLE users (id bigint PRIMARY KEY);
        --- db/migrations/0002_email.up.sql
        ALTER TABLE users ADD COLUMN email text;
        === new
        --- db/migrations/0002_name.up.sql
        ALTER TABLE users ADD COLUMN name text;
    Good:
        --- db/migrations/0001_users.up.sql
        CREATE TABLE users (id bigint PRIMARY KEY);
        --- db/migrations/0002_email.up.sql
        ALTER TABLE users ADD COLUMN email text;
        === new
        --- db/migrations/0003_name.up.sql
        ALTER TABLE users ADD COLUMN name text;
    Reference:
        https://github.com/golang-migrate/migrate/blob/master/MIGRATIONS.md
    """
    if facts.history.framework not in _ONE_EACH:
        return
    groups: dict[object, list[Migration]] = {}
    for each in facts.history.migrations:
        if not each.is_repeatable or each.part:
            groups.setdefault(_version_key(each, facts.history.framework), []).append(each)
    for group in groups.values():
        new = [each for each in group if facts.is_new(each)]
        if len(group) > 1 and new:
            chosen = new[-1]
            other = next(each for each in group if each is not chosen)
            yield Finding(
                message=f"version {chosen.version!r} is taken: {title_of(other)} has it too",
                location=place_of(chosen),
                identity=f"{facts.history.folder} {chosen.version}",
                related=(Related(message="it has the same version", location=place_of(other)),),
            )


def _version_key(migration: Migration, framework: Framework) -> object:
    """What the tool compares: numbers as numbers, a changeSet with its author and file."""
    if framework is Framework.LIQUIBASE:
        return migration.key
    if framework is Framework.FLYWAY:
        numbers = list(number_of(migration.version))
        while numbers and not numbers[-1]:
            numbers.pop()
        return tuple(numbers)
    version = migration.version
    return int(version) if version.isdecimal() and len(version) < 40 else version


@rule(HistoryFacts, Severity.ERROR)
def out_of_order(facts: HistoryFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A new migration sorts before one that the base branch has, and the tool minds.

    Where the newer one has run, this one never runs (Drizzle and golang-migrate skip it without a
    word), or the tool refuses to go on (Flyway, goose, Supabase, Sqitch, node-pg-migrate). Tests
    do not show it: they begin with an empty database, on which all run in order.

    Generate it anew, or rename it, so that it comes last.

    Bad:
        --- db/migrations/0001_users.up.sql
        CREATE TABLE users (id bigint PRIMARY KEY);
        --- db/migrations/0003_email.up.sql
        ALTER TABLE users ADD COLUMN email text;
        === new
        --- db/migrations/0002_name.up.sql
        ALTER TABLE users ADD COLUMN name text;
    Good:
        --- db/migrations/0001_users.up.sql
        CREATE TABLE users (id bigint PRIMARY KEY);
        --- db/migrations/0003_email.up.sql
        ALTER TABLE users ADD COLUMN email text;
        === new
        --- db/migrations/0004_name.up.sql
        ALTER TABLE users ADD COLUMN name text;
    Reference:
        https://github.com/golang-migrate/migrate/issues/179
        https://github.com/drizzle-team/drizzle-orm/issues/5316
        https://pressly.github.io/goose/blog/2021/out-of-order-migrations/
    """
    history = facts.history
    if history.late is Late.RUNS:
        return
    ordered = [each for each in history.migrations if not each.is_repeatable]
    if history.framework is Framework.DRIZZLE:
        ordered = [each for each in ordered if each.version in history.journal]
        ordered.sort(key=lambda each: number_of(history.journal[each.version]))
    applied = (index for index, each in enumerate(ordered) if not facts.is_new(each))
    last = max(applied, default=-1)
    for each in ordered[: last + 1]:
        if facts.standing.get(each.key) is Standing.NEW:
            after = ordered[last]
            yield Finding(
                message=f"{title_of(each)} comes before {title_of(after)}, which was there before:"
                f" {history.late.value}",
                location=place_of(each),
                identity=f"{history.folder} {each.version}",
                related=(Related(message="this one may have run", location=place_of(after)),),
            )


RULES = (multiple_heads, duplicate_version, out_of_order)
