"""What is followed of JavaScript and TypeScript, in migrations of Knex: what runs, and where."""

import pytest
from tests.unit.steps.migration_check.given import only

from launchready import trees
from launchready.facts.migrations import History, Opaque, Script

pytestmark = pytest.mark.skipif(
    not trees.is_installed("typescript"),
    reason="needs tree-sitter: pip install launchready[native]",
)


def one(body: str, more: str = "", files: str = "", ending: str = "js") -> History:
    """A history of one migration with this body of its `up`."""
    lines = "\n".join(f"  {line}" for line in body.splitlines())
    return only(
        f"--- knexfile.js\nmodule.exports = {{ client: 'pg' }};\n{files}"
        f"--- migrations/1_a.{ending}\n"
        f"{more}exports.up = async (knex) => {{\n{lines}\n}};\n"
    )


def shown(script: Script) -> list[str]:
    """The items; `?` marks what stands under a condition."""
    return [
        f"<{each.what}>" if isinstance(each, Opaque) else f"{each.sql}{'?' * each.is_conditional}"
        for each in script.items
    ]


def drop(table: str) -> str:
    return f"knex.schema.dropTable('{table}')"


A, B = 'drop table "a"', 'drop table "b"'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", []),
        (f"await {drop('a')};\nreturn {drop('b')};", [A, B]),
        (f"const made = {drop('a')};\nawait made;\nreturn made;", [A]),
        (f"{drop('a')}.toSQL;", [A]),
        (f"await Promise.all([{drop('a')}, {drop('b')}]);", [A, B]),
        (f"return {drop('a')}.then(() => {drop('b')});", [A, B]),
        (f"return {drop('a')}.catch(() => {drop('b')});", [A, f"{B}?"]),
        ("for (const t of ['a', 'b']) await knex.schema.dropTable(t);", [A, B]),
        ("for (const t of Object.keys({ a: 1, b: 2 })) await knex.schema.dropTable(t);", [A, B]),
        ("for (const [t] of [['a', 1]]) await knex.schema.dropTable(`${t}`);", [A]),
        ("for (const t in { a: 1 }) await knex.schema.dropTable(t);", [A]),
        ("await Promise.all(['a', 'b'].map((t) => knex.schema.dropTable(t)));", [A, B]),
        ("['a'].concat(['b']).forEach(async (t) => { await knex.schema.dropTable(t); });", [A, B]),
        ("for (const t of await tables()) await knex.schema.dropTable(t);", ["<a loop>"]),
        (f"for (let i = 0; i < 3; i++) await {drop('a')};", [f"{A}?"]),
        (f"while (more()) {{ await {drop('a')}; }}", [f"{A}?"]),
        (f"if (await knex.schema.hasTable('a')) await {drop('a')};", [f"{A}?"]),
        (f"if (process.env.X) return;\nawait {drop('a')};", [f"{A}?"]),
        (f"if (true) await {drop('a')}; else await {drop('b')};", [A]),
        (f"if (1 > 2) {{ await {drop('a')}; }} else if (!'') {{ await {drop('b')}; }}", [B]),
        (f"if (knex.client.config.client === 'pg') await {drop('a')};", [A]),
        (f"if (['mysql', 'sqlite3'].includes(knex.client.dialect)) await {drop('a')};", []),
        (f"const yes = await ask();\nyes && (await {drop('a')});", [f"{A}?"]),
        (f"await (ask() ? {drop('a')} : {drop('b')});", [f"{A}?", f"{B}?"]),
        (f"switch ('x') {{ case 'y': {drop('a')}; break; case 'x': await {drop('b')}; }}", [B]),
        (f"switch (ask()) {{ case 'y': await {drop('a')}; break; default: }}", [f"{A}?"]),
        (f"try {{ await {drop('a')}; }} catch (e) {{ console.log(e); }}", [f"{A}?"]),
        (f"try {{ await {drop('a')}; }} catch (e) {{ await {drop('b')}; throw e; }}", [A, f"{B}?"]),
        (f"try {{ await {drop('a')}; }} finally {{ await {drop('b')}; }}", [A, B]),
        ("const gone = (t) => knex.schema.dropTable(t);\nawait gone('a');", [A]),
        ("async function gone(t = 'a') { await knex.schema.dropTable(t); }\nawait gone();", [A]),
        ("const gone = (...t) => knex.schema.dropTable(t[1]);\nawait gone(1, 'a');", [A]),
        ("const go = ({ u: { v } }) => knex.schema.dropTable(v);\ngo({ u: { v: 'a' }});", [A]),
        (f"const o = {{ async go() {{ await {drop('a')}; }} }};\nawait o.go();", [A]),
        ("let t = 'b';\nif (ask()) t = 'c';\nawait knex.schema.dropTable(t);",
         ["<knex.schema.dropTable() of a name that cannot be told>"]),
        ("const f = () => f();\nf();", []),
        ("await knex.transaction(async (trx) => { await trx.schema.dropTable('a'); });", [A]),
        ("const t = await knex.transaction();\nawait t.schema.dropTable('a');\nt.commit();", [A]),
        ("await helper(knex);", ["<helper()>"]),
        ("await later({ knex });", ["<later()>"]),
        (f"await retry(() => {drop('a')});", [f"{A}?"]),
        ("await knex.unheardOf(1);", ["<knex.unheardOf()>"]),
        ("await knex.schema.unheardOf('a');", ["<knex.schema.unheardOf()>"]),
        ("await knex.schema.alterTable('a', (t) => t.unheardOf());", ["<table.unheardOf()>"]),
        ("await knex.schema.alterTable('a', (t) => addTimes(t));", ["<addTimes()>"]),
        ("await knex.raw(await text());", ["<knex.raw() of a text that is made as it runs>"]),
        ("await knex('a').insert(await rows());", ["<knex().insert()>"]),
        ("await knex('a').select('*').where('id', 1);", []),
        ("await knex.raw('DROP TABLE a' + ' CASCADE');", ["DROP TABLE a CASCADE"]),
        ("await knex.raw(['DROP', 'TABLE', 'a'].join(' '));", ["DROP TABLE a"]),
        ("await knex.raw(`DROP TABLE ${'a'.toUpperCase()}`);", ["DROP TABLE A"]),
        ("(((", ["<code that cannot be read>"]),
    ],
)  # fmt: skip
def test_what_code_does(body: str, expected: list[str]) -> None:
    assert shown(one(body).migrations[0].up) == expected


def test_other_files_are_entered() -> None:
    helpers = (
        "--- migrations/helpers/drop.js\nconst T = require('./names.json');\n"
        "exports.drop = (knex) => knex.schema.dropTable(T.table);\n"
        "module.exports.sql = 'DROP TABLE x';\n"
        '--- migrations/helpers/names.json\n{"table": "a"}\n'
        "--- migrations/helpers/b.sql\nDROP TABLE b;\n-- done\n"
    )
    more = (
        "const { drop, sql } = require('./helpers/drop');\nconst fs = require('fs');\n"
        "const path = require('path');\n"
    )
    body = (
        "await drop(knex);\nawait knex.raw(sql);\n"
        "await knex.raw(fs.readFileSync(path.join(__dirname, 'helpers/b.sql'), 'utf8'));"
    )
    (migration,) = one(body, more, helpers).migrations
    assert shown(migration.up) == [A, "DROP TABLE x", "DROP TABLE b"]
    assert [(each.place.path, each.place.line) for each in migration.up.items] == [
        ("migrations/1_a.js", 5), ("migrations/1_a.js", 6), ("migrations/1_a.js", 7),
    ]  # fmt: skip


def test_sql_stands_where_it_is_written() -> None:
    body = (
        "const t = 'c';\nawait knex.raw(`\n  UPDATE a SET b = 1;\n  DROP TABLE ${name}\n`);\n"
        "/* ä */ await knex.raw('DROP TABLE b');\nawait knex.raw(`\nSELECT 1;\nDROP TABLE ${t}`);"
    )
    items = one(body).migrations[0].up.statements
    assert [(each.sql, each.place.line, each.place.column, each.is_written) for each in items] == [
        ("UPDATE a SET b = 1", 4, 5, True), ("DROP TABLE x______", 5, 5, True),
        ("DROP TABLE b", 7, 27, True), ("SELECT 1", 9, 1, False), ("DROP TABLE c", 10, 1, False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("ending", "text"),
    [
        ("js", "module.exports = { up: (knex) => knex.raw('SELECT 1'), down: null };"),
        ("js", "const up = (knex) => knex.raw('SELECT 1');\nmodule.exports = { up };"),
        ("js", "module.exports.up = function (knex) { return knex.raw('SELECT 1'); };"),
        ("cjs", "exports['up'] = knex => knex.raw('SELECT 1');"),
        ("mjs", "export const up = (knex) => knex.raw('SELECT 1');"),
        ("mjs", "export default { async up(knex) { await knex.raw('SELECT 1'); } };"),
        ("ts", "async function go(k: Knex) { return k.raw('SELECT 1') }\nexport { go as up };"),
        ("ts", "export async function up(k: Knex): Promise<void> { k.raw(<string>'SELECT 1'); }"),
        ("ts", "const m = { up: (knex: Knex) => knex.raw('SELECT 1' as const) };\nexport = m;"),
        ("ts", ("export default class A { async up(knex: Knex) { await this.go(knex); }\n"
                " private async go(knex: Knex) { await knex!.raw('SELECT 1'); } }")),
    ],
)  # fmt: skip
def test_every_way_to_export(ending: str, text: str) -> None:
    (migration,) = only(f"--- migrations/1_a.{ending}\n{text}\n").migrations
    assert (shown(migration.up), migration.up.problem) == (["SELECT 1"], "")


def test_what_cannot_be_followed_is_a_problem() -> None:
    text = "const make = require('knex-tables');\nexports.up = make('knex');\n"
    (migration,) = only(f"--- migrations/1_a.js\n{text}").migrations
    assert migration.up.problem == "its `up` is made elsewhere, and cannot be followed"


def test_a_down_that_throws() -> None:
    (migration,) = one("", "exports.down = async () => { throw new Error('never'); };\n").migrations
    assert migration.down is not None
    assert (migration.down.is_irreversible, migration.down.reason) == (True, "never")


@pytest.mark.parametrize(
    "body",
    [
        "x = " + "(" * 3000 + "1" + ")" * 3000 + ";",
        "{" * 3000 + "}" * 3000,
        "const [" + "[" * 3000 + "a" + "]" * 3000 + "] = b;",
        "x = " + "+".join(["'a'"] * 30_000) + ";",
        "knex" + ".a()" * 20_000 + ";",
        drop("a") + ".then(() => 1)" * 20_000 + ";",
        "const f = (x) => { f(x); f(x); };\nf(1);",
        "let a = ['x'];\n" + "a = a.concat(a);\n" * 200,
        "let a = 'x';\n" + "a = a + a;\n" * 200,
        "let a = {};\n" + "a = { a, b: a };\n" * 200 + "helper(a);",
        "for (const a of [1,2,3,4,5,6,7,8,9]) " * 20 + "await knex.raw('SELECT 1');",
    ],
    ids=range(11),
)
def test_hostile_code_comes_to_an_end(body: str) -> None:
    assert len(one(body).migrations[0].up.items) <= 5001
