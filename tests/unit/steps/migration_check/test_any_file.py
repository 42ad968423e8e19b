"""Whatever stands in a file, and however it is called, the readers give a history and no error."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.steps.migration_check.given import read

from launchready.steps.migration_check.files import Files
from launchready.steps.migration_check.images import servers_named
from launchready.steps.migration_check.startup import startup_of

NAMES = (
    "prisma/migrations/1_a/migration.sql",
    "prisma/migrations/migration_lock.toml",
    "drizzle/meta/_journal.json",
    "drizzle/0000_a.sql",
    "supabase/migrations/1_a.sql",
    "supabase/config.toml",
    "sql/V1__a.sql",
    "db/1_a.up.sql",
    "goose/1_a.sql",
    "goose/2_b.go",
    "migrations/1_a/up.sql",
    "migrations/1_a.sql",
    "sqitch.plan",
    "deploy/a.sql",
    "db/changelog/a.xml",
    "db/changelog/a.yaml",
    "db/changelog/a.sql",
    "Dockerfile",
    "compose.yml",
    "k8s/web.yaml",
    "package.json",
    "Procfile",
    "fly.toml",
    "render.yaml",
    ".github/workflows/deploy.yml",
    "bin/deploy.sh",
    "entrypoint.sh",
    "main.py",
    "shop/migrations/0001_a.py",
    "shop/migrations/0002_b.py",
    "migrations/env.py",
    "migrations/versions/a.py",
    "migrations/versions/b.py",
    "db/migrate/1_a.rb",
    "db/migrate/2_b.rb",
    "db/schema.rb",
    "migrations/1_a.js",
    "migrations/2_b.ts",
    "db/migrations/3_c.cjs",
    "knexfile.js",
)
PIECES = (
    "-- +goose Up\n", "-- +goose Down\n", "-- migrate:up\n", "-- migrate:down\n", "--rollback x\n",
    "--liquibase formatted sql\n", "--changeset a:1\n", "CREATE TABLE a ();\n", "$$", "'", "${x}",
    '{"entries": [', '{"tag": "a", "when": 1}', "]}", "<databaseChangeLog>", "<changeSet id='1'>",
    "<sql>", "<![CDATA[", "]]>", "</sql>", "</changeSet>", "</databaseChangeLog>", "&lt;", "\n",
    "databaseChangeLog:\n", "  - changeSet:\n", "      changes:\n", "&a [*a]", "- ", ": ",
    "services:\n", "class Migration(migrations.Migration):\n", "    operations = [", "migrations.",
    "AddField(", "CreateModel(", "AlterField('a', 'b', ", "RenameModel('a', 'b')", "models.",
    "ForeignKey('self')", "CharField(", "RunPython(f)", "RunSQL(", "def upgrade():\n", "    op.",
    "add_column('a', ", "execute(", "sa.Column('b', ", "sa.Integer())", "revision = 'a'\n",
    "down_revision = 'b'\n", "    for x in y:\n", "    ", "(", ")", "[", "x = x + x\n", ", ",
    "'%s' % x", "class A < ActiveRecord::Migration[7.1]\n", "  def change\n", "  def up\n", "end\n",
    "create_table :a do |t|\n", "t.string :b, ", "index: true", "t.references :c\n", "|x|\n",
    "add_index :a, :b\n", "rename_column :a, :b, :c\n", "reversible do |dir|\n", "dir.up do\n",
    "execute <<~SQL\n", "SQL\n", "#{x}", "User.where(a: 1).update_all(b: 2)\n", "%w[a b].each do ",
    "change_table :a, bulk: true do |t|\n", "revert do\n", ":a, ", "{", "}", "-> { 'x' }", "**x",
    "@v1 x\n", "users [a] b\n", "users\n", "CMD ", "ENTRYPOINT ", "./entrypoint.sh",
    "if [ $A ]; then\n",
    "fi\n", "\\\n", "alembic upgrade head", "flyctl deploy", "npm run start",
    '{"scripts": {"start": "',
    "exports.up = async (knex) => {\n", "export async function up(knex) {", "exports.config = {",
    "exports.up = (pgm) => {\n", "pgm.createTable('a', {", "id: 'id',", "pgm.addColumns(",
    "pgm.createIndex('a', ['b'], { concurrently: true })", "exports.shorthands = {", "pgm.sql(`",
    "pgm.noTransaction();", "-- Up Migration\n", "-- Down Migration\n", "exports.down = false;",
    "module.exports = { up: async (queryInterface, Sequelize) => {", "queryInterface.addColumn(",
    "'a', 'b', { type: Sequelize.STRING }", "queryInterface.sequelize.transaction(async (t) => {",
    "{ transaction: t }", "queryInterface.changeColumn('a', 'b', Sequelize.ENUM(", "});\n",
    "export class A1700000000000 implements MigrationInterface {", "async up(queryRunner) {",
    "await queryRunner.query(", "queryRunner.createTable(new Table({", "name: 'a', columns: [",
    "queryRunner.addColumn('a', ", "new TableColumn({", "}));",
    "transaction = false;", "type: 'enum'",
    "transaction: false", "await ", "knex.schema", ".alterTable('a', (t) => {", ".createTable(",
    "t.string('b')", ".notNullable().alter();", "t.increments();", "t.foreign('a')", ".references(",
    "knex.raw(`", "`);", "knex('a').update({ b: 1 })", "for (const x of [1, 2]) {", "if (a) ", "};",
    "x => x(x)", "...a", "const a = ", "[a, a]", "a = a + a;", "require('./3_c')", "}).then(",
    '"}}', "jobs:\n", "kind: Job\n", "image: postgres:16\n", "\0", "\ufeff", "\r\n",
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(NAMES),
        st.one_of(
            st.binary(max_size=60),
            st.lists(st.sampled_from(PIECES), max_size=12).map(lambda p: "".join(p).encode()),
        ),
        max_size=8,
    )
)
def test_any_bytes_give_a_value(contents: dict[str, bytes]) -> None:
    known = Files(contents, contents)
    for history in read(known):
        paths = {path for each in history.migrations for path in each.paths}
        assert paths <= set(contents)
    startup_of(known)
    servers_named(known)
