"""Rules on variables that are read and not given, or given and not read."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from launchready.catalog.environment.sdk import sdk_reads
from launchready.facts.environment import (
    DynamicRead,
    EnvironmentFacts,
    Place,
    Read,
)
from launchready.model import Finding, Related, Severity
from launchready.step import rule
from launchready.steps.env_lint.index import Index, index_of
from launchready.steps.env_lint.projects import project_of
from launchready.steps.env_lint.rules.templates import declared_at
from launchready.steps.env_lint.settings import EnvLintSettings
from launchready.steps.env_lint.supplied import supplier_of

_MOST_SHOWN = 5
"""Further places that a finding names."""
_MOST_NAMED = 12
"""Variables that a grouped note names."""


@rule(EnvironmentFacts, Severity.ERROR)
def undeclared_variable(facts: EnvironmentFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """Code needs a variable that no env file, template, workflow or platform file declares.

    The next person who deploys cannot know of it: the release starts without it and fails at the
    first customer who reaches that line.

    Add the name, without a value, to the template (`.env.example`) and set it in every environment;
    if your platform supplies it, name it in `provided` in launchready.yml.

    Bad:
        --- .env.example
        DATABASE_URL=
        --- src/pay.ts
        const stripe = new Stripe(process.env.STRIPE_SECRET_KEY!);
        const db = connect(process.env.DATABASE_URL!);
    Good:
        --- .env.example
        DATABASE_URL=
        STRIPE_SECRET_KEY=
        --- src/pay.ts
        const stripe = new Stripe(process.env.STRIPE_SECRET_KEY!);
        const db = connect(process.env.DATABASE_URL!);
    Reference:
        https://12factor.net/config
    """
    index = index_of(facts)
    for name, reads in index.undeclared(settings):
        required = index.required_reads(name)
        if required and name not in facts.documented:
            near = index.unread_names.nearest(name)
            yield Finding(
                message=f"{name!r} is needed here and declared nowhere{_hint(index, near)}",
                location=required[0].location,
                identity=name,
                related=tuple(_also(reads, required[0])),
                places=tuple(each.location for each in required),
            )


@rule(EnvironmentFacts, Severity.NOTE)
def declared_in_prose_only(facts: EnvironmentFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """Code needs variables of which only a document tells a person.

    Who copies the template does not get them, and no tool can compare what is set with what is
    needed.

    Add the names, without values, to the template.

    Bad:
        --- .env.example
        DATABASE_URL=
        --- docs/hosting.md
        Set `STRIPE_SECRET_KEY` to the key of your account.
        --- src/pay.ts
        const stripe = new Stripe(process.env.STRIPE_SECRET_KEY!);
        const db = connect(process.env.DATABASE_URL!);
    Good:
        --- .env.example
        DATABASE_URL=
        STRIPE_SECRET_KEY=
        --- docs/hosting.md
        Set `STRIPE_SECRET_KEY` to the key of your account.
        --- src/pay.ts
        const stripe = new Stripe(process.env.STRIPE_SECRET_KEY!);
        const db = connect(process.env.DATABASE_URL!);
    """
    index = index_of(facts)
    needed = (
        required[0]
        for name, _ in index.undeclared(settings)
        if name in facts.documented and (required := index.required_reads(name))
    )
    yield from _grouped(index, needed, "needed here and declared in prose only")


@rule(EnvironmentFacts, Severity.WARNING)
def misspelt_variable(facts: EnvironmentFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """Code reads a name that is declared nowhere, while one almost the same is declared and unread.

    A default takes its place without a word, so the setting that you think you made has no effect.

    Give both places the same name.

    Bad:
        --- .env.example
        PAYMENT_TIMEOUT=30
        --- src/pay.ts
        const timeout = process.env.PAYMENTS_TIMEOUT ?? "5";
    Good:
        --- .env.example
        PAYMENT_TIMEOUT=30
        --- src/pay.ts
        const timeout = process.env.PAYMENT_TIMEOUT ?? "5";
    """
    index = index_of(facts)
    for name, reads in index.undeclared(settings):
        near = index.unread_names.nearest(name)
        if near and not index.required_reads(name):
            yield Finding(
                message=f"{name!r} is declared nowhere{_hint(index, near)}",
                location=reads[0].location,
                identity=f"{name} {near}",
                related=tuple(declared_at(index.declared[near])),
                places=tuple(each.location for each in reads),
            )


@rule(EnvironmentFacts, Severity.NOTE)
def undocumented_optional_variable(
    facts: EnvironmentFacts, settings: EnvLintSettings
) -> Iterator[Finding]:
    """Code reads variables, each with a default or a guard, that nothing documents.

    Nobody can use a switch that nobody knows of.

    Add the names to the template, commented out, each with its default.

    Bad:
        --- .env.example
        DATABASE_URL=
        --- src/log.ts
        const db = connect(process.env.DATABASE_URL!);
        const level = process.env.AUDIT_LEVEL ?? "info";
    Good:
        --- .env.example
        DATABASE_URL=
        # AUDIT_LEVEL=info
        --- src/log.ts
        const db = connect(process.env.DATABASE_URL!);
        const level = process.env.AUDIT_LEVEL ?? "info";
    """
    index = index_of(facts)
    optional = (
        reads[0]
        for name, reads in index.undeclared(settings)
        if not index.required_reads(name)
        and reads[0].place is Place.CODE
        and name not in facts.documented
        and not index.unread_names.nearest(name)
    )
    yield from _grouped(index, optional, "optional and documented nowhere")


@rule(EnvironmentFacts, Severity.NOTE)
def undeclared_in_tools(facts: EnvironmentFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """Only tests or tools beside the product read variables that nothing declares.

    The product runs without them; who wants to run the tests has to guess.

    Add the names to the template, commented out.

    Bad:
        --- tests/pay.test.ts
        const key = process.env.SANDBOX_ACCOUNT!;
    Good:
        --- .env.example
        # SANDBOX_ACCOUNT=
        --- tests/pay.test.ts
        const key = process.env.SANDBOX_ACCOUNT!;
    """
    index = index_of(facts)
    tools = (
        reads[0]
        for name, reads in index.undeclared(settings)
        if reads[0].place is not Place.CODE and not index.unread_names.nearest(name)
    )
    yield from _grouped(index, tools, "read by tests or tools only and declared nowhere")


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


RULES = (
    undeclared_variable,
    declared_in_prose_only,
    misspelt_variable,
    undocumented_optional_variable,
    undeclared_in_tools,
    unused_variable,
    dynamic_read,
)


def _path(read: DynamicRead) -> str:
    return read.location.path


def _hint(index: Index, near: str) -> str:
    if not near:
        return ""
    where = index.declared[near][0].location
    return f"; {where.path}:{where.line} declares {near!r}, which nothing reads"


def _also(reads: Iterable[Read], first: Read) -> Iterator[Related]:
    others = [read for read in reads if read is not first]
    for read in others[:_MOST_SHOWN]:
        yield Related(message="it is read here too", location=read.location)


def _grouped(index: Index, reads: Iterable[Read], what: str) -> Iterator[Finding]:
    """One finding for all the variables of a project."""
    groups: dict[str, list[Read]] = {}
    for read in reads:
        folder = project_of(index.facts.projects, read.path).folder
        groups.setdefault(folder, []).append(read)
    for folder, group in sorted(groups.items()):
        names = sorted(read.name for read in group)
        shown = ", ".join(f"{name!r}" for name in names[:_MOST_NAMED])
        more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
        count = "1 variable is" if len(names) == 1 else f"{len(names)} variables are"
        yield Finding(
            message=f"{count} {what}: {shown}{more}",
            location=group[0].location,
            identity=folder,
            related=tuple(
                Related(message=f"{read.name!r} is read here", location=read.location)
                for read in group[:_MOST_SHOWN]
            ),
        )
