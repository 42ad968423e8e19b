"""Liquibase: changelogs in XML, YAML, JSON and formatted SQL, in the order in which they include
each other. Each changeSet is a migration of its own, in a transaction unless it says
`runInTransaction="false"`.

Sources: https://docs.liquibase.com/concepts/changelogs/home.html,
https://docs.liquibase.com/concepts/changelogs/attributes/run-in-transaction.html,
https://docs.liquibase.com/change-types/include.html, …/includeall.html (by name)
"""

from collections.abc import Iterator

from launchready.facts.migrations import Framework, History, Migration
from launchready.facts.schema import Engine
from launchready.steps.migration_check.files import Files, folder_of
from launchready.steps.migration_check.frameworks.finding import Found, Reader
from launchready.steps.migration_check.frameworks.liquibase.changesets import ChangeSets
from launchready.steps.migration_check.frameworks.liquibase.including import (
    Changelog,
    changelogs_of,
    ordered,
)
from launchready.steps.migration_check.frameworks.sql_files import begun, is_foreign

_WORDS = ("changelog", "changeset", "liquibase", "change-log", "change_log")
_ENDINGS = (".xml", ".yaml", ".yml", ".json", ".sql")


def find(files: Files) -> Iterator[Found]:
    """Changelogs that no other changelog includes; those in SQL alone by their folder."""
    names = [
        name
        for name in files.names
        if name.lower().endswith(_ENDINGS)
        and any(word in name.lower() for word in _WORDS)
        and not is_foreign(name)
    ]
    logs = changelogs_of(names, files)
    included = {path for log in logs.values() for path in log.includes}
    groups: dict[str, list[str]] = {}
    for path in sorted(logs):
        if path not in included:
            is_alone = path.endswith(".sql")
            groups.setdefault(folder_of(path) if is_alone else path, []).append(path)
    for roots in groups.values():
        reached = ordered(roots, logs)
        paths = dict.fromkeys((*reached, *(p for each in reached for p in logs[each].sql_files)))
        if any(logs[each].has_changes for each in reached):
            yield Found(
                framework=Framework.LIQUIBASE,
                folder=folder_of(roots[0]),
                paths=tuple(sorted(paths)),
                engine=_engine(roots, files),
                options={"roots": "\n".join(roots)},
            )


def _engine(roots: list[str], files: Files) -> Engine | None:
    """The engine of a JDBC address in the properties beside."""
    del roots
    for path in files.named("liquibase.properties"):
        text = files.text(path) or ""
        for word, engine in (
            ("jdbc:postgresql", Engine.POSTGRESQL),
            ("jdbc:mysql", Engine.MYSQL),
            ("jdbc:mariadb", Engine.MARIADB),
            ("jdbc:sqlite", Engine.SQLITE),
        ):
            if word in text:
                return engine
    return None


def read(found: Found, files: Files, engine: Engine) -> History:
    """The history: every changeSet, in the order in which an update comes by it."""
    roots = found.options["roots"].split("\n")
    logs = changelogs_of(roots, files)
    migrations: list[Migration] = []
    problems: list[tuple[str, str]] = []
    order = ordered(roots, logs)
    properties: dict[str, str] = {}
    for path in reversed(order):  # what includes comes before what it includes
        ChangeSets(logs[path], files, engine, properties).take_properties()
    for path in order:
        log: Changelog = logs[path]
        if log.problem:
            problems.append((path, log.problem))
            continue
        migrations += ChangeSets(log, files, engine, properties).migrations()
    return begun(
        History(
            framework=Framework.LIQUIBASE,
            folder=found.folder,
            engine=engine,
            migrations=tuple(migrations),
            has_downs=True,
            problems=tuple(problems),
            has_checksums=True,
        )
    )


READER = Reader(framework=Framework.LIQUIBASE, find=find, read=read)
