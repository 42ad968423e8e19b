"""Workflows and composite actions of GitHub: `env` at three levels, and what each job may see.

Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from launchready.config.nodes import Mapping, Node, Scalar, Sequence
from launchready.documents import child, entries, items, text_of, words
from launchready.documents.yaml import yaml_documents
from launchready.facts.environment import (
    Declaration,
    Environment,
    Kind,
    Need,
    Origin,
    Place,
    SourceFile,
    Stage,
)
from launchready.facts.workflows import JobFacts, SecretUse, StepFacts, Where, WorkflowFacts
from launchready.regex import Regex
from launchready.steps.env_lint.declarations.expressions import taken_in
from launchready.steps.env_lint.declarations.format import (
    Format,
    by_word,
    format_of,
    opened,
    pairs,
    scalars,
)
from launchready.steps.env_lint.declarations.interpolation import uses_in
from launchready.steps.env_lint.declarations.workflow_steps import (
    condition_secrets,
    secrets_in,
    step_of,
)
from launchready.steps.env_lint.naming import Naming

_DEPLOYS = Regex(r"deploy|release|publish|rollout|promote", re.IGNORECASE)


def read(file: SourceFile, naming: Naming) -> Iterator[object]:
    """Declarations, reads of names that the file declares itself, and one `WorkflowFacts`."""
    documents = yield from opened(file, yaml_documents)
    for document in documents or ():
        if child(document, "jobs") is None and child(document, "runs") is None:
            return
        found = list(_declarations(file, naming, document))
        yield from found
        yield from _reads(file, document, {each.name for each in found})
        yield _workflow(file, naming, document)


def _declarations(file: SourceFile, naming: Naming, document: Node) -> Iterator[Declaration]:
    form = format_of(file, "github-actions", Kind.CI)
    yield from _variables(form, child(document, "env"))
    whole = _of_workflow(file, naming, document)
    for key, job in entries(child(document, "jobs")):
        environment, _ = _environment(naming, str(key.value), job, whole)
        here = form.within(str(key.value), environment)
        yield from _variables(here, child(job, "env"))
        yield from _variables(here, child(job, "container", "env"))
        for service, node in entries(child(job, "services")):
            # It lives as long as the job: no data of customers is in it.
            of_it = None if environment and environment.stage.is_production else environment
            alone = form.within(f"{key.value}/{service.value}", of_it)
            yield from _variables(alone, child(node, "env"))
        for step in items(child(job, "steps")):
            yield from _variables(here, child(step, "env"))
    for step in items(child(document, "runs", "steps")):
        yield from _variables(form, child(step, "env"))


def _variables(form: Format, node: Node | None) -> Iterator[Declaration]:
    for pair in pairs(node):
        text = text_of(pair.value)
        taken = taken_in(text or "")
        if text is not None and "${{" in text:
            names = tuple(o.name for o in taken if o.store == "env" and o.name)
            origin = taken[0] if taken else Origin(store="expression")
            yield from form.declared(pair.key, None, origin=origin, references=names)
        else:
            yield from form.declared(pair.key, text or "")


def _reads(file: SourceFile, document: Node, declared: set[str]) -> Iterator[object]:
    """Reads in commands and `${{ env.NAME }}`: of names that the file gives, so that a name of the
    shell's own is none.
    """
    form = format_of(file, "github-actions", Kind.CI)
    for node in scalars(document):
        text = str(node.value)
        names = {use.name for use in uses_in(text)}
        names |= {origin.name for origin in taken_in(text) if origin.store == "env"}
        for name in sorted(names & declared):
            yield replace(form.read(name, node, Need.GUARDED), place=Place.SCRIPT)


def _of_workflow(file: SourceFile, naming: Naming, document: Node) -> Environment | None:
    """What the file's or the workflow's name tells, or the one branch that starts it."""
    name = file.path.rpartition("/")[2]
    branches = _branches(document)
    found = (
        by_word(naming, name)
        or by_word(naming, text_of(child(document, "name")) or "")
        or (by_word(naming, branches[0]) if len(branches) == 1 else None)
    )
    return None if found and found.stage is Stage.TEST else found


def _branches(document: Node) -> tuple[str, ...]:
    return tuple(words(child(document, "on", "push", "branches")))


def _environment(
    naming: Naming, name: str, job: Node, whole: Environment | None
) -> tuple[Environment | None, str]:
    """A job's environment, and the text of its `environment:`."""
    given = child(job, "environment")
    stated = text_of(child(given, "name") if isinstance(given, Mapping) else given) or ""
    if stated:
        return naming.named(stated) if "${{" not in stated else None, stated
    if entries(child(job, "services")):
        whole = None  # a job with a database of its own tests
    shown = text_of(child(job, "name")) or ""
    by_name = by_word(naming, name) or by_word(naming, shown if "${{" not in shown else "")
    if by_name and by_name.stage is Stage.TEST and _DEPLOYS.search(f"{name} {shown}"):
        return whole, ""
    return by_name or whole, ""


def _workflow(file: SourceFile, naming: Naming, document: Node) -> WorkflowFacts:
    form = format_of(file, "github-actions", Kind.CI)
    whole = _of_workflow(file, naming, document)
    jobs = [_job(form, naming, key, job, whole) for key, job in entries(child(document, "jobs"))]
    steps = items(child(document, "runs", "steps"))
    if steps:
        jobs.append(
            JobFacts(
                id="runs",
                name="",
                location=form.at(1, 1, ""),
                steps=tuple(step_of(form, step) for step in steps),
            )
        )
    return WorkflowFacts(
        path=file.path,
        name=text_of(child(document, "name")) or "",
        triggers=_triggers(child(document, "on")),
        branches=_branches(document),
        types=tuple(words(child(document, "on", "pull_request", "types"))),
        environment=whole,
        jobs=tuple(jobs),
        secrets=tuple(secrets_in(form, child(document, "env"), Where.WORKFLOW)),
    )


def _triggers(node: Node | None) -> frozenset[str]:
    match node:
        case Scalar():
            return frozenset({text_of(node) or ""})
        case Sequence():
            return frozenset(words(node))
    return frozenset(str(key.value) for key, _ in entries(node))


def _job(
    form: Format, naming: Naming, key: Scalar, job: Node, whole: Environment | None
) -> JobFacts:
    environment, stated = _environment(naming, str(key.value), job, whole)
    secrets = child(job, "secrets")
    inherits = isinstance(secrets, Scalar) and secrets.value == "inherit"
    return JobFacts(
        id=str(key.value),
        name=text_of(child(job, "name")) or "",
        location=form.place(key),
        environment=environment,
        is_protected=bool(stated),
        environment_text=stated,
        condition=text_of(child(job, "if")) or "",
        calls=text_of(child(job, "uses")) or "",
        inherits=form.place(secrets) if inherits and secrets else None,
        steps=_steps(form, job),
        secrets=tuple(_job_secrets(form, job)),
    )


def _steps(form: Format, job: Node) -> tuple[StepFacts, ...]:
    return tuple(step_of(form, step) for step in items(child(job, "steps")))


def _job_secrets(form: Format, job: Node) -> Iterator[SecretUse]:
    yield from secrets_in(form, child(job, "env"), Where.JOB)
    yield from secrets_in(form, child(job, "with"), Where.CALL)
    yield from secrets_in(form, child(job, "secrets"), Where.CALL)
    yield from condition_secrets(form, child(job, "if"))
    yield from secrets_in(form, child(job, "container", "env"), Where.CONTAINER)
    yield from secrets_in(form, child(job, "container", "credentials"), Where.CONTAINER)
    for _, node in entries(child(job, "services")):
        yield from secrets_in(form, child(node, "env"), Where.CONTAINER)
        yield from secrets_in(form, child(node, "credentials"), Where.CONTAINER)
