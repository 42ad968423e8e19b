"""Rules on variables that code needs and no file declares."""

from collections.abc import Iterable, Iterator, Mapping

from launchready.facts.environment import EnvironmentFacts, Read
from launchready.model import Finding, Related, Severity
from launchready.step import rule
from launchready.steps.env_lint.index import Index, index_of
from launchready.steps.env_lint.projects import project_of
from launchready.steps.env_lint.rules.grouping import grouped, hint_of
from launchready.steps.env_lint.settings import EnvLintSettings

_MOST_SHOWN = 5
"""Further places that a finding names."""
_MANY = 3
"""Needed variables from which on a part that no file lists is worth a warning."""


@rule(EnvironmentFacts, Severity.ERROR)
def undeclared_variable(facts: EnvironmentFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """Code fails without a variable that no env file, template, workflow or platform file declares.

    The next person who deploys cannot know of it: the release starts without it and fails at the
    first customer who reaches that line. It is reported where the code itself shows the failure (it
    throws, asserts, or makes a text of what is not there) in every setup of the program, and where
    files of the repository tell of other variables that that part of it needs.

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
        required = [each for each in index.certain_reads(name) if index.is_covered(each)]
        if required and name not in facts.documented:
            near = index.unread_names.nearest(name)
            yield Finding(
                message=f"{name!r} is needed here and declared nowhere{hint_of(index, near)}",
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
    yield from grouped(index, needed, "needed here and declared in prose only")


@rule(EnvironmentFacts, Severity.WARNING)
def variables_listed_nowhere(
    facts: EnvironmentFacts, settings: EnvLintSettings
) -> Iterator[Finding]:
    """A part of the repository fails without variables, and no file lists them.

    Who sets it up finds out one failure at a time, the last of them in front of customers.

    Add a template (`.env.example`) with the names, or have one written:
    `launchready env-lint --document`.

    Bad:
        --- src/start.ts
        const db = connect(process.env.DATABASE_URL!);
        const stripe = new Stripe(process.env.STRIPE_SECRET_KEY!);
        const mail = new Mail(process.env.MAIL_HOST!);
    Good:
        --- .env.example
        DATABASE_URL=
        STRIPE_SECRET_KEY=
        MAIL_HOST=
        --- src/start.ts
        const db = connect(process.env.DATABASE_URL!);
        const stripe = new Stripe(process.env.STRIPE_SECRET_KEY!);
        const mail = new Mail(process.env.MAIL_HOST!);
    """
    index = index_of(facts)
    unlisted = _unlisted(index, settings)
    many = (read for reads in unlisted.values() if len(reads) >= _MANY for read in reads)
    yield from grouped(index, many, "needed here, and no file lists what this part needs")


@rule(EnvironmentFacts, Severity.NOTE)
def read_but_undeclared(facts: EnvironmentFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """Code reads variables as if they were set, and nothing declares them.

    Whether it fails without them the code does not show: a library gets the value and may do
    without it, or the line is reached in some setups only. Who turns that setup on has to guess.

    Add the names to the template, commented out if they are optional.

    Bad:
        --- .env.example
        DATABASE_URL=
        --- src/app.ts
        const db = connect(process.env.DATABASE_URL!);
        Tracker.init({ dsn: process.env.TRACKER_DSN });
    Good:
        --- .env.example
        DATABASE_URL=
        # TRACKER_DSN=
        --- src/app.ts
        const db = connect(process.env.DATABASE_URL!);
        Tracker.init({ dsn: process.env.TRACKER_DSN });
    """
    index = index_of(facts)
    doubtful = [
        required[0]
        for name, _ in index.undeclared(settings)
        if name not in facts.documented
        and not index.certain_reads(name)
        and not index.unread_names.nearest(name)
        and (required := index.required_reads(name))
    ]
    for reads in _unlisted(index, settings).values():
        doubtful.extend(reads if len(reads) < _MANY else ())
    yield from grouped(index, doubtful, "read here as if it were set, and declared nowhere")


RULES = (
    undeclared_variable,
    declared_in_prose_only,
    variables_listed_nowhere,
    read_but_undeclared,
)


def _unlisted(index: Index, settings: EnvLintSettings) -> Mapping[str, list[Read]]:
    """By project, what it certainly needs and nothing declares where no file covers the project."""
    found: dict[str, list[Read]] = {}
    for name, _ in index.undeclared(settings):
        certain = index.certain_reads(name)
        if not certain or name in index.facts.documented:
            continue
        if not any(index.is_covered(each) for each in certain):
            folder = project_of(index.facts.projects, certain[0].path).folder
            found.setdefault(folder, []).append(certain[0])
    return found


def _also(reads: Iterable[Read], first: Read) -> Iterator[Related]:
    others = [read for read in reads if read is not first]
    for read in others[:_MOST_SHOWN]:
        yield Related(message="it is read here too", location=read.location)
