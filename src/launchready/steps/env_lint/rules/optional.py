"""Rules on variables that code reads, and does without, that nothing declares."""

from collections.abc import Iterator

from launchready.facts.environment import EnvironmentFacts, Place
from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.env_lint.index import index_of
from launchready.steps.env_lint.rules.grouping import grouped, hint_of
from launchready.steps.env_lint.rules.templates import declared_at
from launchready.steps.env_lint.settings import EnvLintSettings


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
        if near and not index.certain_reads(name):
            yield Finding(
                message=f"{name!r} is declared nowhere{hint_of(index, near)}",
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
    yield from grouped(index, optional, "optional and documented nowhere")


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
    yield from grouped(index, tools, "read by tests or tools only and declared nowhere")


RULES = (misspelt_variable, undocumented_optional_variable, undeclared_in_tools)
