"""Liquibase's formatted SQL: `--liquibase formatted sql`, then `--changeset author:id` again and
again, with `--rollback` lines.

Source: https://docs.liquibase.com/concepts/changelogs/sql-format.html
"""

from collections.abc import Iterator

from launchready.frozen import frozen
from launchready.regex import Regex
from launchready.steps.migration_check.frameworks.sections import blank

HEAD = Regex(r"(?im)^[ \t]*+--[ \t]*+liquibase[ \t]++formatted[ \t]++sql\b")
_CHANGE = Regex(
    r"(?im)^[ \t]*+--[ \t]*+changeset[ \t]++"
    r"(?P<author>\"[^\"\n]*\"|[^:\"\n]++):(?P<id>\"[^\"\n]*\"|\S++)(?P<rest>[^\n]*+)$"
)
_ATTRIBUTE = Regex(r"(?P<name>\w+):(?P<value>\"[^\"\n]*\"|'[^'\n]*'|\S+)")
_ROLLBACK = Regex(r"(?im)^[ \t]*+--[ \t]*+rollback(?P<sql>[ \t][^\n]*+)?$")
_BLOCK = Regex(r"(?i)/\*[ \t]*+liquibase[ \t]++rollback(?P<sql>(?:[^*]|\*(?!/))*+)\*/")
_NONE = Regex(r"(?i)\s*(?:empty|not required|none)?\s*;?\s*")


@frozen
class FormattedChange:
    """One changeset: `up` and `down` are the whole file with nothing but that side left in it.

    `down` is None where there is no rollback, and blank where it says that none is needed.
    """

    author: str
    id: str
    attributes: dict[str, str]
    start: int
    end: int
    up: str
    down: str | None
    line: int


def formatted_changes(text: str) -> Iterator[FormattedChange]:
    """The changesets of a file, in order. `up` and `down` begin in line `line`."""
    marks = list(_CHANGE.finditer(text))
    line, position = 1, 0
    for index, mark in enumerate(marks):
        line += text.count("\n", position, mark.start())
        position = mark.start()
        end = marks[index + 1].start() if index + 1 < len(marks) else len(text)
        body = text[mark.start() : end]
        attributes = {
            each["name"]: each["value"].strip("\"'") for each in _ATTRIBUTE.finditer(mark["rest"])
        }
        yield FormattedChange(
            author=mark["author"].strip('" \t'),
            id=mark["id"].strip('"'),
            attributes=attributes,
            start=mark.start(),
            end=end,
            up=_delimited(body, attributes.get("endDelimiter", "")),
            down=_down(body),
            line=line,
        )


def _delimited(body: str, delimiter: str) -> str:
    """The body in which a delimiter that stands alone in its line ends statements."""
    if not delimiter or delimiter.startswith(";"):
        return body
    plain = delimiter.replace("\\n", "").strip()
    lines = body.split("\n")
    return "\n".join(
        ";".ljust(len(line)) if plain and line.strip().lower() == plain.lower() else line
        for line in lines
    )


def _down(body: str) -> str | None:
    """The rollback, with every letter where it stands."""
    pieces: list[str] = []
    position = 0
    is_there = False
    marks = sorted(
        (*_ROLLBACK.finditer(body), *_BLOCK.finditer(body)), key=lambda match: match.start()
    )
    for match in marks:
        if match.start() < position:
            continue
        is_there = True
        start, end = match.span("sql") if match["sql"] is not None else (match.end(), match.end())
        sql = body[start:end]
        pieces.append(blank(body[position:start]))
        pieces.append(blank(sql) if _NONE.fullmatch(sql) else sql)
        position = end
    return "".join((*pieces, blank(body[position:]))) if is_there else None
