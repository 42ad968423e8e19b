"""Rules on values that are no values: mangled on their way, or commands."""

from collections.abc import Iterator

from launchready.facts.environment import EnvFileFacts
from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.env_lint.rules.line_findings import line_finding, told_by, troubles_of
from launchready.steps.env_lint.settings import EnvLintSettings


@rule(EnvFileFacts, Severity.ERROR)
def mangled_value(facts: EnvFileFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """A value is what a broken command left: a line break at its end, blanks around it, or a word
    such as `undefined`.

    `echo "$KEY" | …` adds the line break, a script that could not find the value writes `undefined`
    or `null`: the variable is set, so that nothing complains, and every request with it fails.

    Set the value anew, without line break and blanks; leave it empty where there is none.

    Bad:
        --- .env.production
        ANALYTICS_ID="G-SHOP1\\n"

    Good:
        --- .env.production
        ANALYTICS_ID="G-SHOP1"

    Reference:
        https://vercel.com/docs/cli/env
    """
    for each in troubles_of(facts, "mangled-value"):
        yield line_finding(facts, each, f"the value of {each.name} {each.detail}")


@rule(EnvFileFacts, Severity.ERROR)
def command_substitution(facts: EnvFileFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """A tracked env file has a command in it that loading the file runs.

    Whoever may change the file, in a pull request too, runs commands on the machines that load it,
    with all secrets in reach; loaders that run nothing take the text itself for the value.

    Make the value in the script that starts the program, or put it in apostrophes if it is text.

    Bad:
        --- package.json
        {"scripts": {"start": "dotenvx run -f .env.production -- node server.js"}}
        --- .env.production
        RELEASE=$(git rev-parse HEAD)

    Good:
        --- package.json
        {"scripts": {"start": "dotenvx run -f .env.production -- node server.js"}}
        --- .env.production
        RELEASE=2026-03
    """
    if not facts.is_tracked:
        return
    for each in troubles_of(facts, "command-substitution"):
        message = f"the value of {each.name} is made by a command"
        yield line_finding(facts, each, message + told_by(each, "run by"))


RULES = (mangled_value, command_substitution)
