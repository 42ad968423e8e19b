"""Records what Django itself sends for the migrations of `project.txt`, forwards and backwards.

    PYTHONPATH=src:. python -m tests.lab.django.record

It needs Django 5.2, a driver for PostgreSQL that Django knows, and a PostgreSQL server. The answers
are data, so that the tests need none of these.
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from launchready.gateways.postgres.server import PostgresServer
from launchready.gateways.postgres.throwaway import throwaway_postgres
from launchready.model import Unchecked

HERE = Path(__file__).parent


def unpack(text: str, folder: Path) -> None:
    """Write the files of a text in which each begins with `--- path`."""
    for part in text.split("--- ")[1:]:
        path, _, content = part.partition("\n")
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content, encoding="utf-8")


def record(server: PostgresServer) -> dict[str, dict[str, list[str]]]:
    """Run every migration up, and down again on a copy; what was sent, by migration and side."""
    import django
    from django.conf import settings

    name = server.create_database()
    environ = server.environ(name)
    words = {"NAME": "PGDATABASE", "HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER"}
    database = {key: environ[variable] for key, variable in words.items()}
    database |= {"ENGINE": "django.db.backends.postgresql", "PASSWORD": environ["PGPASSWORD"]}
    settings.configure(
        INSTALLED_APPS=["django.contrib.postgres", "shop"],
        DATABASES={"default": database},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
    )
    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    sent = recording()
    found: dict[str, dict[str, list[str]]] = {}
    previous = "zero"
    for _, each in sorted(MigrationLoader(None).disk_migrations):
        call_command("migrate", "shop", each, verbosity=0)
        found[each] = {"up": sent.pop()}
        connection.close()
        connection.settings_dict["NAME"] = server.create_database(template=name)
        call_command("migrate", "shop", previous, verbosity=0)
        found[each]["down"] = sent.pop()
        connection.close()
        connection.settings_dict["NAME"] = name
        previous = each
    return found


class Sent:
    """What schema editors have sent since it was last asked for."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def pop(self) -> list[str]:
        """All of it but Django's own bookkeeping."""
        found, self.statements = self.statements, []
        return [sql for sql in found if "django_migrations" not in sql]


def recording() -> Sent:
    """Let all schema editors record what they send."""
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

    sent, execute = Sent(), BaseDatabaseSchemaEditor.execute

    def recorded(self: Any, sql: Any, params: Any = ()) -> Any:
        sent.statements.append(str(sql))
        return execute(self, sql, params)

    BaseDatabaseSchemaEditor.execute = recorded
    return sent


def main() -> None:
    """Write `truth.json`."""
    with tempfile.TemporaryDirectory() as folder, throwaway_postgres() as server:
        if isinstance(server, Unchecked):
            sys.exit(server.reason)
        unpack((HERE / "project.txt").read_text(encoding="utf-8"), Path(folder))
        sys.path.insert(0, folder)
        found = record(server)
        text = json.dumps(found, indent=1) + "\n"
        (HERE / "truth.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
