# ruff: noqa: E501 - the files are as long as their tools write them
"""Migrations before and after `--fix`, and the repository in which one becomes the other."""

from pathlib import Path
from typing import Any

from tests.repository import Repository
from tests.unit.steps.migration_check.migrated import files_of

from launchready.gateways import Gateways
from launchready.gateways.git import Git
from launchready.gateways.progress import Progress
from launchready.steps.migration_check.fixing.planning import Plan, plan
from launchready.steps.migration_check.settings import MigrationCheckSettings

TABLES = """\
CREATE TABLE users (id bigint PRIMARY KEY, email text, age int);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint NOT NULL, total int);
"""

GOOSE = f"""\
--- db/20260101000000_base.sql
-- +goose Up
{TABLES}-- +goose Down
DROP TABLE orders, users;
=== new
"""

DBMATE = f"""\
--- db/20260101000000_base.sql
-- migrate:up
{TABLES}-- migrate:down
DROP TABLE orders, users;
=== new
"""

GOLANG = f"""\
--- db/migrations/0001_base.up.sql
{TABLES}--- db/migrations/0001_base.down.sql
DROP TABLE orders, users;
=== new
"""

SQLX = f"""\
--- Cargo.toml
[dependencies]
sqlx = "0.8"
--- migrations/0001_base.sql
{TABLES}=== new
"""

DIESEL = f"""\
--- migrations/2026-01-01-000000_base/up.sql
{TABLES}--- migrations/2026-01-01-000000_base/down.sql
DROP TABLE orders, users;
=== new
"""

FLYWAY = f"""\
--- db/migration/V1__base.sql
{TABLES}=== new
"""

PRISMA = f"""\
--- prisma/migrations/migration_lock.toml
provider = "postgresql"
--- prisma/migrations/20260101000000_base/migration.sql
{TABLES}=== new
"""

SUPABASE = f"""\
--- supabase/config.toml
project_id = "shop"
--- supabase/migrations/20260101000000_base.sql
{TABLES}=== new
"""

LIQUIBASE = f"""\
--- db/changelog-1.sql
--liquibase formatted sql
--changeset ann:1
{TABLES}--- db/changelog-2.sql
--liquibase formatted sql
=== new
"""

PLAIN = f"""\
--- migrations/0001_base.sql
{TABLES}=== new
"""

ALEMBIC = f"""\
--- migrations/env.py
from alembic import context

context.configure(dialect_name="postgresql")
with context.begin_transaction():
    context.run_migrations()
--- migrations/script.py.mako
--- migrations/versions/a1_base.py
from alembic import op

revision = "a1"
down_revision = None


def upgrade():
    op.execute(\'\'\'{TABLES}\'\'\')


def downgrade():
    op.execute("DROP TABLE orders, users")
=== new
"""

RAILS = """\
--- Gemfile
gem "pg"
--- db/migrate/20260101000000_base.rb
class Base < ActiveRecord::Migration[7.1]
  def change
    create_table(:users) { |t| t.string :email; t.integer :age }
    create_table(:orders) { |t| t.bigint :user_id; t.integer :total }
  end
end
=== new
"""

LIMITS: dict[str, tuple[str, str]] = {
    "goose": (
        GOOSE
        + """\
--- db/20260102000000_a.sql
-- +goose Up
-- a note
ALTER TABLE users ADD COLUMN a int;
-- +goose Down
ALTER TABLE users DROP COLUMN a;
""",
        """\
--- db/20260102000000_a.sql
-- +goose Up
-- a note
SET LOCAL lock_timeout = '5s';
ALTER TABLE users ADD COLUMN a int;
-- +goose Down
ALTER TABLE users DROP COLUMN a;
""",
    ),
    "plain": (
        PLAIN + "--- migrations/0002_a.sql\n  ALTER TABLE users ADD COLUMN a int;\n",
        "--- migrations/0002_a.sql\n  SET lock_timeout = '5s';\n  ALTER TABLE users ADD COLUMN a int;\n",
    ),
    "alembic": (
        ALEMBIC
        + """\
--- migrations/versions/b2_a.py
import sqlalchemy as sa
from alembic import op

revision = "b2"
down_revision = "a1"


def upgrade():
    op.add_column("users", sa.Column("a", sa.Text()))


def downgrade():
    op.drop_column("users", "a")
""",
        """\
--- migrations/versions/b2_a.py
import sqlalchemy as sa
from alembic import op

revision = "b2"
down_revision = "a1"


def upgrade():
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("users", sa.Column("a", sa.Text()))


def downgrade():
    op.drop_column("users", "a")
""",
    ),
}
"""The same for what `notes: true` adds: a limit on waiting for locks."""

DJANGO = """\
--- shop/migrations/0001_initial.py
from django.db import migrations, models


class Migration(migrations.Migration):
    operations = [
        migrations.CreateModel(
            "Order",
            [("id", models.BigAutoField(primary_key=True)), ("total", models.IntegerField(null=True))],
        ),
    ]
=== new
"""

LIMITS["django"] = (
    DJANGO
    + """\
--- shop/migrations/0002_a.py
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]
    operations = [
        migrations.AddField("order", "a", models.TextField(null=True)),
    ]
""",
    """\
--- shop/migrations/0002_a.py
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]
    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.AddField("order", "a", models.TextField(null=True)),
    ]
""",
)

CASES: dict[str, tuple[str, str]] = {
    "goose: an index": (
        GOOSE
        + """\
--- db/20260102000000_index.sql
-- +goose Up
-- for the search
CREATE INDEX users_email /* INDEX */
  ON users (email); -- soon
-- +goose Down
DROP INDEX users_email;
""",
        """\
--- db/20260102000000_index.sql
-- +goose NO TRANSACTION
-- +goose Up
-- for the search
CREATE INDEX CONCURRENTLY users_email /* INDEX */
  ON users (email); -- soon
-- +goose Down
DROP INDEX users_email;
""",
    ),
    "goose: two indexes, one of them guarded": (
        GOOSE
        + """\
--- db/20260102000000_index.sql
-- +goose Up
CREATE INDEX users_email ON users (email);
CREATE UNIQUE INDEX IF NOT EXISTS users_age ON users (age);
-- +goose Down
""",
        """\
--- db/20260102000000_index.sql
-- +goose NO TRANSACTION
-- +goose Up
CREATE INDEX CONCURRENTLY users_email ON users (email);
DROP INDEX CONCURRENTLY IF EXISTS users_age;
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS users_age ON users (age);
-- +goose Down
""",
    ),
    "goose: a key, and NOT NULL, beside other statements": (
        GOOSE
        + """\
--- db/20260102000000_key.sql
-- +goose Up
ALTER TABLE users ADD COLUMN note text;
ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE;
ALTER TABLE users ALTER email SET NOT NULL;
-- +goose Down
ALTER TABLE users ALTER email DROP NOT NULL;
ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey;
ALTER TABLE users DROP COLUMN note;
""",
        """\
--- db/20260102000000_key.sql
-- +goose Up
ALTER TABLE users ADD COLUMN note text;
ALTER TABLE orders ADD CONSTRAINT orders_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE NOT VALID;
ALTER TABLE users ADD CONSTRAINT users_email_given CHECK (email IS NOT NULL) NOT VALID;
-- +goose Down
ALTER TABLE users DROP CONSTRAINT IF EXISTS users_email_given;
ALTER TABLE users ALTER email DROP NOT NULL;
ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey;
ALTER TABLE users DROP COLUMN note;
--- db/20260102000001_key_validate.sql
-- +goose Up
-- The rows are read while writes go on: the locks of the migration before are gone.
ALTER TABLE orders VALIDATE CONSTRAINT orders_user_id_fkey;
ALTER TABLE users VALIDATE CONSTRAINT users_email_given;
ALTER TABLE users ALTER COLUMN email SET NOT NULL;
ALTER TABLE users DROP CONSTRAINT users_email_given;

-- +goose Down
ALTER TABLE users ADD CONSTRAINT users_email_given CHECK (email IS NOT NULL) NOT VALID;
ALTER TABLE users ALTER COLUMN email DROP NOT NULL;
""",
    ),
    "goose: a unique constraint": (
        GOOSE
        + """\
--- db/20260102000000_age.sql
-- +goose Up
ALTER TABLE ONLY public."users" ADD CONSTRAINT "Age" UNIQUE (age) DEFERRABLE INITIALLY DEFERRED;
-- +goose Down
ALTER TABLE users DROP CONSTRAINT "Age";
""",
        """\
--- db/20260102000000_age.sql
-- +goose NO TRANSACTION
-- +goose Up
CREATE UNIQUE INDEX CONCURRENTLY "Age" ON ONLY public."users" (age);
ALTER TABLE ONLY public."users" ADD CONSTRAINT "Age" UNIQUE USING INDEX "Age" DEFERRABLE INITIALLY DEFERRED;
-- +goose Down
ALTER TABLE users DROP CONSTRAINT "Age";
""",
    ),
    "dbmate: an index": (
        DBMATE
        + """\
--- db/20260102000000_index.sql
-- migrate:up
CREATE INDEX ON users (email);
-- migrate:down
DROP INDEX users_email_idx;
""",
        """\
--- db/20260102000000_index.sql
-- migrate:up transaction:false
CREATE INDEX CONCURRENTLY ON users (email);
-- migrate:down
DROP INDEX users_email_idx;
""",
    ),
    "dbmate: two checks in one statement": (
        DBMATE
        + """\
--- db/20260102235959_checks.sql
-- migrate:up
ALTER TABLE users
  ADD CHECK (age > 0), -- no babies
  ADD CONSTRAINT odd CHECK (email <> 'a, b');
-- migrate:down
ALTER TABLE users DROP CONSTRAINT odd, DROP CONSTRAINT users_age_check;
""",
        """\
--- db/20260102235959_checks.sql
-- migrate:up
ALTER TABLE users
  ADD CONSTRAINT users_age_check CHECK (age > 0) NOT VALID, -- no babies
  ADD CONSTRAINT odd CHECK (email <> 'a, b') NOT VALID;
-- migrate:down
ALTER TABLE users DROP CONSTRAINT odd, DROP CONSTRAINT users_age_check;
--- db/20260103000000_checks_validate.sql
-- migrate:up
-- The rows are read while writes go on: the locks of the migration before are gone.
ALTER TABLE users VALIDATE CONSTRAINT users_age_check;
ALTER TABLE users VALIDATE CONSTRAINT odd;

-- migrate:down
-- Nothing to take back: it all goes with the migration before.
""",
    ),
    "golang-migrate: an index alone": (
        GOLANG
        + """\
--- db/migrations/0002_index.up.sql
CREATE INDEX users_email ON users (email)
--- db/migrations/0002_index.down.sql
DROP INDEX users_email;
""",
        """\
--- db/migrations/0002_index.up.sql
CREATE INDEX CONCURRENTLY users_email ON users (email)
""",
    ),
    "golang-migrate: NOT NULL": (
        GOLANG
        + """\
--- db/migrations/0002_email.up.sql
ALTER TABLE users ALTER COLUMN email SET NOT NULL;
--- db/migrations/0002_email.down.sql
ALTER TABLE users ALTER COLUMN email DROP NOT NULL;
""",
        """\
--- db/migrations/0002_email.up.sql
ALTER TABLE users ADD CONSTRAINT users_email_given CHECK (email IS NOT NULL) NOT VALID;
--- db/migrations/0002_email.down.sql
ALTER TABLE users DROP CONSTRAINT IF EXISTS users_email_given;
ALTER TABLE users ALTER COLUMN email DROP NOT NULL;
--- db/migrations/0003_email_validate.up.sql
-- The rows are read while writes go on: the locks of the migration before are gone.
ALTER TABLE users VALIDATE CONSTRAINT users_email_given;
ALTER TABLE users ALTER COLUMN email SET NOT NULL;
ALTER TABLE users DROP CONSTRAINT users_email_given;
--- db/migrations/0003_email_validate.down.sql
ALTER TABLE users ADD CONSTRAINT users_email_given CHECK (email IS NOT NULL) NOT VALID;
ALTER TABLE users ALTER COLUMN email DROP NOT NULL;
""",
    ),
    "sqlx: an index": (
        SQLX
        + """\
--- migrations/0002_index.sql
CREATE INDEX users_email ON users (email);
""",
        """\
--- migrations/0002_index.sql
-- no-transaction
CREATE INDEX CONCURRENTLY users_email ON users (email);
""",
    ),
    "sqlx: a unique constraint": (
        SQLX
        + """\
--- migrations/0002_age.sql
ALTER TABLE users ADD UNIQUE (age);
""",
        """\
--- migrations/0002_age.sql
-- no-transaction
CREATE UNIQUE INDEX CONCURRENTLY users_age_key ON users (age);
--- migrations/0003_age_constraint.sql
-- The rows are read while writes go on: the locks of the migration before are gone.
ALTER TABLE users ADD CONSTRAINT users_age_key UNIQUE USING INDEX users_age_key;
""",
    ),
    "diesel: an index": (
        DIESEL
        + """\
--- migrations/2026-01-02-000000_index/up.sql
CREATE INDEX users_email ON users (email);
--- migrations/2026-01-02-000000_index/down.sql
DROP INDEX users_email;
""",
        """\
--- migrations/2026-01-02-000000_index/up.sql
CREATE INDEX CONCURRENTLY users_email ON users (email);
--- migrations/2026-01-02-000000_index/metadata.toml
run_in_transaction = false
""",
    ),
    "diesel: a key": (
        DIESEL
        + """\
--- migrations/2026-01-02-000000_key/up.sql
ALTER TABLE orders ADD CONSTRAINT owner FOREIGN KEY (user_id) REFERENCES users;
--- migrations/2026-01-02-000000_key/down.sql
ALTER TABLE orders DROP CONSTRAINT owner;
""",
        """\
--- migrations/2026-01-02-000000_key/up.sql
ALTER TABLE orders ADD CONSTRAINT owner FOREIGN KEY (user_id) REFERENCES users NOT VALID;
--- migrations/2026-01-02-000001_key_validate/up.sql
-- The rows are read while writes go on: the locks of the migration before are gone.
ALTER TABLE orders VALIDATE CONSTRAINT owner;
--- migrations/2026-01-02-000001_key_validate/down.sql
-- Nothing to take back: it all goes with the migration before.
""",
    ),
    "flyway: an index": (
        FLYWAY
        + """\
--- db/migration/V2__index.sql
CREATE INDEX users_email ON users (email);
""",
        """\
--- db/migration/V2__index.sql
CREATE INDEX CONCURRENTLY users_email ON users (email);
""",
    ),
    "flyway: a unique constraint": (
        FLYWAY
        + """\
--- db/migration/V2__age.sql
ALTER TABLE users ADD CONSTRAINT once UNIQUE (age);
""",
        """\
--- db/migration/V2__age.sql
CREATE UNIQUE INDEX CONCURRENTLY once ON users (age);
--- db/migration/V2.1__age_constraint.sql
-- The rows are read while writes go on: the locks of the migration before are gone.
ALTER TABLE users ADD CONSTRAINT once UNIQUE USING INDEX once;
""",
    ),
    "prisma: an index": (
        PRISMA
        + """\
--- prisma/migrations/20260102000000_index/migration.sql
-- CreateIndex
CREATE INDEX "users_email_idx" ON "users"("email");
""",
        """\
--- prisma/migrations/20260102000000_index/migration.sql
-- CreateIndex
CREATE INDEX CONCURRENTLY "users_email_idx" ON "users"("email");
""",
    ),
    "prisma: a key": (
        PRISMA
        + """\
--- prisma/migrations/20260102000000_key/migration.sql
-- AddForeignKey
ALTER TABLE "orders" ADD CONSTRAINT "orders_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
""",
        """\
--- prisma/migrations/20260102000000_key/migration.sql
-- AddForeignKey
ALTER TABLE "orders" ADD CONSTRAINT "orders_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE NOT VALID;
--- prisma/migrations/20260102000001_key_validate/migration.sql
-- The rows are read while writes go on: the locks of the migration before are gone.
ALTER TABLE "orders" VALIDATE CONSTRAINT "orders_user_id_fkey";
""",
    ),
    "supabase: a key": (
        SUPABASE
        + """\
--- supabase/migrations/20260102000000_key.sql
alter table orders add foreign key (user_id) references users;
""",
        """\
--- supabase/migrations/20260102000000_key.sql
alter table orders add CONSTRAINT orders_user_id_fkey foreign key (user_id) references users NOT VALID;
--- supabase/migrations/20260102000001_key_validate.sql
-- The rows are read while writes go on: the locks of the migration before are gone.
ALTER TABLE orders VALIDATE CONSTRAINT orders_user_id_fkey;
""",
    ),
    "liquibase: an index": (
        LIQUIBASE
        + """\
--- db/changelog-2.sql
--liquibase formatted sql
--changeset ann:2
CREATE INDEX users_email ON users (email);
--rollback DROP INDEX users_email;
""",
        """\
--- db/changelog-2.sql
--liquibase formatted sql
--changeset ann:2 runInTransaction:false
CREATE INDEX CONCURRENTLY users_email ON users (email);
--rollback DROP INDEX users_email;
""",
    ),
    "plain: an index, in Windows' line ends": (
        PLAIN + "--- migrations/0002_index.sql\n-- é\r\nCREATE INDEX a\r\n  ON users (email);\r\n",
        "--- migrations/0002_index.sql\n-- é\r\nCREATE INDEX CONCURRENTLY a\r\n  ON users (email);\r\n",
    ),
    "plain: an index is rebuilt": (
        PLAIN + "--- migrations/0002_index.sql\nREINDEX (VERBOSE) TABLE users;\n",
        "--- migrations/0002_index.sql\nREINDEX (VERBOSE) TABLE CONCURRENTLY users;\n",
    ),
    "plain: a primary key": (
        PLAIN.replace("users (id bigint PRIMARY KEY", "users (id bigint NOT NULL")
        + "--- migrations/0002_key.sql\nALTER TABLE users ADD PRIMARY KEY (id);\n",
        """\
--- migrations/0002_key.sql
CREATE UNIQUE INDEX CONCURRENTLY users_pkey ON users (id);
--- migrations/0003_key_constraint.sql
-- The rows are read while writes go on: the locks of the migration before are gone.
ALTER TABLE users ADD CONSTRAINT users_pkey PRIMARY KEY USING INDEX users_pkey;
""",
    ),
    "alembic: two indexes": (
        ALEMBIC
        + """\
--- migrations/versions/b2_index.py
\"\"\"index

Revision ID: b2
\"\"\"

import sqlalchemy as sa
from alembic import op

revision = "b2"
down_revision = "a1"


def upgrade():
    \"\"\"Build them.\"\"\"
    # for the search, é
    op.create_index(
        op.f("ix_users_email"),
        "users",
        ["email"],
        unique=False,
    )  # soon
    op.execute("CREATE INDEX ix_users_age ON users (age)")


def downgrade():
    op.drop_index("ix_users_age")
    op.drop_index("ix_users_email")
""",
        """\
--- migrations/versions/b2_index.py
\"\"\"index

Revision ID: b2
\"\"\"

import sqlalchemy as sa
from alembic import op

revision = "b2"
down_revision = "a1"


def upgrade():
    \"\"\"Build them.\"\"\"
    # for the search, é
    with op.get_context().autocommit_block():
        op.create_index(
            op.f("ix_users_email"),
            "users",
            ["email"],
            unique=False, postgresql_concurrently=True,
        )  # soon
        op.execute("CREATE INDEX CONCURRENTLY ix_users_age ON users (age)")


def downgrade():
    op.drop_index("ix_users_age")
    op.drop_index("ix_users_email")
""",
    ),
    "alembic: a key, a check and NOT NULL beside other operations": (
        ALEMBIC
        + """\
--- migrations/versions/b2_key.py
import sqlalchemy as sa
from alembic import op

revision = "b2"
down_revision = "a1"


def upgrade():
    op.add_column("users", sa.Column("note", sa.Text()))
    op.create_foreign_key("owner", "orders", "users", ["user_id"], ["id"], ondelete="CASCADE")
    op.execute("ALTER TABLE orders ADD CONSTRAINT positive CHECK (total > 0)")
    op.alter_column("users", "email", existing_type=sa.Text(), nullable=False)


def downgrade():
    op.alter_column("users", "email", existing_type=sa.Text(), nullable=True)
    op.drop_constraint("positive", "orders")
    op.drop_constraint("owner", "orders")
    op.drop_column("users", "note")
""",
        """\
--- migrations/versions/b2_key.py
import sqlalchemy as sa
from alembic import op

revision = "b2"
down_revision = "a1"


def upgrade():
    op.add_column("users", sa.Column("note", sa.Text()))
    op.create_foreign_key("owner", "orders", "users", ["user_id"], ["id"], ondelete="CASCADE", postgresql_not_valid=True)
    op.execute("ALTER TABLE orders ADD CONSTRAINT positive CHECK (total > 0) NOT VALID")
    op.execute('ALTER TABLE "users" ADD CONSTRAINT users_email_given CHECK ("email" IS NOT NULL) NOT VALID')


def downgrade():
    op.execute('ALTER TABLE "users" DROP CONSTRAINT IF EXISTS users_email_given')
    op.alter_column("users", "email", existing_type=sa.Text(), nullable=True)
    op.drop_constraint("positive", "orders")
    op.drop_constraint("owner", "orders")
    op.drop_column("users", "note")
--- migrations/versions/b2ba624e2040_key_validate.py
\"\"\"validate what b2_key adds

Revision ID: b2ba624e2040
Revises: b2

\"\"\"

from alembic import op

revision = "b2ba624e2040"
down_revision = "b2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # commits first, so that the rows are read while writes go on
    with op.get_context().autocommit_block():
        op.execute('ALTER TABLE "orders" VALIDATE CONSTRAINT "owner"')
        op.execute("ALTER TABLE orders VALIDATE CONSTRAINT positive")
        op.execute('ALTER TABLE "users" VALIDATE CONSTRAINT users_email_given')
        op.execute('ALTER TABLE "users" ALTER COLUMN "email" SET NOT NULL')
        op.execute('ALTER TABLE "users" DROP CONSTRAINT users_email_given')


def downgrade() -> None:
    op.execute('ALTER TABLE "users" ADD CONSTRAINT users_email_given CHECK ("email" IS NOT NULL) NOT VALID')
    op.execute('ALTER TABLE "users" ALTER COLUMN "email" DROP NOT NULL')
""",
    ),
    "alembic: a unique constraint": (
        ALEMBIC
        + """\
--- migrations/versions/b2_age.py
from alembic import op

revision = "b2"
down_revision = "a1"


def upgrade():
    op.create_unique_constraint("once", "users", ["age"])


def downgrade():
    op.drop_constraint("once", "users")
""",
        """\
--- migrations/versions/b2_age.py
from alembic import op

revision = "b2"
down_revision = "a1"


def upgrade():
    with op.get_context().autocommit_block():
        op.execute('CREATE UNIQUE INDEX CONCURRENTLY "once" ON "users" ("age")')
        op.execute('ALTER TABLE "users" ADD CONSTRAINT "once" UNIQUE USING INDEX "once"')


def downgrade():
    op.drop_constraint("once", "users")
""",
    ),
    "django: an index": (
        DJANGO
        + """\
--- shop/migrations/0002_index.py
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]

    operations = [
        # for the search
        migrations.AddIndex(
            model_name="order", index=models.Index(fields=["total"], name="order_total")
        ),
    ]
""",
        """\
--- shop/migrations/0002_index.py
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("shop", "0001_initial")]

    operations = [
        # for the search
        AddIndexConcurrently(
            model_name="order", index=models.Index(fields=["total"], name="order_total")
        ),
    ]
""",
    ),
    "django: an index in SQL": (
        DJANGO
        + """\
--- shop/migrations/0002_index.py
from django.db import migrations


class Migration(migrations.Migration):
    \"\"\"For the search.\"\"\"

    dependencies = [("shop", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "CREATE INDEX order_total ON shop_order (total)", "DROP INDEX order_total"
        ),
    ]
""",
        """\
--- shop/migrations/0002_index.py
from django.db import migrations


class Migration(migrations.Migration):
    \"\"\"For the search.\"\"\"

    atomic = False

    dependencies = [("shop", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "CREATE INDEX CONCURRENTLY order_total ON shop_order (total)", "DROP INDEX order_total"
        ),
    ]
""",
    ),
    "django: a check beside other operations": (
        DJANGO
        + """\
--- shop/migrations/0002_check.py
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]
    operations = [
        migrations.AddField("order", "note", models.TextField(null=True)),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(condition=models.Q(total__gt=0), name="positive"),
        ),
    ]
""",
        """\
--- shop/migrations/0002_check.py
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]
    operations = [
        migrations.AddField("order", "note", models.TextField(null=True)),
        AddConstraintNotValid(
            model_name="order",
            constraint=models.CheckConstraint(condition=models.Q(total__gt=0), name="positive"),
        ),
    ]
--- shop/migrations/0003_check_validate.py
from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    # the rows are read while writes go on: the locks of the migration before are gone
    dependencies = [("shop", "0002_check")]

    operations = [
        ValidateConstraint(model_name="order", name="positive"),
    ]
""",
    ),
    "rails: an index": (
        RAILS
        + """\
--- db/migrate/20260102000000_index_users.rb
class IndexUsers < ActiveRecord::Migration[7.1]
  def change
    # for the search, é
    add_index :users, :email, unique: true # soon
    add_index(:users, [:age])
  end
end
""",
        """\
--- db/migrate/20260102000000_index_users.rb
class IndexUsers < ActiveRecord::Migration[7.1]
  disable_ddl_transaction!

  def change
    # for the search, é
    add_index :users, :email, unique: true, algorithm: :concurrently # soon
    add_index(:users, [:age], algorithm: :concurrently)
  end
end
""",
    ),
    "rails: a key, a check and NOT NULL beside other operations": (
        RAILS
        + """\
--- db/migrate/20260102000000_own_orders.rb
class OwnOrders < ActiveRecord::Migration[7.1]
  def change
    add_column :users, :note, :text
    add_foreign_key :orders, :users
    add_check_constraint :orders, "total > 0", name: "positive"
    change_column_null :users, :email, false
  end
end
""",
        """\
--- db/migrate/20260102000000_own_orders.rb
class OwnOrders < ActiveRecord::Migration[7.1]
  def change
    add_column :users, :note, :text
    add_foreign_key :orders, :users, validate: false
    add_check_constraint :orders, "total > 0", name: "positive", validate: false
    add_check_constraint :users, '"email" IS NOT NULL', name: "users_email_given", validate: false
  end
end
--- db/migrate/20260102000001_own_orders_validate.rb
class OwnOrdersValidate < ActiveRecord::Migration[7.1]
  # the rows are read while writes go on: the locks of the migration before are gone
  def up
    validate_constraint :orders, "fk_rails_f868b47f6a"
    validate_constraint :orders, "positive"
    validate_constraint :users, "users_email_given"
    change_column_null :users, :email, false
    remove_check_constraint :users, name: "users_email_given"
  end

  def down
    add_check_constraint :users, '"email" IS NOT NULL', name: "users_email_given", validate: false
    change_column_null :users, :email, true
  end
end
""",
    ),
}
"""By what stands there: the base and the change, and the files that are changed or made."""


def gateways_of(folder: Path, text: str) -> Gateways:
    """A repository with this change, not yet committed."""
    base, new = files_of(text)
    repository = Repository.at(folder)
    start = repository.commit(base)
    repository.write(new)
    return Gateways(root=folder, git=Git(folder), progress=Progress(None), base=start)


def planned(folder: Path, text: str, **settings: Any) -> Plan:
    """What `--fix` would do there."""
    return plan(MigrationCheckSettings(**settings), gateways_of(folder, text), tuple)
