"""Characters of an env file that nobody sees."""

import functools
import re
from collections.abc import Iterator, Sequence

from launchready.facts.environment import LineTrouble, Loading
from launchready.steps.env_lint.dialects import DIALECTS
from launchready.steps.env_lint.dialects.decode import Decoded
from launchready.steps.env_lint.dialects.lines import EnvLine, Written

_MARK = "\ufeff"
_QUOTES = "“”„‟‘’‚‛«»"


def character_troubles(
    content: Decoded, lines: Sequence[EnvLine], loaders: Sequence[Loading], *, is_template: bool
) -> Iterator[LineTrouble]:
    """Those of the whole file on its first line, the others on theirs."""
    counts = bool(loaders) or not is_template
    if content.wide and counts:
        yield _of_file(f"it is written in {content.wide}, which no loader reads")
        return
    if content.is_broken and counts:
        yield _of_file("it has bytes that are no UTF-8")
    yield from _byte_order_mark(content.text, lines, loaders, counts=counts)
    yield from _line_ends(content.text, lines, loaders)
    for line in lines:
        if line.written is Written.ASSIGNMENT and (detail := _unseen(line)):
            yield _of_line(line, detail)
    if content.text.strip() and not content.text.endswith(("\n", "\r")):
        last = max((line.end_line for line in lines), default=1)
        yield LineTrouble(
            trouble="missing-final-newline", line=last, column=1, end_column=2, detail=""
        )


def _byte_order_mark(
    text: str, lines: Sequence[EnvLine], loaders: Sequence[Loading], *, counts: bool
) -> Iterator[LineTrouble]:
    if not text.startswith(_MARK) or not counts:
        return
    first = next((each for each in lines if each.written is Written.ASSIGNMENT), None)
    if first is None:
        return
    spoiled = [
        each for each in loaders if first.name not in DIALECTS[each.loader].read(text).values
    ]
    if spoiled or not loaders:
        yield _of_file("it begins with a byte order mark" + _which(spoiled, "do not see past it"))


def _line_ends(
    text: str, lines: Sequence[EnvLine], loaders: Sequence[Loading]
) -> Iterator[LineTrouble]:
    """Windows' line ends matter where a loader keeps half of them in the values."""
    if "\r\n" not in text:
        return
    keeping = []
    for each in loaders:
        values = DIALECTS[each.loader].read(text).values
        if any(value and value.endswith("\r") for value in values.values()):
            keeping.append(each)
    if keeping:
        yield _of_file(
            "its lines end as Windows' do" + _which(keeping, "keep half of it in values")
        )


def _which(loaders: Sequence[Loading], verb: str) -> str:
    if not loaders:
        return ""
    titles = " and ".join(DIALECTS[each.loader].title for each in loaders)
    return f"; {verb}: {titles} ({loaders[0].evidence})"


def _unseen(line: EnvLine) -> str:
    if "\0" in line.raw:
        return "has a NUL character"
    if match := _zero_width().search(line.name + line.rest.partition(" #")[0]):
        return f"has the invisible character U+{ord(match[0]):04X}"
    before = line.raw.partition("=")[0]
    if "\u00a0" in before or line.rest[:1] == "\u00a0" or line.rest[-1:] == "\u00a0":
        return "has a no-break space in place of a blank"
    value = line.value
    if len(value) > 1 and value[0] in _QUOTES and value[-1] in _QUOTES and not line.quote:
        return "has typographic quotes, which become part of the value"
    return ""


@functools.cache
def _zero_width() -> re.Pattern[str]:
    return re.compile("[\u200b\u200e\u200f\u2060\ufeff\u00ad\u202a-\u202e]")


def _of_file(detail: str) -> LineTrouble:
    return LineTrouble(
        trouble="invisible-characters", line=1, column=1, end_column=2, detail=detail
    )


def _of_line(line: EnvLine, detail: str) -> LineTrouble:
    return LineTrouble(
        trouble="invisible-characters",
        line=line.line,
        column=line.column,
        end_column=line.end_column,
        name=line.name,
        detail=detail,
    )
