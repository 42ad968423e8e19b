"""Rules on the list of migrations that a tool keeps beside the files."""

from collections.abc import Iterator

from launchready.facts.migrations import Framework, HistoryFacts
from launchready.model import FileLocation, Finding, Related, Severity
from launchready.step import rule
from launchready.steps.migration_check.rules.migrations import place_of
from launchready.steps.migration_check.settings import MigrationCheckSettings


@rule(HistoryFacts, Severity.ERROR)
def journal_mismatch(facts: HistoryFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """The tool's own list of migrations and the files beside it do not agree.

    Drizzle runs what its journal names: a file that is not in it never runs, and an entry without
    its file stops every run. Prisma refuses to migrate where its lock file is for another database.

    Let the tool write both: generate the migration anew, and resolve a merge conflict in the list
    by hand, entry by entry.

    Bad:
        --- drizzle/meta/_journal.json
        {"dialect": "postgresql", "entries": [
          {"idx": 0, "when": 1700000000000, "tag": "0000_users"}
        ]}
        --- drizzle/0000_users.sql
        CREATE TABLE users (id bigint PRIMARY KEY);
        === new
        --- drizzle/0001_email.sql
        ALTER TABLE users ADD COLUMN email text;
    Good:
        --- drizzle/meta/_journal.json
        {"dialect": "postgresql", "entries": [
          {"idx": 0, "when": 1700000000000, "tag": "0000_users"}
        ]}
        --- drizzle/0000_users.sql
        CREATE TABLE users (id bigint PRIMARY KEY);
        === new
        --- drizzle/meta/_journal.json
        {"dialect": "postgresql", "entries": [
          {"idx": 0, "when": 1700000000000, "tag": "0000_users"},
          {"idx": 1, "when": 1700000001000, "tag": "0001_email"}
        ]}
        --- drizzle/0001_email.sql
        ALTER TABLE users ADD COLUMN email text;
    Reference:
        https://orm.drizzle.team/docs/drizzle-kit-generate
        https://www.prisma.io/docs/orm/prisma-migrate/understanding-prisma-migrate/migration-histories
    """
    history = facts.history
    if history.framework is Framework.DRIZZLE and history.journal_path:
        yield from _of_drizzle(facts)
    if history.framework is Framework.PRISMA and history.journal_path:
        lock, schema = history.journal.get("provider", ""), history.journal.get("schema", "")
        if lock and schema and _provider(lock) != _provider(schema):
            yield Finding(
                message=f"the lock file is for {lock!r}, the schema's datasource for {schema!r}",
                location=FileLocation(path=history.journal_path, line=1),
                identity=f"{history.folder} {lock} {schema}",
            )


def _provider(name: str) -> str:
    return "postgresql" if name == "postgres" else name


def _of_drizzle(facts: HistoryFacts) -> Iterator[Finding]:
    history = facts.history
    for each in history.migrations:
        is_new = facts.is_new(each)
        if each.version not in history.journal and is_new:
            yield Finding(
                message=f"{each.path!r} is not in the journal, so that it never runs",
                location=place_of(each),
                identity=f"{history.folder} {each.version}",
                related=(
                    Related(
                        message="the journal", location=FileLocation(path=history.journal_path)
                    ),
                ),
            )
    there = {each.version for each in history.migrations}
    for tag in history.journal:
        if tag not in there:
            yield Finding(
                message=f"the journal names {tag!r}, and there is no file {tag!r}.sql",
                location=FileLocation(path=history.journal_path, line=1),
                identity=f"{history.folder} {tag}",
            )


RULES = (journal_mismatch,)
