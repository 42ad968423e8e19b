"""Where a Rails project keeps its migrations, and what else of it they depend on."""

from collections.abc import Iterator

from launchready.facts.migrations import Framework
from launchready.facts.schema import Engine
from launchready.regex import Regex
from launchready.steps.migration_check.files import Files
from launchready.steps.migration_check.frameworks.finding import Found
from launchready.steps.migration_check.frameworks.sql_files import is_foreign

_MIGRATION = Regex(
    r"\A(?P<folder>(?:.*/)?db/(?:\w+/)?\w*migrate\w*)/(?:.*/)?(?P<version>\d+)_[_a-z0-9]+"
    r"(?:\.[_a-z0-9]+)?\.rb\Z"
)
_DATABASE = Regex(r"(?:\A|/)db/(?:(\w+)/)?(?:(\w+)_migrate|migrate_(\w+)|migrate)\Z")
_TABLE = Regex(r"(?m)^\s*create_table\s+[\"']([^\"'\n]+)|^CREATE TABLE (?:public\.)?[`\"]?([\w.]+)")
_POSTGRES = Regex(
    r"(?m)^\s*enable_extension\b|^SET standard_conforming_strings|using: :g(?:in|ist)"
)
_MYSQL = Regex(r"options: \"ENGINE=|charset: \"utf8|\bENGINE=InnoDB\b")
_KEY = Regex(r"primary_key_type\s*(?::|=>|=)\s*:(\w+)")
_TIME = Regex(r"\bdatetime_type\s*=\s*:(timestamp\w*)")
_DEEPEST = 6
"""Folders below which nobody keeps a configuration."""
_OWN = frozenset({"schema_migrations", "ar_internal_metadata"})


def find(files: Files) -> Iterator[Found]:
    """One history for every folder of migrations: a project may have several databases."""
    folders: dict[str, list[tuple[int, str]]] = {}
    for path in files.names:
        found = _MIGRATION.match(path) if path.endswith(".rb") else None
        if found and not is_foreign(path):
            version = int(found["version"][:18])
            folders.setdefault(found["folder"], []).append((version, path))
    for folder, numbered in folders.items():
        schema = _schema_of(folder, files)
        yield Found(
            framework=Framework.RAILS,
            folder=folder,
            paths=tuple(path for _, path in sorted(numbered)),
            engine=_engine_of(files.text(schema) or "") if schema else None,
            options={"schema": schema, **_settings(folder, files)},
        )


def version_of(path: str) -> tuple[str, str]:
    """A migration's version, and its name for people."""
    stem = path.rpartition("/")[2].removesuffix(".rb")
    version, _, name = stem.partition("_")
    return version, name.partition(".")[0].replace("_", " ")


def tables_in(text: str) -> frozenset[str]:
    """The tables of a `schema.rb` or `structure.sql`."""
    return frozenset(one or other for one, other in _TABLE.findall(text)) - _OWN


def _schema_of(folder: str, files: Files) -> str:
    """The dump of the database that the migrations of a folder are for; "" for none."""
    found = _DATABASE.search(folder)
    if found is None:
        return ""
    root = folder[: found.start()] + ("/" if folder[: found.start()] else "") + "db"
    name = found[1] or found[2] or found[3] or ""
    starts = [f"{root}/{name}_", f"{root}/{name}/"] if name else [f"{root}/"]
    for start in starts:
        for end in ("schema.rb", "structure.sql"):
            if f"{start}{end}" in files:
                return f"{start}{end}"
    return ""


def _engine_of(schema: str) -> Engine | None:
    """The engine that a dump was made from, as far as its words tell."""
    if _POSTGRES.search(schema):
        return Engine.POSTGRESQL
    return Engine.MYSQL if _MYSQL.search(schema) else None


def _settings(folder: str, files: Files) -> dict[str, str]:
    """The types that the project's configuration gives to primary keys and to times."""
    root, found = folder.rpartition("db/")[0], {}
    for path in files.under(f"{root}config".rstrip("/")):
        if not path.endswith(".rb") or "/environments/" in path or path.count("/") > _DEEPEST:
            continue
        text = files.text(path) or ""
        for name, pattern in (("key", _KEY), ("datetime", _TIME)):
            if "_type" in text and (told := pattern.search(text)):
                found[name] = told[1]
    return found
