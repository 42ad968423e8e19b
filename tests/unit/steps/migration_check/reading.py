"""What a parser makes of a statement, written short: acts with the fields that say something."""

from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from typing import Any

from launchready.facts.acts import Do
from launchready.facts.schema import Engine, Expression, Type
from launchready.steps.migration_check.parsing import parse

PG, MYSQL, MARIADB, SQLITE = Engine.POSTGRESQL, Engine.MYSQL, Engine.MARIADB, Engine.SQLITE


def read(sql: str, engine: Engine = PG) -> list[str]:
    """The acts of a statement, each as text."""
    return [shown(act) for _, act in parse(sql, engine)]


def opened(sql: str, engine: Engine = PG) -> list[str]:
    """What stands in a block: the first words of each act's place, `?` where it is not sure to run,
    and the act.
    """
    (_, act), *_ = parse(sql, engine)
    assert isinstance(act, Do)
    told = [
        f"{sql[at : at + 12].split(maxsplit=1)[0]}{'?' if is_conditional else ''}: {shown(inner)}"
        for at, inner, is_conditional in act.acts
    ]
    return [*told, *([f"opaque: {act.opaque}"] if act.opaque else [])]


def shown(value: Any) -> str:
    """A value without its defaults: `AddColumn(table=t, column=Column(name=a, type=int4))`."""
    match value:
        case Type():
            inside = f"[{','.join(value.values)}]" if value.values else ""
            words = ["unsigned"] if value.is_unsigned else []
            return " ".join(
                [f"{value}{inside}", *words, *([value.charset] if value.charset else [])]
            )
        case Expression():
            return f"<{value.sql}{_told_of(value)}>"
        case Enum():
            return str(value.value)
        case tuple():
            return f"[{', '.join(map(shown, value))}]"
    if not is_dataclass(value):
        return str(value)
    said = [
        f"{each.name}={shown(getattr(value, each.name))}"
        for each in fields(value)
        if each.default is MISSING or getattr(value, each.name) != each.default
    ]
    return f"{type(value).__name__}({', '.join(said)})"


def _told_of(value: Expression) -> str:
    parts = []
    if value.functions:
        parts.append(f"calls {' '.join(value.functions)}")
    if value.columns:
        parts.append(f"reads {' '.join(value.columns)}")
    if value.is_constant:
        parts.append("null" if value.is_null else "constant")
    if value.casts_to:
        parts.append(f"as {value.casts_to}")
    return f"; {', '.join(parts)}" if parts else ""
