"""Compares what the loaders of a project make of one env file."""

from collections.abc import Iterator, Mapping, Sequence

from launchready.facts.environment import LoaderDifference, Loading, Value
from launchready.regex import Regex
from launchready.steps.env_lint.dialects import DIALECTS, Reading
from launchready.steps.env_lint.dialects.lines import EnvLine, Written
from launchready.steps.env_lint.valuing import weigh

_ABSENT = object()
_PUT_IN = Regex(r"\$\{[A-Za-z_]\w*[}:]")
"""What is meant to be replaced: nobody has it in a password."""


def differences_of(
    text: str, lines: Sequence[EnvLine], loaders: Sequence[Loading], *, is_template: bool = False
) -> Iterator[LoaderDifference]:
    """The lines that two of the loaders read differently. Of a file that a loader refuses, its
    reading of the other lines counts. What stands in a template is to be replaced: no secret yet.
    """
    readings = {each.loader: _reading(each.loader, text, lines) for each in loaders}
    last = {each.name: each for each in lines if each.written is Written.ASSIGNMENT}
    for name, line in last.items():
        taking = {
            each.loader: readings[each.loader]
            for each in loaders
            if (each.names is None or name in each.names)
            and readings[each.loader].refused_line != line.line
        }
        if len({_made(each, name) for each in taking.values()}) > 1:
            yield LoaderDifference(
                line=line.line,
                name=name,
                is_secret=not is_template and _is_secret(line),
                readings=tuple(_described(taking, line)),
            )


def _reading(loader: str, text: str, lines: Sequence[EnvLine]) -> Reading:
    """What the loader makes of the file, or, if it refuses it, of each line that it takes."""
    dialect = DIALECTS[loader]
    whole = dialect.read(text)
    if not whole.is_refused:
        return whole
    values: dict[str, str | None] = {}
    is_open: set[str] = set()
    for line in lines:
        if line.written is Written.ASSIGNMENT:
            alone = dialect.read(line.raw)
            values.update({line.name: line.value} if alone.is_refused else alone.values)
            is_open |= alone.open_names
    return Reading(
        values=values,
        lines={},
        open_names=frozenset(is_open),
        refused_line=whole.refused_line,
    )


def _made(reading: Reading, name: str) -> object:
    """What tells two readings apart: unset and not seen are one."""
    if name in reading.open_names:
        return (name,)
    value = reading.values.get(name)
    return _ABSENT if value is None else value


def _is_secret(line: EnvLine) -> bool:
    weight = weigh(line.name, Value(line.value))
    return weight.is_secret or (weight.is_secret_name and weight.is_known and not weight.is_public)


def _described(taking: Mapping[str, Reading], line: EnvLine) -> Iterator[tuple[str, str]]:
    """Each loader's title, and in words what it makes of the line."""
    for loader, reading in taking.items():
        title = DIALECTS[loader].title
        if line.name in reading.open_names:
            yield title, "runs a command of it"
        elif reading.values.get(line.name) is None:
            yield title, "does not see it"
        else:
            yield title, in_words(reading.values[line.name] or "", line)


def in_words(value: str, line: EnvLine) -> str:
    """What a loader made of a line, without a character of the value."""
    rest = line.rest.strip(" \t\r")
    if line.quote and value.startswith(line.quote):
        return _with_quotes(value, rest)
    if value == line.value:
        return "with `${…}` as it stands" if _PUT_IN.search(value) else "as it is meant"
    if value.strip() == line.value.strip():
        return "with the blanks around it"
    if value.strip() == rest and "#" in rest:
        return "with the comment"
    if not value:
        return "empty"
    return _other(value, rest, line)


def _other(value: str, rest: str, line: EnvLine) -> str:
    inner = rest[1:] if rest[:1] in ("'", '"', "`") else rest
    if inner.startswith(value):
        return _cut(inner[len(value) : len(value) + 1])
    return _changed(value, line)


def _with_quotes(value: str, rest: str) -> str:
    if value != rest and rest.startswith(value):
        return "only its first line, with the quote"
    whole = value[-1:] == value[:1] and len(value) > 1
    return "with the quotes" if whole else "with the quotes and what follows"


def _cut(character: str) -> str:
    names = {'"': "an inner quote", "'": "an inner quote", "\\": "a backslash", " ": "a blank"}
    sign = names.get(character, f"`{character}`" if character in ("#", "$") else "")
    return f"cut at {sign}" if sign else "cut off"


def _changed(value: str, line: EnvLine) -> str:
    if "$" in line.value and value.count("$") < line.value.count("$"):
        return "with something in place of what begins with `$`"
    if value.count("\\") > line.value.count("\\"):
        return "with its backslashes"
    if value.count("\\") < line.value.count("\\"):
        return "without its backslashes"
    return "otherwise"
