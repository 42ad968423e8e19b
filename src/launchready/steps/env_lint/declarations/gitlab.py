"""GitLab CI: variables at the top, of jobs and of rules. Source: https://docs.gitlab.com/ci/yaml/."""

import re
from collections.abc import Iterator

from launchready.config.nodes import Mapping, Node
from launchready.documents import child, entries, items, text_of
from launchready.documents.yaml import yaml_documents
from launchready.facts.environment import Environment, Kind, Need, Origin, SourceFile, Stage
from launchready.steps.env_lint.declarations.format import (
    Format,
    format_of,
    opened,
    pairs,
    scalars,
)
from launchready.steps.env_lint.declarations.interpolation import uses_in
from launchready.steps.env_lint.naming import Naming

_NO_JOBS = frozenset({"variables", "workflow", "default", "include", "stages", "spec", "image"})


def read(file: SourceFile, naming: Naming) -> Iterator[object]:
    """What the file declares; reads only of names that it declares itself."""
    documents = yield from opened(file, yaml_documents)
    form = format_of(file, "gitlab-ci", Kind.CI)
    for document in documents or ():
        declared: set[str] = set()
        for each in _declarations(form, naming, document):
            declared.add(getattr(each, "name", ""))
            yield each
        for node in scalars(document):
            for use in uses_in(str(node.value)):
                if use.name in declared:
                    yield form.read(use.name, node, Need.GUARDED, text=use.text)


def _declarations(form: Format, naming: Naming, document: Node) -> Iterator[object]:
    yield from _variables(form, child(document, "variables"))
    for each in items(child(document, "workflow", "rules")):
        yield from _variables(form, child(each, "variables"))
    for key, job in entries(document):
        name = str(key.value)
        if name in _NO_JOBS:
            continue
        given = child(job, "environment")
        stated = text_of(child(given, "name") if isinstance(given, Mapping) else given) or ""
        here = form.within(name, _environment(naming, stated))
        yield from _variables(here, child(job, "variables"))
        for each in items(child(job, "rules")):
            yield from _variables(here, child(each, "variables"))


def _environment(naming: Naming, stated: str) -> Environment | None:
    """`review/$CI_COMMIT_REF_SLUG` is GitLab's own name for previews of merge requests."""
    first = stated.partition("/")[0]
    if first == "review":
        return Environment(name=first, stage=Stage.STAGING)
    return naming.named(first if "$" in stated else stated)


def _variables(form: Format, node: Node | None) -> Iterator[object]:
    for pair in pairs(node):
        value = child(pair.value, "value") if isinstance(pair.value, Mapping) else pair.value
        text = text_of(value)
        names = tuple(dict.fromkeys(use.name for use in uses_in(text or "")))
        if text is not None and names and re.fullmatch(r"\$\{?\w+\}?", text):
            origin = Origin(store="vars", name=names[0])
            yield from form.declared(pair.key, None, origin=origin, references=names)
        else:
            yield from form.declared(pair.key, text, references=names)
