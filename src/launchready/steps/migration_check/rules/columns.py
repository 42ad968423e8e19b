"""Rules on new columns, for which a table is written anew or the deploy fails."""

from collections.abc import Iterator, Sequence

from launchready.facts.acts import AddColumn, AlterGenerated, SetDefault
from launchready.facts.catalogue import Cause, Lock, When
from launchready.facts.migrations import ActFacts, Framework, MigrationFacts
from launchready.facts.schema import ConstraintKind, Engine, Generated
from launchready.model import Finding, Related, Severity
from launchready.step import rule
from launchready.steps.migration_check.advice import backfilled
from launchready.steps.migration_check.saying import blocking, is_noticed, named, said
from launchready.steps.migration_check.settings import MigrationCheckSettings


@rule(ActFacts, Severity.ERROR, of=(AddColumn,))
def add_column_volatile_default(
    facts: ActFacts, settings: MigrationCheckSettings
) -> Iterator[Finding]:
    """A new column gets another default value for each row, so the whole table is written anew.

    Nobody can read or write the table until that is done, and every index on it is built again.

    Add the column without a default, set the default, and fill the old rows in batches.

    Bad:
        ALTER TABLE users ADD COLUMN token uuid DEFAULT gen_random_uuid();
    Good:
        ALTER TABLE users ADD COLUMN token uuid;
        ALTER TABLE users ALTER COLUMN token SET DEFAULT gen_random_uuid();
    Reference:
        https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES
    """
    act = facts.act
    if not isinstance(act, AddColumn) or act.column.generated or _is_numbered(act) or _is_key(act):
        return
    if default := act.column.default:
        called = " and ".join(f"`{each}()`" for each in default.functions[:2])
        why = f"{called or 'its default'} gives every row another value"
        yield from _rewritten(facts, settings, act, why)


@rule(ActFacts, Severity.ERROR, of=(AddColumn,))
def add_column_serial_or_identity(
    facts: ActFacts, settings: MigrationCheckSettings
) -> Iterator[Finding]:
    """A new column numbers the rows, so the whole table is written anew.

    Nobody can read or write the table until every row has its number.

    Add a plain column, give it a sequence as its default, and number the old rows in batches.

    Bad:
        ALTER TABLE users ADD COLUMN number bigserial;
    Good:
        CREATE SEQUENCE users_number;
        ALTER TABLE users ADD COLUMN number bigint;
        ALTER TABLE users ALTER COLUMN number SET DEFAULT nextval('users_number');
    Reference:
        https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES
    """
    act = facts.act
    if isinstance(act, AddColumn) and _is_numbered(act) and not _is_key(act):
        yield from _rewritten(facts, settings, act, "every row gets a number")


@rule(ActFacts, Severity.ERROR, of=(AddColumn, AlterGenerated))
def add_column_generated_stored(
    facts: ActFacts, settings: MigrationCheckSettings
) -> Iterator[Finding]:
    """A new column is computed from others and stored, so the whole table is written anew.

    Nobody can read or write the table until every row has its value.

    Use a VIRTUAL column (PostgreSQL 18), or a plain column that a trigger fills, and fill the old
    rows in batches.

    Bad:
        ALTER TABLE users ADD COLUMN shown text GENERATED ALWAYS AS (lower(email)) STORED;
    Good:
        ALTER TABLE users ADD COLUMN shown text;
    Reference:
        https://www.postgresql.org/docs/current/ddl-generated-columns.html
    """
    act = facts.act
    if isinstance(act, AddColumn) and act.column.generated is Generated.STORED:
        yield from _rewritten(facts, settings, act, "its value is stored in every row")
    elif isinstance(act, AlterGenerated) and facts.effect.rewrites:
        yield said(
            facts,
            f"{named(facts.effect.rewrites)} is written anew, since the value of `{act.column}` is"
            " stored in every row: nobody can read or write it meanwhile",
            about=f"column {act.table}.{act.column}",
        )


@rule(ActFacts, Severity.ERROR, of=(AddColumn,))
def add_column_constrained_domain(
    facts: ActFacts, settings: MigrationCheckSettings
) -> Iterator[Finding]:
    """A new column is of a domain that has a condition, so the whole table is written anew.

    PostgreSQL does so even without a default; nobody can read or write the table meanwhile.

    Use the domain's own base type, with the condition as a CHECK that is `NOT VALID`.

    Bad:
        ALTER TABLE users ADD COLUMN score positive;
    Good:
        ALTER TABLE users ADD COLUMN score integer;
        ALTER TABLE users ADD CONSTRAINT score_positive CHECK (score > 0) NOT VALID;
    Reference:
        https://www.postgresql.org/docs/current/sql-createdomain.html
    """
    act = facts.act
    if isinstance(act, AddColumn) and not act.column.default and not _is_numbered(act):
        kind = facts.before.types.get(act.column.type.name)
        if kind and not kind.is_enum and act.column.generated is None:
            why = f"the domain `{act.column.type}` has a condition"
            yield from _rewritten(facts, settings, act, why)


@rule(ActFacts, Severity.ERROR, of=(AddColumn,))
def add_column_not_null_no_default(
    facts: ActFacts, settings: MigrationCheckSettings
) -> Iterator[Finding]:
    """A new column must have a value, and the rows that are there get none.

    It works on an empty database and fails on production, in the middle of the deploy.

    Give it a constant default, or let it be NULL until the rows are filled.

    Bad:
        ALTER TABLE users ADD COLUMN plan text NOT NULL;
    Good:
        ALTER TABLE users ADD COLUMN plan text NOT NULL DEFAULT 'free';
    Reference:
        https://www.postgresql.org/docs/current/ddl-alter.html#DDL-ALTER-ADDING-A-COLUMN
    """
    act = facts.act
    if not isinstance(act, AddColumn) or not is_noticed(facts, act.table, settings):
        return
    for trouble in facts.effect.troubles:
        if trouble.cause is Cause.NO_DEFAULT and trouble.when is not When.ALWAYS:
            yield said(
                facts,
                f"`{act.table}.{act.column.name}` must have a value and has no default: this fails"
                " as soon as the table has a row",
                about=f"column {act.table}.{act.column.name}",
                fix=backfilled(facts, act),
            )


@rule(MigrationFacts, Severity.ERROR)
def add_not_null_column_then_drop_default(
    facts: MigrationFacts, settings: MigrationCheckSettings
) -> Iterator[Finding]:
    """A new column must have a value, and its default is dropped once the old rows have theirs.

    The release that is still running does not know the column: each of its INSERTs fails until the
    new one has taken over, and again after a rollback.

    Keep the default in the database for one release, or let the column be NULL until then.

    Bad:
        ALTER TABLE users ADD COLUMN plan text DEFAULT 'free' NOT NULL;
        ALTER TABLE users ALTER COLUMN plan DROP DEFAULT;
    Good:
        ALTER TABLE users ADD COLUMN plan text DEFAULT 'free' NOT NULL;
    Reference:
        https://martinfowler.com/bliki/ParallelChange.html
    """
    for each in _left_without_default(facts, settings):
        if not _is_djangos(each):
            yield from _without_default(each)


@rule(MigrationFacts, Severity.NOTE)
def django_drops_default(
    facts: MigrationFacts, settings: MigrationCheckSettings
) -> Iterator[Finding]:
    """Django's `AddField` gives a new column that must have a value its default for the old rows
    alone, and takes it from the database again.

    INSERTs of the release that is still running do not name the column: they fail until the new one
    has taken over everywhere, and again after a rollback. A deploy that stops the old release first
    is not touched.

    Say `db_default` beside `default` (Django 5.0), or let the field be NULL for one release.

    Bad:
        --- shop/migrations/0001_initial.py
        from django.db import migrations, models

        class Migration(migrations.Migration):
            operations = [
                migrations.CreateModel("User", [("id", models.BigAutoField(primary_key=True))]),
            ]
        === new
        --- shop/migrations/0002_plan.py
        from django.db import migrations, models

        class Migration(migrations.Migration):
            dependencies = [("shop", "0001_initial")]
            operations = [migrations.AddField("User", "plan", models.TextField(default="free"))]
    Good:
        --- shop/migrations/0001_initial.py
        from django.db import migrations, models

        class Migration(migrations.Migration):
            operations = [
                migrations.CreateModel("User", [("id", models.BigAutoField(primary_key=True))]),
            ]
        === new
        --- shop/migrations/0002_plan.py
        from django.db import migrations, models

        class Migration(migrations.Migration):
            dependencies = [("shop", "0001_initial")]
            operations = [migrations.AddField("User", "plan", models.TextField(null=True))]
    Reference:
        https://docs.djangoproject.com/en/stable/ref/models/fields/#db-default
    """
    found = [each for each in _left_without_default(facts, settings) if _is_djangos(each)]
    if found:
        first, *others = found
        yield from _without_default(first, others)


def _is_djangos(facts: ActFacts) -> bool:
    return facts.history.framework is Framework.DJANGO and not facts.statement.is_written


def _left_without_default(
    facts: MigrationFacts, settings: MigrationCheckSettings
) -> Iterator[ActFacts]:
    """New columns that must have a value, of which the same migration drops the default."""
    added: dict[tuple[str, str], ActFacts] = {}
    for each in facts.acts:
        match each.act:
            case AddColumn(table=table, column=column) if column.is_not_null and column.default:
                if not column.default.is_null and is_noticed(each, table, settings):
                    added[table, column.name] = each
            case SetDefault(table=table, column=name, default=None) if (table, name) in added:
                yield added.pop((table, name))


def _without_default(facts: ActFacts, others: Sequence[ActFacts] = ()) -> Iterator[Finding]:
    names = [_added(each) for each in (facts, *others)]
    yield said(
        facts,
        f"{named(names)} must have a value and {'keeps' if len(names) == 1 else 'keep'} no default:"
        " INSERTs of the release that is running fail",
        about=f"default {names[0]}",
        related=tuple(Related(message=f"`{_added(each)}`", location=each.place) for each in others),
    )


def _added(facts: ActFacts) -> str:
    """The column that an act adds, with its table."""
    act = facts.act
    return f"{act.table}.{act.column.name}" if isinstance(act, AddColumn) else ""


def _rewritten(
    facts: ActFacts, settings: MigrationCheckSettings, act: AddColumn, why: str
) -> Iterator[Finding]:
    for table in blocking(facts, settings, Lock.SHARE):
        if table in facts.effect.rewrites:
            yield said(
                facts,
                f"`{table}` is written anew for `{act.column.name}`, since {why}: nobody can read"
                " or write it meanwhile",
                about=f"column {table}.{act.column.name}",
                fix=backfilled(facts, act) if facts.server.engine is Engine.POSTGRESQL else "",
            )


def _is_numbered(act: AddColumn) -> bool:
    return act.column.is_auto or act.column.is_identity


def _is_key(act: AddColumn) -> bool:
    return any(each.kind is ConstraintKind.PRIMARY_KEY for each in act.column.constraints)


RULES = (
    add_column_volatile_default,
    add_column_serial_or_identity,
    add_column_generated_stored,
    add_column_constrained_domain,
    add_column_not_null_no_default,
    add_not_null_column_then_drop_default,
    django_drops_default,
)
