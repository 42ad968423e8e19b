"""Rules on how the commands of a workflow are handed secrets."""

import functools
import re
from collections.abc import Iterator

from launchready.facts.workflows import WorkflowFacts
from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.env_lint.rules.commands import commands_of
from launchready.steps.env_lint.settings import EnvLintSettings
from launchready.steps.env_lint.valuing import is_secret_name


@functools.cache
def _harmless() -> re.Pattern[str]:
    """Commands of the shell itself, whose arguments no other program sees."""
    return re.compile(
        r"\s*(?:if\s|elif\s|while\s|!\s|\[|test\s|echo\s|printf\s|export\s|local\s|readonly\s"
        r"|[A-Za-z_]\w*=(?![\"']?(?:\$\(|`))|[A-Za-z_-]+:\s|#)"
    )


@rule(WorkflowFacts, Severity.WARNING)
def secret_in_command_line(facts: WorkflowFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """A command has a secret among its arguments, put there by `${{ secrets.… }}`.

    Every process and action on the runner can read the arguments of the others, error messages and
    shells with `set -x` repeat them, and a quote or `$` in the secret changes the command.

    Hand the secret over in the step's `env` and write `"$NAME"`, or use the variable that the
    program reads by itself (`VERCEL_TOKEN`, `NETLIFY_AUTH_TOKEN`, `--password-stdin`).

    Bad:
        --- .github/workflows/deploy.yml
        on: push
        jobs:
          ship:
            runs-on: ubuntu-latest
            steps:
              - run: netlify deploy --auth=${{ secrets.NETLIFY_TOKEN }}

    Good:
        --- .github/workflows/deploy.yml
        on: push
        jobs:
          ship:
            runs-on: ubuntu-latest
            steps:
              - run: netlify deploy
                env:
                  NETLIFY_AUTH_TOKEN: ${{ secrets.NETLIFY_TOKEN }}

    Reference:
        https://docs.github.com/actions/reference/security/secure-use
    """
    for command in commands_of(facts):
        if command.is_in_document or _harmless().match(command.line.text):
            continue
        used = {
            name: command.place(start, end)
            for name, start, end, is_direct in command.uses()
            if is_direct and name not in settings.public and is_secret_name(name)
        }
        if used:
            first, more = next(iter(used)), len(used) - 1
            yield Finding(
                message=f"secret {first}{f' and {more} more are' if more else ' is'} written into a"
                f" command's arguments; expected {'them' if more else 'it'} in the step's env",
                location=used[first],
                identity=f"{command.job.id} {first}",
                places=tuple(used.values()),
            )


@functools.cache
def _unmasked() -> re.Pattern[str]:
    """A secret that is printed after a program has changed it, which the log's mask misses."""
    return re.compile(
        r"\s*(?:echo|printf)\s[^|;&]*(?:\|\s*(?:base64|rev|sed|xxd|od|hexdump|cut|fold|tr|awk)\b"
        r"(?:\"[^\"]*+\"|'[^']*+'|[^|;&>\"'])*+)+"
    )


@rule(WorkflowFacts, Severity.ERROR)
def secret_printed_unmasked(facts: WorkflowFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """A workflow prints a secret in a changed form, which GitHub does not mask in the log.

    GitHub hides a secret in logs only as it is. Encoded, reversed or cut it stands there for
    everybody who may read the run, of a public repository for all the world.

    Take the line out, delete the logs of past runs and replace the secret. To look at a secret,
    ask the service that it opens.

    Bad:
        --- .github/workflows/debug.yml
        on: push
        jobs:
          look:
            runs-on: ubuntu-latest
            steps:
              - run: echo "${{ secrets.API_KEY }}" | rev

    Good:
        --- .github/workflows/debug.yml
        on: push
        jobs:
          look:
            runs-on: ubuntu-latest
            steps:
              - run: echo "${{ secrets.API_KEY }}" | base64 -d > key.pem

    Reference:
        https://docs.github.com/actions/concepts/security/secrets
    """
    for command in commands_of(facts):
        if command.is_in_document or not _unmasked().fullmatch(command.line.text):
            continue
        for name, start, end, _ in command.uses():
            yield Finding(
                message=f"secret {name} is printed in a form that the log does not mask; expected"
                " it not to be printed",
                location=command.place(start, end),
                identity=f"{command.job.id} {name}",
            )
            break


@functools.cache
def _query() -> re.Pattern[str]:
    return re.compile(
        r"https?://[^\s\"']*[?&][\w-]*(?:token|key|secret|passw|auth|sig)[\w-]*=\Z", re.IGNORECASE
    )


@rule(WorkflowFacts, Severity.WARNING)
def secret_in_url(facts: WorkflowFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """A command asks an address that has a secret in its query.

    Addresses are kept in the logs of servers and proxies, and shown by programs that fail.

    Send it in a header: `curl -H "Authorization: Bearer $TOKEN"`. Where the service takes it in
    the address only, keep the whole address as the secret.

    Bad:
        --- .github/workflows/deploy.yml
        on: push
        jobs:
          tell:
            runs-on: ubuntu-latest
            steps:
              - run: curl "https://api.example.com/deploy?token=$TOKEN"
                env: {TOKEN: "${{ secrets.DEPLOY_TOKEN }}"}

    Good:
        --- .github/workflows/deploy.yml
        on: push
        jobs:
          tell:
            runs-on: ubuntu-latest
            steps:
              - run: 'curl -H "Authorization: Bearer $TOKEN" https://api.example.com/deploy'
                env: {TOKEN: "${{ secrets.DEPLOY_TOKEN }}"}

    Reference:
        https://owasp.org/www-community/vulnerabilities/Information_exposure_through_query_strings_in_url
    """
    for command in commands_of(facts):
        for name, start, end, _ in command.uses():
            if _query().search(command.line.text, max(0, start - 300), start):
                yield Finding(
                    message=f"secret {name} stands in the query of an address; expected a header",
                    location=command.place(start, end),
                    identity=f"{command.job.id} {name}",
                )


@rule(WorkflowFacts, Severity.ERROR)
def secret_in_condition(facts: WorkflowFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """An `if` asks for a secret, which GitHub does not allow there.

    GitHub refuses the whole workflow ("Unrecognized named-value: 'secrets'"): nothing in it runs,
    checks and deployments too.

    Put the secret into the job's `env` and ask for `env.NAME != ''` in the step's `if`.

    Bad:
        --- .github/workflows/ci.yml
        on: push
        jobs:
          scan:
            runs-on: ubuntu-latest
            steps:
              - if: ${{ secrets.SCAN_TOKEN != '' }}
                run: scan

    Good:
        --- .github/workflows/ci.yml
        on: push
        jobs:
          scan:
            runs-on: ubuntu-latest
            env:
              SCAN_TOKEN: ${{ secrets.SCAN_TOKEN }}
            steps:
              - if: ${{ env.SCAN_TOKEN != '' }}
                run: scan

    Reference:
        https://docs.github.com/actions/reference/workflows-and-actions/contexts#context-availability
    """
    for job in facts.jobs:
        for use in job.all_secrets:
            if use.where.name == "CONDITION":
                yield Finding(
                    message=f"a condition asks for secret {use.name or '(all)'}, which GitHub"
                    " refuses; expected env",
                    location=use.location,
                    identity=f"{job.id} {use.name}",
                )


RULES = (
    secret_in_command_line,
    secret_printed_unmasked,
    secret_in_url,
    secret_in_condition,
)
