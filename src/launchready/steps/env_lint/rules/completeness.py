"""Rules on variables that are read and not given, or given and not read."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from launchready.catalog.environment.sdk import sdk_reads
from launchready.facts.environment import (
    Declaration,
    DynamicRead,
    EnvironmentFacts,
    Kind,
    Place,
    Read,
)
from launchready.model import Finding, Related, Severity
from launchready.step import rule
from launchready.steps.env_lint.index import Index, index_of, is_given
from launchready.steps.env_lint.projects import project_of
from launchready.steps.env_lint.settings import EnvLintSettings
from launchready.steps.env_lint.supplied import supplier_of

_MOST_SHOWN = 5
"""Further places that a finding names."""
_DEPLOYS = frozenset(
    {"compose", "github-actions", "gitlab-ci", "kubernetes", "dockerfile", "shell", "make"}
)
"""Languages of files that build and deploy: what they take is for no template."""
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
        if required:
            near = index.unread_names.nearest(name)
            yield Finding(
                message=f"{name!r} is needed here and declared nowhere{_hint(index, near)}",
                location=required[0].location,
                identity=name,
                related=tuple(_also(reads, required[0])),
                places=tuple(each.location for each in required),
            )


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
                related=tuple(_declared(index.declared[near])),
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


@rule(EnvironmentFacts, Severity.WARNING)
def absent_from_template(facts: EnvironmentFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """Code needs a variable that some environment has and the template does not name.

    Who copies the template to start, or to deploy elsewhere, gets a product that fails.

    Add the name, without a value, to the template.

    Bad:
        --- .env.example
        DATABASE_URL=
        --- .github/workflows/deploy.yml
        on: push
        jobs:
          deploy:
            runs-on: ubuntu-latest
            steps:
              - run: npm run deploy
                env:
                  MAIL_API_KEY: ${{ secrets.MAIL_API_KEY }}
        --- src/mail.ts
        const mail = new Mail(process.env.MAIL_API_KEY!);
        const db = connect(process.env.DATABASE_URL!);
    Good:
        --- .env.example
        DATABASE_URL=
        MAIL_API_KEY=
        --- .github/workflows/deploy.yml
        on: push
        jobs:
          deploy:
            runs-on: ubuntu-latest
            steps:
              - run: npm run deploy
                env:
                  MAIL_API_KEY: ${{ secrets.MAIL_API_KEY }}
        --- src/mail.ts
        const mail = new Mail(process.env.MAIL_API_KEY!);
        const db = connect(process.env.DATABASE_URL!);
    """
    index = index_of(facts)
    templates = tuple(
        dict.fromkeys(each.path for each in facts.declarations if each.kind is Kind.TEMPLATE)
    )
    for name, declarations in index.declared.items():
        required = [each for each in index.required_reads(name) if each.language not in _DEPLOYS]
        given = [each for each in declarations if is_given(each) or each.kind is Kind.SCHEMA]
        if any(each.source == "assignment" for each in given):
            continue  # the program gives it to itself, or to one that it starts
        if not (templates and required and given):
            continue
        if any(each.kind.is_documentation for each in declarations):
            continue
        if supplier_of(name, settings):
            continue
        yield Finding(
            message=f"{name!r} is needed here and not in {_template_near(templates, required[0])}",
            location=required[0].location,
            identity=name,
            related=tuple(_declared(given)),
            places=tuple(each.location for each in required),
        )


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
            related=tuple(_declared(declarations[1:])),
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
    misspelt_variable,
    undocumented_optional_variable,
    undeclared_in_tools,
    absent_from_template,
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


def _declared(declarations: Sequence[Declaration]) -> Iterator[Related]:
    for each in declarations[:_MOST_SHOWN]:
        yield Related(message="it is declared here", location=each.location)


def _template_near(templates: Sequence[str], read: Read) -> str:
    """The template in the folder nearest to a read."""

    def shared(path: str) -> int:
        folder = path.rpartition("/")[0]
        return len(folder) if f"{read.path}/".startswith(f"{folder}/") or not folder else -1

    return max(templates, key=lambda path: (shared(path), -len(path)))


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
