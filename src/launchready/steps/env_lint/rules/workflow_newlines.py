"""Rules on secrets that get a line end on their way into a store."""

import functools
import re
from collections.abc import Iterator

from launchready.facts.workflows import Line, ScriptFacts, WorkflowFacts
from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.env_lint.rules.commands import commands_of
from launchready.steps.env_lint.settings import EnvLintSettings
from launchready.steps.env_lint.valuing import is_secret_name


@functools.cache
def _piped() -> re.Pattern[str]:
    """`echo X | sink`, where the sink keeps the line end that echo adds."""
    return re.compile(
        r"\becho\s+(?P<flags>(?:-[A-Za-z]+\s+)*+)(?P<what>\"[^\"|]*\"|'[^'|]*'|\$\{\{[^}]*\}\}|[^\s|;&]+)\s*\|\s*"
        r"(?P<sink>(?:npx\s+|pnpm\s+(?:dlx\s+|exec\s+)?|yarn\s+|bunx\s+)?(?:vercel(?:@\S+)?\s[^|;&]{0,200}?\benv\s+add"
        r"|base64(?!\s*(?:-\w+\s+)*(?:-d|-D|--decode)\b)|gcloud\s+secrets\s+(?:create|versions\s+add)"
        r"|docker\s+secret\s+create|vault\s+kv\s+put|vercel\s+env\s+add))"
    )


@rule(WorkflowFacts, Severity.ERROR)
def newline_in_piped_secret(facts: WorkflowFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """`echo` hands a secret on with a line end that becomes part of it.

    The stored secret ends in a newline: signatures do not match, headers are refused and log-ins
    fail in production, though the value looks right wherever it is shown.

    Write `printf %s "$SECRET"` in place of `echo "$SECRET"`, and store the secret again.

    Bad:
        --- .github/workflows/deploy.yml
        on: push
        jobs:
          keys:
            runs-on: ubuntu-latest
            steps:
              - run: echo "$STRIPE_KEY" | vercel env add STRIPE_KEY production
                env: {STRIPE_KEY: "${{ secrets.STRIPE_KEY }}"}

    Good:
        --- .github/workflows/deploy.yml
        on: push
        jobs:
          keys:
            runs-on: ubuntu-latest
            steps:
              - run: printf %s "$STRIPE_KEY" | vercel env add STRIPE_KEY production
                env: {STRIPE_KEY: "${{ secrets.STRIPE_KEY }}"}

    Reference:
        https://pubs.opengroup.org/onlinepubs/9799919799/utilities/echo.html
    """
    for command in commands_of(facts):
        match = _ended(command.line)
        if match is None:
            continue
        names = [
            name
            for name, start, _, _ in command.uses()
            if match.start("what") <= start < match.end("what")
        ]
        if names:
            yield Finding(
                message=f"echo adds a line end to secret {names[0]} on its way to"
                f" {_program(match)}; expected printf %s",
                location=command.place(match.start(), match.end()),
                identity=f"{command.job.id} {names[0]}",
            )


@rule(ScriptFacts, Severity.ERROR)
def newline_in_secret_of_script(facts: ScriptFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """A shell script hands a secret on by `echo`, with a line end that becomes part of it.

    The stored secret ends in a newline: signatures do not match, headers are refused and log-ins
    fail in production, though the value looks right wherever it is shown.

    Write `printf %s "$SECRET"` in place of `echo "$SECRET"`, and store the secret again.

    Bad:
        --- scripts/keys.sh
        echo "$STRIPE_SECRET_KEY" | vercel env add STRIPE_SECRET_KEY production

    Good:
        --- scripts/keys.sh
        printf %s "$STRIPE_SECRET_KEY" | vercel env add STRIPE_SECRET_KEY production

    Reference:
        https://pubs.opengroup.org/onlinepubs/9799919799/utilities/echo.html
    """
    for line in facts.lines:
        match = _ended(line)
        used = re.search(r"\$\{?([A-Za-z_]\w*)", match["what"]) if match else None
        if match and used and ("env add" in match["sink"] or is_secret_name(used[1])):
            yield Finding(
                message=f"echo adds a line end to {used[1]} on its way to {_program(match)};"
                " expected printf %s",
                location=line.location,
                identity=f"{used[1]} {_program(match)}",
            )


def _ended(line: Line) -> re.Match[str] | None:
    match = _piped().search(line.text) if "|" in line.text else None
    return None if match is None or "n" in match["flags"] else match


def _program(match: re.Match[str]) -> str:
    words = match["sink"].split()
    return "vercel env add" if "vercel" in match["sink"] else " ".join(words[:2])


RULES = (newline_in_piped_secret, newline_in_secret_of_script)
