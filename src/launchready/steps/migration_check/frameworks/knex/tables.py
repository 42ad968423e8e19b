"""What a callback of `createTable` or `alterTable` says, as the SQL that Knex makes of it.

Source: knex 3.3, lib/schema/tablebuilder.js, lib/schema/tablecompiler.js and
lib/dialects/*/schema/*-tablecompiler.js.
"""

from collections.abc import Iterator

from launchready.facts.schema import Engine
from launchready.steps.migration_check.frameworks.javascript.sql import (
    MYSQL,
    dotted,
    literal,
    quoted,
)
from launchready.steps.migration_check.frameworks.javascript.values import (
    Link,
    links_of,
    said,
    texts_of,
)
from launchready.steps.migration_check.frameworks.knex.columns import COLUMNS, Column, enum_name
from launchready.steps.migration_check.frameworks.knex.keys import KEYS, Key
from launchready.steps.migration_check.frameworks.syntax.code import hole

Made = tuple[str, Link]
"""SQL, and the call that it is of."""
_OF_COLUMNS = ("index", "unique", "primary", "references")


class Table:
    """A table that is made or altered. `lost` are the calls that cannot be followed."""

    def __init__(self, name: str, schema: str, engine: Engine, *, is_new: bool) -> None:
        self.name, self.engine, self.is_new = name, engine, is_new
        self.schema = schema
        self.quoted = dotted(f"{schema}.{name}" if schema else name, engine)
        self.columns: list[Column] = []
        self.steps: list[Key] = []
        self.options: dict[str, Link] = {}
        self.checks: list[Link] = []
        self.lost: list[Link] = []

    def take(self, chain: Link) -> None:
        """One chain of calls on it."""
        _, links = links_of(chain)
        first = links[0]
        if first.args is None:
            self.lost.append(first)
        elif first.name in COLUMNS:
            self._column(Column(links, self.engine), links)
        elif first.name == "timestamps":
            self._timestamps(first)
        elif first.name in ("comment", "engine", "charset", "collate", "inherits"):
            self.options[first.name] = first
        elif first.name == "check" and self.is_new:
            self.checks.append(first)
        elif first.name in KEYS:
            self._keys(links)
        elif first.name != "queryContext":
            self.lost.append(first)

    def _keys(self, links: list[Link]) -> None:
        """Keys and the like: these methods give the table back, so that more may follow."""
        for at, each in enumerate(links):
            if each.name not in KEYS:
                break
            self.steps.append(Key(self, each, links[at + 1 :]))

    def _column(self, column: Column, links: list[Link]) -> None:
        if column.name is None:
            self.lost.append(column.link)
            return
        self.columns.append(column)
        for at, each in enumerate(links[1:], 1):
            if each.name in _OF_COLUMNS and not (
                column.is_increments and each.name != "references"
            ):
                self.steps.append(Key(self, each, links[at + 1 :], column=column.name))

    def _timestamps(self, link: Link) -> None:
        """`timestamps(useTimestamps, defaultToNow, useCamelCase)`, or one object of these."""
        first = link.argument(0)
        given = [link.argument(at) for at in range(3)]
        if isinstance(first, dict):
            given = [first.get(k) for k in ("useTimestamps", "defaultToNow", "useCamelCase")]
        for name in ("created", "updated"):
            whole = f"{name}At" if given[2] is True else f"{name}_at"
            kind = "timestamp" if given[0] is True else "datetime"
            made = Link(link.on, kind, (whole,), link.node, link.code)
            links = [made]
            if given[1] is True:
                now = Link(Link(None, "fn", None, link.node, link.code), "now", (), link.node,
                           link.code)  # fmt: skip
                for word, args in (("notNullable", ()), ("defaultTo", (now,))):
                    links.append(Link(links[-1], word, args, link.node, link.code))
            self.columns.append(Column(links, self.engine))

    @property
    def key(self) -> Key | None:
        """Its primary key, where a call says it."""
        return next((each for each in self.steps if each.kind == "primary"), None)

    def statements(self, link: Link, words: str = "create table") -> Iterator[Made]:
        """All that is sent for it, in order."""
        for column in self.columns:
            options = column.link.argument(2)
            is_own = said(options, "useNative") and not said(options, "existingType")
            if column.kind == "enu" and is_own and self.engine is Engine.POSTGRESQL:
                values = texts_of(column.link.argument(1)) or (hole("label"),)
                labels = ", ".join(literal(each, self.engine) for each in values)
                yield (
                    f"create type {enum_name(column, self.engine)} as enum ({labels})",
                    column.link,
                )
        yield from self._created(link, words) if self.is_new else self._altered()
        for column in self.columns:
            comment = column.comment()
            if comment is not None and self.engine is Engine.POSTGRESQL:
                text = literal(comment, self.engine)
                yield f"comment on column {self.quoted}.{column.quoted} is {text}", column.link
        for each in self.steps:
            if not (self.is_new and self._is_inline(each)):
                yield from ((sql, each.link) for sql in each.statements())
        if not self.is_new and "comment" in self.options:
            yield self._commented(), self.options["comment"]

    def _is_inline(self, key: Key) -> bool:
        return key.kind == "primary" or (self.engine is Engine.SQLITE and key.kind == "foreign")

    def _created(self, link: Link, words: str) -> Iterator[Made]:
        can_be_key = self.key is None
        parts = [each.definition(can_be_key=can_be_key) for each in self.columns]
        parts.extend(
            each.inline()
            for each in self.steps
            if self._is_inline(each) and (each.kind != "primary" or each is self.key)
        )
        for check in self.checks:
            sql, name = check.argument(0), check.argument(2)
            named = f"constraint {name} " if isinstance(name, str) else ""
            parts.append(f"{named}check ({sql if isinstance(sql, str) else hole('condition')})")
        sql = f"{words} {self.quoted} ({', '.join(parts)})"
        parent = self.options.get("inherits")
        if parent is not None and isinstance(parent.argument(0), str):
            sql += f" inherits ({dotted(str(parent.argument(0)), self.engine)})"
        engine = self.options.get("engine")
        if engine is not None and self.engine in MYSQL and isinstance(engine.argument(0), str):
            sql += f" engine = {engine.argument(0)}"
        yield sql, link
        if "comment" in self.options and self.engine is Engine.POSTGRESQL:
            yield self._commented(), self.options["comment"]

    def _commented(self) -> str:
        text = literal(self.options["comment"].argument(0), self.engine)
        if self.engine in MYSQL:
            return f"alter table {self.quoted} comment = {text}"
        return f"comment on table {self.quoted} is {text}"

    def _altered(self) -> Iterator[Made]:
        added = [each for each in self.columns if not each.is_altered]
        altered = [each for each in self.columns if each.is_altered]
        prefix = "add" if self.engine in MYSQL else "add column"
        can_be_key = self.key is None
        parts = [f"{prefix} {each.definition(can_be_key=can_be_key)}" for each in added]
        if parts and self.engine is Engine.SQLITE:
            for part, each in zip(parts, added, strict=True):
                yield f"alter table {self.quoted} {part}", each.link
        elif parts:
            yield f"alter table {self.quoted} {', '.join(parts)}", added[0].link
        if altered and self.engine in MYSQL:
            parts = [f"modify {each.definition(can_be_key=can_be_key)}" for each in altered]
            yield f"alter table {self.quoted} {', '.join(parts)}", altered[0].link
        elif altered and self.engine is Engine.SQLITE:
            yield from ((sql, altered[0].link) for sql in self.rebuilt())
        else:
            for each in altered:
                yield from ((sql, each.link) for sql in self._changed(each))

    def rebuilt(self) -> Iterator[str]:
        """SQLite's tables are copied, for there is no ALTER for most changes."""
        made = quoted(f"_knex_temp_alter_{self.name}", self.engine)
        yield f"CREATE TABLE {made} AS SELECT * FROM {self.quoted}"
        yield f"DROP TABLE {self.quoted}"
        yield f"ALTER TABLE {made} RENAME TO {self.quoted}"

    def _changed(self, column: Column) -> Iterator[str]:
        start, kind = f"alter table {self.quoted} alter column {column.quoted}", column.type()
        yield f"{start} drop default"
        if column.allows("alterNullable"):
            yield f"{start} drop not null"
        if column.allows("alterType"):
            cast = "::text::" if column.kind == "enu" else "::"
            yield f"{start} type {kind} using ({column.quoted}{cast}{kind})"
        if default := column.default():
            yield f"{start} set {default}"
        if column.allows("alterNullable") and column.nullable is False:
            yield f"{start} set not null"
