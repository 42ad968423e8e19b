"""Rules on values that their readers take for something else."""

from collections.abc import Callable, Iterator

from launchready.facts.environment import EnvironmentFacts, Place, Read
from launchready.model import Finding, Related, Severity
from launchready.step import rule
from launchready.steps.env_lint.queries import Given, by_place, finding, known, reads_by_name
from launchready.steps.env_lint.rules import formats
from launchready.steps.env_lint.settings import EnvLintSettings


@rule(EnvironmentFacts, Severity.WARNING)
def misread_boolean(facts: EnvironmentFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """A variable says no and its reader takes it for yes.

    The code asks only whether there is any text, and the text `false` is one: what was meant to be
    off is on.

    Compare with a word in the code (`=== "true"`), or leave the value empty.

    Bad:
        --- .env
        FEATURE_INVITES=false
        --- src/invites.js
        if (process.env.FEATURE_INVITES) { invite(); }

    Good:
        --- .env
        FEATURE_INVITES=false
        --- src/invites.js
        if (process.env.FEATURE_INVITES === "true") { invite(); }

    Reference:
        https://developer.mozilla.org/en-US/docs/Glossary/Truthy
    """
    yield from _misread(
        facts,
        {"truth"},
        lambda one, _: one.weight.boolean is False,
        "says no, and its reader takes any text for yes; expected a comparison with a word",
    )


@rule(EnvironmentFacts, Severity.WARNING)
def number_with_unit(facts: EnvironmentFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """A number has a unit or a comma, and its reader takes numbers alone.

    The reader stops, or takes the part before the unit: 10 bytes in place of 10 megabytes.

    Write the digits alone, in the unit that the code means.

    Bad:
        --- .env
        UPLOAD_LIMIT=10MB
        --- src/upload.js
        export const limit = parseInt(process.env.UPLOAD_LIMIT, 10);

    Good:
        --- .env
        UPLOAD_LIMIT=10485760
        --- src/upload.js
        export const limit = parseInt(process.env.UPLOAD_LIMIT, 10);

    Reference:
        https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Global_Objects/parseInt
    """
    yield from _misread(
        facts,
        {"integer", "number", "port"},
        lambda one, _: formats.has_unit(one.text),
        "is a number with a unit or a comma, and its reader takes digits alone",
    )


@rule(EnvironmentFacts, Severity.WARNING)
def bad_json(facts: EnvironmentFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """A value that is read as JSON is none.

    The program stops where it reads it, often with the whole value in the log.

    Write valid JSON, on one line, in single quotes.

    Bad:
        --- .env
        FLAGS={invites: true}
        --- src/flags.js
        export const flags = JSON.parse(process.env.FLAGS);

    Good:
        --- .env
        FLAGS='{"invites": true}'
        --- src/flags.js
        export const flags = JSON.parse(process.env.FLAGS);

    Reference:
        https://www.rfc-editor.org/rfc/rfc8259
    """
    yield from _misread(
        facts,
        {"json"},
        lambda one, _: not formats.is_json(one.text),
        "is read as JSON and is none",
    )


@rule(EnvironmentFacts, Severity.WARNING)
def escaped_newlines_in_pem(
    facts: EnvironmentFacts, settings: EnvLintSettings
) -> Iterator[Finding]:
    r"""A private key has its line ends written as `\n`, and its reader takes it as it stands.

    The key cannot be read, so that signing in, pushing or calling the provider fails.

    Quote the value so that the loader makes line ends of them, or replace them in the code.

    Bad:
        --- .env
        PRIVATE_KEY='-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----'
        --- src/sign.js
        import { createPrivateKey } from "node:crypto";
        export const key = createPrivateKey(process.env.PRIVATE_KEY);

    Good:
        --- .env
        PRIVATE_KEY='-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----'
        --- src/sign.js
        import { createPrivateKey } from "node:crypto";
        export const key = createPrivateKey(process.env.PRIVATE_KEY.replace(/\\n/g, "\n"));

    Reference:
        https://www.rfc-editor.org/rfc/rfc7468
    """
    yield from _misread(
        facts,
        {"pem"},
        lambda one, _: formats.is_escaped_pem(one.value.reveal()),
        "has its line ends written as '\\\\n', and its reader takes it as it stands",
    )


@rule(EnvironmentFacts, Severity.ERROR)
def value_against_schema(facts: EnvironmentFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """A value is not what the schema of the code demands.

    The program refuses to start wherever it is given this value.

    Set a value that the schema takes.

    Bad:
        --- .env.production
        WORKERS=many
        --- src/env.ts
        import { z } from "zod";
        export const env = z.object({ WORKERS: z.coerce.number().int() }).parse(process.env);

    Good:
        --- .env.production
        WORKERS=4
        --- src/env.ts
        import { z } from "zod";
        export const env = z.object({ WORKERS: z.coerce.number().int() }).parse(process.env);

    Reference:
        https://zod.dev/api
    """
    exact = {
        name: [read for read in reads if read.is_exact and read.place is Place.CODE]
        for name, reads in reads_by_name(facts).items()
    }
    for group in by_place(known(facts)):
        first = group[0]
        for read in exact.get(first.name, ()):
            if trouble := formats.breaks(read.takes_as, first.text):
                yield finding(
                    group,
                    f"`{first.name}` is {trouble}, and a schema demands one",
                    related=[Related(message="the schema", location=read.location)],
                )
                break


def _misread(
    facts: EnvironmentFacts,
    kinds: set[str],
    is_wrong: Callable[[Given, Read], bool],
    trouble: str,
) -> Iterator[Finding]:
    """What a reader that takes one of `kinds` gets wrong."""
    reads = {
        read.name: read
        for read in reversed(facts.reads)
        if read.takes_as in kinds and read.place is not Place.TEST and not read.is_exact
    }
    # Where another place compares the same text with a word, the first only asks if it is there.
    if "truth" in kinds:
        compared = {read.name for read in facts.reads if read.takes_as == "boolean"}
        reads = {name: read for name, read in reads.items() if name not in compared}
    for group in by_place(known(facts)):
        read = reads.get(group[0].name)
        if read is not None and is_wrong(group[0], read):
            yield finding(
                group,
                f"`{group[0].name}` {trouble}",
                related=[Related(message="the reader", location=read.location)],
            )


RULES = (
    misread_boolean,
    number_with_unit,
    bad_json,
    escaped_newlines_in_pem,
    value_against_schema,
)
