"""Which database and version a repository says that it runs on."""

import pytest
from tests.unit.steps.migration_check.given import files

from launchready.facts.schema import Engine
from launchready.steps.migration_check.engines import server_and_evidence
from launchready.steps.migration_check.observe import find_all
from launchready.steps.migration_check.settings import MigrationCheckSettings

PLAIN = "--- migrations/1_a.sql\nCREATE TABLE a ();\n"
CASES = [
    ("nothing is said", PLAIN, "postgresql 16", ""),
    (
        "an image of a compose file",
        f"--- docker-compose.yml\nservices:\n  db:\n    image: postgres:14-alpine\n{PLAIN}",
        "postgresql 14",
        "docker-compose.yml:3",
    ),
    (
        "the oldest of several counts",
        (
            "--- compose.yaml\nservices:\n  db: {image: 'pgvector/pgvector:pg17'}\n"
            "--- .github/workflows/ci.yml\njobs:\n  t:\n    services:\n      db:\n"
            f"        image: postgres:15.4\n{PLAIN}"
        ),
        "postgresql 15",
        ".github/workflows/ci.yml:5",
    ),
    (
        "tags that begin with another version",
        (
            "--- compose.yaml\nservices:\n  db:\n    image: timescale/timescaledb:2.14.2-pg15\n"
            f"  b:\n    image: postgis/postgis:16-3.4\n{PLAIN}"
        ),
        "postgresql 15",
        "compose.yaml:3",
    ),
    (
        "the default of a variable",
        (
            "--- compose.yaml\nservices:\n  db:\n"
            f"    image: postgres:${{PG_VERSION:-13}}-alpine\n{PLAIN}"
        ),
        "postgresql 13",
        "compose.yaml:3",
    ),
    (
        "no version in the tag",
        f"--- Dockerfile.db\nFROM postgres:latest\n{PLAIN}",
        "postgresql 16",
        "",
    ),
    (
        "MySQL by its image and a driver",
        (
            '--- package.json\n{"dependencies": {"mysql2": "^3"}}\n'
            f"--- compose.yml\nservices:\n  db:\n    image: mysql:8.4\n{PLAIN}"
        ),
        "mysql 8.4",
        "compose.yml:3",
    ),
    (
        "MariaDB is spoken to by MySQL's drivers",
        (
            '--- package.json\n{"dependencies": {"mysql2": "^3"}}\n'
            f"--- compose.yml\nservices:\n  db:\n    image: mariadb:10.6\n{PLAIN}"
        ),
        "mariadb 10.6",
        "compose.yml:3",
    ),
    (
        "SQLite by its driver alone",
        f'--- package.json\n{{"dependencies": {{"better-sqlite3": "^11"}}}}\n{PLAIN}',
        "sqlite 3.40",
        "",
    ),
    (
        "a driver for tests does not outweigh PostgreSQL's",
        f"--- requirements.txt\npsycopg2-binary==2.9\naiosqlite==0.20\n{PLAIN}",
        "postgresql 16",
        "",
    ),
    ("the folder's name", "--- db/migrations/mysql/1_a.sql\nSELECT 1;\n", "mysql 8.0", ""),
    (
        "Prisma's provider",
        (
            '--- prisma/migrations/migration_lock.toml\nprovider = "sqlite"\n'
            "--- prisma/migrations/1_a/migration.sql\nSELECT 1;\n"
        ),
        "sqlite 3.40",
        "",
    ),
    (
        "Supabase's config",
        (
            "--- supabase/config.toml\n[db]\nmajor_version = 15\n"
            "--- supabase/migrations/1_a.sql\nSELECT 1;\n"
        ),
        "postgresql 15",
        "supabase/config.toml:2",
    ),
    (
        "Terraform of RDS",
        (
            '--- infra/db.tf\nresource "aws_db_instance" "x" {\n  engine         = "postgres"\n'
            f'  engine_version = "14.9"\n}}\n{PLAIN}'
        ),
        "postgresql 14",
        "infra/db.tf:3",
    ),
    (
        "Render's blueprint",
        f"--- render.yaml\ndatabases:\n  - name: db\n    postgresMajorVersion: '14'\n{PLAIN}",
        "postgresql 14",
        "render.yaml:3",
    ),
    (
        "an image in an example says nothing",
        f"--- examples/compose.yml\nservices:\n  db:\n    image: postgres:9.6\n{PLAIN}",
        "postgresql 16",
        "",
    ),
    (
        "the words of MySQL",
        "--- migrations/1_a.sql\nCREATE TABLE `a` (`b` int) ENGINE=InnoDB;\n",
        "mysql 8.0",
        "",
    ),
    (
        "backquotes are SQLite's too",
        "--- migrations/1_a.sql\nCREATE TABLE `a` (`b` integer PRIMARY KEY AUTOINCREMENT);\n",
        "sqlite 3.40",
        "",
    ),
    (
        "backquotes in a comment say nothing",
        (
            "--- migrations/1_a.sql\n-- a table `a`, INTO `b`\nCREATE TABLE a (b jsonb);\n"
            "--- requirements.txt\nPyMySQL==1.1\n"
        ),
        "postgresql 16",
        "",
    ),
    (
        "a version that no server has",
        f"--- compose.yml\nservices:\n  db:\n    image: postgres:20240101\n{PLAIN}",
        "postgresql 16",
        "",
    ),
]


@pytest.mark.parametrize(
    ("text", "server", "place"), [row[1:] for row in CASES], ids=[row[0] for row in CASES]
)
def test_the_server_is_what_the_repository_says(text: str, server: str, place: str) -> None:
    known = files(text)
    ((_, found),) = find_all(known)
    said, evidence = server_and_evidence(found, known, MigrationCheckSettings())
    assert f"{said.engine.value} {'.'.join(map(str, said.version))}" == server
    assert (f"{evidence.path}:{evidence.line}" if evidence else "") == place


def test_the_setting_comes_first() -> None:
    known = files(f"--- compose.yml\nservices:\n  db:\n    image: postgres:14\n{PLAIN}")
    ((_, found),) = find_all(known)
    settings = MigrationCheckSettings(database="mysql 8.0")
    server, evidence = server_and_evidence(found, known, settings)
    assert (server.engine, server.version, evidence) == (Engine.MYSQL, (8, 0), None)
