"""The rehearsal by the project's own command: Django and Alembic run for real."""

from pathlib import Path
from typing import Any

import pytest
from tests.integration.orm import ENV, MANAGE, python_with
from tests.unit.steps.migration_check.migrated import fires, observed, silent

from launchready.facts.catalogue import Lock
from launchready.facts.migrations import ActFacts
from launchready.facts.rehearsal import RehearsalFacts
from launchready.model import Unchecked
from launchready.steps.migration_check.rules.rehearsal import code_works_under_lock
from launchready.steps.migration_check.settings import RehearsalSettings


def django(**more: Any) -> dict[str, Any]:
    """The settings for a Django project."""
    python = python_with("django", "psycopg")
    given = {
        "command": f"{python} manage.py migrate {{app}} {{name}}",
        "down": f"{python} manage.py migrate {{app}} {{before}}",
        **more,
    }
    return {"rehearse": True, "rehearsal": RehearsalSettings(**given)}


def alembic(**more: Any) -> dict[str, Any]:
    """The settings for an Alembic project."""
    python = python_with("alembic", "psycopg")
    given = {
        "command": f"{python} -m alembic upgrade {{version}}",
        "down": f"{python} -m alembic downgrade {{before}}",
        **more,
    }
    return {"rehearse": True, "rehearsal": RehearsalSettings(**given)}


def unchecked(seen: list[object]) -> list[str]:
    """Why something was not rehearsed."""
    return [each.reason for each in seen if isinstance(each, Unchecked)]


def rehearsal(seen: list[object]) -> RehearsalFacts:
    """What was seen of the only new migration."""
    assert not unchecked(seen)
    (facts,) = (each for each in seen if isinstance(each, RehearsalFacts))
    return facts


def test_what_python_code_does_under_a_lock_is_seen(tmp_path: Path) -> None:
    info = code_works_under_lock.info
    (found,) = fires(tmp_path / "bad", info.id, MANAGE + info.bad + "\n", **django())
    assert found.message == (
        "the project's code writes 200 rows of `shop_order` while it holds ACCESS EXCLUSIVE on"
        " `shop_order`: reads and writes stop meanwhile"
    )
    silent(tmp_path / "good", info.id, MANAGE + info.good + "\n", **django())


SHOP = """\
--- shop/migrations/0001_initial.py
from django.db import migrations, models

class Migration(migrations.Migration):
    operations = [
        migrations.CreateModel(
            "Order",
            [
                ("id", models.BigAutoField(primary_key=True)),
                ("name", models.TextField(null=True)),
                ("total", models.IntegerField()),
            ],
        ),
    ]
=== new
--- shop/migrations/0002_change.py
from django.db import migrations, models

def halve(apps, editor):
    order = apps.get_model("shop", "Order")
    order.objects.update(total=models.F("total") / 2)

def double(apps, editor):
    order = apps.get_model("shop", "Order")
    order.objects.update(total=models.F("total") * 2)

class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]
    operations = [OPERATIONS]
"""
WIDER = 'migrations.AlterField("Order", "total", models.BigIntegerField())'


def test_an_operation_of_django_is_confirmed_and_its_down_is_run(tmp_path: Path) -> None:
    seen = observed(tmp_path, MANAGE + SHOP.replace("OPERATIONS", WIDER), **django())
    facts = rehearsal(seen)
    assert facts.whole is not None
    assert facts.whole.rewrites == ("shop_order",)
    assert facts.whole.locks["shop_order"] is Lock.ACCESS_EXCLUSIVE
    (done,) = facts.statements.values()
    assert (done.rewrites, done.rows["shop_order"]) == (("shop_order",), 200)
    assert (facts.side, facts.not_restored, facts.rows_lost) == (None, (), ())
    (act,) = (each for each in seen if isinstance(each, ActFacts))
    assert "200 rows of `shop_order` written anew under ACCESS EXCLUSIVE" in act.proof


def test_a_data_migration_of_django_is_run_and_what_its_down_loses_is_told(tmp_path: Path) -> None:
    text = SHOP.replace("OPERATIONS", "migrations.RunPython(halve, double)")
    facts = rehearsal(observed(tmp_path, MANAGE + text, **django()))
    assert facts.whole is not None
    assert facts.whole.changes == {"shop_order": 200}
    assert facts.rows_lost == ("shop_order.total",)
    assert not facts.late


def test_a_migration_that_the_server_refuses_is_told_in_its_words(tmp_path: Path) -> None:
    text = SHOP.replace(
        "OPERATIONS",
        'migrations.RunSQL("ALTER TABLE shop_order ADD UNIQUE (id), ADD CHECK (total < 0)")',
    )
    (found,) = fires(tmp_path, "migration-fails", MANAGE + text, **django())
    assert "violated by some row (23514)" in found.message


def test_an_index_that_is_built_concurrently_is_built_so(tmp_path: Path) -> None:
    text = SHOP.replace(
        "OPERATIONS",
        'migrations.RunSQL("CREATE INDEX CONCURRENTLY by_total ON shop_order (total)",'
        ' "DROP INDEX CONCURRENTLY by_total")',
    ).replace("    dependencies", "    atomic = False\n    dependencies")
    facts = rehearsal(observed(tmp_path, MANAGE + text, **django()))
    assert facts.side is None
    assert facts.whole is not None
    assert not any(lock.blocks_writes for lock in facts.whole.locks.values())


REVISIONS = """\
--- migrations/versions/aaa_first.py
import sqlalchemy as sa
from alembic import op

revision = "aaa"
down_revision = None

def upgrade():
    op.create_table("orders", sa.Column("id", sa.BigInteger, primary_key=True),
                    sa.Column("total", sa.Integer))

def downgrade():
    op.drop_table("orders")
=== new
--- migrations/versions/bbb_second.py
import sqlalchemy as sa
from alembic import op

revision = "bbb"
down_revision = "aaa"

def upgrade():
    for name in ("total",):
        op.alter_column("orders", name, type_=sa.BigInteger)

def downgrade():
    op.get_bind().execute(sa.text("SELECT 1"))
"""


def test_code_of_alembic_is_run(tmp_path: Path) -> None:
    seen = observed(tmp_path, ENV + REVISIONS, **alembic())
    facts = rehearsal(seen)
    assert facts.whole is not None
    assert facts.whole.rewrites == ("orders",)
    assert any("has column orders.total bigint" in line for line in facts.not_restored)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        pytest.param({"environment": {"DB_HOST": "db.internal"}},
                     "the variable DB_HOST names a database of its own", id="a variable"),
        pytest.param({"environment": {"OTHER": "postgres://db.internal/a"}},
                     "the variable OTHER names a database of its own", id="an address in one"),
        pytest.param({"command": "alembic -x url=mysql+pymysql://db.internal/a upgrade x"},
                     "the command holds the address of a database", id="the command"),
        pytest.param({"command": "bin/migrate {version}"},
                     "no command is known that asks this tool's database and changes nothing",
                     id="an unknown tool"),
        pytest.param({"command": "'alembic"},
                     "`rehearsal.command` cannot be read: No closing quotation", id="no words"),
    ],
)  # fmt: skip
def test_a_command_that_might_lead_elsewhere_is_not_run(
    given: dict[str, Any], reason: str, tmp_path: Path
) -> None:
    given = {"command": "alembic upgrade {version}", **given}
    settings = RehearsalSettings(**given)
    seen = observed(tmp_path, ENV + REVISIONS, rehearse=True, rehearsal=settings)
    assert unchecked(seen) == [reason]
    assert not any(isinstance(each, RehearsalFacts) for each in seen)


def test_a_project_that_goes_elsewhere_whatever_it_is_told_is_never_migrated(
    tmp_path: Path,
) -> None:
    """Its settings name a server by themselves; nothing answers there, and nothing is run."""
    ours = 'os.environ["PGHOST"]'
    text = (MANAGE + SHOP.replace("OPERATIONS", WIDER)).replace(ours, '"127.0.0.2"')
    (reason,) = unchecked(
        observed(tmp_path, text.replace('os.environ["PGPORT"]', '"1"'), **django())
    )
    assert "did not reach the throw-away server" in reason


def test_secrets_of_the_run_do_not_reach_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PROD_DATABASE_URL", "AWS_SECRET_ACCESS_KEY", "PGSERVICE"):
        monkeypatch.setenv(name, "production")
    text = MANAGE.replace(
        "settings.configure(",
        'assert "production" not in os.environ.values(), "it was passed on"\nsettings.configure(', 1
    )  # fmt: skip
    facts = rehearsal(observed(tmp_path, text + SHOP.replace("OPERATIONS", WIDER), **django()))
    assert facts.side is None
