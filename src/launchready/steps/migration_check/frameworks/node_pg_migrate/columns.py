"""Columns and constraints of node-pg-migrate, and the names and values in them.

Source: node-pg-migrate 9.0, src/operations/tables/shared.ts, src/utils/{types,escapeValue}.ts.
"""

from launchready.facts.schema import Engine
from launchready.steps.migration_check.frameworks.javascript.sql import literal, quoted
from launchready.steps.migration_check.frameworks.javascript.values import Link
from launchready.steps.migration_check.frameworks.syntax.code import hole

PG = Engine.POSTGRESQL
_ADAPTERS = {"int": "integer", "string": "text", "float": "real", "double": "double precision",
             "datetime": "timestamp", "bool": "boolean"}  # fmt: skip
_SHORTHANDS: dict[str, object] = {"id": {"type": "serial", "primaryKey": True}}


def name_of(value: object) -> str | None:
    """A name in quotes: of a text, or of `{ schema, name }`; None where it cannot be told."""
    if isinstance(value, dict):
        name, schema = value.get("name"), value.get("schema")
        if not isinstance(name, str):
            return None
        return (
            f"{quoted(schema, PG)}.{quoted(name, PG)}"
            if isinstance(schema, str)
            else quoted(name, PG)
        )
    if isinstance(value, Link) and value.name in ("func", "create", "PgLiteral"):
        given = value.argument(0)
        return given if isinstance(given, str) else None
    return quoted(value, PG) if isinstance(value, str) and value else None


def plain(value: object) -> str:
    """The last part of a name, as names of keys are made of it."""
    given = value.get("name") if isinstance(value, dict) else value
    return given if isinstance(given, str) else "?"


def names(value: object) -> str:
    """Names in quotes, one or several."""
    items = value if isinstance(value, list) else [value]
    return ", ".join(name_of(each) or hole("name") for each in items)


def escaped(value: object) -> str:
    """A value within SQL: `pgm.func('now()')`, or a constant."""
    if isinstance(value, Link):
        given = value.argument(0)
        return given if isinstance(given, str) else hole("value")
    if isinstance(value, list):
        return f"ARRAY[{', '.join(escaped(each) for each in value[:1000])}]"
    return literal(value, PG)


def typed(given: object, shorthands: dict[str, object]) -> dict[str, object] | None:
    """A column's options with its shorthand's; None where they cannot be told."""
    options = {"type": given} if isinstance(given, str) else given
    if not isinstance(options, dict) or "..." in options:
        return None
    known, found = {**_SHORTHANDS, **shorthands}, dict(options)
    seen: set[object] = set()
    kind = options.get("type")
    while isinstance(kind, str) and kind in known and kind not in seen:
        seen.add(kind)
        short = known[kind]
        more = {"type": short} if isinstance(short, str) else short
        if not isinstance(more, dict):
            return None
        kind = more.get("type")
        found = {**more, **found, "type": kind}
    if isinstance(kind, str):
        found["type"] = _ADAPTERS.get(kind, kind)
    return found


def references(options: dict[str, object]) -> str:
    """`REFERENCES …` with its actions."""
    target = options.get("references")
    is_whole = isinstance(target, str) and (target.startswith('"') or target.endswith(")"))
    words = f"REFERENCES {target if is_whole else name_of(target) or hole('table')}"
    for option, start in (("match", "MATCH"), ("onDelete", "ON DELETE"), ("onUpdate", "ON UPDATE")):
        if isinstance(options.get(option), str):
            words += f" {start} {options[option]}"
    return words


def deferrable(options: dict[str, object]) -> str:
    """When it is checked."""
    return f"DEFERRABLE INITIALLY {'DEFERRED' if options.get('deferred') else 'IMMEDIATE'}"


def column(name: str, options: dict[str, object], *, has_key: bool) -> str:
    """A column as it stands in CREATE TABLE or ADD."""
    kind = options.get("type")
    words = kind if isinstance(kind, str) else name_of(kind) or '"?"'
    size = options.get("array")
    if size is True:
        words += " ARRAY"
    parts = [quoted(name, PG), words]
    if isinstance(options.get("collation"), str):
        parts.append(f"COLLATE {options['collation']}")
    if "default" in options:
        parts.append(f"DEFAULT {escaped(options['default'])}")
    for option, word in (("unique", "UNIQUE"), ("primaryKey", "PRIMARY KEY"),
                         ("notNull", "NOT NULL")):  # fmt: skip
        if options.get(option) and (has_key or option != "primaryKey"):
            parts.append(word)
    if options.get("check"):
        check = options["check"]
        parts.append(f"CHECK ({check if isinstance(check, str) else hole('condition')})")
    return " ".join((*parts, *_keys(options)))


def _keys(options: dict[str, object]) -> list[str]:
    parts = []
    if options.get("references"):
        given = options.get("referencesConstraintName")
        named = f"CONSTRAINT {quoted(given, PG)} " if isinstance(given, str) else ""
        parts.append(named + references(options))
    if options.get("deferrable"):
        parts.append(deferrable(options))
    generated = options.get("sequenceGenerated")
    if isinstance(generated, dict):
        parts.append(f"GENERATED {generated.get('precedence')} AS IDENTITY")
    if isinstance(options.get("expressionGenerated"), str):
        parts.append(f"GENERATED ALWAYS AS ({options['expressionGenerated']}) STORED")
    return parts


def columns(
    given: object, shorthands: dict[str, object]
) -> tuple[list[str], list[str], dict[str, str]] | None:
    """The columns' words, the key that several of them are, and their comments by name."""
    if not isinstance(given, dict) or "..." in given or "?" in given:
        return None
    known: dict[str, dict[str, object]] = {}
    for name, each in given.items():
        options = typed(each, shorthands)
        if options is None:
            return None
        known[name] = options
    keys = [name for name, options in known.items() if options.get("primaryKey")]
    words = [column(name, each, has_key=len(keys) < 2) for name, each in known.items()]
    texts = {name: each.get("comment") for name, each in known.items()}
    comments = {name: text for name, text in texts.items() if isinstance(text, str)}
    return words, keys if len(keys) > 1 else [], comments


def constraints(table: object, options: dict[str, object], name: str = "") -> list[str]:
    """The constraints that options describe, each with its name."""
    start, found = plain(table), []
    checks = options.get("check")
    for at, each in enumerate(checks if isinstance(checks, list) else [checks], 1):
        if each:
            own = name or (f"{start}_chck_{at}" if isinstance(checks, list) else f"{start}_chck")
            sql = each if isinstance(each, str) else hole("condition")
            found.append(f"CONSTRAINT {quoted(own, PG)} CHECK ({sql})")
    unique = options.get("unique")
    if unique:
        sets = unique if isinstance(unique, list) else [unique]
        for each in sets if any(isinstance(one, list) for one in sets) else [sets]:
            texts = each if isinstance(each, list) else [each]
            own = name or f"{start}_uniq_{'_'.join(map(str, texts))}"
            found.append(f"CONSTRAINT {quoted(own, PG)} UNIQUE ({names(texts)})")
    if options.get("primaryKey"):
        own = quoted(name or f"{start}_pkey", PG)
        found.append(f"CONSTRAINT {own} PRIMARY KEY ({names(options['primaryKey'])})")
    foreign = options.get("foreignKeys")
    for each in foreign if isinstance(foreign, list) else [foreign]:
        if isinstance(each, dict):
            cols = each.get("columns")
            texts = cols if isinstance(cols, list) else [cols]
            given = each.get("referencesConstraintName")
            made = f"{start}_fk_{'_'.join(map(str, texts))}"
            own = given if isinstance(given, str) else name or made
            found.append(
                f"CONSTRAINT {quoted(own, PG)} FOREIGN KEY ({names(texts)}) {references(each)}"
            )
    if isinstance(options.get("exclude"), str):
        found.append(
            f"CONSTRAINT {quoted(name or f'{start}_excl', PG)} EXCLUDE {options['exclude']}"
        )
    if options.get("deferrable"):
        found = [f"{each} {deferrable(options)}" for each in found]
    return found
