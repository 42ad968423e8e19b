"""What Sequelize's `queryInterface` does.

Source: sequelize 6.37, lib/dialects/abstract/query-interface.js and
lib/dialects/{abstract,postgres}/query-generator.js.
"""

from launchready.facts.schema import Engine
from launchready.steps.migration_check.frameworks.javascript.sql import MYSQL
from launchready.steps.migration_check.frameworks.javascript.values import (
    EngineName,
    Function,
    Handle,
    Link,
    Machine,
    links_of,
    path_of,
    said,
)
from launchready.steps.migration_check.frameworks.sequelize.columns import table_text
from launchready.steps.migration_check.frameworks.sequelize.operations import MAKES, Maker

_READS = frozenset({
    "describeTable", "showAllTables", "showAllSchemas", "showIndex", "showConstraint",
    "getForeignKeyReferencesForTable", "getForeignKeysForTables", "tableExists", "databaseVersion",
    "rawSelect", "select", "getDialect", "authenticate", "close", "escape", "quoteIdentifier",
    "quoteTable", "quoteIdentifiers", "literal", "fn", "col", "rollback", "afterCommit", "import",
    "define", "getDatabaseName", "getQueryInterface", "model", "isDefined", "findAll", "findOne",
    "findByPk", "count", "setTransaction", "where", "cast", "json", "random",
})  # fmt: skip


class Interface:
    """`queryInterface`, its `sequelize`, and transactions."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._maker = Maker(engine)
        self._begun: Link | None = None
        self._is_open = False

    def tell(self, link: Link) -> object:
        """A transaction is an object of its own; the dialect's name is the engine."""
        if link.name in ("getDialect", "dialect", "name") and path_of(link).endswith(
            (".getDialect", ".options.dialect", ".dialect.name")
        ):
            return EngineName(engine=self.engine)
        is_managed = any(isinstance(each, Function) for each in link.args or ())
        if link.name == "transaction" and link.args is not None and not is_managed:
            self._begun = link  # BEGIN is sent before what comes next
            return Handle("transaction")
        return link

    def take(self, link: Link, machine: Machine) -> None:
        """A chain that is run."""
        root, links = links_of(link)
        if link.args is None:
            return
        if self._begun is not None:
            begun, self._begun = self._begun, None
            self._transact("BEGIN", begun, machine)
        if isinstance(root, Handle) and root.kind == "transaction":
            if link.name == "commit":
                self._transact("COMMIT", link, machine)
            return
        if link.name == "transaction":
            self._within(link, machine)
        elif link.name == "query":
            self._query(link, machine)
        elif len(links) == 1 and link.name in MAKES:
            self._make(link, machine)
        elif link.name not in _READS:
            machine.lose(link, f"{path_of(link)}()", changes_rows="models" in path_of(link))

    def _within(self, link: Link, machine: Machine) -> None:
        function = next((each for each in link.args or () if isinstance(each, Function)), None)
        if function is not None:
            self._transact("BEGIN", link, machine)
            machine.enter(function, (Handle("transaction"),))
            self._transact("COMMIT", link, machine)

    def _transact(self, word: str, link: Link, machine: Machine) -> None:
        self._is_open = word == "BEGIN"
        if self.engine not in MYSQL:
            machine.emit(word, link, "sequelize.transaction")

    def _is_outside(self, link: Link) -> bool:
        """Whether a call runs beside the open transaction, for it is not given to it."""
        return self._is_open and not any(
            isinstance(each, Handle) or (isinstance(each, dict) and "transaction" in each)
            for each in link.args or ()
        )

    def _query(self, link: Link, machine: Machine) -> None:
        sql = link.argument(0)
        sql = said(sql, "query") if isinstance(sql, dict) else sql
        if isinstance(sql, str):
            machine.emit(sql, link, "sequelize.query", is_outside=self._is_outside(link))
        else:
            machine.lose(link, "sequelize.query() of a text that is made as it runs")

    def _make(self, link: Link, machine: Machine) -> None:
        operation = f"queryInterface.{link.name}"
        table = table_text(link.argument(0))
        made = None if table is None else MAKES[link.name](self._maker, table, link)
        if made is None:
            changes = link.name.startswith("bulk")
            machine.lose(link, f"{operation}() of what cannot be told", changes_rows=changes)
            return
        for sql in made:
            machine.emit(sql, link, operation, is_outside=self._is_outside(link))
