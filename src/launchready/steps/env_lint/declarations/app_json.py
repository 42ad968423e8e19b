"""app.json of Heroku or Expo, and eas.json.

Sources: https://devcenter.heroku.com/articles/app-json-schema; https://docs.expo.dev/eas/json/;
https://docs.expo.dev/versions/latest/config/app/#extra (which every user of the app can read).
"""

from collections.abc import Iterator

from launchready.config.nodes import Mapping, Node, Scalar
from launchready.documents import child, entries, text_of
from launchready.documents.json import json_document
from launchready.facts.environment import Environment, SourceFile, Stage
from launchready.steps.env_lint.declarations.format import PLATFORM, Format, format_of, opened
from launchready.steps.env_lint.naming import Naming


def read(file: SourceFile, naming: Naming) -> Iterator[object]:
    """What the file declares, by what it is a file of."""
    root = yield from opened(file, json_document)
    if file.path.endswith("eas.json"):
        yield from _eas(file, naming, root)
    elif child(root, "expo") is not None:
        form = format_of(file, "expo", environment=naming.of_path(file.path))
        yield from form.within("extra").building().plain(child(root, "expo", "extra"))
    else:
        yield from _heroku(file, naming, root)


def _heroku(file: SourceFile, naming: Naming, root: Node | None) -> Iterator[object]:
    form = format_of(file, "app.json", environment=naming.of_path(file.path))
    yield from _configured(form, child(root, "env"))
    for key, node in entries(child(root, "environments")):
        name = str(key.value)
        environment = naming.named(name)
        if name == "review":
            environment = Environment(name=name, stage=Stage.STAGING)
        yield from _configured(form.within(name, environment), child(node, "env"))


def _configured(form: Format, node: Node | None) -> Iterator[object]:
    """Heroku's `NAME: value` and `NAME: {value, generator, required}`."""
    for key, given in entries(node):
        value = child(given, "value") if isinstance(given, Mapping) else given
        text = text_of(value)
        origin = None if isinstance(value, Scalar) and text is not None else PLATFORM
        yield from form.declared(key, text, origin=origin)


def _eas(file: SourceFile, naming: Naming, root: Node | None) -> Iterator[object]:
    form = format_of(file, "eas.json", environment=naming.of_path(file.path)).building()
    for key, node in entries(child(root, "build")):
        profile = str(key.value)
        named = text_of(child(node, "environment")) or profile
        here = form.within(f"build.{profile}", naming.named(named))
        yield from here.plain(child(node, "env"))
