"""What a person may ask env-lint for besides a report: a variable's story, the table, the fixes."""

from collections.abc import Iterable, Iterator, Mapping

from launchready.errors import LaunchReadyError
from launchready.facts.environment import EnvironmentFacts
from launchready.gateways import Gateways
from launchready.gateways.amending import not_written, refuse_elsewhere, write_all
from launchready.gateways.tree import Tree
from launchready.model import Unchecked
from launchready.step import Counting
from launchready.steps.env_lint.observe import observe
from launchready.steps.env_lint.settings import EnvLintSettings


def answer(settings: EnvLintSettings, gateways: Gateways, __: Counting) -> str | None:
    """The story of the variable that `--explain` names, and what could not be looked at for it.

    Raises LaunchReadyError where the files cannot be listed.
    """
    if settings.explain is None:
        return None
    from launchready.steps.env_lint.deliver.explain import explain

    facts, unchecked = _model(settings, gateways)
    return "\n".join((explain(facts, settings.explain, settings), *map(_gap, unchecked)))


def amend(settings: EnvLintSettings, gateways: Gateways, __: Counting) -> Iterator[str]:
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

        facts, _ = _model(settings, gateways)
        added = additions(facts, settings)
        texts = _texts(gateways, (*added, ".gitignore"))
        yield from _write(fixes(facts, added, texts), gateways)
    if settings.document:
        from launchready.steps.env_lint.deliver.document import render_document

        _texts(gateways, (settings.document_file,))
        facts, _ = _model(settings, gateways)
        text = render_document(facts, settings)
        yield from _write({settings.document_file: text}, gateways)


def _model(
    settings: EnvLintSettings, gateways: Gateways
) -> tuple[EnvironmentFacts, tuple[Unchecked, ...]]:
    """What the repository says, and what could not be looked at. Raises LaunchReadyError where its
    files cannot be listed: a table or a story of nothing would be a lie.
    """
    for gap in Tree(gateways.git, gateways.root, staged=settings.staged).unchecked:
        raise LaunchReadyError(f"the files cannot be listed: {gap.reason}", hint=gap.hint)
    seen = tuple(observe(settings, gateways))
    facts = next(each for each in seen if isinstance(each, EnvironmentFacts))
    return facts, tuple(each for each in seen if isinstance(each, Unchecked))


def _gap(unchecked: Unchecked) -> str:
    target = unchecked.target if unchecked.target.isprintable() else repr(unchecked.target)
    return f"  not looked at: {target}: {unchecked.reason}"


def _texts(gateways: Gateways, names: Iterable[str]) -> Mapping[str, str]:
    """Those of these files that are there. Raises LaunchReadyError for one that cannot be read:
    what is written in its place would lose what it holds.
    """
    texts = {}
    for name, content in Tree(gateways.git, gateways.root).read(names):
        refuse_elsewhere(gateways.root, name)
        if isinstance(content, Unchecked):
            raise not_written(name, content.reason)
        texts[name] = _exact(name, content)
    return texts


def _exact(name: str, content: bytes) -> str:
    """The text of a file such that writing it again changes no byte. Raises LaunchReadyError."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise LaunchReadyError(
            f"{name} is not written: it is not in UTF-8", hint="save it in UTF-8 first"
        ) from error


def _write(files: Mapping[str, str], gateways: Gateways) -> Iterator[str]:
    """Write all of these files, or none where one of them must not be. Raises LaunchReadyError."""
    write_all(gateways.root, files)
    yield from (f"wrote {name}" for name in files)
