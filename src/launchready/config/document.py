"""The bytes of launchready.yml -> one tree of values that know their line and column."""

from launchready.config.compose import compose
from launchready.config.decode import decode
from launchready.config.nodes import Node, UnreadableError
from launchready.errors import ConfigError, Fault


def parse_document(content: bytes, path: str) -> Node:
    """Read one YAML document. `path` is how the file is named in faults.

    Raises ConfigError with one fault, at the place where reading could not go on.
    """
    try:
        return compose(decode(content))
    except UnreadableError as stop:
        fault = Fault(
            path=path, line=stop.line, column=stop.column, setting="", message=stop.message
        )
        raise ConfigError((fault,)) from stop
