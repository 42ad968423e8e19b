"""Which database, and which version of it, the migrations are for."""

from launchready.facts.catalogue import Server
from launchready.facts.schema import Engine
from launchready.steps.migration_check.files import Files
from launchready.steps.migration_check.frameworks import Found
from launchready.steps.migration_check.settings import MigrationCheckSettings

DEFAULTS = {
    Engine.POSTGRESQL: (16,),
    Engine.MYSQL: (8, 0),
    Engine.MARIADB: (10, 11),
    Engine.SQLITE: (3, 40),
}
"""The version that counts where nothing tells: what hosts still give, so that nothing newer is
taken for granted.
"""


def server_of(found: Found, files: Files, settings: MigrationCheckSettings) -> Server:
    """The server of a history: as set, else what the repository says, else PostgreSQL."""
    del files
    if settings.database:
        name, _, version = settings.database.partition(" ")
        engine = Engine(name)
        numbers = tuple(int(part) for part in version.split(".") if part)
        return Server(engine=engine, version=numbers or DEFAULTS[engine])
    engine = found.engine or Engine.POSTGRESQL
    return Server(engine=engine, version=DEFAULTS[engine])
