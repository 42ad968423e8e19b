"""Says which files that decide how a change is judged the change itself edits."""

from collections.abc import Iterable, Iterator
from typing import Any

from launchready.cli.settings import RunSettings
from launchready.facts.ci import CiFacts
from launchready.gateways.config_file import CONFIG_NAMES
from launchready.gateways.git import Git
from launchready.model import Notice
from launchready.step import Step

_HOW = {
    "A": "this change adds it and is judged by it",
    "D": "this change deletes it and is judged without it",
    "?": "this change is judged by it, and whether it edits it cannot be told in this clone",
}
_EDITED = "this change edits it and is judged by the edited file"


def notices_on_edits(
    run: RunSettings,
    ci: CiFacts,
    git: Git,
    files: Iterable[str],
    steps: Iterable[Step[Any]],
) -> Iterator[Notice]:
    """A notice for each file among `files`, the config's names and what the steps heed, that the
    change under judgement edits. What may not be judged by its own edit cannot be told by program.
    """
    base = run.base_ref or ci.base
    if base is None:
        return
    names = {*files, *CONFIG_NAMES, *(name for step in steps for name in step.heeds)}
    inside = sorted(name for name in names if not name.startswith(("/", "../")))
    edits = git.edited(base, inside)
    if edits is None:
        edits = {name: "?" for name in inside if (git.root / name).is_file()}
    for path, how in sorted(edits.items()):
        told = _HOW.get(how, _EDITED)
        yield Notice(path=path, message=f"{told}: look at what that lets through")
