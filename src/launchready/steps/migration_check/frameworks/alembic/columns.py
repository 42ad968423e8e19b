"""`sa.Column` and the constraints of a table as SQL.

Source: `get_column_specification` of sqlalchemy/dialects/postgresql/base.py, `DDLCompiler` of
sqlalchemy/sql/compiler.py, SQLAlchemy 2.0.
"""

from collections.abc import Iterable

from launchready.facts.schema import Engine
from launchready.frozen import frozen
from launchready.steps.migration_check.frameworks.alembic.expressions import (
    clause,
    literal,
    names_of,
)
from launchready.steps.migration_check.frameworks.alembic.types import last_of, quoted, type_of
from launchready.steps.migration_check.frameworks.python.values import (
    Called,
    text_of,
    texts_of,
)

_SERIALS = {"INTEGER": "SERIAL", "BIGINT": "BIGSERIAL", "SMALLINT": "SMALLSERIAL"}


@frozen
class Column:
    """A `sa.Column`: its name, its type's value, and what else its call says."""

    name: str
    type: object
    call: Called

    @property
    def is_key(self) -> bool:
        """Whether it is (part of) the primary key."""
        return self.call.kwargs.get("primary_key") is True

    @property
    def is_null(self) -> bool:
        """Whether it takes NULL."""
        return self.call.kwargs.get("nullable", not self.is_key) is not False

    def part(self, name: str) -> Called | None:
        """What stands among its arguments: `ForeignKey`, `Identity`, `Computed`."""
        for each in self.call.args:
            if isinstance(each, Called) and each.last == name:
                return each
        return None


def column_of(value: object) -> Column | None:
    """The column that a call makes; None for anything else."""
    if not isinstance(value, Called) or value.last != "Column":
        return None
    name, kind, args = value.kwargs.get("name"), value.kwargs.get("type_"), list(value.args)
    if name is None and args:
        name = args.pop(0)
    if kind is None and args and last_of(args[0]) not in ("ForeignKey", "Identity", "Computed"):
        kind = args[0]
    return Column(name=name, type=kind, call=value) if isinstance(name, str) else None


def definition(column: Column, engine: Engine, *, is_serial: bool = False) -> str:
    """A column as `CREATE TABLE` and `ADD COLUMN` have it."""
    kind = type_of(column.type, engine)
    has_default = column.call.kwargs.get("server_default") is not None
    identity, computed = column.part("Identity"), column.part("Computed")
    serial = _SERIALS.get(kind, "") if is_serial and not (has_default or identity) else ""
    if serial and engine is Engine.POSTGRESQL:
        kind = serial
    parts = [quoted(column.name, engine), kind]
    if serial and engine in (Engine.MYSQL, Engine.MARIADB):
        return " ".join((*parts, "NOT NULL AUTO_INCREMENT"))
    if has_default:
        parts.append(f"DEFAULT {default_of(column.call.kwargs['server_default'], engine)}")
    if computed is not None:
        persisted = computed.kwargs.get("persisted")
        how = " VIRTUAL" if persisted is False else " STORED"
        parts.append(
            f"GENERATED ALWAYS AS ({clause(computed.argument('sqltext', 0), engine)}){how}"
        )
    if identity is not None:
        always = "ALWAYS" if identity.argument("always", 1) is True else "BY DEFAULT"
        parts.append(f"GENERATED {always} AS IDENTITY")
    if not column.is_null:
        parts.append("NOT NULL")
    return " ".join(parts)


def default_of(value: object, engine: Engine) -> str:
    """A `server_default` as SQL: a text is a literal, a clause is itself."""
    return literal(value, engine) if isinstance(value, str) else clause(value, engine)


def columns_of(values: Iterable[object]) -> list[Column]:
    """The columns among some values."""
    return [each for value in values if (each := column_of(value)) is not None]


def keys_of(table: str, columns: list[Column], engine: Engine) -> list[tuple[str, str]]:
    """What columns demand of others or of themselves, as (name of the constraint, its words)."""
    found = []
    for column in columns:
        for part in column.call.args:
            if isinstance(part, Called) and part.last == "ForeignKey":
                found.append((_name(part), _foreign(part, (column.name,), engine)))
            elif isinstance(part, Called) and part.last == "CheckConstraint":
                found.append(
                    (_name(part), f"CHECK ({clause(part.argument('sqltext', 0), engine)})")
                )
        if column.call.kwargs.get("unique") is True and column.call.kwargs.get("index") is not True:
            found.append(("", f"UNIQUE ({quoted(column.name, engine)})"))
    return found


def constraint_of(value: object, engine: Engine) -> tuple[str, str] | None:
    """(name, words) of a constraint of a whole table; None for what is none."""
    if not isinstance(value, Called):
        return None
    columns = ", ".join(quoted(each, engine) for each in names_of(value.args))
    match value.last:
        case "PrimaryKeyConstraint":
            words = f"PRIMARY KEY ({columns})"
        case "UniqueConstraint":
            words = f"UNIQUE ({columns})"
        case "ForeignKeyConstraint":
            words = _foreign_of_table(value, engine)
        case "CheckConstraint":
            words = f"CHECK ({clause(value.argument('sqltext', 0), engine)})"
        case "ExcludeConstraint":
            words = exclusion(value.args, value, engine)
        case _:
            return None
    return _name(value), words + deferral(value)


def named(name: str, words: str, engine: Engine) -> str:
    """A constraint with its name, if it has one."""
    return f"CONSTRAINT {quoted(name, engine)} {words}" if name else words


def _name(value: Called) -> str:
    name = value.kwargs.get("name")
    if value.last == "CheckConstraint" and name is None and len(value.args) > 1:
        name = value.args[1]
    return text_of(name) or ""


def _foreign(part: Called, columns: tuple[str, ...], engine: Engine) -> str:
    target = text_of(part.argument("column", 0)) or "?.?"
    table, _, column = target.rpartition(".")
    return references(columns, table or target, (column,), part, engine)


def _foreign_of_table(value: Called, engine: Engine) -> str:
    columns = texts_of(value.argument("columns", 0)) or ("?",)
    targets = texts_of(value.argument("refcolumns", 1)) or ("?.?",)
    table = targets[0].rpartition(".")[0] or "?"
    return references(columns, table, tuple(t.rpartition(".")[2] for t in targets), value, engine)


def references(
    columns: tuple[str, ...], table: str, targets: tuple[str, ...], said: Called, engine: Engine
) -> str:
    """A foreign key's words, with what it does on deletes and updates."""
    words = (
        f"FOREIGN KEY ({', '.join(quoted(each, engine) for each in columns)}) REFERENCES"
        f" {quoted(table, engine)} ({', '.join(quoted(each, engine) for each in targets)})"
    )
    for option, start in (("ondelete", "ON DELETE"), ("onupdate", "ON UPDATE")):
        action = text_of(said.kwargs.get(option))
        if action and action.replace(" ", "").isalpha():
            words += f" {start} {action}"
    return words if said.last == "ForeignKeyConstraint" else words + deferral(said)


def deferral(said: Called) -> str:
    """`deferrable` and `initially`, and PostgreSQL's NOT VALID."""
    words = ""
    if said.kwargs.get("deferrable") is True:
        words += " DEFERRABLE"
    initially = text_of(said.kwargs.get("initially"))
    if initially and initially.isalpha():
        words += f" INITIALLY {initially}"
    return words + (" NOT VALID" if said.kwargs.get("postgresql_not_valid") is True else "")


def exclusion(elements: Iterable[object], said: Called, engine: Engine) -> str:
    """An exclusion constraint's words."""
    parts = []
    for each in elements:
        if isinstance(each, tuple | list) and len(each) == 2:
            left = quoted(each[0], engine) if isinstance(each[0], str) else clause(each[0], engine)
            parts.append(f"{left} WITH {text_of(each[1]) or '='}")
    using = text_of(said.kwargs.get("using")) or "gist"
    where = said.kwargs.get("where")
    words = f"EXCLUDE USING {using} ({', '.join(parts)})"
    return words if where is None else f"{words} WHERE ({clause(where, engine)})"
