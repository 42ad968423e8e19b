"""What the reader of a format tells of a file, one short line for each thing."""

from collections.abc import Iterator

from tests.unit.steps.env_lint.linted import filled

from launchready.facts.environment import Declaration, Need, Read, SourceFile
from launchready.model import Unchecked
from launchready.steps.env_lint.declarations import reader_of
from launchready.steps.env_lint.naming import Naming
from launchready.steps.env_lint.settings import EnvLintSettings

NAMING = Naming.of(EnvLintSettings())
_SIGNS = {Need.REQUIRED: "!", Need.DEFAULT: ":", Need.GUARDED: "?"}


def told(path: str, text: str) -> list[object]:
    """All that the reader of a path yields for a text."""
    read = reader_of(path)
    assert read is not None, f"nobody reads {path}"
    return list(read(SourceFile(path=path, content=filled(text).encode()), NAMING))


def declared(path: str, text: str) -> list[str]:
    """`3:5 NAME=value @environment [holder]`, or `<store:name>` for a value from elsewhere."""
    return [_declaration(each) for each in told(path, text) if isinstance(each, Declaration)]


def read(path: str, text: str) -> list[str]:
    """`3:5 NAME!`, `NAME?`, `NAME:default`, by the need."""
    return [
        f"{each.location.line}:{each.location.column} {each.name}{_SIGNS[each.need]}"
        f"{each.default.reveal() if each.default else ''}"
        for each in told(path, text)
        if isinstance(each, Read)
    ]


def unchecked(path: str, text: str) -> list[str]:
    """Reasons why it was not read."""
    return [each.reason for each in told(path, text) if isinstance(each, Unchecked)]


def _declaration(each: Declaration) -> str:
    return " ".join(_parts(each))


def _parts(each: Declaration) -> Iterator[str]:
    yield f"{each.location.line}:{each.location.column}"
    yield f"{each.name}={each.value.reveal()}" if each.value is not None else each.name
    if each.origin:
        yield f"<{each.origin.store}:{each.origin.name}>"
    if each.environment:
        yield f"@{each.environment.name}/{each.environment.stage.value}"
    if each.holder:
        yield f"[{each.holder}]"
    if each.references:
        yield "of " + ",".join(each.references)
    if each.is_build_time:
        yield "build"
    if each.is_override:
        yield "override"
