"""Rules on variables that are declared and not read, and on reads whose names nobody can tell."""

from collections.abc import Iterator
from itertools import groupby

from launchready.catalog.environment.sdk import sdk_reads
from launchready.facts.environment import DynamicRead, EnvironmentFacts, Place
from launchready.model import Finding, Related, Severity
from launchready.step import rule
from launchready.steps.env_lint.dialects.loading import copied_to
from launchready.steps.env_lint.index import index_of
from launchready.steps.env_lint.rules.templates import declared_at
from launchready.steps.env_lint.settings import EnvLintSettings
from launchready.steps.env_lint.supplied import supplier_of

_MOST_SHOWN = 5
"""Further places that a finding names."""


@rule(EnvironmentFacts, Severity.NOTE)
def unused_variable(facts: EnvironmentFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """An env file declares a variable that nothing reads.

    People keep on setting, rotating and asking for what has no effect.

    Take the line out; if something outside this repository reads it, name it in `provided` in
    launchready.yml.

    Bad:
        --- .env.example
        DATABASE_URL=
        OLD_MAIL_HOST=
        --- src/db.ts
        const db = connect(process.env.DATABASE_URL!);
    Good:
        --- .env.example
        DATABASE_URL=
        --- src/db.ts
        const db = connect(process.env.DATABASE_URL!);
    """
    index = index_of(facts)
    every_package = frozenset[str]().union(*(project.packages for project in facts.projects))
    for name in index.unread:
        declarations = [each for each in index.declared[name] if each.source == "dotenv"]
        if all(copied_to(each.path) in facts.handed for each in declarations):
            continue  # the image that gets the file reads it
        if name in facts.mentioned or index.followed.fullmatch(name):
            continue
        if sdk_reads(name, index.packages(declarations)) or supplier_of(name, settings):
            continue
        if sdk_reads(name, every_package, by_beginning=False):
            continue  # by a package of the monorepo that this one's code is built with
        yield Finding(
            message=f"{name!r} is declared here and read nowhere",
            location=declarations[0].location,
            identity=name,
            related=tuple(declared_at(declarations[1:])),
            places=tuple(each.location for each in declarations),
        )


@rule(EnvironmentFacts, Severity.NOTE)
def dynamic_read(facts: EnvironmentFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """Code reads a variable whose name it makes at run time.

    No tool can tell which variables these are, so neither what is missing nor what is unused is
    certain here.

    Spell the names out in a table and look the variable up there.

    Bad:
        --- src/region.ts
        const key = process.env[`${region}_KEY`];
    Good:
        --- .env.example
        EU_KEY=
        US_KEY=
        --- src/region.ts
        const key = { eu: process.env.EU_KEY, us: process.env.US_KEY }[region];
    """
    reads = [read for read in facts.dynamic_reads if read.place is Place.CODE]
    for path, group in groupby(sorted(reads, key=lambda r: r.location.path), _path):
        first, *others = sorted(group, key=lambda read: read.location.line or 0)
        shown = f" ({first.begins}…{first.ends})" if first.begins or first.ends else ""
        yield Finding(
            message=f"the name of a variable is made at run time{shown}",
            location=first.location,
            identity=path,
            related=tuple(
                Related(message="and here", location=each.location) for each in others[:_MOST_SHOWN]
            ),
        )


RULES = (unused_variable, dynamic_read)


def _path(read: DynamicRead) -> str:
    return read.location.path
