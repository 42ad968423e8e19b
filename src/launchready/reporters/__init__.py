"""Pure functions from a `Run` to text, in an explicit list; each loads when it is used."""

import importlib
import types
from collections.abc import Callable, Iterator, Mapping

from launchready.frozen import frozen
from launchready.model import Run
from launchready.reporters.style import Style

Render = Callable[[Run, Style], Iterator[str]]


@frozen
class Reporter:
    """Where a reporter lives and what it is for. `module` has a function `render`."""

    module: str
    description: str


REPORTERS: Mapping[str, Reporter] = types.MappingProxyType(
    {
        "text": Reporter(
            module="launchready.reporters.text",
            description="for people at a terminal: what is wrong, where, why and how to fix it",
        ),
        "github": Reporter(
            module="launchready.reporters.github",
            description="the log of a GitHub Actions step, with annotations on the changed files",
        ),
        "summary": Reporter(
            module="launchready.reporters.summary",
            description="Markdown for the job summary of GitHub Actions",
        ),
        "json": Reporter(
            module="launchready.reporters.json_report",
            description="everything, in the shape of schemas/report.schema.json",
        ),
        "sarif": Reporter(
            module="launchready.reporters.sarif",
            description="SARIF 2.1.0 for code scanning",
        ),
        "junit": Reporter(
            module="launchready.reporters.junit",
            description="JUnit XML for Jenkins, GitLab and other test views",
        ),
        "gitlab": Reporter(
            module="launchready.reporters.gitlab",
            description="GitLab Code Quality",
        ),
    }
)


def load(name: str) -> Render:
    """The `render` function of a reporter: (run, style) -> chunks of text."""
    module = importlib.import_module(REPORTERS[name].module)
    render: Render = module.render
    return render
