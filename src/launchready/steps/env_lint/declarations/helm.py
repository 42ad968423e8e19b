"""Values of Helm charts: the variables that they hand to a chart's templates."""

from collections.abc import Iterator

from launchready.documents.yaml import yaml_documents
from launchready.facts.environment import SourceFile
from launchready.steps.env_lint.declarations.format import format_of, opened
from launchready.steps.env_lint.declarations.kubernetes import helm_values
from launchready.steps.env_lint.naming import Naming


def read(file: SourceFile, naming: Naming) -> Iterator[object]:
    """What a file of values declares."""
    documents = yield from opened(file, yaml_documents)
    form = format_of(file, "helm", environment=naming.of_path(file.path))
    for document in documents or ():
        yield from helm_values(form, naming, document)
