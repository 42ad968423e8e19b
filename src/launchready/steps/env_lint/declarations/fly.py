"""fly.toml: `[env]`, plain text for the machines and for who reads the repository.

Source: https://fly.io/docs/reference/configuration/#the-env-variables-section.
"""

from collections.abc import Iterator

from launchready.documents import child, text_of
from launchready.documents.toml import toml_document
from launchready.facts.environment import SourceFile
from launchready.steps.env_lint.declarations.format import by_word, format_of, opened
from launchready.steps.env_lint.naming import Naming


def read(file: SourceFile, naming: Naming) -> Iterator[object]:
    """What the file declares; its name, or else the app's, tells the environment."""
    root = yield from opened(file, toml_document)
    environment = naming.of_path(file.path) or by_word(naming, text_of(child(root, "app")) or "")
    form = format_of(file, "fly.toml", environment=environment)
    yield from form.within("env").plain(child(root, "env"))
    yield from form.within("build.args").building().plain(child(root, "build", "args"))
