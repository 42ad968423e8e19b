"""Rules on which job of a workflow sees which secret."""

import re
from collections.abc import Iterator

from launchready.catalog.environment import words
from launchready.catalog.environment.client_prefixes import prefixes_of
from launchready.catalog.environment.deploys import (
    deploys,
    is_deploying_action,
)
from launchready.facts.workflows import (
    JobFacts,
    SecretUse,
    WorkflowFacts,
    WorkflowsFacts,
)
from launchready.model import Finding, Related, Severity
from launchready.regex import Regex
from launchready.step import rule
from launchready.steps.env_lint.naming import stages_in
from launchready.steps.env_lint.settings import EnvLintSettings
from launchready.steps.env_lint.valuing.names import words_of

_OWN = frozenset({"GITHUB_TOKEN", "github_token"})
_NAMED_DEPLOY = Regex(r"(?:^|[\W_])deploy(?:s|ment)?(?:$|[\W_])", re.IGNORECASE)
_ONE_JOB = 1
_LABELS = words(
    "environment id name namespace org organization owner project region registry repo repository"
)
"""Last words of names of what is kept among the secrets and opens nothing."""


def secrets_of(uses: tuple[SecretUse, ...], settings: EnvLintSettings) -> Iterator[SecretUse]:
    """Uses of secrets that matter: not the job's own token, nothing that browsers get."""
    for use in uses:
        is_public = use.name in settings.public or any(prefixes_of(use.name))
        if use.name and use.name not in _OWN and not is_public:
            yield use


def is_deploy(job: JobFacts) -> bool:
    """Whether a job puts something live, by its commands, its actions or its name."""
    if job.calls:
        return False
    if any(is_deploying_action(step.uses) for step in job.steps):
        return True
    if any(deploys(line.text) for step in job.steps for line in step.lines):
        return True
    return bool(_NAMED_DEPLOY.search(f"{job.id} {job.name}"))


@rule(WorkflowFacts, Severity.WARNING)
def workflow_wide_secret(facts: WorkflowFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """A workflow gives a secret to all of its jobs by an `env` at its top.

    Every job, every step and every third-party action in it can read the secret, also those that
    have no use for it: one bad release of one action is enough to lose it.

    Move the line to the `env` of the step that needs the secret.

    Bad:
        --- .github/workflows/ci.yml
        on: push
        env:
          STRIPE_SECRET_KEY: ${{ secrets.STRIPE_SECRET_KEY }}
        jobs:
          lint:
            runs-on: ubuntu-latest
            steps: [{run: npm run lint}]
          pay:
            runs-on: ubuntu-latest
            steps: [{run: npm run pay}]

    Good:
        --- .github/workflows/ci.yml
        on: push
        jobs:
          lint:
            runs-on: ubuntu-latest
            steps: [{run: npm run lint}]
          pay:
            runs-on: ubuntu-latest
            steps:
              - run: npm run pay
                env:
                  STRIPE_SECRET_KEY: ${{ secrets.STRIPE_SECRET_KEY }}

    Reference:
        https://docs.github.com/actions/reference/security/secure-use
    """
    if len(facts.jobs) <= _ONE_JOB:
        return
    found = [
        use
        for use in secrets_of(facts.secrets, settings)
        if not re.match(r"TURBO_|NX_CLOUD", use.name) and words_of(use.name)[-1] not in _LABELS
    ]
    if found:
        more = f" and {len(found) - 1} more" if len(found) > 1 else ""
        yield Finding(
            message=f"secret {found[0].name}{more} given to all {len(facts.jobs)} jobs; expected"
            " only the steps that use it to have it",
            location=found[0].location,
            identity=" ".join(sorted({use.name for use in found})),
            related=tuple(Related(message="another", location=use.location) for use in found[1:]),
        )


@rule(WorkflowsFacts, Severity.WARNING)
def deploy_job_without_environment(
    facts: WorkflowsFacts, settings: EnvLintSettings
) -> Iterator[Finding]:
    """A job that deploys takes the repository's secrets, though there are several environments.

    Secrets of the repository are open to every branch and workflow: whoever may push a branch can
    read them, and staging has those of production. Secrets of a GitHub environment are given only
    to jobs that name it, on branches and after reviews that you choose.

    Make an environment in the repository's settings, move the secrets there and add
    `environment: production` to the job.

    Bad:
        --- .github/workflows/deploy.yml
        on: {push: {branches: [main]}}
        jobs:
          deploy-staging:
            runs-on: ubuntu-latest
            environment: staging
            steps:
              - run: flyctl deploy -c fly.staging.toml
                env: {FLY_API_TOKEN: "${{ secrets.FLY_API_TOKEN }}"}
          deploy-production:
            runs-on: ubuntu-latest
            steps:
              - run: flyctl deploy
                env: {FLY_API_TOKEN: "${{ secrets.FLY_API_TOKEN }}"}

    Good:
        --- .github/workflows/deploy.yml
        on: {push: {branches: [main]}}
        jobs:
          deploy-staging:
            runs-on: ubuntu-latest
            environment: staging
            steps:
              - run: flyctl deploy -c fly.staging.toml
                env: {FLY_API_TOKEN: "${{ secrets.FLY_API_TOKEN }}"}
          deploy-production:
            runs-on: ubuntu-latest
            environment: production
            steps:
              - run: flyctl deploy
                env: {FLY_API_TOKEN: "${{ secrets.FLY_API_TOKEN }}"}

    Reference:
        https://docs.github.com/actions/how-tos/deploy/configure-and-manage-deployments/manage-environments
    """
    if _has_several(facts):
        yield from _unprotected(facts, settings)


@rule(WorkflowsFacts, Severity.NOTE)
def deploy_job_with_repository_secrets(
    facts: WorkflowsFacts, settings: EnvLintSettings
) -> Iterator[Finding]:
    """A job that deploys takes the repository's secrets.

    They are open to every branch and workflow: whoever may push a branch can read them.

    Make an environment in the repository's settings, move the secrets there and add
    `environment: production` to the job; then only the branches that you choose can use them.

    Bad:
        --- .github/workflows/deploy.yml
        on: {push: {branches: [main]}}
        jobs:
          deploy:
            runs-on: ubuntu-latest
            steps:
              - run: flyctl deploy
                env: {FLY_API_TOKEN: "${{ secrets.FLY_API_TOKEN }}"}

    Good:
        --- .github/workflows/deploy.yml
        on: {push: {branches: [main]}}
        jobs:
          deploy:
            runs-on: ubuntu-latest
            environment: production
            steps:
              - run: flyctl deploy
                env: {FLY_API_TOKEN: "${{ secrets.FLY_API_TOKEN }}"}

    Reference:
        https://docs.github.com/actions/how-tos/deploy/configure-and-manage-deployments/manage-environments
    """
    if not _has_several(facts):
        yield from _unprotected(facts, settings)


def _has_several(facts: WorkflowsFacts) -> bool:
    """Whether jobs deploy to more than one environment, or some already name theirs."""
    deploying = [job for each in facts.workflows for job in each.jobs if is_deploy(job)]
    named = {job.environment.name for job in deploying if job.environment}
    return len(named) > 1 or any(job.is_protected for job in deploying)


def _unprotected(facts: WorkflowsFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    for workflow in facts.workflows:
        if "workflow_call" in workflow.triggers:
            continue
        for job in workflow.jobs:
            if job.is_protected or job.id == "runs" or not is_deploy(job):
                continue
            uses = secrets_of((*workflow.secrets, *job.all_secrets), settings)
            names = sorted({use.name for use in uses if not _is_of_a_registry(use.name)})
            if names and not any(list(stages_in(name)) for name in names):
                yield Finding(
                    message=f"job {job.id!r} deploys with {_listed(names)} and names no"
                    " environment; expected `environment:`, which keeps them from other jobs and"
                    " branches",
                    location=job.location,
                    identity=f"{workflow.path} {job.id}",
                )


def _is_of_a_registry(name: str) -> bool:
    return bool(
        re.search(r"DOCKER|REGISTRY|GHCR|CODECOV|SLACK|DISCORD|NPM_TOKEN|SENTRY|^GH_|_PAT$", name)
    )


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:3])
    return f"{shown} and {len(names) - 3} more" if len(names) > 3 else shown


RULES = (
    workflow_wide_secret,
    deploy_job_without_environment,
    deploy_job_with_repository_secrets,
)
