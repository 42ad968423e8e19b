"""What a change of a column's type does to its values, as PostgreSQL judges it.

Sources: ATColumnChangeRequiresRewrite in src/backend/commands/tablecmds.c (a cast that changes no
byte, or a domain without constraints, needs no rewrite); varchar_support, numeric_support,
varbit_support, TemporalSimplify and interval_support (a wider modifier needs none either);
CheckIndexCompatible in src/backend/commands/indexcmds.c (which indexes keep their file).
"""

import enum

from launchready.catalog.migrations.casts import BY_ASSIGNMENT, SAME_BYTES
from launchready.facts.catalogue import Catalogue, UserType
from launchready.facts.schema import Expression, Type
from launchready.frozen import frozen
from launchready.steps.migration_check.replay.edits import user_type
from launchready.steps.migration_check.replay.names import plain

_STRINGS = frozenset({"text", "varchar", "bpchar", "citext", "name", "char"})
_TEMPORAL = frozenset({"timestamp", "timestamptz", "time", "timetz"})
_ZONES = frozenset({"timestamp", "timestamptz"})
_INTEGERS = {"int2": 1, "int4": 2, "int8": 3}
_FLOATS = {"float4": 1, "float8": 2}
_OPERATORS = {"varchar": "text", "cidr": "inet"}
"""Types that have no operators of their own and borrow another's: their indexes are alike."""
_FINEST = 6
_FAMILIES = (
    frozenset({"text", "varchar", "citext", "bpchar"}),
    frozenset(_INTEGERS),
    frozenset(_FLOATS),
    _ZONES,
    frozenset({"json", "jsonb"}),
    frozenset({"cidr", "inet"}),
)


class Cost(enum.Enum):
    """How much a change of type touches."""

    NOTHING = "the catalogue only"
    INDEXES = "indexes on the column"
    ROWS = "every row"


@frozen
class TypeChange:
    """A change of type, judged. `is_narrower` says that some old values may not fit; `is_other`
    that clients send or read another kind of value. `has_no_cast` says that PostgreSQL refuses it
    without a USING. `labels` are those of an enum that are gone.
    """

    cost: Cost
    is_narrower: bool = False
    is_other: bool = False
    has_no_cast: bool = False
    labels: tuple[str, ...] = ()


def type_change(
    catalogue: Catalogue,
    old: Type,
    new: Type,
    column: str,
    using: Expression | None,
    *,
    time_zone: str = "",
) -> TypeChange:
    """Judges a change from one type to another, by itself or by the USING of the statement, in a
    session of that time zone.
    """
    old_base, _ = _base(catalogue, old)
    new_base, is_bound = _base(catalogue, new)
    cost = _cost(catalogue, old_base, new_base, time_zone or catalogue.server.time_zone)
    if is_bound and new.name != old.name:
        cost = Cost.ROWS
    if using is not None and not _is_plain(using, column, old, new):
        cost = Cost.ROWS
    labels = _lost_labels(catalogue, old, new)
    return TypeChange(
        cost=cost,
        is_narrower=_is_narrower(old_base, new_base) or bool(labels) or (is_bound and old != new),
        is_other=_is_other(catalogue, old_base, new_base),
        has_no_cast=using is None and has_no_cast(catalogue, old, new),
        labels=labels,
    )


def has_no_cast(catalogue: Catalogue, old: Type, new: Type) -> bool:
    """Whether a value of one type does not become the other by itself, for certain."""
    old, new = _base(catalogue, old)[0], _base(catalogue, new)[0]
    if old.dimensions != new.dimensions:
        return bool(new.dimensions) or new.name not in _STRINGS
    if old.name == new.name or new.name in ("text", "varchar", "bpchar", "citext"):
        return False
    is_old_enum, is_new_enum = is_enum(catalogue, old), is_enum(catalogue, new)
    if is_new_enum or is_old_enum:
        return is_new_enum and (is_old_enum or old.name in BY_ASSIGNMENT or old.name in _KNOWN)
    if old.name not in _KNOWN or new.name not in _KNOWN:
        return False
    return new.name not in BY_ASSIGNMENT.get(old.name, frozenset())


def is_constrained(catalogue: Catalogue, of: Type) -> bool:
    """Whether a type is a domain with a constraint, its base's own included."""
    return of.dimensions == 0 and _base(catalogue, of)[1]


def is_enum(catalogue: Catalogue, of: Type) -> bool:
    """Whether a type is an enum that the history made."""
    known = user_type(catalogue, of)
    return known is not None and known.is_enum


def is_widened(old: Type, new: Type) -> bool:
    """Whether only the modifier of a type changes, in a way that no value notices."""
    given, wanted = old.modifiers, new.modifiers
    if old == new:
        return True
    if old.name in ("varchar", "varbit"):
        return not wanted or (bool(given) and given[0] <= wanted[0])
    if old.name == "numeric":
        return not wanted or (
            bool(given) and _scale(given) == _scale(wanted) and given[0] <= wanted[0]
        )
    if old.name in _TEMPORAL:
        return not wanted or wanted[0] >= _FINEST or (bool(given) and given[0] <= wanted[0])
    if old.name == "interval":
        return not wanted
    return given == wanted


def _cost(catalogue: Catalogue, old: Type, new: Type, time_zone: str) -> Cost:
    if old.dimensions or new.dimensions:
        return Cost.NOTHING if old == new else Cost.ROWS
    if old.name == new.name:
        return Cost.NOTHING if is_widened(old, new) else Cost.ROWS
    is_same_clock = (
        {old.name, new.name} == _ZONES
        and catalogue.server.version >= (12,)
        and time_zone.upper() in ("UTC", "GMT", "ETC/UTC", "ETC/GMT", "ZULU")
    )
    if (old.name, new.name) not in SAME_BYTES and not is_same_clock:
        return Cost.ROWS
    as_new = Type(name=new.name, modifiers=old.modifiers)
    if new.modifiers and not is_widened(as_new, new):
        return Cost.ROWS
    is_alike = _OPERATORS.get(old.name, old.name) == _OPERATORS.get(new.name, new.name)
    return Cost.NOTHING if is_alike else Cost.INDEXES


def _base(catalogue: Catalogue, of: Type) -> tuple[Type, bool]:
    """What a type is underneath, and whether a constraint of a domain stands before it."""
    is_bound, seen = False, 0
    known = user_type(catalogue, of)
    while known is not None and known.base is not None and seen < 10 and not of.dimensions:
        is_bound = is_bound or _binds(known)
        of, seen = known.base, seen + 1
        known = user_type(catalogue, of)
    return of, is_bound


def _binds(domain: UserType) -> bool:
    return domain.is_not_null or bool(domain.constraints)


def _is_plain(using: Expression, column: str, old: Type, new: Type) -> bool:
    """Whether a USING says no more than the column itself, perhaps cast to its new type."""
    if using.functions or using.columns != (column,) or using.is_constant:
        return False
    bare = using.sql.replace('"', "").strip().strip("()").strip()
    if bare in (column, f"{column}::{new}"):
        return True
    text = "".join(using.sql.split()).replace('"', "").replace("(", "").replace(")", "").lower()
    is_one_cast = text.count("::") + text.count("castin") + text.startswith("cast") == 1
    return is_one_cast and bool(using.casts_to) and _is_named(using.casts_to, new)


def _is_named(cast: str, new: Type) -> bool:
    name = plain(cast).partition("(")[0].strip().strip('"')
    return name == plain(new.name)


def _scale(modifiers: tuple[int, ...]) -> int:
    return modifiers[1] if len(modifiers) > 1 else 0


def _is_narrower(old: Type, new: Type) -> bool:
    if old.dimensions or new.dimensions:
        return False
    for order in (_INTEGERS, _FLOATS):
        if old.name in order and new.name in order:
            return order[new.name] < order[old.name]
    if old.name in _STRINGS and new.name in _STRINGS:
        room = new.modifiers[0] if new.modifiers else None
        had = old.modifiers[0] if old.modifiers else None
        return room is not None and (had is None or had > room)
    if old.name == new.name == "numeric":
        return _is_tighter(old.modifiers, new.modifiers)
    if old.name == new.name:
        return bool(new.modifiers) and not is_widened(old, new)
    return new.name in _LESS.get(old.name, frozenset())


def _is_tighter(old: tuple[int, ...], new: tuple[int, ...]) -> bool:
    """Whether a numeric has fewer digits before or after its point."""
    if not new:
        return False
    if not old:
        return True
    return _scale(new) < _scale(old) or new[0] - _scale(new) < old[0] - _scale(old)


def _is_other(catalogue: Catalogue, old: Type, new: Type) -> bool:
    if old.dimensions != new.dimensions:
        return True
    if plain(old.name) == plain(new.name):
        return False
    if is_enum(catalogue, old):  # whoever sends labels sends text
        return not (is_enum(catalogue, new) or new.name in _FAMILIES[0])
    return not any(old.name in family and new.name in family for family in _FAMILIES)


def _lost_labels(catalogue: Catalogue, old: Type, new: Type) -> tuple[str, ...]:
    before, after = user_type(catalogue, old), user_type(catalogue, new)
    if before is None or after is None or not (before.is_enum and after.is_enum):
        return ()
    return tuple(label for label in before.values if label not in after.values)


_KNOWN = frozenset(BY_ASSIGNMENT) | {
    "uuid",
    "bytea",
    "json",
    "jsonb",
    "tsvector",
    "inet",
    "timestamptz",
    "timestamp",
    "date",
    "time",
    "interval",
    "bool",
}
_LESS: dict[str, frozenset[str]] = {
    "int8": frozenset({"float4", "float8", "bool"}),
    "int4": frozenset({"float4", "bool"}),
    "int2": frozenset({"bool"}),
    "numeric": frozenset({"int2", "int4", "int8", "float4", "float8", "bool"}),
    "float8": frozenset({"int2", "int4", "int8", "numeric"}),
    "float4": frozenset({"int2", "int4", "int8"}),
    "timestamp": frozenset({"date", "time"}),
    "timestamptz": frozenset({"date", "time", "timetz"}),
    "text": frozenset(_KNOWN - _STRINGS),
    "varchar": frozenset(_KNOWN - _STRINGS),
    "bpchar": frozenset(_KNOWN - _STRINGS),
    "inet": frozenset({"cidr"}),
}
"""Types into which not every value of another fits."""
