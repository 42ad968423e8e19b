"""Rules on where a deploy runs its migrations."""

from collections.abc import Iterator

from launchready.facts.startup import (
    AT_START,
    LOCKS,
    MigrateCommand,
    PipelineFacts,
    StartupFacts,
)
from launchready.model import Finding, Related, Severity
from launchready.step import rule
from launchready.steps.migration_check.settings import MigrationCheckSettings


@rule(StartupFacts, Severity.WARNING)
def migrations_at_container_start(
    facts: StartupFacts, settings: MigrationCheckSettings
) -> Iterator[Finding]:
    """Every replica runs the migrations when it starts.

    A long migration outlives the start-up probe, so that the host kills it halfway and starts it
    again; a migration that fails keeps every new process from starting, the old release's among
    them, so that a rollback does not come up either; and several replicas that start at once race.

    Run them once for each release, before it starts: in a release phase (`release_command` of Fly,
    `release:` of a Procfile, `preDeployCommand` of Render and Railway), a Job before the rollout,
    or a step of the pipeline before the one that deploys.

    Bad:
        --- Dockerfile
        FROM node:22
        CMD ["sh", "-c", "npx prisma migrate deploy && node server.js"]
        --- migrations/0001_users.sql
        CREATE TABLE users (id bigint PRIMARY KEY);
    Good:
        --- Dockerfile
        FROM node:22
        CMD ["node", "server.js"]
        --- fly.toml
        [deploy]
        release_command = "npx prisma migrate deploy"
        --- migrations/0001_users.sql
        CREATE TABLE users (id bigint PRIMARY KEY);
    Reference:
        https://fly.io/docs/reference/configuration/#run-one-off-commands-before-releasing-a-deployment
        https://devcenter.heroku.com/articles/release-phase
    """
    seen: dict[str, list[MigrateCommand]] = {}
    for each in facts.commands:
        if each.phase in AT_START and not each.opt_in:
            seen.setdefault(each.location.path, []).append(each)
    for path, (first, *others) in seen.items():
        yield Finding(
            message=f"{_title(first)} runs {first.phase.value}",
            location=first.location,
            identity=f"{path} {first.text}",
            related=(
                *_chain(first),
                *(Related(message=f"{_title(o)} too", location=o.location) for o in others),
            ),
        )


@rule(StartupFacts, Severity.WARNING)
def no_migration_lock(facts: StartupFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """Several processes start the same migration at once, and the tool lets them.

    Both see it as pending and both run it: one fails with "already exists", or a change of rows is
    made twice. Which of the two is up to chance, so that it works until the day it does not.

    Run it in one process only: a release phase, or a Job. Where it must be at the start, hold an
    advisory lock of the database (`pg_advisory_lock`) around it.

    Bad:
        --- k8s/web.yaml
        apiVersion: apps/v1
        kind: Deployment
        spec:
          replicas: 3
          template:
            spec:
              initContainers:
                - name: migrate
                  command: ["alembic", "upgrade", "head"]
              containers:
                - name: web
                  command: ["gunicorn", "app:app"]
        --- migrations/0001_users.sql
        CREATE TABLE users (id bigint PRIMARY KEY);
    Good:
        --- k8s/migrate.yaml
        apiVersion: batch/v1
        kind: Job
        spec:
          template:
            spec:
              containers:
                - name: migrate
                  command: ["alembic", "upgrade", "head"]
        --- migrations/0001_users.sql
        CREATE TABLE users (id bigint PRIMARY KEY);
    Reference:
        https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS
    """
    for each in facts.commands:
        if each.phase not in AT_START or each.is_locked or each.tool is None:
            continue
        if each.tool not in LOCKS and (each.replicas or 1) > 1:
            yield Finding(
                message=f"{_title(each)} runs in {each.replicas} replicas at once,"
                f" and {each.tool.value} takes no lock against that",
                location=each.location,
                identity=f"{each.location.path} {each.text}",
                related=_chain(each),
            )


@rule(PipelineFacts, Severity.WARNING)
def migrate_after_deploy(
    facts: PipelineFacts, settings: MigrationCheckSettings
) -> Iterator[Finding]:
    """The pipeline puts the new code into use before it migrates the database.

    Until the migration is done, and for good if it fails, the new code meets the old schema: it
    asks for columns that are not there.

    Migrate first, then deploy; and write migrations that the old code can live with. Where a
    change must follow the code, as the drop of a column does, make it part of a later release.

    Bad:
        --- .github/workflows/deploy.yml
        on: push
        jobs:
          deploy:
            runs-on: ubuntu-latest
            steps:
              - run: flyctl deploy --remote-only
              - run: npx prisma migrate deploy
        --- migrations/0001_users.sql
        CREATE TABLE users (id bigint PRIMARY KEY);
    Good:
        --- .github/workflows/deploy.yml
        on: push
        jobs:
          deploy:
            runs-on: ubuntu-latest
            steps:
              - run: npx prisma migrate deploy
              - run: flyctl deploy --remote-only
        --- migrations/0001_users.sql
        CREATE TABLE users (id bigint PRIMARY KEY);
    Reference:
        https://www.prisma.io/docs/orm/prisma-client/deployment/deploy-database-changes-with-prisma-migrate
    """
    deployed = next((move for move in facts.moves if move.is_deploy), None)
    first = next((move for move in facts.moves if not move.is_deploy), None)
    if deployed is None or first is None:
        return
    if facts.moves.index(deployed) < facts.moves.index(first):
        yield Finding(
            message=f"`{first.text}` runs after `{deployed.text}` has put the new code into use",
            location=first.location,
            identity=f"{facts.path} {first.text}",
            related=(Related(message="the code is deployed here", location=deployed.location),),
        )


def _title(command: MigrateCommand) -> str:
    return f"`{command.text}`"


def _chain(command: MigrateCommand) -> tuple[Related, ...]:
    return tuple(
        Related(message="it is called here", location=place) for place in command.called_from
    )


RULES = (migrations_at_container_start, no_migration_lock, migrate_after_deploy)
