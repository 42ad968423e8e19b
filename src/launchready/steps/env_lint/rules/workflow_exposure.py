"""Rules on secrets that leave their job: by outputs, images, or the file itself."""

import functools
import re
from collections.abc import Iterator

from launchready.facts.workflows import StepFacts, WorkflowFacts
from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.env_lint.rules.commands import commands_of
from launchready.steps.env_lint.settings import EnvLintSettings
from launchready.steps.env_lint.valuing import is_secret_name


@functools.cache
def _output() -> re.Pattern[str]:
    return re.compile(
        r">>?\s*[\"']?\$\{?(?:GITHUB_OUTPUT|GITHUB_STEP_SUMMARY)\b|::set-output\b"
        r"|\|\s*tee\s+(?:-a\s+)?[\"']?\$\{?(?:GITHUB_OUTPUT|GITHUB_STEP_SUMMARY)\b"
    )


@rule(WorkflowFacts, Severity.ERROR)
def secret_written_to_output(facts: WorkflowFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """A step writes a secret to its outputs or to the run's summary.

    GitHub drops an output that holds a secret, so that the job which waits for it gets nothing;
    where a changed form slips through, later jobs and the run's page show it.

    Give the secret to each job that needs it by `${{ secrets.… }}`.

    Bad:
        --- .github/workflows/ci.yml
        on: push
        jobs:
          keys:
            runs-on: ubuntu-latest
            steps:
              - run: echo "token=${{ secrets.DEPLOY_TOKEN }}" >> "$GITHUB_OUTPUT"

    Good:
        --- .github/workflows/ci.yml
        on: push
        jobs:
          keys:
            runs-on: ubuntu-latest
            steps:
              - run: echo "version=$(cat VERSION)" >> "$GITHUB_OUTPUT"

    Reference:
        https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idoutputs
    """
    what = "an output or summary; expected each job to take it from secrets"
    yield from _written_to(facts, _output(), what)


@functools.cache
def _later() -> re.Pattern[str]:
    return re.compile(r">>?\s*[\"']?\$\{?GITHUB_ENV\b|\|\s*tee\s+(?:-a\s+)?[\"']?\$\{?GITHUB_ENV\b")


@rule(WorkflowFacts, Severity.WARNING)
def secret_written_to_job(facts: WorkflowFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """A step writes a secret to `$GITHUB_ENV`, which gives it to all later steps of the job.

    Actions of others that come later can read it too, and a secret of several lines defines other
    variables.

    Give the secret to the steps that need it, by their own `env`.

    Bad:
        --- .github/workflows/ci.yml
        on: push
        jobs:
          keys:
            runs-on: ubuntu-latest
            steps:
              - run: echo "DEPLOY_TOKEN=${{ secrets.DEPLOY_TOKEN }}" >> "$GITHUB_ENV"
              - uses: someone/action@v1

    Good:
        --- .github/workflows/ci.yml
        on: push
        jobs:
          keys:
            runs-on: ubuntu-latest
            steps:
              - run: echo "VERSION=$(cat VERSION)" >> "$GITHUB_ENV"
              - run: npm run deploy
                env: {DEPLOY_TOKEN: "${{ secrets.DEPLOY_TOKEN }}"}

    Reference:
        https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#setting-an-environment-variable
    """
    what = "GITHUB_ENV for all later steps; expected only those that use it to have it"
    yield from _written_to(facts, _later(), what)


def _written_to(facts: WorkflowFacts, where: re.Pattern[str], what: str) -> Iterator[Finding]:
    """Secrets that a command writes as they are to a place that its line names."""
    for command in commands_of(facts):
        found = where.search(command.line.text)
        for name, start, end, _ in command.uses() if found else ():
            if is_secret_name(name) and "$(" not in command.line.text[:start]:
                yield Finding(
                    message=f"secret {name} is written to {what}",
                    location=command.place(start, end),
                    identity=f"{command.job.id} {name}",
                )


@functools.cache
def _written() -> re.Pattern[str]:
    return re.compile(r">>?\s*[\"']?(?P<path>[\w./-]*\.env[\w.-]*|[\w./-]+\.env)[\"']?\s*\Z")


@rule(WorkflowFacts, Severity.ERROR)
def secret_in_artifact(facts: WorkflowFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """A job writes a secret to an env file and uploads that file as an artifact or to a cache.

    Everybody who can read the repository can download artifacts, and pull requests can read caches.

    Leave the file out of the upload and give the secret to the job that needs it.

    Bad:
        --- .github/workflows/ci.yml
        on: push
        jobs:
          build:
            runs-on: ubuntu-latest
            steps:
              - run: echo "API_KEY=${{ secrets.API_KEY }}" > .env
              - uses: actions/upload-artifact@v4
                with: {name: build, path: .env, include-hidden-files: true}

    Good:
        --- .github/workflows/ci.yml
        on: push
        jobs:
          build:
            runs-on: ubuntu-latest
            steps:
              - run: echo "API_KEY=${{ secrets.API_KEY }}" > .env
              - uses: actions/upload-artifact@v4
                with: {name: build, path: dist}

    Reference:
        https://github.com/actions/upload-artifact#uploading-hidden-files
    """
    written: dict[tuple[str, str], str] = {}
    for command in commands_of(facts):
        found = _written().search(command.line.text)
        for name, _, _, _ in command.uses() if found else ():
            if found and is_secret_name(name):
                written.setdefault((command.job.id, found["path"].removeprefix("./")), name)
    for job in facts.jobs:
        for step in job.steps:
            for path in _uploaded(step):
                name = written.get((job.id, path), "")
                if name:
                    yield Finding(
                        message=f"{path!r} with secret {name} is uploaded by {step.uses!r};"
                        " expected it to stay in the job",
                        location=step.location,
                        identity=f"{job.id} {path}",
                    )


def _uploaded(step: StepFacts) -> Iterator[str]:
    """The files that a step uploads by name. Artifacts leave hidden ones out unless told."""
    inputs = dict(step.inputs)
    is_artifact = step.uses.startswith("actions/upload-artifact")
    if not is_artifact and not step.uses.startswith(("actions/cache@", "actions/cache/save")):
        return
    for line in inputs.get("path", "").split("\n"):
        path = line.strip().removeprefix("./")
        is_hidden = path.rpartition("/")[2].startswith(".")
        if not is_artifact or not is_hidden or inputs.get("include-hidden-files") == "true":
            yield path


RULES = (
    secret_written_to_output,
    secret_written_to_job,
    secret_in_artifact,
)
