"""What TypeORM's `queryRunner` does.

Source: typeorm 1.1, driver/postgres/PostgresQueryRunner.js and query-runner/BaseQueryRunner.js.
"""

from collections.abc import Callable

from launchready.facts.schema import Engine
from launchready.steps.migration_check.frameworks.javascript.sql import (
    MYSQL,
    dotted,
    literal,
    quoted,
)
from launchready.steps.migration_check.frameworks.javascript.values import (
    EngineName,
    Function,
    Handle,
    Link,
    Machine,
    links_of,
    path_of,
    texts_of,
)
from launchready.steps.migration_check.frameworks.typeorm.tables import Maker, options_of

_READS = frozenset({
    "hasTable", "hasColumn", "hasSchema", "hasDatabase", "getTable", "getTables", "getView",
    "getViews", "getCurrentDatabase", "getCurrentSchema", "getDatabases", "getSchemas", "release",
    "connect", "loadedTables", "find", "findOne", "findBy", "findOneBy", "findOneOrFail", "count",
    "getMany", "getOne", "getRawMany", "getRawOne", "getRepository", "getMetadata", "create",
    "data", "isTransactionActive", "broadcaster", "stream", "exists", "existsBy", "countBy",
    "rollbackTransaction", "getCount", "options", "findAndCount", "getManyAndCount",
    "enableSqlMemory", "disableSqlMemory", "clearSqlMemory", "getMemorySql",
})  # fmt: skip
_NAMES = ("type", "driver")
Makes = Callable[["Runner", str, Link], "list[str] | None"]


class Runner:
    """`queryRunner`, and what leads to rows: its manager, repositories and query builders."""

    def __init__(self, engine: Engine, *, is_wrapped: bool) -> None:
        self.engine, self._is_wrapped = engine, is_wrapped
        self.maker = Maker(engine)

    def tell(self, link: Link) -> object:
        """The name of the engine, where it is asked for."""
        if link.name in _NAMES and path_of(link).endswith("options.type"):
            return EngineName(engine=self.engine)
        return link

    def take(self, link: Link, machine: Machine) -> None:
        """A chain that is run."""
        _, links = links_of(link)
        if link.args is None:
            return
        first, name = links[0], link.name
        if name in ("query", "sql"):
            self._query(link, machine)
        elif name == "transaction":
            function = next((a for a in link.args if isinstance(a, Function)), None)
            if function is not None:
                machine.enter(function, (Handle("queryRunner"),) * 2)
        elif name in ("startTransaction", "commitTransaction"):
            if not self._is_wrapped and self.engine not in MYSQL:
                word = "BEGIN" if name == "startTransaction" else "COMMIT"
                machine.emit(word, link, f"queryRunner.{name}")
        elif len(links) == 1 and name in _MAKES:
            self._make(link, machine)
        elif name not in _READS:
            is_of_rows = first.name in ("manager", "connection", "dataSource")
            machine.lose(link, f"{path_of(link)}()", changes_rows=is_of_rows, hint=_HINTS.get(
                name, ""))  # fmt: skip

    def _query(self, link: Link, machine: Machine) -> None:
        sql = link.argument(0)
        if isinstance(sql, str):
            machine.emit(sql, link, "queryRunner.query")
        else:
            machine.lose(link, "queryRunner.query() of a text that is made as it runs")

    def _make(self, link: Link, machine: Machine) -> None:
        table = table_of(link.argument(0))
        operation = f"queryRunner.{link.name}"
        made = None if table is None else _MAKES[link.name](self, table, link)
        if made is None:
            hint = _HINTS.get(link.name, "")
            machine.lose(link, f"{operation}() of what cannot be told", hint=hint)
            return
        for sql in made:
            machine.emit(sql, link, operation)

    def path(self, table: str) -> str:
        """A table in quotes."""
        return dotted(table, self.engine)


_HINTS = {
    "changeColumn": "TypeORM drops the column and adds it anew, empty, where its type or length"
    " changes: write ALTER COLUMN with queryRunner.query()",
    "changeColumns": "TypeORM drops a column and adds it anew, empty, where its type or length"
    " changes: write ALTER COLUMN with queryRunner.query()",
}


def table_of(value: object) -> str | None:
    """The name of a table that is given as a text or as `new Table({…})`."""
    if isinstance(value, str):
        return value
    given = options_of(value)
    name, schema = (given or {}).get("name"), (given or {}).get("schema")
    if not isinstance(name, str):
        return None
    return f"{schema}.{name}" if isinstance(schema, str) and "." not in name else name


def _name(value: object) -> str | None:
    given = value if isinstance(value, str) else (options_of(value) or {}).get("name")
    return given if isinstance(given, str) else None


def _create_table(runner: Runner, table: str, link: Link) -> list[str] | None:
    given = options_of(link.argument(0))
    made = runner.maker.create_table(table, given) if given is not None else None
    if made is None or link.argument(1) is not True:
        return made
    return [each.replace("CREATE TABLE ", "CREATE TABLE IF NOT EXISTS ", 1) for each in made]


def _drop_table(runner: Runner, table: str, link: Link) -> list[str] | None:
    exists = "IF EXISTS " if link.argument(1) is True else ""
    return [f"DROP TABLE {exists}{runner.path(table)}"]


def _rename_table(runner: Runner, table: str, link: Link) -> list[str] | None:
    new = link.argument(1)
    if not isinstance(new, str):
        return None
    last = quoted(new.rpartition(".")[2], runner.engine)
    if runner.engine in MYSQL:
        return [f"RENAME TABLE {runner.path(table)} TO {last}"]
    return [f"ALTER TABLE {runner.path(table)} RENAME TO {last}"]


def _add_columns(runner: Runner, table: str, link: Link) -> list[str] | None:
    given = link.argument(1)
    items = given if isinstance(given, list) else [given]
    known = [options_of(each) for each in items]
    found: list[str] = []
    for each in known:
        if each is None:
            return None
        found += runner.maker.add_column(table, each)
    return found


def _drop_columns(runner: Runner, table: str, link: Link) -> list[str] | None:
    given = link.argument(1)
    names = [_name(each) for each in (given if isinstance(given, list) else [given])]
    exists = "IF EXISTS " if link.argument(2) is True else ""
    start = f"ALTER TABLE {runner.path(table)} DROP COLUMN {exists}"
    known = [each for each in names if each is not None]
    made = [start + quoted(each, runner.engine) for each in known]
    return made if len(known) == len(names) else None


def _rename_column(runner: Runner, table: str, link: Link) -> list[str] | None:
    old, new = _name(link.argument(1)), _name(link.argument(2))
    if old is None or new is None:
        return None
    names = f"{quoted(old, runner.engine)} TO {quoted(new, runner.engine)}"
    return [f"ALTER TABLE {runner.path(table)} RENAME COLUMN {names}"]


def _change_column(runner: Runner, table: str, link: Link) -> list[str] | None:
    """A column of another type is dropped and added; only two full descriptions tell."""
    old, new = options_of(link.argument(1)), options_of(link.argument(2))
    if old is None or new is None or runner.engine is not Engine.POSTGRESQL:
        return None
    name = new.get("name")
    if not isinstance(name, str):
        return None
    start, column = f"ALTER TABLE {runner.path(table)}", quoted(name, runner.engine)
    if any(old.get(each) != new.get(each) for each in ("type", "length", "isArray")):
        dropped = quoted(str(old.get("name", name)), runner.engine)
        return [f"{start} DROP COLUMN {dropped}", *runner.maker.add_column(table, new)]
    if any(old.get(k) != new.get(k) for k in new if k not in ("isNullable", "default", "name")):
        return None
    found = []
    if old.get("name") != name and isinstance(old.get("name"), str):
        found.append(f"{start} RENAME COLUMN {quoted(str(old['name']), runner.engine)} TO {column}")
    if (old.get("isNullable") is True) != (new.get("isNullable") is True):
        verb = "DROP" if new.get("isNullable") is True else "SET"
        found.append(f"{start} ALTER COLUMN {column} {verb} NOT NULL")
    if old.get("default") != new.get("default"):
        value = new.get("default")
        words = "DROP DEFAULT" if value is None else f"SET DEFAULT {value}"
        found.append(f"{start} ALTER COLUMN {column} {words}")
    return found


def _add(kind: str) -> Makes:
    """One key or several: `createForeignKey`, `createUniqueConstraints`, …"""

    def make(runner: Runner, table: str, link: Link) -> list[str] | None:
        given = link.argument(1)
        known = [options_of(each) for each in (given if isinstance(given, list) else [given])]
        found = []
        for each in known:
            if each is None:
                return None
            start = f"ALTER TABLE {runner.path(table)} ADD "
            match kind:
                case "index":
                    found.append(runner.maker.index(table, each))
                case "foreign":
                    found.append(start + runner.maker.foreign(table, each))
                case "unique":
                    found.append(start + runner.maker.unique(table, each))
                case _:
                    found.append(start + runner.maker.check(table, each, kind))
        return found

    return make


def _primary(runner: Runner, table: str, link: Link) -> list[str] | None:
    columns = texts_of(link.argument(1))
    if not columns:
        return None
    words = runner.maker.primary(table, list(columns), link.argument(2))
    return [f"ALTER TABLE {runner.path(table)} ADD {words}"]


def _drop_key(runner: Runner, table: str, link: Link) -> list[str] | None:
    given = link.argument(1)
    names = [_name(each) for each in (given if isinstance(given, list) else [given])]
    known = [quoted(each, runner.engine) for each in names if each is not None]
    word = "CONSTRAINT"
    if runner.engine in MYSQL:
        word = "FOREIGN KEY" if "Foreign" in link.name else "INDEX"
    made = [f"ALTER TABLE {runner.path(table)} DROP {word} {each}" for each in known]
    return made if len(known) == len(names) else None


def _drop_index(runner: Runner, table: str, link: Link) -> list[str] | None:
    given = link.argument(1)
    items = given if isinstance(given, list) else [given]
    found = []
    for each in items:
        name = _name(each)
        if name is None:
            return None
        if runner.engine in MYSQL:
            found.append(f"DROP INDEX {quoted(name, runner.engine)} ON {runner.path(table)}")
            continue
        schema = table.rpartition(".")[0]
        at_once = (options_of(each) or {}).get("isConcurrent") is True
        words = "CONCURRENTLY " if at_once and runner.engine is Engine.POSTGRESQL else ""
        words += "IF EXISTS " if link.argument(2) is True else ""
        path = dotted(f"{schema}.{name}", runner.engine) if schema else quoted(name, runner.engine)
        found.append(f"DROP INDEX {words}{path}")
    return found


def _plain(words: str) -> Makes:
    def make(runner: Runner, table: str, link: Link) -> list[str] | None:
        exists = ""
        if link.argument(1) is True:
            exists = "IF NOT EXISTS " if words.startswith("CREATE") else "IF EXISTS "
        cascade = " CASCADE" if link.argument(2) is True else ""
        return [f"{words} {exists}{runner.path(table)}{cascade}"]

    return make


def _clear(runner: Runner, table: str, link: Link) -> list[str] | None:
    return [f"TRUNCATE TABLE {runner.path(table)}"]


def _comment(runner: Runner, table: str, link: Link) -> list[str] | None:
    text = link.argument(1)
    said = literal(text if isinstance(text, str) else None, runner.engine)
    return [f"COMMENT ON TABLE {runner.path(table)} IS {said}"]


_MAKES: dict[str, Makes] = {
    "createTable": _create_table,
    "dropTable": _drop_table,
    "renameTable": _rename_table,
    "addColumn": _add_columns,
    "addColumns": _add_columns,
    "dropColumn": _drop_columns,
    "dropColumns": _drop_columns,
    "renameColumn": _rename_column,
    "changeColumn": _change_column,
    "createIndex": _add("index"),
    "createIndices": _add("index"),
    "dropIndex": _drop_index,
    "dropIndices": _drop_index,
    "createForeignKey": _add("foreign"),
    "createForeignKeys": _add("foreign"),
    "dropForeignKey": _drop_key,
    "dropForeignKeys": _drop_key,
    "createUniqueConstraint": _add("unique"),
    "createUniqueConstraints": _add("unique"),
    "dropUniqueConstraint": _drop_key,
    "dropUniqueConstraints": _drop_key,
    "createCheckConstraint": _add("CHECK"),
    "createCheckConstraints": _add("CHECK"),
    "dropCheckConstraint": _drop_key,
    "dropCheckConstraints": _drop_key,
    "createExclusionConstraint": _add("EXCLUDE"),
    "dropExclusionConstraint": _drop_key,
    "createPrimaryKey": _primary,
    "createSchema": _plain("CREATE SCHEMA"),
    "dropSchema": _plain("DROP SCHEMA"),
    "createDatabase": _plain("CREATE DATABASE"),
    "dropDatabase": _plain("DROP DATABASE"),
    "clearTable": _clear,
    "changeTableComment": _comment,
}
