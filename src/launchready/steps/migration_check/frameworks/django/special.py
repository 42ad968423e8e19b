"""`RunSQL`, extensions and collations: operations that are SQL, or nearly.

Source: django/db/migrations/operations/special.py, django/contrib/postgres/operations.py of
Django 5.2.
"""

from collections.abc import Mapping

from launchready.facts.schema import Engine
from launchready.steps.migration_check.frameworks.django.contexts import Context
from launchready.steps.migration_check.frameworks.django.editor import Editor
from launchready.steps.migration_check.frameworks.django.literals import literal
from launchready.steps.migration_check.frameworks.django.state import State
from launchready.steps.migration_check.frameworks.python.values import (
    UNKNOWN,
    Called,
    Named,
    items_of,
    text_of,
)

_EXTENSIONS: Mapping[str, str] = {
    "BloomExtension": "bloom", "BtreeGinExtension": "btree_gin", "BtreeGistExtension": "btree_gist",
    "CITextExtension": "citext", "CryptoExtension": "pgcrypto", "HStoreExtension": "hstore",
    "TrigramExtension": "pg_trgm", "UnaccentExtension": "unaccent", "VectorExtension": "vector",
}  # fmt: skip


def run_sql(call: Called, context: Context, state: State, editor: Editor) -> State:
    """`RunSQL`, what it says for the database."""
    _send(call.argument("sql", 0), "RunSQL", context, state, editor)
    return state


def unrun_sql(call: Called, context: Context, before: State, after: State, editor: Editor) -> None:
    """`RunSQL`, undone by its own words."""
    given = call.argument("reverse_sql", 1)
    if given is None:
        editor.irreversible.append("a RunSQL has no reverse_sql")
        return
    _send(given, "RunSQL", context, after, editor)


def _send(given: object, operation: str, context: Context, state: State, editor: Editor) -> None:
    if isinstance(given, Named) and given.path.endswith("RunSQL.noop"):
        return
    if isinstance(given, list | tuple):
        for each in given:
            _send_one(each, operation, context, state, editor)
        return
    _send_one(given, operation, context, state, editor)


def _send_one(
    given: object, operation: str, context: Context, state: State, editor: Editor
) -> None:
    params: object = None
    pair = items_of(given)
    if pair is not None and len(pair) == 2:
        given, params = pair
    sql = text_of(given)
    if sql is not None and params is not None:
        sql = filled(sql, params, state.world.engine)
    if sql is None:
        sql = _of_file(given, context)
    if sql is None:
        editor.lose(operation, hint="its SQL is built when it runs")
        return
    editor.items.extend(context.source.statements(sql, editor.place, state.world.engine, operation))


def filled(sql: str, params: object, engine: Engine) -> str | None:
    """A statement with its parameters in their places; None where one cannot be told."""
    if isinstance(params, dict):
        words: object = {name: literal(each, engine) for name, each in params.items()}
        known = isinstance(words, dict) and None not in words.values()
    else:
        words = tuple(literal(each, engine) for each in items_of(params) or ())
        known = None not in words
    if not known:
        return None
    try:
        return sql % words if len(sql) < 1 << 20 else None
    except (TypeError, ValueError, KeyError):
        return None


def _of_file(given: object, context: Context) -> str | None:
    """The text of an SQL file that is opened and read, by the names in its path."""
    parts = list(_texts(given, 0))
    named = [each for each in parts if each.endswith((".sql", ".psql"))]
    if len(named) != 1:
        return None
    end = "/".join(part.strip("/") for part in parts if part not in (".", "..")).lstrip("./")
    last = named[0].rpartition("/")[2]
    found = [path for path in context.files.named(last) if path.endswith(f"/{end}") or path == end]
    found = found or list(context.files.named(last))
    return context.files.text(found[0]) if len(found) == 1 else None


def _texts(value: object, depth: int) -> list[str]:
    if isinstance(value, str):
        return [value]
    if not isinstance(value, Called) or depth > 6:
        right = getattr(value, "right", UNKNOWN)
        left = getattr(value, "left", None)
        if right is UNKNOWN or depth > 6:
            return []
        return [*_texts(left, depth + 1), *_texts(right, depth + 1)]
    found = _texts(value.on, depth + 1)
    for each in value.args:
        found += _texts(each, depth + 1)
    return [each for each in found if each not in ("r", "rb", "rt", "utf-8", "utf8")]


def create_extension(call: Called, context: Context, state: State, editor: Editor) -> State:
    """`CreateExtension` and the classes for one extension each."""
    if (name := _extension(call)) and state.world.engine is Engine.POSTGRESQL:
        editor.send(f"CREATE EXTENSION IF NOT EXISTS {state.world.quote(name)}")
    return state


def drop_extension(
    call: Called, context: Context, before: State, after: State, editor: Editor
) -> None:
    """`CreateExtension`, undone."""
    if (name := _extension(call)) and before.world.engine is Engine.POSTGRESQL:
        editor.send(f"DROP EXTENSION IF EXISTS {before.world.quote(name)}")


def _extension(call: Called) -> str:
    return _EXTENSIONS.get(call.last) or text_of(call.argument("name", 0)) or ""


def create_collation(call: Called, context: Context, state: State, editor: Editor) -> State:
    """`CreateCollation`."""
    if state.world.engine is Engine.POSTGRESQL:
        quote = state.world.quote
        parts = [f"locale={quote(text_of(call.argument('locale', 1)) or '?')}"]
        provider = text_of(call.kwargs.get("provider"))
        if provider not in (None, "libc"):
            parts.append(f"provider={quote(provider or '')}")
        if call.kwargs.get("deterministic") is False:
            parts.append("deterministic=false")
        name = quote(text_of(call.argument("name", 0)) or "?")
        editor.send(f"CREATE COLLATION {name} ({', '.join(parts)})")
    return state


def drop_collation(
    call: Called, context: Context, before: State, after: State, editor: Editor
) -> None:
    """`CreateCollation`, undone; and what `RemoveCollation` does."""
    if before.world.engine is Engine.POSTGRESQL:
        editor.send(
            f"DROP COLLATION {before.world.quote(text_of(call.argument('name', 0)) or '?')}"
        )


def remove_collation(call: Called, context: Context, state: State, editor: Editor) -> State:
    """`RemoveCollation`."""
    drop_collation(call, context, state, state, editor)
    return state


def unremove_collation(
    call: Called, context: Context, before: State, after: State, editor: Editor
) -> None:
    """`RemoveCollation`, undone."""
    create_collation(call, context, before, editor)


def trigger(call: Called, context: Context, state: State, editor: Editor) -> State:
    """django-pgtrigger's `AddTrigger` and `RemoveTrigger`: a function and a trigger."""
    given, name = call.argument("trigger", 1), text_of(call.argument("name", 1))
    key = (context.app, str(text_of(call.argument("model_name", 0)) or "?").lower())
    table = state.world.quote(state.table_of(state.model(key)))
    if isinstance(given, Called):
        name = text_of(given.kwargs.get("name"))
    if not name:
        editor.lose(call.last)
        return state
    quoted = state.world.quote(f"pgtrigger_{name}")
    editor.send(f"DROP TRIGGER IF EXISTS {quoted} ON {table}")
    if call.last == "AddTrigger":
        editor.send(
            f"CREATE TRIGGER {quoted} BEFORE UPDATE ON {table} FOR EACH ROW"
            f" EXECUTE PROCEDURE {quoted}()"
        )
    return state


def untrigger(call: Called, context: Context, before: State, after: State, editor: Editor) -> None:
    """django-pgtrigger's operations, undone."""
    editor.lose(call.last)
