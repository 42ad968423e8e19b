"""Keys, indexes and other changes of a table that are calls of their own in Knex.

Source: knex 3.3, lib/schema/tablecompiler.js and lib/dialects/*/schema/*-tablecompiler.js.
"""

from collections.abc import Callable, Iterator
from typing import Protocol

from launchready.facts.schema import Engine
from launchready.regex import Regex
from launchready.steps.migration_check.frameworks.javascript.sql import (
    MYSQL,
    dotted,
    quoted,
)
from launchready.steps.migration_check.frameworks.javascript.values import (
    Link,
    said,
    texts_of,
)
from launchready.steps.migration_check.frameworks.knex.queries import where
from launchready.steps.migration_check.frameworks.knex.raws import value_text
from launchready.steps.migration_check.frameworks.syntax.code import hole

_SEPARATORS = Regex(r"[.-]")


class Owner(Protocol):
    """The table that a key is of."""

    name: str
    schema: str
    quoted: str
    engine: Engine
    is_new: bool

    def rebuilt(self) -> Iterator[str]:
        """The copying of it, where the engine has no ALTER."""


class Key:
    """One of these calls, with the calls that follow it; of a `column` where it is one's own."""

    def __init__(self, table: Owner, link: Link, after: list[Link], column: str = "") -> None:
        self.table, self.link, self.column = table, link, column
        self.kind = "foreign" if link.name == "references" else link.name
        self.after = {each.name: each for each in after}
        self.engine = table.engine

    @property
    def columns(self) -> list[object]:
        """The columns that it is on: texts, and what cannot be told."""
        given = self.column or self.link.argument(0)
        return given if isinstance(given, list) else [given]

    def given(self, at: int) -> object:
        """An argument after the columns, which a column's own call does not have."""
        if self.link.name == "references":
            return None
        return self.link.argument(at - 1 if self.column else at)

    def listed(self) -> str:
        """The columns, in quotes."""
        return ", ".join(
            dotted(each, self.engine)
            if isinstance(each, str)
            else value_text(each, self.engine)
            if isinstance(each, Link)
            else hole("column")
            for each in self.columns
        )

    def name(self, kind: str) -> str:
        """Its name in quotes: as given, else as Knex makes it."""
        given = self.given(1)
        if isinstance(given, dict):
            given = given.get("indexName", given.get("constraintName"))
        if kind == "foreign" and "withKeyName" in self.after:
            given = self.after["withKeyName"].argument(0)
        if isinstance(given, str) and given:
            return quoted(given, self.engine)
        texts = [each if isinstance(each, str) else "raw" for each in self.columns]
        start = _SEPARATORS.sub("_", self.table.name)
        return quoted("_".join((start, *texts, kind)).lower(), self.engine)

    def key_name(self) -> str:
        """The name of a primary key."""
        given = self.link.argument(0) if self.kind.startswith("drop") else self.given(1)
        if isinstance(given, dict):
            given = given.get("constraintName")
        return quoted(
            given if isinstance(given, str) and given else f"{self.table.name}_pkey", self.engine
        )

    def deferrable(self) -> str:
        """When it is checked, where that is said."""
        link = self.after.get("deferrable")
        given = link.argument(0) if link is not None else said(self.given(1), "deferrable")
        return f" deferrable initially {given}" if isinstance(given, str) else ""

    def inline(self) -> str:
        """It as it stands in CREATE TABLE."""
        if self.kind == "foreign":
            return f"constraint {self.foreign()}"
        if self.engine in MYSQL:
            return f"constraint {self.key_name()} primary key ({self.listed()})"
        return f"constraint {self.key_name()} primary key ({self.listed()}){self.deferrable()}"

    def foreign(self) -> str:
        """Its words as a foreign key."""
        link = self.link if self.link.name == "references" else self.after.get("references")
        given = link.argument(0) if link is not None else None
        names = texts_of(given) or ()
        table = self.after.get("inTable") or self.after.get("on")
        where_to = table.argument(0) if table is not None else None
        if len(names) == 1 and "." in names[0] and table is None:
            where_to, _, name = names[0].partition(".")
            names = (name,)
        target = dotted(where_to, self.engine) if isinstance(where_to, str) else hole("table")
        keys = ", ".join(quoted(each, self.engine) for each in names) or hole("column")
        words = f"{self.name('foreign')} foreign key ({self.listed()}) references {target} ({keys})"
        for each, start in (("onUpdate", "on update"), ("onDelete", "on delete")):
            action = self.after[each].argument(0) if each in self.after else None
            words += f" {start} {action}" if isinstance(action, str) else ""
        return words + self.deferrable()

    def statements(self) -> Iterator[str]:
        """The SQL that is sent for it."""
        yield from KEYS[self.kind](self, f"alter table {self.table.quoted}")


def _foreign(key: Key, start: str) -> Iterator[str]:
    if "references" in key.after or key.link.name == "references":
        yield f"{start} add constraint {key.foreign()}"


def _primary(key: Key, start: str) -> Iterator[str]:
    if key.engine in MYSQL:
        yield f"{start} add primary key {key.key_name()}({key.listed()})"
    elif key.engine is Engine.SQLITE:
        yield from key.table.rebuilt()
    else:
        named = f"add constraint {key.key_name()}"
        yield f"{start} {named} primary key ({key.listed()}){key.deferrable()}"


def _unique(key: Key, start: str) -> Iterator[str]:
    options = key.given(1)
    predicate, uses = said(options, "predicate"), said(options, "useConstraint")
    is_index = uses is False or (predicate is not None and uses is not True)
    if key.engine is Engine.SQLITE or is_index:
        which = f" {where(predicate, key.engine)}" if predicate is not None else ""
        name = key.name("unique")
        yield f"create unique index {name} on {key.table.quoted} ({key.listed()}){which}"
    elif key.engine in MYSQL:
        yield f"{start} add unique {key.name('unique')}({key.listed()})"
    else:
        named = f"add constraint {key.name('unique')}"
        yield f"{start} {named} unique ({key.listed()}){key.deferrable()}"


def _index(key: Key, start: str) -> Iterator[str]:
    options = key.given(2)
    method: object = (
        options if isinstance(options, str) else said(options, "storageEngineIndexType")
    )
    kind = said(options, "indexType")
    if key.engine in MYSQL:
        word = options if isinstance(options, str) else kind
        before = f" {word}" if isinstance(word, str) else ""
        using = said(options, "storageEngineIndexType")
        after = f" using {using}" if isinstance(using, str) else ""
        yield f"{start} add{before} index {key.name('index')}({key.listed()}){after}"
        return
    unique = "unique " if isinstance(kind, str) and kind.lower() == "unique" else ""
    is_used = isinstance(method, str) and key.engine is Engine.POSTGRESQL
    using = f" using {method}" if is_used else ""
    predicate = said(options, "predicate")
    which = f" {where(predicate, key.engine)}" if predicate is not None else ""
    named = f"{unique}index {key.name('index')} on {key.table.quoted}"
    yield f"create {named}{using} ({key.listed()}){which}"


def _drop_index(key: Key, start: str) -> Iterator[str]:
    if key.engine in MYSQL:
        yield f"{start} drop index {key.name('index')}"
        return
    schema = f"{quoted(key.table.schema, key.engine)}." if key.table.schema else ""
    yield f"drop index {schema}{key.name('index')}"


def _drop_unique(key: Key, start: str) -> Iterator[str]:
    if key.engine is Engine.SQLITE:
        yield f"drop index {key.name('unique')}"
        return
    words = "drop index" if key.engine in MYSQL else f"drop constraint{_if_exists(key)}"
    yield f"{start} {words} {key.name('unique')}"


def _drop_foreign(key: Key, start: str) -> Iterator[str]:
    if key.engine is Engine.SQLITE:
        yield from key.table.rebuilt()
        return
    words = "drop foreign key" if key.engine in MYSQL else f"drop constraint{_if_exists(key)}"
    yield f"{start} {words} {key.name('foreign')}"


def _drop_primary(key: Key, start: str) -> Iterator[str]:
    if key.engine is Engine.SQLITE:
        yield from key.table.rebuilt()
    elif key.engine in MYSQL:
        yield f"{start} drop primary key"
    else:
        yield f"{start} drop constraint{_if_exists(key)} {key.key_name()}"


def _if_exists(key: Key) -> str:
    return " if exists" if key.kind.endswith("IfExists") else ""


def _drop_columns(key: Key, start: str) -> Iterator[str]:
    if key.kind == "dropTimestamps":
        first = key.link.argument(0)
        is_camel = first is True or said(first, "useCamelCase") is True
        names: list[object] = ["createdAt", "updatedAt"] if is_camel else [
            "created_at", "updated_at"
        ]  # fmt: skip
    else:
        given = key.link.args or ()
        names = [i for each in given for i in (each if isinstance(each, list) else [each])]
    shown = [quoted(each, key.engine) if isinstance(each, str) else hole("column")
             for each in names]  # fmt: skip
    word = "drop" if key.engine in MYSQL else "drop column"
    if key.engine is Engine.SQLITE:
        yield from (f"{start} drop column {each}" for each in shown)
        return
    yield f"{start} {', '.join(f'{word} {each}' for each in shown)}"


def _rename_column(key: Key, start: str) -> Iterator[str]:
    old, new = key.link.argument(0), key.link.argument(1)
    if isinstance(old, str) and isinstance(new, str):
        word = "rename column" if key.engine in MYSQL else "rename"
        yield f"{start} {word} {quoted(old, key.engine)} to {quoted(new, key.engine)}"


def _nullability(key: Key, start: str) -> Iterator[str]:
    verb = "drop" if key.kind == "setNullable" else "set"
    if key.engine is Engine.SQLITE:
        yield from key.table.rebuilt()
    elif key.engine in MYSQL:
        end = "null" if verb == "drop" else "not null"
        yield f"{start} modify column {key.listed()} {hole('type')} {end}"
    else:
        yield f"{start} alter column {key.listed()} {verb} not null"


def _check(key: Key, start: str) -> Iterator[str]:
    sql, name = key.link.argument(0), key.link.argument(2)
    words = sql if isinstance(sql, str) else hole("condition")
    named = f"constraint {name} " if isinstance(name, str) else ""
    yield f"{start} add {named}check({words})"


def _drop_checks(key: Key, start: str) -> Iterator[str]:
    given = key.link.args or ()
    names = [i for each in given for i in (each if isinstance(each, list) else [each])]
    parts = [f"drop constraint {each}" for each in names if isinstance(each, str)]
    if parts:
        yield f"{start} {', '.join(parts)}"


KEYS: dict[str, Callable[[Key, str], Iterator[str]]] = {
    "primary": _primary,
    "unique": _unique,
    "index": _index,
    "foreign": _foreign,
    "dropPrimary": _drop_primary,
    "dropPrimaryIfExists": _drop_primary,
    "dropUnique": _drop_unique,
    "dropUniqueIfExists": _drop_unique,
    "dropIndex": _drop_index,
    "dropForeign": _drop_foreign,
    "dropForeignIfExists": _drop_foreign,
    "dropColumn": _drop_columns,
    "dropColumns": _drop_columns,
    "dropTimestamps": _drop_columns,
    "renameColumn": _rename_column,
    "setNullable": _nullability,
    "dropNullable": _nullability,
    "check": _check,
    "dropChecks": _drop_checks,
}
"""Methods of a table that are no columns, and what they make."""
