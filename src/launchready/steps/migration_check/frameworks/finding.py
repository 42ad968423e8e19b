"""What a reader of migrations finds, and what a reader is."""

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
