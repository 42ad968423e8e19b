"""Rules on env files that git or an image takes along."""

import re
from collections.abc import Iterator

from launchready.facts.environment import Declaration, EnvironmentFacts, Kind, Place
from launchready.facts.images import Copy, EnvFile, ImageFacts, PackingFacts
from launchready.model import FileLocation, Finding, Severity
from launchready.regex import Regex
from launchready.step import rule
from launchready.steps.env_lint.ignoring import is_ignored_by_docker, is_ignored_by_git
from launchready.steps.env_lint.naming import place_of, stages_in
from launchready.steps.env_lint.rules.evidence import (
    Evidence,
    described,
    evidence_of,
    is_first_user,
    is_for_trying,
    is_path_for_trying,
    others,
)
from launchready.steps.env_lint.settings import EnvLintSettings

_ENDING = Regex(r"[._-](?:example|sample|template|dist)$", re.IGNORECASE)


def _tracked(facts: EnvironmentFacts) -> Iterator[tuple[str, list[Declaration]]]:
    """The real env files that git tracks, with what they give."""
    by_path: dict[str, list[Declaration]] = {}
    for each in facts.declarations:
        if each.kind is Kind.REAL and each.source == "dotenv" and each.path in facts.tracked:
            by_path.setdefault(each.path, []).append(each)
    yield from by_path.items()


@rule(EnvironmentFacts, Severity.ERROR)
def env_file_tracked(facts: EnvironmentFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """Git tracks an env file that holds a secret.

    Every clone, fork and old commit keeps the secret, long after it is taken out of the file; who
    leaves the team takes it along.

    Revoke the secrets, take the file out of git (`git rm --cached`), add it to .gitignore and keep
    a template with empty values in its place.

    Bad:
        --- .env
        PORT=3000
        STRIPE_SECRET_KEY=<sk_live>

    Good:
        --- .env.example
        PORT=3000
        STRIPE_SECRET_KEY=

    Reference:
        https://12factor.net/config
        https://docs.github.com/code-security/secret-scanning/working-with-secret-scanning-and-push-protection
    """
    for path, declarations in _tracked(facts):
        found = tuple(each for each in declarations if _is_sure(each, settings))
        if found:
            yield _tracked_finding(path, found, f"{described(found[0])} for {found[0].name}")


def _is_sure(each: Declaration, settings: EnvLintSettings) -> bool:
    evidence = evidence_of(each, settings)
    return evidence is Evidence.CREDENTIAL or (
        evidence is Evidence.RANDOM and not is_for_trying(each)
    )


@rule(EnvironmentFacts, Severity.WARNING)
def env_file_with_passwords_tracked(
    facts: EnvironmentFacts, settings: EnvLintSettings
) -> Iterator[Finding]:
    """Git tracks an env file that gives values to what is named like a secret.

    If the values are used anywhere but on a developer's machine, everybody with the repository has
    them.

    Take the file out of git (`git rm --cached`), add it to .gitignore and keep a template in its
    place; files of development and tests are left alone.

    Bad:
        --- .env.production
        ADMIN_PASSWORD=n0rthern-harbour-77

    Good:
        --- .env.test
        ADMIN_PASSWORD=n0rthern-harbour-77

    Reference:
        https://12factor.net/config
    """
    for path, declarations in _tracked(facts):
        found = tuple(
            each
            for each in declarations
            if evidence_of(each, settings) is Evidence.CHOSEN
            and not (is_for_trying(each) or is_first_user(each))
        )
        if found and not any(_is_sure(each, settings) for each in declarations):
            yield _tracked_finding(path, found, f"a value for {found[0].name}")


def _tracked_finding(path: str, found: tuple[Declaration, ...], what: str) -> Finding:
    more = f" and {len(found) - 1} more" if len(found) > 1 else ""
    return Finding(
        message=f"git tracks {path!r} with {what}{more}; expected the file to be ignored",
        location=found[0].location,
        identity=f"{path}: {' '.join(sorted({each.name for each in found}))}",
        related=others(found[1:], "another one"),
    )


@rule(PackingFacts, Severity.WARNING)
def env_file_not_ignored(facts: PackingFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """A template asks people to make an env file that .gitignore does not keep out of git.

    One `git add .` commits every secret in it.

    Add the file's name to .gitignore.

    Bad:
        --- .gitignore
        node_modules
        --- .env.example
        STRIPE_SECRET_KEY=

    Good:
        --- .gitignore
        node_modules
        .env
        --- .env.example
        STRIPE_SECRET_KEY=

    Reference:
        https://git-scm.com/docs/gitignore
    """
    tracked = {each.path for each in facts.env_files if each.is_tracked}
    for template in facts.env_files:
        path = _ENDING.sub("", template.path)
        name = path.rpartition("/")[2]
        if template.kind is not Kind.TEMPLATE or path == template.path or path in tracked:
            continue
        if not name.startswith((".env", ".dev.vars")) or place_of(path) is not Place.CODE:
            continue
        if not is_ignored_by_git(facts.ignores, path) and not _is_copied_to_another(facts, path):
            yield Finding(
                message=f"{template.path!r} is a template of {path!r}, which no .gitignore names;"
                " expected it to be ignored",
                location=FileLocation(path=template.path, line=1),
                identity=path,
            )


def _is_copied_to_another(facts: PackingFacts, path: str) -> bool:
    """Whether a name such as `.env.render` tells for what the template is, while what people make
    of it is `.env`, which git ignores.
    """
    folder, slash, name = path.rpartition("/")
    words = [word for word in name.split(".") if word not in ("", "env", "dev", "vars")]
    return not all(any(stages_in(word)) for word in words) and is_ignored_by_git(
        facts.ignores, f"{folder}{slash}.env"
    )


@rule(PackingFacts, Severity.WARNING)
def env_file_not_ignored_by_docker(
    facts: PackingFacts, settings: EnvLintSettings
) -> Iterator[Finding]:
    """A Dockerfile copies its whole context into the image, and .dockerignore lets `.env` through.

    An image that somebody builds on their own machine carries their secrets, and everybody who can
    pull it reads them.

    Add `**/.env*` to .dockerignore (and `!**/.env.example` if the image needs it).

    Bad:
        --- .env.example
        STRIPE_SECRET_KEY=
        --- Dockerfile
        FROM node:22
        COPY . .
        RUN npm ci

    Good:
        --- .env.example
        STRIPE_SECRET_KEY=
        --- .dockerignore
        **/.env*
        --- Dockerfile
        FROM node:22
        COPY . .
        RUN npm ci

    Reference:
        https://docs.docker.com/build/concepts/context/#dockerignore-files
    """
    for image in facts.images:
        if is_path_for_trying(image.path):
            continue
        for copy in image.copies:
            context = _context(facts, image)
            path = _copied(facts.env_files, copy, context)
            lines = _docker_lines(facts, image, context)
            inner = path[len(context) + 1 :] if context else path
            if path and not is_ignored_by_docker(lines, inner):
                yield Finding(
                    message=f"COPY {copy.source} takes {path!r} along where it is there; expected"
                    " .dockerignore to name it",
                    location=copy.location,
                    identity=f"{image.path} {path}",
                )
                break


def _context(facts: PackingFacts, image: ImageFacts) -> str:
    """The folder that a build most likely takes: the Dockerfile's if it says what to ignore or has
    env files of its own, else the top.
    """
    folder = image.path.rpartition("/")[0]
    has_own = any(each.path == f"{folder}/.dockerignore" for each in facts.ignores)
    has_env = any(each.path.rpartition("/")[0] == folder for each in facts.env_files)
    return folder if has_own or has_env else ""


def _docker_lines(facts: PackingFacts, image: ImageFacts, context: str) -> tuple[str, ...]:
    """The lines that count: those of a file named after the Dockerfile win."""
    by_path = {each.path: each.lines for each in facts.ignores}
    own = by_path.get(f"{image.path}.dockerignore")
    return own if own is not None else by_path.get(f"{context}/.dockerignore".lstrip("/"), ())


def _copied(env_files: tuple[EnvFile, ...], copy: Copy, context: str) -> str:
    """The `.env` of a context's top that a COPY of all takes along; empty where none is likely."""
    if not copy.is_delivered or copy.source not in (".", "./", "/"):
        return ""
    top = f"{context}/" if context else ""
    wanted = f"{top}.env"
    names = {_ENDING.sub("", each.path) for each in env_files}
    return wanted if wanted in names else ""


RULES = (
    env_file_tracked,
    env_file_with_passwords_tracked,
    env_file_not_ignored,
    env_file_not_ignored_by_docker,
)
