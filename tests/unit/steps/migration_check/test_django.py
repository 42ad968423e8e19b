"""Django's migrations: as Django itself ran them, and what its files say beside SQL."""

from dataclasses import replace

import pytest
from tests.unit.steps.migration_check.given import files, only, read
from tests.unit.steps.migration_check.recorded import acts_of, project, said, truth

from launchready.facts.migrations import Framework, History, Opaque, Statement, Wrapping
from launchready.facts.schema import Engine
from launchready.steps.migration_check.frameworks import django
from launchready.steps.migration_check.frameworks.django import names

TRUTH = truth("django")
SETTINGS = 'DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"\n'
HEAD = """\
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = []
    operations = [
"""
USERS = f"""\
--- shop/migrations/0001_initial.py
{HEAD}        migrations.CreateModel(name="User", fields=[
            ("id", models.AutoField(primary_key=True)),
            ("name", models.CharField(max_length=9)),
        ]),
    ]
"""


def follows(app: str, name: str) -> str:
    """The head of a migration that follows another."""
    return HEAD.replace("[]", f'[("{app}", "{name}")]')


def recorded() -> History:
    known = project("django", settings_py=SETTINGS)
    (found,) = django.find(known)
    return django.read(found, known, Engine.POSTGRESQL)


@pytest.mark.parametrize("name", TRUTH)
@pytest.mark.parametrize("side", ["up", "down"])
def test_it_sends_what_django_sends(name: str, side: str) -> None:
    (migration,) = [each for each in recorded().migrations if each.name == name]
    script = migration.up if side == "up" else migration.down
    ours, theirs = said(script), acts_of(TRUTH[name][side])
    if name == "0008_raw" and side == "up":
        ours = [each for each in ours if each in theirs]  # what a cursor sends is not recorded
    assert sorted(map(repr, ours)) == sorted(map(repr, theirs))


def test_enough_is_recorded() -> None:
    assert sum(len(sent) for each in TRUTH.values() for sent in each.values()) > 250


def after(*lines: str, more: str = "", head: str = HEAD) -> History:
    """A project whose second migration has these operations."""
    inside = "".join(f"        {line},\n" for line in lines)
    text = head.replace("[]", '[("shop", "0001_initial")]')
    return only(f"{USERS}--- shop/migrations/0002_next.py\n{more}{text}{inside}    ]\n")


def shown(history: History, at: int = -1) -> list[str]:
    """The items of an up, as text."""
    return [
        f"<{each.what}>" if isinstance(each, Opaque) else each.sql
        for each in history.migrations[at].up.items
    ]


FILL = """\
def fill(apps, editor):
    User = apps.get_model("shop", "User")
    User.objects.update(name="x")


def index(apps, editor):
    if editor.connection.vendor != "postgresql":
        editor.execute("PRAGMA foreign_keys = OFF")
        return
    editor.execute("CREATE INDEX a ON shop_user (name)")
    if editor.connection.vendor == "postgresql":
        return
    editor.execute("VACUUM")


def words(apps, editor):
    known = set()
    known.update(["a"])


"""


def test_a_function_that_changes_rows_is_opaque_with_its_tables() -> None:
    history = after("migrations.RunPython(fill)", more=FILL)
    (opaque,) = history.migrations[-1].up.items
    assert isinstance(opaque, Opaque)
    assert (opaque.changes_rows, opaque.tables, opaque.is_reversible) == (
        True, ("shop_user",), False,
    )  # fmt: skip
    down = history.migrations[-1].down
    assert down is not None
    assert (down.is_irreversible, down.reason) == (True, "a RunPython has no reverse_code")
    assert [name for name, _, _ in history.migrations[-1].notes] == ["no-reverse"]


def test_literal_sql_of_a_function_is_a_statement_where_it_stands() -> None:
    (found,) = after("migrations.RunPython(index)", more=FILL).migrations[-1].up.items
    assert isinstance(found, Statement)
    assert (found.sql, found.place.line, found.is_conditional) == (
        "CREATE INDEX a ON shop_user (name)", 10, False,
    )  # fmt: skip


def test_a_set_is_no_table() -> None:
    (found,) = after("migrations.RunPython(words)", more=FILL).migrations[-1].up.items
    assert isinstance(found, Opaque)
    assert not found.changes_rows


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        ("migrations.RunPython(migrations.RunPython.noop)", []),
        ("migrations.RunPython(elsewhere)", ["<RunPython>"]),
        ("migrations.RunSQL(build())", ["<RunSQL>"]),
        ("migrations.RunSQL(migrations.RunSQL.noop)", []),
        ("SomeOperation('user')", ["<SomeOperation>"]),
        ("*more()", ["operations that code builds"]),
        (
            "migrations.AddField('user', 'x', fields.OwnField())",
            ['ALTER TABLE "shop_user" ADD COLUMN "x" "?" NOT NULL'],
        ),
        (
            "migrations.AddField('user', 'x', models.ForeignKey('auth.user', null=True))",
            [
                (
                    'ALTER TABLE "shop_user" ADD COLUMN "x_id" integer NULL CONSTRAINT'
                    ' "shop_user_x_id_517b9943_fk_auth_user_id" REFERENCES "auth_user"("id")'
                    " DEFERRABLE INITIALLY DEFERRED"
                ),
                'SET CONSTRAINTS "shop_user_x_id_517b9943_fk_auth_user_id" IMMEDIATE',
                'CREATE INDEX "shop_user_x_id_517b9943" ON "shop_user" ("x_id")',
            ],
        ),
        (
            "migrations.AddConstraint('user', models.CheckConstraint(check=odd(), name='a'))",
            ['ALTER TABLE "shop_user" ADD CONSTRAINT "a" CHECK ("?"())'],
        ),
    ],
)
def test_what_cannot_be_told(operation: str, expected: list[str]) -> None:
    found = shown(after(operation))
    if operation == "*more()":
        assert found == ["<operations that code builds>"]
    else:
        assert found == expected


def test_sql_of_a_text_stands_where_it_is_written() -> None:
    history = after('migrations.RunSQL("""\n  UPDATE a SET b = 1;\n  DROP TABLE c;\n""")')
    first, second = history.migrations[-1].up.statements
    assert (first.sql, first.place.line, first.place.column, first.is_written) == (
        "UPDATE a SET b = 1", 8, 3, True,
    )  # fmt: skip
    assert (second.sql, second.place.line) == ("DROP TABLE c", 9)


def test_sql_of_a_file_beside() -> None:
    head = follows("shop", "0001_initial")
    history = only(
        f"{USERS}--- shop/migrations/0002_next.py\nfrom pathlib import Path\n{head}"
        "        migrations.RunSQL((Path(__file__).parent / 'up.sql').read_text()),\n    ]\n"
        "--- shop/migrations/up.sql\nDROP TABLE b;\n"
    )
    assert shown(history) == ["DROP TABLE b"]


def test_order_and_dependencies() -> None:
    history = only(
        f"--- b/migrations/0001_a.py\n{follows('a', '0002_x')}    ]\n"
        f"--- a/migrations/0002_x.py\n{follows('a', '0001_z')}    ]\n"
        f"--- a/migrations/0001_z.py\n{HEAD}    ]\n"
    )
    assert [each.version for each in history.migrations] == ["a.0001_z", "a.0002_x", "b.0001_a"]
    assert history.is_whole
    assert history.framework is Framework.DJANGO


def test_a_squashed_migration_does_nothing_beside_what_it_replaces() -> None:
    squashed = HEAD.replace(
        "dependencies", 'replaces = [("shop", "0001_initial")]\n    dependencies'
    )
    squashed += '        migrations.DeleteModel("User"),\n    ]\n'
    beside = only(f"{USERS}--- shop/migrations/0001_squashed.py\n{squashed}")
    assert [(each.name, len(each.up.items)) for each in beside.migrations] == [
        ("0001_initial", 1), ("0001_squashed", 0),
    ]  # fmt: skip
    alone = only(f"--- shop/migrations/0001_squashed.py\n{squashed}")
    assert len(alone.migrations[0].up.items) == 1


def test_not_atomic() -> None:
    head = HEAD.replace("dependencies", "atomic = False\n    dependencies")
    assert after(head=head).migrations[-1].up.wrapping is Wrapping.NONE
    assert after().migrations[-1].up.wrapping is Wrapping.FILE


def test_a_model_of_now_in_a_migration_of_then() -> None:
    more = "from shop.models import User\n\n\ndef fill(apps, e):\n    User.objects.all()\n\n\n"
    notes = after(more=more).migrations[-1].notes
    assert [(name, place.line, what) for name, place, what in notes] == [
        ("direct-model-import", 1, "shop.models.User")
    ]


def test_the_label_and_the_settings() -> None:
    history = only(
        "--- config/settings.py\nAUTH_USER_MODEL = 'people.Person'\n"
        "--- shop/apps.py\nclass C(AppConfig):\n    name = 'shop'\n    label = 'store'\n"
        f"--- shop/migrations/0001_a.py\nfrom django.conf import settings\n{HEAD}"
        "        migrations.CreateModel('A', [('id', models.AutoField(primary_key=True)),"
        " ('u', models.ForeignKey(settings.AUTH_USER_MODEL))]),\n    ]\n"
    )
    assert history.migrations[0].version == "store.0001_a"
    assert 'REFERENCES "people_person" ("id")' in shown(history)[1]
    assert shown(history)[0].startswith('CREATE TABLE "store_a"')


def test_a_file_that_is_no_python() -> None:
    history = only(f"{USERS}--- shop/migrations/0002_x.py\nclass Migration(:\n")
    problem = history.migrations[-1].up.problem
    assert problem.startswith("no valid Python")
    assert history.problems == (("shop/migrations/0002_x.py", problem),)


def test_migrations_of_tests_and_of_flask_are_none_of_django() -> None:
    text = USERS.replace("shop/", "tests/shop/")
    assert read(files(text)) == ()
    flask = files("--- migrations/0001_a.py\nrevision = 'a'\n\n\ndef upgrade():\n    pass\n")
    assert not list(django.find(flask))


@pytest.mark.parametrize(
    ("engine", "expected"),
    [
        (
            Engine.MYSQL,
            ["ALTER TABLE `shop_user` MODIFY `name` varchar(20) NOT NULL"],
        ),
        (
            Engine.SQLITE,
            [
                (
                    'CREATE TABLE "new__shop_user" ("id" integer NOT NULL PRIMARY KEY'
                    ' AUTOINCREMENT, "name" varchar(20) NOT NULL)'
                ),
                'INSERT INTO "new__shop_user" ("id", "name") SELECT "id", "name" FROM "shop_user"',
                'DROP TABLE "shop_user"',
                'ALTER TABLE "new__shop_user" RENAME TO "shop_user"',
            ],
        ),
    ],
)
def test_other_engines(engine: Engine, expected: list[str]) -> None:
    head = follows("shop", "0001_initial")
    operation = "migrations.AlterField('user', 'name', models.CharField(max_length=20))"
    known = files(f"{USERS}--- shop/migrations/0002_next.py\n{head}        {operation},\n    ]\n")
    (found,) = django.find(known)
    history = django.read(replace(found, engine=engine), known, engine)
    assert [each.sql for each in history.migrations[-1].up.statements] == expected


def test_names() -> None:
    assert names.index_name("shop_author", ("mentor_id",)) == "shop_author_mentor_id_6fdda127"
    long = names.index_name("a" * 60, ("b" * 60,), "_fk_" + "c" * 40)
    assert len(long) <= 63
    assert names.cut("a" * 70, 63) == "a" * 59 + names.digest(("a" * 70,), 4)
    assert names.of_postgres("t" * 40, ("c" * 40,), "key") == f"{'t' * 29}_{'c' * 29}_key"
