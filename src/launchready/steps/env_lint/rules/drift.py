"""Rules on what one environment has and another lacks."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations

from launchready.facts.environment import (
    Declaration,
    Environment,
    EnvironmentFacts,
    Kind,
    Stage,
)
from launchready.frozen import frozen
from launchready.model import FileLocation, Finding, Related, Severity
from launchready.step import rule
from launchready.steps.env_lint.deliver.document import drift
from launchready.steps.env_lint.index import index_of
from launchready.steps.env_lint.settings import EnvLintSettings
from launchready.steps.env_lint.supplied import supplier_of

_ALIKE = 0.6
"""Share of common names from which on one file is taken to list all that the other lists."""
_FEWEST = 3
"""Names from which on a file is compared."""


@frozen
class _Group:
    """What one file, or one section of it, gives one environment."""

    environment: Environment
    path: str
    holder: str
    by_name: Mapping[str, Declaration]


@rule(EnvironmentFacts, Severity.ERROR)
def missing_in_environment(facts: EnvironmentFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """One environment has a variable that code needs, and another of the same kind of file has not.

    What was tested with it fails without it, where customers are.

    Add the variable there, with a value of that environment's own.

    Bad:
        --- .env.staging
        API_URL=https://api.staging.example.com
        MAIL_HOST=mail.staging.example.com
        QUEUE_NAME=orders-staging
        TAX_SERVICE_URL=https://tax.staging.example.com
        --- .env.production
        API_URL=https://api.example.com
        MAIL_HOST=mail.example.com
        QUEUE_NAME=orders
        --- src/tax.ts
        const tax = new Tax(process.env.TAX_SERVICE_URL!);
    Good:
        --- .env.staging
        API_URL=https://api.staging.example.com
        MAIL_HOST=mail.staging.example.com
        QUEUE_NAME=orders-staging
        TAX_SERVICE_URL=https://tax.staging.example.com
        --- .env.production
        API_URL=https://api.example.com
        MAIL_HOST=mail.example.com
        QUEUE_NAME=orders
        TAX_SERVICE_URL=https://tax.example.com
        --- src/tax.ts
        const tax = new Tax(process.env.TAX_SERVICE_URL!);
    Reference:
        https://12factor.net/dev-prod-parity
    """
    index = index_of(facts)
    told = set()
    for has, lacks in _pairs(facts):
        for name, each in has.by_name.items():
            is_missing = name not in lacks.by_name and (name, lacks.path, lacks.holder) not in told
            required = index.required_reads(name) if is_missing else ()
            if not required or supplier_of(name, settings):
                continue
            told.add((name, lacks.path, lacks.holder))
            where = f" ({lacks.holder})" if lacks.holder else ""
            yield Finding(
                message=f"{name!r} is needed and {lacks.path}{where} does not set it for"
                f" {lacks.environment.name}; {has.path} does for {has.environment.name}",
                location=required[0].location,
                identity=f"{name} {lacks.environment.name} {lacks.holder}",
                related=(
                    Related(message="it is set here", location=each.location),
                    Related(message="and not here", location=FileLocation(path=lacks.path, line=1)),
                ),
                places=(FileLocation(path=lacks.path), each.location),
            )


def _pairs(facts: EnvironmentFacts) -> Iterator[tuple[_Group, _Group]]:
    """What has names, and what of another environment, alike enough, may lack them."""
    for groups in _families(facts).values():
        for has, lacks in permutations(groups, 2):
            if has.environment.stage is lacks.environment.stage:
                continue
            if lacks.environment.stage in (Stage.DEVELOPMENT, Stage.TEST):
                continue
            common = len(has.by_name.keys() & lacks.by_name.keys())
            if common >= _ALIKE * len(has.by_name.keys() | lacks.by_name.keys()):
                yield has, lacks


def _families(facts: EnvironmentFacts) -> Mapping[tuple[str, ...], Sequence[_Group]]:
    """Groups that stand beside each other: files of one folder, sections of one file."""
    bases: dict[str, set[str]] = defaultdict(set)
    members: dict[tuple[str, ...], dict[tuple[str, str, str], dict[str, Declaration]]] = (
        defaultdict(lambda: defaultdict(dict))
    )
    environments = {}
    for each in facts.declarations:
        folder = each.path.rpartition("/")[0]
        if each.kind is Kind.REAL and each.environment is None and not each.is_override:
            bases[folder].add(each.name)
        if each.environment is None or each.is_override:
            continue
        if each.kind not in (Kind.REAL, Kind.PLATFORM, Kind.COMMENTED):
            continue
        family = (each.source, folder if each.source == "dotenv" else each.path)
        key = (each.environment.name, each.path, each.holder)
        environments[key] = each.environment
        members[family][key].setdefault(each.name, each)
    return {
        family: [
            _Group(environment=environments[key], path=key[1], holder=key[2], by_name=names)
            for key, names in groups.items()
            if len(names) >= _FEWEST
        ]
        for family, groups in members.items()
        if not bases[family[1]]
    }


@rule(EnvironmentFacts, Severity.WARNING)
def schema_key_not_passed(facts: EnvironmentFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """A schema of t3-env lists a variable that `runtimeEnv` does not pass to it.

    The schema then sees nothing, whatever the environment has: a required variable stops the start,
    an optional one is never there.

    Add the variable to `runtimeEnv`.

    Bad:
        --- package.json
        {"dependencies": {"@t3-oss/env-nextjs": "0.13.0", "next": "15.0.0"}}
        --- .env.example
        DATABASE_URL=
        MAIL_HOST=
        --- src/env.ts
        import { createEnv } from "@t3-oss/env-nextjs";
        export const env = createEnv({
          server: { DATABASE_URL: z.string(), MAIL_HOST: z.string() },
          runtimeEnv: { DATABASE_URL: process.env.DATABASE_URL },
        });
    Good:
        --- package.json
        {"dependencies": {"@t3-oss/env-nextjs": "0.13.0", "next": "15.0.0"}}
        --- .env.example
        DATABASE_URL=
        MAIL_HOST=
        --- src/env.ts
        import { createEnv } from "@t3-oss/env-nextjs";
        export const env = createEnv({
          server: { DATABASE_URL: z.string(), MAIL_HOST: z.string() },
          runtimeEnv: { DATABASE_URL: process.env.DATABASE_URL, MAIL_HOST: process.env.MAIL_HOST },
        });
    Reference:
        https://env.t3.gg/docs/core
    """
    for each in facts.declarations:
        if each.holder.endswith("not in runtimeEnv"):
            yield Finding(
                message=f"{each.name!r} is in the schema and not in its `runtimeEnv`",
                location=each.location,
                identity=each.name,
            )


@rule(EnvironmentFacts, Severity.NOTE)
def outdated_environment_document(
    facts: EnvironmentFacts, settings: EnvLintSettings
) -> Iterator[Finding]:
    """The committed table of variables no longer fits the repository.

    Who sets up an environment by it leaves something out.

    Run `launchready env-lint --document`; what you filled in stays.

    Bad:
        --- docs/environment.md
        # Environment variables

        | Variable | Secret |
        |---|---|
        | `OLD_NAME` | no |
        --- .env.example
        NEW_NAME=
        --- src/app.ts
        run(process.env.NEW_NAME!);
    Good:
        --- docs/environment.md
        # Environment variables

        | Variable | Secret |
        |---|---|
        | `NEW_NAME` | no |
        --- .env.example
        NEW_NAME=
        --- src/app.ts
        run(process.env.NEW_NAME!);
    """
    if facts.document is None:
        return
    for words in drift(facts, facts.document, settings):
        yield Finding(
            message=words,
            location=FileLocation(path=settings.document_file, line=1),
            identity=words,
        )


RULES = (missing_in_environment, schema_key_not_passed, outdated_environment_document)
