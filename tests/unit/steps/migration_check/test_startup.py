"""Where a deploy runs its migrations, whatever file says so."""

import pytest
from tests.unit.steps.migration_check.given import files

from launchready.facts.startup import MigrateCommand, Phase, StartupFacts
from launchready.steps.migration_check.rules.startup import (
    migrate_after_deploy,
    migrations_at_container_start,
    no_migration_lock,
)
from launchready.steps.migration_check.settings import MigrationCheckSettings
from launchready.steps.migration_check.startup import startup_of
from launchready.steps.migration_check.startup.tools import deploys, migrates


def observed(text: str) -> StartupFacts:
    """What a repository given as text says."""
    return startup_of(files(text))


def told(command: MigrateCommand) -> str:
    """A command in one line."""
    tool = command.tool.value if command.tool else "?"
    extra = f" x{command.replicas}" if command.replicas else ""
    opt = f" if {command.opt_in}" if command.opt_in else ""
    place = f"{command.location.path}:{command.location.line}"
    return f"{command.phase.name} {tool} {place}{extra}{opt}"


COMMANDS = [
    (
        "the CMD of a Dockerfile",
        '--- Dockerfile\nFROM node\nCMD ["sh", "-c", "npx prisma migrate deploy && node a.js"]\n',
        ["START prisma Dockerfile:2"],
    ),
    (
        "the last CMD counts, and only of the last stage",
        "--- Dockerfile\nFROM a AS one\nCMD alembic upgrade head && serve\nFROM b\nCMD serve\n",
        [],
    ),
    (
        "what is no CMD of its own: a health check's second line, a here-document",
        (
            "--- Dockerfile\nFROM a\nHEALTHCHECK --interval=5s \\\n  CMD alembic upgrade head\n"
            "RUN <<EOF\nCMD alembic upgrade head\nEOF\n"
        ),
        [],
    ),
    (
        "a CMD of several lines, with a comment between",
        "--- Dockerfile\nFROM a\nCMD alembic upgrade head && \\\n# then\n  serve\n",
        ["START alembic Dockerfile:2"],
    ),
    (
        "an image that only migrates",
        "--- Dockerfile.migrate\nFROM a\nCMD alembic upgrade head\n",
        ["RELEASE alembic Dockerfile.migrate:2"],
    ),
    (
        "the script that an ENTRYPOINT names, inside the image",
        (
            '--- docker/Dockerfile\nFROM a\nENTRYPOINT ["/app/docker/entrypoint.sh"]\n'
            'CMD ["serve"]\n'
            '--- docker/entrypoint.sh\n#!/bin/sh\npython manage.py migrate --noinput\nexec "$@"\n'
        ),
        ["START django docker/entrypoint.sh:2"],
    ),
    (
        "a script that asks a variable first",
        (
            '--- Dockerfile\nFROM a\nENTRYPOINT ["./entrypoint.sh"]\nCMD ["serve"]\n'
            '--- entrypoint.sh\n#!/bin/sh\nif [ "$RUN_MIGRATIONS" = true ]; then\n'
            '  bundle exec rake db:migrate\nfi\nexec "$@"\n'
        ),
        ["START rails entrypoint.sh:3 if RUN_MIGRATIONS"],
    ),
    (
        "a variable that only leaves it out",
        (
            '--- Dockerfile\nFROM a\nENTRYPOINT ["./entrypoint.sh"]\n'
            '--- entrypoint.sh\nif [ "$SKIP_MIGRATIONS" != true ]; then\n'
            "  rails db:prepare\nfi\nexec rails server\n"
        ),
        ["START rails entrypoint.sh:2"],
    ),
    (
        "comments and words for people",
        (
            "--- Dockerfile\nFROM a\nCMD ./start.sh\n"
            "--- start.sh\n# alembic upgrade head\necho 'run alembic upgrade head'\nexec serve\n"
        ),
        [],
    ),
    (
        "npm start, through the scripts that it calls",
        (
            '--- package.json\n{"scripts": {\n"start": "npm run db:up && node a.js",\n'
            '"db:up": "knex --knexfile k.js migrate:latest"}}\n'
        ),
        ["START knex package.json:3"],
    ),
    (
        "a script whose tool nobody sees",
        "--- Dockerfile\nFROM a\nCMD yarn db:migrate && yarn start\n",
        ["START ? Dockerfile:2"],
    ),
    (
        "what is for people who write the code",
        (
            "--- docker-compose.dev.yml\nservices:\n  web:\n"
            "    command: alembic upgrade head && serve\n"
            "--- compose.yml\nservices:\n  web:\n"
            "    command: sh -c 'python manage.py migrate && python manage.py runserver'\n"
        ),
        [],
    ),
    (
        "a compose service that serves, and one that only migrates",
        (
            "--- compose.yml\nservices:\n  web:\n"
            "    command: sh -c 'alembic upgrade head && gunicorn a'\n"
            "    deploy: {replicas: 3}\n  migrate:\n    command: alembic upgrade head\n"
        ),
        ["START alembic compose.yml:3 x3", "RELEASE alembic compose.yml:6"],
    ),
    (
        "Procfile",
        "--- Procfile\nrelease: python manage.py migrate\nweb: rake db:migrate && puma\n",
        ["RELEASE django Procfile:1", "START rails Procfile:2"],
    ),
    (
        "Fly",
        (
            '--- fly.toml\n[deploy]\n  release_command = "npx prisma migrate deploy"\n[processes]\n'
            "  app = \"sh -c 'dbmate up && serve'\"\n[http_service]\n  min_machines_running = 2\n"
        ),
        ["RELEASE prisma fly.toml:2 x2", "START dbmate fly.toml:4 x2"],
    ),
    (
        "Render",
        (
            "--- render.yaml\nservices:\n  - type: web\n"
            "    preDeployCommand: npx prisma migrate deploy\n"
            "    startCommand: npx drizzle-kit migrate && npm start\n    numInstances: 2\n"
        ),
        ["RELEASE prisma render.yaml:3 x2", "START drizzle render.yaml:4 x2"],
    ),
    (
        "Railway",
        '--- railway.json\n{"deploy": {"startCommand": "goose -dir m postgres $X up && ./app"}}\n',
        ["START goose railway.json:1"],
    ),
    (
        "Kubernetes, with Helm's signs in it",
        (
            "--- chart/templates/web.yaml\napiVersion: apps/v1\nkind: Deployment\nspec:\n"
            "  replicas: {{ .Values.replicas }}\n  template:\n    spec:\n      initContainers:\n"
            "        {{- if .Values.migrate }}\n"
            '        - command: ["alembic", "upgrade", "head"]\n        {{- end }}\n'
            "      containers:\n        - command: [serve]\n"
        ),
        ["INIT alembic chart/templates/web.yaml:9"],
    ),
    (
        "a Job of Kubernetes runs once",
        (
            "--- k8s/job.yaml\nkind: Job\nspec:\n  template:\n    spec:\n      containers:\n"
            "        - args: [sh, -c, 'alembic upgrade head']\n"
        ),
        ["RELEASE alembic k8s/job.yaml:6"],
    ),
    (
        "code of the program itself",
        (
            "--- app/main.py\nfrom alembic import command\n@asynccontextmanager\n"
            "async def lifespan(app):\n    command.upgrade(config, 'head')\n    yield\n"
            "--- src/data-source.ts\nexport default new DataSource({ migrationsRun: true });\n"
            "--- scripts/migrate.py\ncommand.upgrade(config, 'head')\n"
        ),
        ["CODE alembic app/main.py:4", "CODE typeorm src/data-source.ts:1"],
    ),
]


@pytest.mark.parametrize(
    ("text", "expected"), [row[1:] for row in COMMANDS], ids=[row[0] for row in COMMANDS]
)
def test_commands_are_found(text: str, expected: list[str]) -> None:
    assert [told(each) for each in observed(text).commands] == expected


def test_a_script_that_two_files_call_is_told_once_with_the_way_to_it() -> None:
    (command,) = observed(
        "--- a/Dockerfile\nFROM a\nENTRYPOINT /entrypoint.sh\nCMD serve\n"
        "--- b/Dockerfile\nFROM a\nENTRYPOINT /entrypoint.sh\nCMD serve\n"
        '--- entrypoint.sh\nflask db upgrade\nexec "$@"\n'
    ).commands
    assert [place.path for place in command.called_from] == ["a/Dockerfile"]


WORKFLOW = "--- .github/workflows/deploy.yml\njobs:\n"
PIPELINES = [
    (
        "in one job, after",
        (
            f"{WORKFLOW}  a:\n    steps:\n      - run: flyctl deploy\n"
            "      - run: alembic upgrade head\n"
        ),
        [".github/workflows/deploy.yml:5"],
    ),
    (
        "in one job, before",
        (
            f"{WORKFLOW}  a:\n    steps:\n      - run: alembic upgrade head\n"
            "      - run: flyctl deploy\n"
        ),
        [],
    ),
    (
        "in a job that waits for the deploy",
        (
            f"{WORKFLOW}  a:\n    needs: b\n    steps:\n      - run: alembic upgrade head\n"
            "  b:\n    steps:\n      - uses: aws-actions/amazon-ecs-deploy-task-definition@v2\n"
        ),
        [".github/workflows/deploy.yml:5"],
    ),
    (
        "in jobs that do not wait for each other",
        (
            f"{WORKFLOW}  a:\n    steps:\n      - run: alembic upgrade head\n"
            "  b:\n    steps:\n      - run: vercel deploy --prod\n"
        ),
        [],
    ),
    (
        "before and after, for what must follow the code",
        (
            f"{WORKFLOW}  a:\n    steps:\n      - run: rails db:migrate\n"
            "      - run: kamal deploy\n"
            "      - run: rails db:migrate\n"
        ),
        [],
    ),
    (
        "over ssh, in the new containers",
        (
            f"{WORKFLOW}  a:\n    steps:\n      - uses: appleboy/ssh-action@v1\n        with:\n"
            "          script: |\n            docker compose up -d\n"
            "            docker compose exec web python manage.py migrate\n"
        ),
        [".github/workflows/deploy.yml:8"],
    ),
    (
        "only the database is started first",
        (
            f"{WORKFLOW}  a:\n    steps:\n      - run: docker compose up -d db redis\n"
            "      - run: alembic upgrade head\n"
        ),
        [],
    ),
    (
        "a deploy script",
        "--- bin/deploy.sh\n#!/bin/sh\ngit push heroku main\nheroku run rake db:migrate\n",
        ["bin/deploy.sh:3"],
    ),
]


@pytest.mark.parametrize(
    ("text", "expected"), [row[1:] for row in PIPELINES], ids=[row[0] for row in PIPELINES]
)
def test_a_deploy_before_the_migration_is_found(text: str, expected: list[str]) -> None:
    found = [
        f"{finding.location.path}:{finding.location.line}"  # type: ignore[union-attr]
        for facts in observed(text).pipelines
        for finding in migrate_after_deploy.findings(facts, MigrationCheckSettings())
    ]
    assert found == expected


def test_an_opt_in_is_no_finding_and_a_lock_is_none_of_replicas() -> None:
    settings = MigrationCheckSettings()
    opt_in = observed(
        "--- Dockerfile\nFROM a\nENTRYPOINT ./entrypoint.sh\nCMD serve\n"
        '--- entrypoint.sh\n[ "$MIGRATE" = 1 ] && alembic upgrade head\nexec "$@"\n'
    )
    assert [each.opt_in for each in opt_in.commands] == ["MIGRATE"]
    assert not list(migrations_at_container_start.findings(opt_in, settings))
    compose = "--- compose.yml\nservices:\n  web:\n    command: {} && serve\n    scale: 2\n"
    for tool, count in (("npx prisma migrate deploy", 0), ("dbmate up", 1)):
        facts = observed(compose.format(tool))
        assert len(list(no_migration_lock.findings(facts, settings))) == count
        assert len(list(migrations_at_container_start.findings(facts, settings))) == 1


@pytest.mark.parametrize(
    ("line", "tool"),
    [
        ("python manage.py migrate --plan", None),
        ("alembic -c conf/alembic.ini upgrade head", "alembic"),
        ("bundle exec rails db:migrate:status", None),
        ("RAILS_ENV=production bin/rails db:migrate", "rails"),
        ("npx prisma migrate dev", None),
        ("npx sequelize-cli --env production db:migrate", "sequelize"),
        ("npx sequelize db:migrate:undo", None),
        ("typeorm-ts-node-esm migration:run -d src/data-source.ts", "typeorm"),
        ("migrate -path db -database $DATABASE_URL up", "golang-migrate"),
        ("migrate the database up", None),
        ("./gradlew flywayMigrate", "flyway"),
        ("sqlx migrate run", "sqlx"),
        ("sqitch deploy db:pg:app", "sqitch"),
        ("liquibase --changelog-file=a.xml update", "liquibase"),
        ("supabase db push --linked", "supabase"),
    ],
)
def test_commands_are_told_by_their_words(line: str, tool: str | None) -> None:
    found = migrates(line)
    assert (found and found[0] and found[0].value) == tool


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("kubectl apply -f k8s/", True),
        ("kubectl apply -f k8s/migrate-job.yaml", False),
        ("kubectl set image deploy/web web=a:1", True),
        ("helm upgrade --install web ./chart", True),
        ("vercel build --prod", False),
        ("vercel deploy --prebuilt --prod", True),
        ("vercel deploy", False),
        ("docker compose up", False),
        ("systemctl restart nginx", False),
        ("# flyctl deploy", False),
    ],
)
def test_deploys_are_told_by_their_words(line: str, *, is_one: bool) -> None:
    assert bool(deploys(line)) is is_one


def test_build_is_a_phase_of_its_own() -> None:
    (command,) = observed("--- render.yaml\nbuildCommand: npx prisma migrate deploy\n").commands
    assert command.phase is Phase.BUILD
