"""The statements of Django's schema editors, by engine.

Source: the `sql_*` attributes of django/db/backends/{base,postgresql,mysql,sqlite3}/schema.py of
Django 5.2. In the templates names are quoted already.
"""

from collections.abc import Mapping

from launchready.facts.schema import Engine

_BASE: Mapping[str, str] = {
    "rename_table": "ALTER TABLE {table} RENAME TO {new}",
    "drop_table": "DROP TABLE {table} CASCADE",
    "rename_column": "ALTER TABLE {table} RENAME COLUMN {old} TO {new}",
    "drop_column": "ALTER TABLE {table} DROP COLUMN {column} CASCADE",
    "set_type": "ALTER TABLE {table} ALTER COLUMN {column} TYPE {type}",
    "set_null": "ALTER TABLE {table} ALTER COLUMN {column} DROP NOT NULL",
    "set_not_null": "ALTER TABLE {table} ALTER COLUMN {column} SET NOT NULL",
    "drop_default": "ALTER TABLE {table} ALTER COLUMN {column} DROP DEFAULT",
    "set_default": "ALTER TABLE {table} ALTER COLUMN {column} SET DEFAULT {default}",
    "drop_fk": "ALTER TABLE {table} DROP CONSTRAINT {name}",
    "drop_unique": "ALTER TABLE {table} DROP CONSTRAINT {name}",
    "drop_check": "ALTER TABLE {table} DROP CONSTRAINT {name}",
    "drop_pk": "ALTER TABLE {table} DROP CONSTRAINT {name}",
    "drop_index": "DROP INDEX IF EXISTS {name}",
    "drop_index_concurrently": "DROP INDEX CONCURRENTLY IF EXISTS {name}",
    "rename_index": "ALTER INDEX {old} RENAME TO {new}",
    "deferrable": " DEFERRABLE INITIALLY DEFERRED",
}
_MYSQL: Mapping[str, str] = {
    **_BASE,
    "rename_table": "RENAME TABLE {table} TO {new}",
    "drop_column": "ALTER TABLE {table} DROP COLUMN {column}",
    "set_type": "ALTER TABLE {table} MODIFY {column} {type}",
    "set_null": "ALTER TABLE {table} MODIFY {column} {type} NULL",
    "set_not_null": "ALTER TABLE {table} MODIFY {column} {type} NOT NULL",
    "drop_fk": "ALTER TABLE {table} DROP FOREIGN KEY {name}",
    "drop_unique": "ALTER TABLE {table} DROP INDEX {name}",
    "drop_check": "ALTER TABLE {table} DROP CHECK {name}",
    "drop_pk": "ALTER TABLE {table} DROP PRIMARY KEY",
    "drop_index": "DROP INDEX {name} ON {table}",
    "drop_index_concurrently": "DROP INDEX {name} ON {table}",
    "rename_index": "ALTER TABLE {table} RENAME INDEX {old} TO {new}",
    "deferrable": "",
}
_SQLITE: Mapping[str, str] = {
    **_BASE,
    "drop_table": "DROP TABLE {table}",
    "drop_column": "ALTER TABLE {table} DROP COLUMN {column}",
    "drop_index": "DROP INDEX IF EXISTS {name}",
    "drop_index_concurrently": "DROP INDEX IF EXISTS {name}",
}

TEMPLATES: Mapping[Engine, Mapping[str, str]] = {
    Engine.POSTGRESQL: _BASE,
    Engine.MYSQL: _MYSQL,
    Engine.MARIADB: _MYSQL,
    Engine.SQLITE: _SQLITE,
}
