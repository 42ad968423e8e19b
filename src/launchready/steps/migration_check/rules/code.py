"""Rules on code in migrations that cannot be followed, or that breaks later."""

from collections.abc import Iterator

from launchready.facts.acts import Do
from launchready.facts.migrations import ActFacts, MigrationFacts, OpaqueFacts
from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.migration_check.saying import said
from launchready.steps.migration_check.settings import MigrationCheckSettings


@rule(ActFacts, Severity.NOTE, of=(Do,))
def template_or_dynamic_sql(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A migration runs SQL that is put together when it runs.

    What it locks, changes or drops cannot be told from the file.

    Write the SQL out, or rehearse it: `--rehearse`.

    Bad:
        DO $$ DECLARE name text; BEGIN
          FOR name IN SELECT tablename FROM pg_tables LOOP
            EXECUTE 'DROP TABLE ' || name;
          END LOOP;
        END $$;
    Good:
        DO $$ BEGIN EXECUTE 'CREATE TABLE notes (id bigint PRIMARY KEY)'; END $$;
    Reference:
        https://www.postgresql.org/docs/current/plpgsql-statements.html#PLPGSQL-STATEMENTS-EXECUTING-DYN
    """
    if isinstance(facts.act, Do) and facts.act.opaque:
        yield said(facts, f"it runs {facts.act.opaque}", about="dynamic")


@rule(MigrationFacts, Severity.WARNING)
def direct_model_import(
    facts: MigrationFacts, settings: MigrationCheckSettings
) -> Iterator[Finding]:
    """A migration imports a model as the code has it today.

    When the model gets a column later, this migration fails on every new database: it asks for a
    column that is not there yet.

    Use `apps.get_model("app", "Model")`.

    Bad:
        --- shop/migrations/0001_initial.py
        from django.db import migrations, models

        class Migration(migrations.Migration):
            operations = [
                migrations.CreateModel("User", [("id", models.BigAutoField(primary_key=True))]),
            ]
        === new
        --- shop/migrations/0002_fill.py
        from django.db import migrations
        from shop.models import User

        def fill(apps, schema_editor):
            User.objects.filter(id=1).update(id=2)

        class Migration(migrations.Migration):
            dependencies = [("shop", "0001_initial")]
            operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
    Good:
        --- shop/migrations/0001_initial.py
        from django.db import migrations, models

        class Migration(migrations.Migration):
            operations = [
                migrations.CreateModel("User", [("id", models.BigAutoField(primary_key=True))]),
            ]
        === new
        --- shop/migrations/0002_fill.py
        from django.db import migrations

        def fill(apps, schema_editor):
            apps.get_model("shop", "User").objects.filter(id=1).update(id=2)

        class Migration(migrations.Migration):
            dependencies = [("shop", "0001_initial")]
            operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
    Reference:
        https://docs.djangoproject.com/en/stable/topics/migrations/#historical-models
    """
    for name, place, words in facts.migration.notes:
        if name == "direct-model-import":
            yield Finding(
                message=f"{words or 'a model'} is imported as it is today, not as it was then",
                location=place,
                identity=f"{facts.history.folder} {facts.migration.version} import {words}",
            )


@rule(OpaqueFacts, Severity.NOTE)
def code_not_followed(facts: OpaqueFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A migration runs code that cannot be followed without running it.

    What it does to the database is not judged, and whether a rollback is safe is unknown. Code that
    is not known to change rows alone is *unchecked* until somebody has read it, or a rehearsal ran
    it.

    Read it for locks, whole tables and lost data yourself, and say so in a comment beside it.

    Bad:
        --- shop/migrations/0001_initial.py
        from django.db import migrations, models

        class Migration(migrations.Migration):
            operations = [
                migrations.CreateModel("User", [("id", models.BigAutoField(primary_key=True))]),
            ]
        === new
        --- shop/migrations/0002_fill.py
        from django.db import migrations

        def fill(apps, schema_editor):
            apps.get_model("shop", "User").objects.filter(id=1).update(id=2)

        class Migration(migrations.Migration):
            dependencies = [("shop", "0001_initial")]
            operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
    Good:
        --- shop/migrations/0001_initial.py
        from django.db import migrations, models

        class Migration(migrations.Migration):
            operations = [
                migrations.CreateModel("User", [("id", models.BigAutoField(primary_key=True))]),
            ]
        === new
        --- shop/migrations/0002_name.py
        from django.db import migrations, models

        class Migration(migrations.Migration):
            dependencies = [("shop", "0001_initial")]
            operations = [migrations.AddField("User", "name", models.TextField(null=True))]
    Reference:
        https://docs.djangoproject.com/en/stable/ref/migration-operations/#runpython
    """
    if facts.is_read or (settings.notes and facts.opaque.changes_rows):
        yield Finding(
            message=f"{facts.opaque.what} is not followed: what it does to the database is unknown",
            location=facts.opaque.place,
            identity=f"{facts.history.folder} {facts.migration.version} {facts.opaque.what}",
        )


RULES = (template_or_dynamic_sql, direct_model_import, code_not_followed)
