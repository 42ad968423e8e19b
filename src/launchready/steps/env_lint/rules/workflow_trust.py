"""Rules on workflows that trust others with their secrets. zizmor judges these too, and more."""

import functools
import re
from collections.abc import Iterator

from launchready.facts.workflows import JobFacts, WorkflowFacts
from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.env_lint.rules.workflows import secrets_of
from launchready.steps.env_lint.settings import EnvLintSettings


@rule(WorkflowFacts, Severity.WARNING)
def all_secrets_as_json(facts: WorkflowFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """A workflow takes all secrets at once, by `toJSON(secrets)` or a name made at run time.

    The job gets every secret of the repository and the organisation: what goes wrong in it loses
    them all.

    Name the secrets that the step needs, one by one.

    Bad:
        --- .github/workflows/ci.yml
        on: push
        jobs:
          test:
            runs-on: ubuntu-latest
            steps:
              - run: npm test
                env: {ALL: "${{ toJSON(secrets) }}"}

    Good:
        --- .github/workflows/ci.yml
        on: push
        jobs:
          test:
            runs-on: ubuntu-latest
            steps:
              - run: npm test
                env: {API_KEY: "${{ secrets.TEST_API_KEY }}"}

    Reference:
        https://docs.zizmor.sh/audits/#overprovisioned-secrets
    """
    uses = (*facts.secrets, *(use for job in facts.jobs for use in job.all_secrets))
    for use in uses:
        if not use.name and use.where.name != "CONDITION":
            yield Finding(
                message="all secrets are handed over at once; expected those that are needed by"
                " name",
                location=use.location,
                identity=f"{use.where.value} {use.key}",
            )


@rule(WorkflowFacts, Severity.WARNING)
def inherited_secrets(facts: WorkflowFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """A workflow of another repository is given all secrets by `secrets: inherit`.

    Whoever can change that repository can read every secret of this one.

    Name the secrets that the called workflow needs.

    Bad:
        --- .github/workflows/ci.yml
        on: push
        jobs:
          lint:
            uses: someone/workflows/.github/workflows/lint.yml@v1
            secrets: inherit

    Good:
        --- .github/workflows/ci.yml
        on: push
        jobs:
          lint:
            uses: someone/workflows/.github/workflows/lint.yml@v1
            secrets:
              token: ${{ secrets.LINT_TOKEN }}
          test:
            uses: ./.github/workflows/test.yml
            secrets: inherit

    Reference:
        https://docs.zizmor.sh/audits/#secrets-inherit
    """
    for job in facts.jobs:
        if job.inherits is not None and not job.calls.startswith("./"):
            yield Finding(
                message=f"job {job.id!r} hands all secrets to a workflow of another repository;"
                " expected those that it needs by name",
                location=job.inherits,
                identity=job.calls.partition("@")[0],
            )


_STRANGERS = ("pull_request_target", "workflow_run")


@functools.cache
def _head() -> re.Pattern[str]:
    return re.compile(
        r"github\.event\.pull_request\.head\.(?:sha|ref)|github\.head_ref|refs/pull/"
        r"|github\.event\.workflow_run\.head_(?:sha|branch|commit)"
    )


@functools.cache
def _guarded() -> re.Pattern[str]:
    return re.compile(
        r"head\.repo|head_repository|github\.actor|\.user\.login|label|author_association|sender"
    )


@rule(WorkflowFacts, Severity.ERROR)
def secrets_with_untrusted_checkout(
    facts: WorkflowFacts, settings: EnvLintSettings
) -> Iterator[Finding]:
    """A job that holds secrets runs the code of anybody's pull request.

    `pull_request_target` and `workflow_run` give secrets to pull requests of forks. With the
    fork's code checked out and run, a stranger takes the secrets by opening a pull request.

    Run such code on `pull_request`, which has no secrets, or give the job an `environment` whose
    reviewers must agree first.

    Bad:
        --- .github/workflows/preview.yml
        on: pull_request_target
        jobs:
          preview:
            runs-on: ubuntu-latest
            steps:
              - uses: actions/checkout@v5
                with: {ref: "${{ github.event.pull_request.head.sha }}"}
              - run: npm ci && npm run preview
                env: {TOKEN: "${{ secrets.PREVIEW_TOKEN }}"}

    Good:
        --- .github/workflows/preview.yml
        on: pull_request
        jobs:
          preview:
            runs-on: ubuntu-latest
            steps:
              - uses: actions/checkout@v5
                with: {ref: "${{ github.event.pull_request.head.sha }}"}
              - run: npm ci && npm run preview
                env: {TOKEN: "${{ secrets.PREVIEW_TOKEN }}"}

    Reference:
        https://docs.zizmor.sh/audits/#dangerous-triggers
        https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/
    """
    triggers = [name for name in _STRANGERS if name in facts.triggers]
    if not triggers:
        return
    for job in facts.jobs:
        used = list(secrets_of((*facts.secrets, *job.all_secrets), settings))
        if used and not job.is_protected and _runs_strangers_code(job):
            yield Finding(
                message=f"job {job.id!r} checks out a pull request's code on {triggers[0]} and runs"
                f" it beside secret {used[0].name}; expected no secrets there",
                location=job.location,
                identity=f"{job.id} {triggers[0]}",
            )


def _runs_strangers_code(job: JobFacts) -> bool:
    if _guarded().search(job.condition):
        return False
    is_out = False
    for step in job.steps:
        if step.uses.startswith("actions/checkout") and any(
            key in ("ref", "repository") and _head().search(value) for key, value in step.inputs
        ):
            is_out = True
        elif is_out and (step.lines or step.uses.startswith("./")):
            return True
    return False


RULES = (all_secrets_as_json, inherited_secrets, secrets_with_untrusted_checkout)
