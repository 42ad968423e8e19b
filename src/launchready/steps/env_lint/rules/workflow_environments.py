"""Rules on jobs of several environments that take one secret."""

import re
from collections.abc import Iterator

from launchready.catalog.environment.deploys import is_common_secret
from launchready.facts.environment import Stage
from launchready.facts.workflows import JobFacts, SecretUse, WorkflowFacts, WorkflowsFacts
from launchready.model import Finding, Related, Severity
from launchready.step import rule
from launchready.steps.env_lint.naming import stages_in
from launchready.steps.env_lint.rules.workflows import is_deploy, secrets_of
from launchready.steps.env_lint.settings import EnvLintSettings

_OF_PULL_REQUESTS = frozenset({"pull_request", "pull_request_target"})


@rule(WorkflowsFacts, Severity.ERROR)
def one_secret_for_staging_and_production(
    facts: WorkflowsFacts, settings: EnvLintSettings
) -> Iterator[Finding]:
    """Jobs of staging and of production take the same secret of the repository.

    What runs or breaks in staging then has the keys of production: a test run writes to customers'
    data, and a leak in staging is a leak of production.

    Name a GitHub environment in both jobs (`environment: staging`, `environment: production`) and
    give each a secret of its own under this name; or use two names.

    Bad:
        --- .github/workflows/deploy.yml
        on: push
        jobs:
          deploy-staging:
            runs-on: ubuntu-latest
            steps:
              - run: npm run migrate
                env: {DATABASE_URL: "${{ secrets.DATABASE_URL }}"}
          deploy-production:
            runs-on: ubuntu-latest
            steps:
              - run: npm run migrate
                env: {DATABASE_URL: "${{ secrets.DATABASE_URL }}"}

    Good:
        --- .github/workflows/deploy.yml
        on: push
        jobs:
          deploy-staging:
            runs-on: ubuntu-latest
            environment: staging
            steps:
              - run: npm run migrate
                env: {DATABASE_URL: "${{ secrets.DATABASE_URL }}"}
          deploy-production:
            runs-on: ubuntu-latest
            environment: production
            steps:
              - run: npm run migrate
                env: {DATABASE_URL: "${{ secrets.DATABASE_URL }}"}

    Reference:
        https://docs.github.com/actions/concepts/security/secrets
    """
    used: dict[str, dict[Stage, tuple[WorkflowFacts, JobFacts, SecretUse]]] = {}
    for workflow in facts.workflows:
        for job in workflow.jobs:
            if job.environment is None or job.is_protected or job.environment_text:
                continue
            if _is_protected_in(facts, job):
                continue
            for use in secrets_of((*workflow.secrets, *job.all_secrets), settings):
                stages = used.setdefault(use.name, {})
                stages.setdefault(job.environment.stage, (workflow, job, use))
    for name, by_stage in used.items():
        live, other = by_stage.get(Stage.PRODUCTION), by_stage.get(Stage.STAGING)
        is_meant = name in settings.shared or is_common_secret(name) or list(stages_in(name))
        if live and other and not is_meant:
            yield Finding(
                message=f"secret {name} is used by job {live[1].id!r} of production and by"
                f" {other[1].id!r} of staging; expected one for each",
                location=live[2].location,
                identity=name,
                related=(Related(message="staging takes it here", location=other[2].location),),
            )


@rule(WorkflowsFacts, Severity.WARNING)
def preview_with_production_secret(
    facts: WorkflowsFacts, settings: EnvLintSettings
) -> Iterator[Finding]:
    """A deployment of pull requests takes a secret that the deployment of production takes too.

    Code that nobody has reviewed yet runs with production's data and accounts.

    Give previews a database and keys of their own, under other names or in a GitHub environment
    for previews.

    Bad:
        --- .github/workflows/preview.yml
        on: pull_request
        jobs:
          deploy:
            runs-on: ubuntu-latest
            steps:
              - run: vercel deploy
                env: {DATABASE_URL: "${{ secrets.DATABASE_URL }}"}
        --- .github/workflows/release.yml
        on: {push: {branches: [main]}}
        jobs:
          deploy:
            runs-on: ubuntu-latest
            steps:
              - run: vercel deploy --prod
                env: {DATABASE_URL: "${{ secrets.DATABASE_URL }}"}

    Good:
        --- .github/workflows/preview.yml
        on: pull_request
        jobs:
          deploy:
            runs-on: ubuntu-latest
            steps:
              - run: vercel deploy
                env: {DATABASE_URL: "${{ secrets.PREVIEW_DATABASE_URL }}"}
        --- .github/workflows/release.yml
        on: {push: {branches: [main]}}
        jobs:
          deploy:
            runs-on: ubuntu-latest
            steps:
              - run: vercel deploy --prod
                env: {DATABASE_URL: "${{ secrets.DATABASE_URL }}"}

    Reference:
        https://docs.github.com/actions/concepts/security/secrets
    """
    previews = _deployed(facts, settings, "pull_request")
    lives = _deployed(facts, settings, "push")
    for name in sorted(previews.keys() & lives.keys()):
        if name not in settings.shared and not _is_deployers(name):
            yield Finding(
                message=f"secret {name} is given to previews of pull requests and to the deployment"
                " of production; expected one for each",
                location=previews[name].location,
                identity=name,
                related=(Related(message="production takes it", location=lives[name].location),),
            )


@rule(WorkflowFacts, Severity.WARNING)
def pull_request_with_production_secret(
    facts: WorkflowFacts, settings: EnvLintSettings
) -> Iterator[Finding]:
    """A workflow that runs for pull requests alone takes what its names say is production's.

    Whoever may open a pull request from a branch of the repository runs code of their own with it,
    before anybody has read that code: customers' data, payments and mail are one branch away.

    Give pull requests an environment and credentials of their own; let the job that needs
    production's run after the merge.

    Bad:
        --- .github/workflows/preview.yml
        on: pull_request
        jobs:
          seed:
            runs-on: ubuntu-latest
            steps:
              - run: npm run seed
                env: {DATABASE_URL: "${{ secrets.PROD_DATABASE_URL }}"}

    Good:
        --- .github/workflows/preview.yml
        on: pull_request
        jobs:
          seed:
            runs-on: ubuntu-latest
            steps:
              - run: npm run seed
                env: {DATABASE_URL: "${{ secrets.PREVIEW_DATABASE_URL }}"}

    Reference:
        https://docs.github.com/actions/reference/workflows-and-actions/deployments-and-environments
    """
    if not facts.triggers or not facts.triggers <= _OF_PULL_REQUESTS or facts.types == ("closed",):
        return
    for job in facts.jobs:
        if "merged" in job.condition:
            continue
        uses = {use.name: use for use in secrets_of((*facts.secrets, *job.all_secrets), settings)}
        is_live = job.is_protected and _is_production(job.environment_text)
        for name, use in uses.items():
            if is_common_secret(name) or name in settings.shared:
                continue
            if is_live or _is_production(name):
                whose = f", of the environment {job.environment_text}" if is_live else ""
                yield Finding(
                    message=f"job {job.id!r} runs for pull requests and takes secret"
                    f" {name}{whose}; expected one for previews",
                    location=use.location,
                    identity=f"{job.id} {name}",
                )


def _is_production(name: str) -> bool:
    """Whether a name says production and no other stage; what is made at run time says none."""
    return "${{" not in name and set(stages_in(name)) == {Stage.PRODUCTION}


def _deployed(
    facts: WorkflowsFacts, settings: EnvLintSettings, trigger: str
) -> dict[str, SecretUse]:
    """The secrets of deploying jobs that only this trigger starts, and no environment guards."""
    other = "push" if trigger == "pull_request" else "pull_request"
    found: dict[str, SecretUse] = {}
    for workflow in facts.workflows:
        if trigger not in workflow.triggers or other in workflow.triggers:
            continue
        for job in workflow.jobs:
            if is_deploy(job) and not job.is_protected:
                for use in secrets_of((*workflow.secrets, *job.all_secrets), settings):
                    found.setdefault(use.name, use)
    return found


def _is_deployers(name: str) -> bool:
    """Whether it is the account of the tool that deploys, of which there is one."""
    return is_common_secret(name) or bool(
        re.match(r"(?:VERCEL|NETLIFY|FLY|CLOUDFLARE|CF|RAILWAY|RENDER|HEROKU|AWS|GCP|AZURE)_", name)
    )


def _is_protected_in(facts: WorkflowsFacts, job: JobFacts) -> bool:
    """Whether the workflow that a job calls names an environment itself: GitHub gives its job that
    environment's secret of a name, and not the one that the call hands on.

    Source: https://docs.github.com/actions/how-tos/reuse-automations/reuse-workflows
    """
    if not job.calls.startswith("./"):
        return False
    called = [w for w in facts.workflows if w.path == job.calls.removeprefix("./")]
    return any(each.is_protected for workflow in called for each in workflow.jobs)


RULES = (
    one_secret_for_staging_and_production,
    preview_with_production_secret,
    pull_request_with_production_secret,
)
