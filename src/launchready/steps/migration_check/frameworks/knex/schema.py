"""What Knex's objects do: the schema builder, raw SQL, and queries that write rows.

Source: knex 3.3, lib/schema/{builder,compiler,viewcompiler}.js and lib/knex-builder/.
"""

from collections.abc import Callable, Iterator

from launchready.facts.schema import Engine
from launchready.steps.migration_check.frameworks.javascript.sql import MYSQL, dotted
from launchready.steps.migration_check.frameworks.javascript.values import (
    EngineName,
    Function,
    Handle,
    Link,
    Machine,
    links_of,
    path_of,
)
from launchready.steps.migration_check.frameworks.knex.queries import WRITES, is_query, query
from launchready.steps.migration_check.frameworks.knex.raws import raw_text
from launchready.steps.migration_check.frameworks.knex.tables import Table

_ENGINE = (".client.config.client", ".client.dialect", ".client.driverName", ".config.client")
_NAMES = ("client", "dialect", "driverName")
_TABLES = {
    "createTable": "create table",
    "createTableIfNotExists": "create table if not exists",
    "alterTable": "",
    "table": "",
}
_HARMLESS = frozenset({"hasTable", "hasColumn", "hasView", "toString", "toSQL", "withSchema",
                       "queryContext", "timeout", "debug", "on", "asCallback", "transacting",
                       "fn", "ref", "destroy", "initialize", "client", "userParams",
                       "isTransaction", "savepoint", "schema"})  # fmt: skip
_ENDS = {"commit": "COMMIT", "rollback": "ROLLBACK"}


class Knex:
    """`knex`, its transactions, and the tables that its callbacks build."""

    def __init__(self, engine: Engine, *, is_wrapped: bool) -> None:
        self._engine, self._is_wrapped = engine, is_wrapped

    def tell(self, link: Link) -> object:
        """Transactions are `knex` again; the client's name is the engine."""
        if link.name in _NAMES and path_of(link).endswith(_ENGINE):
            return EngineName(engine=self._engine)
        if link.name in ("transaction", "transactionProvider") and not _callback(link):
            return Handle("knex")
        if link.name == "withUserParams":
            return Handle("knex")
        return link

    def take(self, link: Link, machine: Machine) -> None:
        """A chain that is run."""
        root, links = links_of(link)
        if isinstance(root, Handle) and root.kind == "table":
            root.said = [each for each in root.said if each not in links]
            root.said.append(link)
            return
        first = links[0]
        if first.name == "schema":
            self._schema(links[1:], machine)
        elif first.name == "raw":
            self._raw(first, machine, "knex.raw")
        elif first.name == "transaction":
            self._transaction(first, machine)
        elif first.name in _ENDS:
            return
        elif is_query(links) or any(each.name in WRITES for each in links):
            self._query(link, links, machine)
        elif first.name not in _HARMLESS:
            machine.lose(first, f"knex.{first.name}()")

    def _raw(self, link: Link, machine: Machine, operation: str) -> None:
        sql = raw_text(link, self._engine)
        if sql is None:
            machine.lose(link, f"{operation}() of a text that is made as it runs")
        else:
            machine.emit(sql, link, operation)

    def _transaction(self, link: Link, machine: Machine) -> None:
        """A transaction within that of the migration is a savepoint."""
        function = _callback(link)
        if function is None:
            return
        is_own = not self._is_wrapped and self._engine not in MYSQL
        if is_own:
            machine.emit("BEGIN", link, "knex.transaction")
        machine.enter(function, (Handle("knex"),))
        if is_own:
            machine.emit("COMMIT", link, "knex.transaction")

    def _query(self, link: Link, links: list[Link], machine: Machine) -> None:
        sql = query(links, self._engine)
        verb = next((each for each in links if each.name in WRITES), None)
        name = verb.name if verb is not None else "select"
        if sql is None:
            machine.lose(verb or link, f"knex().{name}()", changes_rows=True)
        elif sql:
            machine.emit(sql, verb or link, f"knex().{name}")

    def _schema(self, links: list[Link], machine: Machine) -> None:
        schema = next((each.argument(0) for each in links if each.name == "withSchema"), "")
        where = schema if isinstance(schema, str) else ""
        for each in links:
            if each.args is None or each.name in _HARMLESS:
                continue
            if each.name == "raw":
                self._raw(each, machine, "knex.schema.raw")
            elif each.name in _TABLES:
                self._table(each, where, machine)
            elif (make := _SIMPLE.get(each.name)) is not None:
                self._simple(each, where, make, machine)
            else:
                machine.lose(each, f"knex.schema.{each.name}()")

    def _table(self, link: Link, schema: str, machine: Machine) -> None:
        name, function = link.argument(0), _callback(link)
        operation = f"knex.schema.{link.name}"
        if not isinstance(name, str) or function is None:
            machine.lose(link, f"{operation}() of a table that cannot be told")
            return
        words = _TABLES[link.name]
        table = Table(name, schema, self._engine, is_new=bool(words))
        handle = Handle("table")
        before = machine.conditions
        machine.enter(function, (handle,), handle)
        for chain in handle.said:
            table.take(chain)
        for lost in table.lost:
            machine.lose(lost, f"table.{lost.name}()")
        machine.conditions = before
        for sql, at in table.statements(link, words):
            machine.emit(sql, at, operation)

    def _simple(self, link: Link, schema: str, make: "Make", machine: Machine) -> None:
        given = link.args or ()
        if not given or not isinstance(given[0], str):
            machine.lose(link, f"knex.schema.{link.name}() of a name that cannot be told")
            return
        name = dotted(f"{schema}.{given[0]}" if schema else given[0], self._engine)
        for sql in make(name, link, self._engine):
            machine.emit(sql, link, f"knex.schema.{link.name}")


def _callback(link: Link) -> Function | None:
    return next((each for each in link.args or () if isinstance(each, Function)), None)


Make = Callable[[str, Link, Engine], Iterator[str]]


def _plain(words: str) -> Make:
    def make(name: str, link: Link, engine: Engine) -> Iterator[str]:
        cascade = " cascade" if words.startswith("drop schema") and link.argument(1) is True else ""
        yield f"{words} {name}{cascade}"

    return make


def _rename(kind: str) -> Make:
    def make(name: str, link: Link, engine: Engine) -> Iterator[str]:
        new = link.argument(1)
        if isinstance(new, str):
            if engine in MYSQL:
                yield f"rename table {name} to {dotted(new, engine)}"
            else:
                yield f"alter {kind} {name} rename to {dotted(new, engine)}"

    return make


def _like(name: str, link: Link, engine: Engine) -> Iterator[str]:
    other = link.argument(1)
    if isinstance(other, str):
        target = dotted(other, engine)
        yield (
            f"create table {name} like {target}"
            if engine in MYSQL
            else (f"create table {name} (like {target} including all)")
        )


def _view(words: str) -> Make:
    """What a view selects is left out: no judgement depends on it."""

    def make(name: str, link: Link, engine: Engine) -> Iterator[str]:
        yield f"create {words} {name} as select 1"

    return make


def _refresh(name: str, link: Link, engine: Engine) -> Iterator[str]:
    word = " concurrently" if link.argument(1) is True else ""
    yield f"refresh materialized view{word} {name}"


_SIMPLE: dict[str, Make] = {
    "dropTable": _plain("drop table"),
    "dropTableIfExists": _plain("drop table if exists"),
    "renameTable": _rename("table"),
    "renameView": _rename("view"),
    "createTableLike": _like,
    "createView": _view("view"),
    "createViewOrReplace": _view("or replace view"),
    "createMaterializedView": _view("materialized view"),
    "refreshMaterializedView": _refresh,
    "dropView": _plain("drop view"),
    "dropViewIfExists": _plain("drop view if exists"),
    "dropMaterializedView": _plain("drop materialized view"),
    "dropMaterializedViewIfExists": _plain("drop materialized view if exists"),
    "createSchema": _plain("create schema"),
    "createSchemaIfNotExists": _plain("create schema if not exists"),
    "dropSchema": _plain("drop schema"),
    "dropSchemaIfExists": _plain("drop schema if exists"),
    "createExtension": _plain("create extension"),
    "createExtensionIfNotExists": _plain("create extension if not exists"),
    "dropExtension": _plain("drop extension"),
    "dropExtensionIfExists": _plain("drop extension if exists"),
}
