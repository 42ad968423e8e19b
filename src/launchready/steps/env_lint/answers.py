"""What a person may ask env-lint for besides a report: a variable's story, the table, the fixes."""

from collections.abc import Iterable, Iterator, Mapping

from launchready.errors import LaunchReadyError
from launchready.facts.environment import EnvironmentFacts
from launchready.gateways import Gateways
from launchready.gateways.links import link_on_the_way
from launchready.gateways.tree import Tree
from launchready.gateways.write import write_whole
from launchready.model import Unchecked
from launchready.steps.env_lint.observe import observe
from launchready.steps.env_lint.settings import EnvLintSettings


def answer(settings: EnvLintSettings, gateways: Gateways) -> str | None:
    """The story of the variable that `--explain` names."""
    if settings.explain is None:
        return None
    from launchready.steps.env_lint.deliver.explain import explain

    return explain(_model(settings, gateways), settings.explain, settings)


def amend(settings: EnvLintSettings, gateways: Gateways) -> Iterator[str]:
    """Apply `--fix` and `--document`, and say which files were written. Raises LaunchReadyError."""
    if not (settings.fix or settings.document):
        return
    if settings.staged:
        raise LaunchReadyError(
            "--staged cannot stand beside --fix or --document: they write files of the work tree",
            hint="leave --staged out",
        )
    if settings.fix:
        from launchready.steps.env_lint.deliver.fix import additions, fixes

        facts = _model(settings, gateways)
        added = additions(facts, settings)
        texts = _texts(gateways, (*added, ".gitignore"))
        yield from _write(fixes(facts, added, texts), gateways)
    if settings.document:
        from launchready.steps.env_lint.deliver.document import render_document

        text = render_document(_model(settings, gateways), settings)
        yield from _write({settings.document_file: text}, gateways)


def _model(settings: EnvLintSettings, gateways: Gateways) -> EnvironmentFacts:
    return next(each for each in observe(settings, gateways) if isinstance(each, EnvironmentFacts))


def _texts(gateways: Gateways, names: Iterable[str]) -> Mapping[str, str]:
    """Those of these files that are there."""
    tree = Tree(gateways.git, gateways.root)
    return {
        name: _exact(name, content)
        for name, content in tree.read(names)
        if not isinstance(content, Unchecked)
    }


def _exact(name: str, content: bytes) -> str:
    """The text of a file such that writing it again changes no byte. Raises LaunchReadyError."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise LaunchReadyError(
            f"{name} is not written: it is not in UTF-8", hint="save it in UTF-8 first"
        ) from error


def _write(files: Mapping[str, str], gateways: Gateways) -> Iterator[str]:
    for name, text in files.items():
        path = gateways.root / name
        if path.is_symlink() or link_on_the_way(path, (gateways.root,)):
            raise LaunchReadyError(
                f"{name} is not written: a link leads elsewhere", hint="put a file in its place"
            )
        write_whole(path, (text,))
        yield f"wrote {name}"
