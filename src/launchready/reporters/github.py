"""Standard output in GitHub Actions: the report for people, then annotations on the changes."""

from collections.abc import Iterable, Iterator

from launchready.errors import Fault
from launchready.model import Run
from launchready.reporters import text
from launchready.reporters.annotations import Annotation, annotations, fault_annotations
from launchready.reporters.escape import log_line, prose, visible
from launchready.reporters.headline import counted
from launchready.reporters.style import BOLD, Style


def render(run: Run, style: Style) -> Iterator[str]:
    """The log of the step. The annotations are folded away: the text above says the same."""
    yield from text.render(run, style)
    yield log_line(f"{style.paint('On your machine:', BOLD)} {visible(run.command)}") + "\n"
    shown = annotations(run)
    if shown:
        yield f"::group::{counted(len(shown), 'annotation')} for the list of changed files\n"
        yield from _commands(shown)
        yield "::endgroup::\n"


def render_faults(faults: Iterable[Fault]) -> str:
    """The faults of a config file as annotations on its lines."""
    return "".join(_commands(fault_annotations(faults)))


def render_error(message: str, hint: str) -> str:
    """An error that is no finding, such as bad usage, as an annotation."""
    told = f"{prose(message)}\nFix: {prose(hint)}"
    return "".join(_commands([Annotation(level="error", title="launchready", message=told)]))


def _commands(shown: Iterable[Annotation]) -> Iterator[str]:
    return (f"{annotation.command()}\n" for annotation in shown)
