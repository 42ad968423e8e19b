"""Types, functions, triggers, policies and the rest that is not a table."""

from collections.abc import Callable

from launchready.facts.acts import (
    AddEnumValue,
    AlterDomain,
    AlterOther,
    Create,
    CreateFunction,
    CreateTrigger,
    CreateType,
    Kind,
    RowSecurity,
)
from launchready.facts.catalogue import Catalogue, Routine, UserType
from launchready.frozen import replace
from launchready.steps.migration_check.replay.edits import Moment, table_of, user_type, with_table
from launchready.steps.migration_check.replay.names import plain


def create_type(catalogue: Catalogue, act: CreateType, moment: Moment) -> Catalogue:
    """`CREATE TYPE` and `CREATE DOMAIN`; a domain's constraints get names."""
    names = [each.name or f"{plain(act.name)}_check" for each in act.constraints]
    constraints = tuple(
        each if each.name else replace(each, name=f"{name}{names[:at].count(name) or ''}")
        for at, (each, name) in enumerate(zip(act.constraints, names, strict=True))
    )
    made = UserType(
        name=act.name,
        values=act.values,
        is_enum=act.is_enum,
        base=act.base,
        is_not_null=act.is_not_null,
        constraints=constraints,
        default=act.default,
        is_new=moment.is_new,
    )
    return replace(catalogue, types={**catalogue.types, act.name: made})


def add_enum_value(catalogue: Catalogue, act: AddEnumValue, moment: Moment) -> Catalogue:
    """`ADD VALUE`; where it stands among the others does not matter here."""
    known = user_type(catalogue, act.type)
    if known is None or act.value in known.values:
        return catalogue
    made = replace(known, values=(*known.values, act.value))
    return replace(catalogue, types={**catalogue.types, known.name: made})


def alter_domain(catalogue: Catalogue, act: AlterDomain, moment: Moment) -> Catalogue:
    """`ALTER DOMAIN`."""
    known = user_type(catalogue, act.name)
    if known is None:
        return catalogue
    constraints = list(known.constraints)
    if act.adds is not None:
        name = act.adds.name or f"{plain(act.name)}_check"
        constraints.append(replace(act.adds, name=name))
    kept = tuple(
        replace(each, is_not_valid=False) if each.name == act.validates else each
        for each in constraints
        if each.name != act.drops
    )
    is_not_null = known.is_not_null if act.is_not_null is None else act.is_not_null
    made = replace(known, constraints=kept, is_not_null=is_not_null)
    return replace(catalogue, types={**catalogue.types, known.name: made})


def create_function(catalogue: Catalogue, act: CreateFunction, moment: Moment) -> Catalogue:
    """`CREATE FUNCTION`. Overloads share a name: the most volatile of them counts."""
    old = catalogue.routines.get(act.name)
    routine = Routine(
        name=act.name,
        volatility=act.volatility,
        language=act.language,
        body=act.body,
        is_trigger=act.is_trigger,
        arguments=act.arguments,
        returns=act.returns,
        is_new=moment.is_new and (old is None or old.is_new),
    )
    return replace(catalogue, routines={**catalogue.routines, act.name: routine})


def create_trigger(catalogue: Catalogue, act: CreateTrigger, moment: Moment) -> Catalogue:
    """`CREATE TRIGGER`."""
    table = table_of(catalogue, act.table)
    return with_table(
        catalogue,
        replace(
            table,
            triggers=table.triggers | {act.name},
            trigger_functions={**table.trigger_functions, act.name: act.function},
        ),
    )


def create(catalogue: Catalogue, act: Create, moment: Moment) -> Catalogue:
    """`CREATE` of a schema, sequence, extension, policy."""
    match act.kind:
        case Kind.SCHEMA:
            return replace(catalogue, schemas=catalogue.schemas | {act.name})
        case Kind.SEQUENCE:
            return replace(catalogue, sequences=catalogue.sequences | {act.name})
        case Kind.EXTENSION:
            return replace(catalogue, extensions=catalogue.extensions | {act.name})
        case Kind.POLICY:
            table = table_of(catalogue, act.table)
            return with_table(catalogue, replace(table, policies=table.policies | {act.name}))
        case _:
            return catalogue


def row_security(catalogue: Catalogue, act: RowSecurity, moment: Moment) -> Catalogue:
    """`ENABLE` and `DISABLE ROW LEVEL SECURITY`."""
    if act.is_enabled is None:
        return catalogue
    table = table_of(catalogue, act.table)
    return with_table(catalogue, replace(table, has_row_security=act.is_enabled))


def alter_other(catalogue: Catalogue, act: AlterOther, moment: Moment) -> Catalogue:
    """The clauses of `ALTER TABLE` that change what is kept here: those on inheritance."""
    change = _INHERITANCE.get(act.what)
    if change is None or not act.argument:
        return catalogue
    table = table_of(catalogue, act.table)
    return with_table(catalogue, replace(table, inherits=change(table.inherits, act.argument)))


def _joins(parents: tuple[str, ...], name: str) -> tuple[str, ...]:
    return (*parents, name)


def _leaves(parents: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(each for each in parents if each != name)


_INHERITANCE: dict[str, Callable[[tuple[str, ...], str], tuple[str, ...]]] = {
    "AT_AddInherit": _joins,
    "AT_DropInherit": _leaves,
}
