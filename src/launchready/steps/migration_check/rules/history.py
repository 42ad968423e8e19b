"""Rules on what was merged: it stays as it is, where it is."""

from collections.abc import Iterator, Mapping

from launchready.facts.migrations import (
    History,
    HistoryFacts,
    Migration,
    Opaque,
    Standing,
)
from launchready.model import Confidence, FileLocation, Finding, Related, Severity
from launchready.step import rule
from launchready.steps.migration_check.rules.migrations import place_of, title_of
from launchready.steps.migration_check.settings import MigrationCheckSettings
from launchready.steps.migration_check.standing import contents_of


@rule(HistoryFacts, Severity.ERROR)
def edited_after_merge(facts: HistoryFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A migration that is on the base branch already says something else now.

    Where it has run, it does not run again: production keeps the old schema, new databases get the
    new one, and what works in tests fails there. Tools that keep checksums (Flyway, Prisma, sqlx,
    Liquibase) refuse to go on.

    Put the file back as it was, and write the change as a new migration.

    Bad:
        --- migrations/0001_users.sql
        CREATE TABLE users (id bigint PRIMARY KEY);
        === new
        --- migrations/0001_users.sql
        CREATE TABLE users (id bigint PRIMARY KEY, email text);
    Good:
        --- migrations/0001_users.sql
        CREATE TABLE users (id bigint PRIMARY KEY);
        === new
        --- migrations/0002_email.sql
        ALTER TABLE users ADD COLUMN email text;
    Reference:
        https://documentation.red-gate.com/fd/validate-184127464.html
        https://www.prisma.io/docs/orm/prisma-migrate/understanding-prisma-migrate/migration-histories
    """
    known = _by_key(facts.base)
    for each in facts.history.migrations:
        if facts.standing.get(each.key) is not Standing.EDITED or each.is_repeatable:
            continue
        confidence = _sureness(each, known.get(each.key), facts.history)
        if confidence is not None:
            yield Finding(
                message=f"{title_of(each)} was changed after it was merged",
                location=place_of(each),
                identity=f"{facts.history.folder} {each.version}",
                confidence=confidence,
            )


def _sureness(now: Migration, before: Migration | None, history: History) -> Confidence | None:
    """How sure it is that what runs is another thing; None if it is the same."""
    if before is None:
        return Confidence.MEDIUM
    (up, *down), (old_up, *old_down) = contents_of(now), contents_of(before)
    if up != old_up:
        return Confidence.HIGH
    if history.has_checksums and down == old_down:
        return Confidence.HIGH  # a comment or a blank is another checksum
    if any(isinstance(item, Opaque) for item in now.up.items) and down == old_down:
        return Confidence.LOW  # what its code does nobody sees from here
    return None


@rule(HistoryFacts, Severity.ERROR)
def deleted_or_renamed_applied_file(
    facts: HistoryFacts, settings: MigrationCheckSettings
) -> Iterator[Finding]:
    """A migration that is on the base branch is gone, or has another name.

    A renamed one runs a second time, on tables that are there already. A deleted one stays applied
    where it has run and is missing everywhere else; many tools stop when their table names a
    migration that has no file.

    Put it back under its old name. To take back what it did, write a new migration; to squash old
    ones, do as the tool says (`replaces` of Django, a baseline of Flyway or Prisma).

    Bad:
        --- migrations/0001_users.sql
        CREATE TABLE users (id bigint PRIMARY KEY);
        --- migrations/0002_email.sql
        ALTER TABLE users ADD COLUMN email text;
        === new
        --- migrations/0002_email.sql
    Good:
        --- migrations/0001_users.sql
        CREATE TABLE users (id bigint PRIMARY KEY);
        --- migrations/0002_email.sql
        ALTER TABLE users ADD COLUMN email text;
        === new
        --- migrations/0003_no_email.sql
        ALTER TABLE users DROP COLUMN email;
    Reference:
        https://documentation.red-gate.com/fd/validate-184127464.html
        https://docs.djangoproject.com/en/stable/topics/migrations/#squashing-migrations
    """
    for old, new in sorted(facts.renamed.items()):
        yield Finding(
            message=f"{old!r} of the base branch is called {new!r} now, so that it runs again",
            location=FileLocation(path=new, line=1),
            identity=f"renamed {old}",
        )
    replaced = {
        word for m in facts.history.migrations for name, _, word in m.notes if name == "replaces"
    }
    known = {each.path: each for each in facts.base.migrations} if facts.base else {}
    gone = [
        path
        for path in facts.deleted
        if path in known and not known[path].is_repeatable and known[path].version not in replaced
    ]
    if gone:
        more = f" and {len(gone) - 1} more" if len(gone) > 1 else ""
        yield Finding(
            message=f"{gone[0]!r}{more} of the base branch is deleted",
            location=FileLocation(path=gone[0]),
            identity=f"deleted {facts.history.folder} {gone[0]}",
            related=tuple(
                Related(message="this one too", location=FileLocation(path=path))
                for path in gone[1:5]
            ),
        )


def _by_key(history: History | None) -> Mapping[str, Migration]:
    return {each.key: each for each in history.migrations} if history else {}


RULES = (edited_after_merge, deleted_or_renamed_applied_file)
