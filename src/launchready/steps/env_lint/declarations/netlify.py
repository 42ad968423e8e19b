"""netlify.toml: variables of builds, by context.

Source: https://docs.netlify.com/configure-builds/file-based-configuration/.
"""

from collections.abc import Iterator

from launchready.documents import child, entries
from launchready.documents.toml import toml_document
from launchready.facts.environment import Environment, SourceFile, Stage
from launchready.steps.env_lint.declarations.format import format_of, opened
from launchready.steps.env_lint.naming import Naming

_PREVIEWS = ("deploy-preview", "branch-deploy", "preview-server")


def read(file: SourceFile, naming: Naming) -> Iterator[object]:
    """What each context declares; what stands outside of them counts for all."""
    root = yield from opened(file, toml_document)
    form = format_of(file, "netlify.toml", environment=naming.of_path(file.path)).building()
    yield from form.within("build").plain(child(root, "build", "environment"))
    for key, node in entries(child(root, "context")):
        name = str(key.value)
        environment = naming.named(name)
        if environment is None and name in _PREVIEWS:
            environment = Environment(name=name, stage=Stage.STAGING)
        yield from form.within(f"context.{name}", environment).plain(child(node, "environment"))
