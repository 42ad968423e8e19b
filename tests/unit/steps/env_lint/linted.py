"""A small repository given as text, and what env-lint finds in it.

Files of a rule's `Bad:` and `Good:` blocks, and of tables of cases, are written one after another:

    --- .env.production
    API_URL=http://localhost:3000
    --- src/api.ts
    fetch(process.env.API_URL!)

A line such as git's own diffs have, `\\ No newline at end of file`, says just that.

`<secret>`, `<secret:other>` and the like stand for random text, the same for the same word, and
`<sk_live>` for a key in a provider's format, so that nothing that looks real is committed.
"""

import random
import re
import string
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.repository import Repository

from launchready.gateways import Gateways
from launchready.gateways.git import Git
from launchready.gateways.progress import Progress
from launchready.model import Finding, Looked, Unchecked
from launchready.steps.env_lint import STEP
from launchready.steps.env_lint.settings import EnvLintSettings

_FILE = re.compile(r"^--- (.+)\n", re.MULTILINE)
_STANDS_FOR = re.compile(r"<([a-z_]+)(?::(\w+))?>")
_FORMATS: Mapping[str, str] = {
    "secret": "",
    "sk_live": "sk_live_",
    "sk_test": "sk_test_",
    "pk_live": "pk_live_",
    "pk_test": "pk_test_",
    "whsec": "whsec_",
    "openai": "sk-proj-",
}


def files_of(text: str) -> dict[str, str]:
    """The files that a text describes, by path."""
    _, *pieces = _FILE.split(filled(text).replace("\n\\ No newline at end of file\n", ""))
    return dict(zip(pieces[::2], pieces[1::2], strict=True))


def filled(text: str) -> str:
    """The text with a random value in each place that stands for one."""

    def value(match: re.Match[str]) -> str:
        word, which = match.groups()
        if word not in _FORMATS:
            return match[0]
        chance = random.Random(f"{word} {which}")
        drawn = "".join(chance.choices(string.ascii_letters + string.digits, k=32))
        return _FORMATS[word] + drawn

    return _STANDS_FOR.sub(value, text)


def asked(text: str, **settings: Any) -> dict[str, Any]:
    """The settings, with the lists of names among the files: `production.inventory`."""
    lists = [path for path in files_of(text) if path.endswith(".inventory")]
    given = tuple(f"{path.split('.')[0].removeprefix('github')}={path}" for path in lists)
    return {"inventory": tuple(each.removeprefix("=") for each in given), **settings}


def observed(folder: Path, text: str, **settings: Any) -> list[object]:
    """All that env-lint sees in a committed repository with these files."""
    repository = Repository.at(folder)
    repository.commit(files_of(text))
    settings = asked(text, **settings)
    gateways = Gateways(root=folder, git=Git(folder), progress=Progress(None))
    return list(STEP.observe(EnvLintSettings(**settings), gateways))


def linted(folder: Path, text: str, **settings: Any) -> tuple[Finding, ...]:
    """All findings there."""
    chosen = EnvLintSettings(**asked(text, **settings))
    return tuple(
        finding
        for seen in observed(folder, text, **settings)
        if not isinstance(seen, Looked | Unchecked)
        for finding in STEP.findings(seen, chosen)
    )


def fires(folder: Path, rule: str, text: str, **settings: Any) -> tuple[Finding, ...]:
    """The findings of one rule; there must be some."""
    found = tuple(f for f in linted(folder, text, **settings) if f.rule == rule)
    assert found, f"{rule} is silent"
    return found


def silent(folder: Path, rule: str, text: str, **settings: Any) -> None:
    """One rule finds nothing."""
    found = [f.message for f in linted(folder, text, **settings) if f.rule == rule]
    assert not found


def values_in(text: str) -> Iterator[str]:
    """The random values that a text holds once it is filled."""
    for match in _STANDS_FOR.finditer(text):
        if match[1] in _FORMATS:
            yield filled(match[0])
