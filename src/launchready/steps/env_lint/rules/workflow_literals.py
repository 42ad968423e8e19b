"""Rules on secrets that a CI file holds itself, or bakes into an image."""

import re
from collections.abc import Iterator

from launchready.catalog.environment.client_prefixes import prefixes_of
from launchready.catalog.environment.credentials import Mode
from launchready.facts.environment import EnvironmentFacts, Kind
from launchready.facts.workflows import SecretUse, WorkflowFacts
from launchready.model import FileLocation, Finding, Severity
from launchready.step import rule
from launchready.steps.env_lint.rules.commands import commands_of
from launchready.steps.env_lint.rules.evidence import Evidence, described, evidence_of, once
from launchready.steps.env_lint.settings import EnvLintSettings
from launchready.steps.env_lint.valuing import is_secret_name, weigh


@rule(WorkflowFacts, Severity.WARNING)
def secret_build_argument(facts: WorkflowFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """A workflow hands a secret to an image's build as a build argument.

    Build arguments are kept in the image's history and in the build's attestation, which everybody
    who can pull the image reads.

    Use `secrets:` of docker/build-push-action, or `--secret`, with `RUN --mount=type=secret` in
    the Dockerfile.

    Bad:
        --- .github/workflows/image.yml
        on: push
        jobs:
          image:
            runs-on: ubuntu-latest
            steps:
              - uses: docker/build-push-action@v6
                with:
                  build-args: |
                    NPM_TOKEN=${{ secrets.NPM_TOKEN }}

    Good:
        --- .github/workflows/image.yml
        on: push
        jobs:
          image:
            runs-on: ubuntu-latest
            steps:
              - uses: docker/build-push-action@v6
                with:
                  secrets: |
                    NPM_TOKEN=${{ secrets.NPM_TOKEN }}

    Reference:
        https://docs.docker.com/build/ci/github-actions/secrets/
    """
    for job in facts.jobs:
        for use in job.all_secrets:
            is_given = use.key.lower() in ("build-args", "build_args", "buildargs")
            if is_given and _is_hidden(use, settings):
                yield _argument(use.name, job.id, use.location)
    for command in commands_of(facts):
        for name, start, end, _ in command.uses():
            before = command.line.text[max(0, start - 120) : start]
            given = re.search(r"--build-arg[= ][\"']?(\w+)=[\"']?\Z", before)
            if given and is_secret_name(name) and not any(prefixes_of(given[1])):
                yield _argument(name, command.job.id, command.place(start, end))


def _is_hidden(use: SecretUse, settings: EnvLintSettings) -> bool:
    weight = weigh(use.name, None)
    is_public = use.name in settings.public or weight.is_public or any(prefixes_of(use.name))
    return weight.is_secret_name and not is_public


def _argument(name: str, job: str, location: FileLocation) -> Finding:
    return Finding(
        message=f"secret {name} is handed to a build as an argument, which the image's history"
        " keeps; expected a secret mount",
        location=location,
        identity=f"{job} {name}",
    )


@rule(EnvironmentFacts, Severity.ERROR)
def live_secret_in_workflow(
    facts: EnvironmentFacts, settings: EnvLintSettings
) -> Iterator[Finding]:
    """A CI file holds a live secret in plain text.

    Everybody who can read the repository has it, and the CI's log does not hide it.

    Revoke the secret, store its successor in the CI's secrets and refer to it
    (`${{ secrets.NAME }}`).

    Bad:
        --- .github/workflows/ci.yml
        on: push
        jobs:
          test:
            runs-on: ubuntu-latest
            env:
              STRIPE_SECRET_KEY: <sk_live>

    Good:
        --- .github/workflows/ci.yml
        on: push
        jobs:
          test:
            runs-on: ubuntu-latest
            env:
              STRIPE_SECRET_KEY: <sk_test>
              DATABASE_URL: postgres://postgres:postgres@localhost:5432/test

    Reference:
        https://docs.github.com/actions/concepts/security/secrets
    """
    for each in once(each for each in facts.declarations if each.kind is Kind.CI):
        credential = weigh(each.name, each.value).credential
        is_for_trying = credential is not None and credential.mode is Mode.TEST
        evidence = evidence_of(each, settings)
        is_live = each.environment is not None and each.environment.stage.is_production
        if is_for_trying or evidence is None:
            continue
        if evidence is Evidence.CREDENTIAL or (evidence is Evidence.RANDOM and is_live):
            yield Finding(
                message=f"{each.name} is given {described(each)} in plain text; expected a"
                " reference to the CI's secrets",
                location=each.location,
                identity=f"{each.holder} {each.name}",
            )


RULES = (secret_build_argument, live_secret_in_workflow)
