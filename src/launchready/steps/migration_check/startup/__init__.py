"""Where a deploy runs migrations: at the start of every container, once for each release, in CI."""

from launchready.facts.startup import MigrateCommand, StartupFacts
from launchready.steps.migration_check.files import Files
from launchready.steps.migration_check.startup.code import of_code
from launchready.steps.migration_check.startup.containers import of_containers
from launchready.steps.migration_check.startup.pipelines import of_pipelines
from launchready.steps.migration_check.startup.platforms import of_platforms
from launchready.steps.migration_check.startup.scripts import Follower


def startup_of(files: Files) -> StartupFacts:
    """All that a repository says of it. A command that several files call is told once."""
    follower = Follower(files)
    commands: dict[tuple[str, int | None, str], MigrateCommand] = {}
    for each in (
        *of_containers(files, follower),
        *of_platforms(files, follower),
        *of_code(files),
    ):
        key = each.location.path, each.location.line, each.phase.name
        known = commands.get(key)
        if known is None or (known.replicas or 0) < (each.replicas or 0):
            commands[key] = each
    return StartupFacts(
        commands=tuple(commands.values()), pipelines=tuple(of_pipelines(files, follower))
    )
