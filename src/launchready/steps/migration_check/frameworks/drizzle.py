"""Drizzle: `NNNN_name.sql` beside `meta/_journal.json`, or folders with `snapshot.json`.

All that is pending runs in one transaction; of the journal only those entries run whose `when` is
after the newest one that the database has.

Sources: https://orm.drizzle.team/docs/drizzle-kit-generate, drizzle-orm's `dialect.migrate` and
`readMigrationFiles` (migrator.ts), https://github.com/drizzle-team/drizzle-orm/issues/5316
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from launchready.facts.migrations import Framework, History, Late, Migration, Script, Wrapping
from launchready.facts.schema import Engine
from launchready.regex import Regex
from launchready.steps.migration_check.files import Files, folder_of
from launchready.steps.migration_check.frameworks.finding import Found, Reader
from launchready.steps.migration_check.frameworks.sql_files import (
    begun,
    is_foreign,
    last_of,
    script_in,
    script_of,
)

JOURNAL = "meta/_journal.json"
BREAK = "--> statement-breakpoint"
_CONFIG = Regex(
    r"(?:^|/)drizzle(?:[.-][\w.-]+)?\.config\.[cm]?[jt]s$|(?:^|/)drizzle\.config\.json$"
)
_DIALECT = Regex(r"""["']?\bdialect["']?\s*:\s*["']([a-z]+)["']""")
_OUT = Regex(r"""["']?\bout["']?\s*:\s*["']([^"'\n]+)["']""")
ENGINES = {
    "postgresql": Engine.POSTGRESQL,
    "pg": Engine.POSTGRESQL,
    "mysql": Engine.MYSQL,
    "mysql2": Engine.MYSQL,
    "singlestore": Engine.MYSQL,
    "sqlite": Engine.SQLITE,
    "turso": Engine.SQLITE,
}


def find(files: Files) -> Iterator[Found]:
    """Folders with a journal, and folders of folders with a snapshot each."""
    for path in files.named("_journal.json"):
        if not path.endswith(JOURNAL) or is_foreign(path.removesuffix(JOURNAL)):
            continue
        folder = path.removesuffix(JOURNAL).rstrip("/")
        entries = _entries(files.text(path) or "")
        names = {f"{folder}/{tag}.sql".lstrip("/") for tag in entries}
        names |= {n for n in files.under(folder) if folder_of(n) == folder and n.endswith(".sql")}
        dialect = str(_json(files.text(path) or "").get("dialect", ""))
        yield Found(
            framework=Framework.DRIZZLE,
            folder=folder,
            paths=tuple(sorted(names & set(files.names))),
            engine=ENGINES.get(dialect) or _configured(folder, files),
            options={"journal": path},
        )
    groups: dict[str, list[str]] = {}
    for path in files.named("migration.sql"):
        if f"{folder_of(path)}/snapshot.json" in files and not is_foreign(path):
            groups.setdefault(folder_of(folder_of(path)), []).append(path)
    for folder, paths in sorted(groups.items()):
        snapshot = _json(files.text(f"{folder_of(paths[-1])}/snapshot.json") or "")
        yield Found(
            framework=Framework.DRIZZLE,
            folder=folder,
            paths=tuple(sorted(paths)),
            engine=ENGINES.get(str(snapshot.get("dialect", ""))) or _configured(folder, files),
        )


def _configured(folder: str, files: Files) -> Engine | None:
    """The dialect of the config whose `out` is this folder, or of the only one."""
    known = []
    for path in files.names:
        if _CONFIG.search(path):
            text = files.text(path) or ""
            if dialect := _DIALECT.search(text):
                out = _OUT.search(text)
                is_its = out is not None and folder.endswith(out[1].strip("./"))
                known.append((not is_its, ENGINES.get(dialect[1])))
    return min(known, key=lambda each: each[0])[1] if known else None


def _json(text: str) -> Mapping[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _entries(text: str) -> dict[str, str]:
    """The journal's tags, in the order of its entries, and when each was made."""
    entries = _json(text).get("entries")
    return {
        each["tag"]: str(each.get("when", ""))
        for each in (entries if isinstance(entries, list) else ())
        if isinstance(each, dict) and isinstance(each.get("tag"), str)
    }


def read(found: Found, files: Files, engine: Engine) -> History:
    """The history: in the order of the journal, and after that what it does not name."""
    journal = found.options.get("journal", "")
    if not journal:
        return _of_folders(found, files, engine)
    entries = _entries(files.text(journal) or "")
    named = [f"{found.folder}/{tag}.sql".lstrip("/") for tag in entries]
    rest = [path for path in found.paths if path not in named]
    problems = [(journal, "it is no valid journal")] if not entries and found.paths else []
    return begun(
        History(
            framework=Framework.DRIZZLE,
            folder=found.folder,
            engine=engine,
            migrations=tuple(
                _migration(path, last_of(path).removesuffix(".sql"), files, engine)
                for path in (*(n for n in named if n in files), *rest)
            ),
            has_downs=False,
            late=Late.SKIPS,
            journal_path=journal,
            journal=entries,
            problems=tuple(problems),
        )
    )


def _of_folders(found: Found, files: Files, engine: Engine) -> History:
    ordered = sorted(found.paths, key=lambda path: last_of(folder_of(path)))
    return begun(
        History(
            framework=Framework.DRIZZLE,
            folder=found.folder,
            engine=engine,
            migrations=tuple(
                _migration(path, last_of(folder_of(path)), files, engine) for path in ordered
            ),
            has_downs=False,
        )
    )


def _migration(path: str, tag: str, files: Files, engine: Engine) -> Migration:
    return Migration(
        path=path,
        version=tag,
        name=tag.partition("_")[2] or tag,
        up=_script(files, path, engine),
        paths=(path,),
    )


def _script(files: Files, path: str, engine: Engine) -> Script:
    """The statements; a breakpoint ends one, with a semicolon before it or without."""
    wrapping = Wrapping.NONE if engine is Engine.MYSQL else Wrapping.ALL
    text = files.text(path)
    if text is None:
        return script_of(files, path, engine, wrapping=wrapping)
    cut = text.replace(BREAK, ";".ljust(len(BREAK)))
    return script_in(path, cut, engine, wrapping=wrapping)


READER = Reader(framework=Framework.DRIZZLE, find=find, read=read)
