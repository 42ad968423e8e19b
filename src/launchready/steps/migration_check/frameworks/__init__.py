"""The tools that run migrations: how each is recognised, and how its files are read.

A reader never runs the project's code. What it cannot follow becomes `Opaque`, or the script's
`problem`; what it makes of operations is SQL as the tool would send it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field

from launchready.facts.migrations import Framework, History
from launchready.facts.schema import Engine
from launchready.frozen import frozen
from launchready.steps.migration_check.files import Files


@frozen
class Found:
    """A folder of migrations that a tool runs. `paths` are its files, in the order of their names.

    `engine` is what the tool's own configuration says, None where it does not. `options` are what
    else the reader needs, such as the path of a journal.
    """

    framework: Framework
    folder: str
    paths: tuple[str, ...]
    engine: Engine | None = None
    options: Mapping[str, str] = field(default_factory=dict)


@frozen
class Reader:
    """How one tool's migrations are found and read."""

    framework: Framework
    find: Callable[[Files], Iterable[Found]]
    read: Callable[[Found, Files, Engine], History]


READERS: tuple[Reader, ...] = ()
"""In the order of how sure their signs are: a folder is the first one's that finds it."""
