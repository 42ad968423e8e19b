"""alembic_utils' operations on functions, triggers and views, whose SQL stands in their calls.

Source: alembic_utils/{pg_function,pg_trigger,pg_view,pg_materialized_view,pg_extension}.py, 0.8.
"""

from launchready.facts.schema import Engine
from launchready.steps.migration_check.frameworks.alembic.types import quoted
from launchready.steps.migration_check.frameworks.python.values import Called, text_of

ENTITIES = frozenset({"create_entity", "drop_entity", "replace_entity"})
_KINDS = {"PGFunction": "FUNCTION", "PGTrigger": "TRIGGER", "PGView": "VIEW",
          "PGMaterializedView": "MATERIALIZED VIEW", "PGExtension": "EXTENSION"}  # fmt: skip


def entity(call: object, name: str, engine: Engine) -> tuple[str, ...]:
    """The statements of one operation; none where its entity cannot be told."""
    given = call.args[0] if isinstance(call, Called) and call.args else None
    kind = _KINDS.get(given.last) if isinstance(given, Called) else None
    if kind is None or not isinstance(given, Called) or engine is not Engine.POSTGRESQL:
        return ()
    schema, signature = text_of(given.kwargs.get("schema")), text_of(given.kwargs.get("signature"))
    body = text_of(given.kwargs.get("definition")) or ""
    if not signature or not (body or kind == "EXTENSION"):
        return ()
    title, _, rest = signature.partition("(")
    whole = quoted(f"{schema}.{title}" if schema else title, engine) + (f"({rest}" if rest else "")
    if kind == "TRIGGER":
        return _trigger(given, name, title, body, engine)
    if kind == "EXTENSION":
        verb = "DROP" if name == "drop_entity" else "CREATE"
        return (f"{verb} EXTENSION {quoted(title, engine)}",)
    if name == "drop_entity":
        return (f"DROP {kind} {whole}",)
    joint = " " if kind == "FUNCTION" else " AS "
    replaces = " OR REPLACE" if name == "replace_entity" and kind != "MATERIALIZED VIEW" else ""
    return (f"CREATE{replaces} {kind} {whole}{joint}{body.strip().rstrip(';')}",)


def _trigger(given: Called, name: str, title: str, body: str, engine: Engine) -> tuple[str, ...]:
    table = text_of(given.kwargs.get("on_entity")) or "?"
    dropped = f"DROP TRIGGER {quoted(title, engine)} ON {quoted(table, engine)}"
    made = f"CREATE TRIGGER {quoted(title, engine)} {body.strip().rstrip(';')}"
    if name == "drop_entity":
        return (dropped,)
    return (made,) if name == "create_entity" else (dropped, made)
