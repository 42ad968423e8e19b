"""Rules on secrets and env files that end up in container images."""

from collections.abc import Iterator

from launchready.catalog.environment.client_prefixes import prefixes_of
from launchready.facts.environment import Kind
from launchready.facts.images import EnvFile, ImageFacts, PackingFacts
from launchready.model import Finding, Related, Severity
from launchready.step import rule
from launchready.steps.env_lint.naming import is_env_file, kind_of
from launchready.steps.env_lint.rules.evidence import (
    Evidence,
    described,
    evidence_of,
    is_for_trying,
    is_path_for_trying,
)
from launchready.steps.env_lint.settings import EnvLintSettings
from launchready.steps.env_lint.valuing import weigh


@rule(ImageFacts, Severity.ERROR)
def secret_in_image(facts: ImageFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """A Dockerfile gives a secret to an `ARG` or an `ENV` in plain text.

    The value stands in git and in the image's history: everybody who can pull the image or read
    the repository has it, and every environment that runs the image shares it.

    Revoke the secret. At run time hand it in from outside; in a build use
    `RUN --mount=type=secret`, which leaves nothing in the image.

    Bad:
        --- Dockerfile
        FROM node:22
        ENV STRIPE_SECRET_KEY=<sk_live>
        CMD ["node", "server.js"]

    Good:
        --- Dockerfile
        FROM node:22
        ARG STRIPE_SECRET_KEY=placeholder
        RUN --mount=type=secret,id=npm npm ci
        CMD ["node", "server.js"]

    Reference:
        https://docs.docker.com/build/building/secrets/
    """
    for variable in facts.variables:
        each = variable.declaration
        evidence = evidence_of(each, settings)
        if evidence is Evidence.CREDENTIAL or (
            evidence is Evidence.RANDOM and not is_for_trying(each)
        ):
            word = "ENV" if variable.is_env else "ARG"
            yield Finding(
                message=f"{word} {each.name} is given {described(each)}; expected none in an image",
                location=each.location,
                identity=f"{word} {each.name}",
            )


@rule(ImageFacts, Severity.WARNING)
def secret_name_in_image(facts: ImageFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """The stage that becomes the image takes what is named like a secret as `ARG`, or keeps it in
    an `ENV`.

    What a build is given for it stays in the image's history or environment, where everybody who
    can pull the image reads it.

    Hand the secret to the one command that needs it by `RUN --mount=type=secret,id=…`, or to the
    container when it runs.

    Bad:
        --- Dockerfile
        FROM node:22
        ARG NPM_AUTH_TOKEN
        RUN npm ci

    Good:
        --- Dockerfile
        FROM node:22 AS build
        ARG NPM_AUTH_TOKEN
        RUN npm ci && npm run build

        FROM node:22-slim
        ARG SENTRY_RELEASE
        COPY --from=build /app /app

    Reference:
        https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/
    """
    seen = set()
    for variable in facts.variables:
        each = variable.declaration
        if facts.silenced or is_path_for_trying(facts.path):
            return
        if not variable.is_delivered or each.value is not None:
            continue
        if not weigh(each.name, None).is_secret_name or weigh(each.name, None).is_public:
            continue
        if each.name in settings.public or any(prefixes_of(each.name)) or each.name in seen:
            continue
        seen.add(each.name)
        word = "ENV" if variable.is_env else "ARG"
        yield Finding(
            message=f"{word} {each.name} leaves its value in the image; expected a secret mount, or"
            " a stage that is not delivered",
            location=each.location,
            identity=each.name,
        )


@rule(PackingFacts, Severity.WARNING)
def env_file_in_image(facts: PackingFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """A Dockerfile copies an env file into the image that is delivered.

    All that is in the file goes to everybody who can pull the image, and the image fits one
    environment only.

    Take the COPY out and give the variables to the container when it runs (`env_file`,
    `--env-file`, the platform's settings).

    Bad:
        --- Dockerfile
        FROM python:3.13
        COPY .env app.py ./

    Good:
        --- Dockerfile
        FROM python:3.13
        COPY .env.example app.py ./

    Reference:
        https://docs.docker.com/build/building/best-practices/
    """
    present = {each.path: each for each in facts.env_files}
    for image in facts.images:
        if is_path_for_trying(image.path):
            continue
        folder = image.path.rpartition("/")[0]
        for copy in image.copies:
            path = copy.source.removeprefix("./").removeprefix("/")
            name = path.rpartition("/")[2]
            if not is_env_file(path) or kind_of(path) is Kind.TEMPLATE or not copy.is_delivered:
                continue
            here = [present[each] for each in (path, f"{folder}/{path}") if each in present]
            if not all(_holds_secrets(each, settings) for each in here):
                continue
            if not name.startswith(".env") and not here:
                continue  # of a file that is made elsewhere nothing is known but its name
            yield Finding(
                message=f"{copy.source!r} is copied into the image; expected variables from"
                " outside when it runs",
                location=copy.location,
                identity=f"{image.path} {path}",
                related=tuple(_where(facts, path, folder)),
            )


def _holds_secrets(file: EnvFile, settings: EnvLintSettings) -> bool:
    """Whether a tracked file tells more than names, or one that is not here may."""
    return any(evidence_of(each, settings) for each in file.declarations)


def _where(facts: PackingFacts, path: str, folder: str) -> Iterator[Related]:
    for file in facts.env_files:
        if file.path in (path, f"{folder}/{path}") and file.declarations:
            yield Related(message="what is copied", location=file.declarations[0].location)


RULES = (secret_in_image, secret_name_in_image, env_file_in_image)
