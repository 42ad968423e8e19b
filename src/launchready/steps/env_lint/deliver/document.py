"""The table of a repository's variables by environment, and whether a committed one still fits.

The columns that people fill in (owner, rotation, notes) are taken over when it is written again.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from launchready.facts.environment import (
    Declaration,
    EnvironmentFacts,
    Kind,
    Need,
    Place,
    Read,
)
from launchready.frozen import frozen
from launchready.regex import Regex
from launchready.steps.env_lint.index import Index, index_of, is_given
from launchready.steps.env_lint.settings import EnvLintSettings
from launchready.steps.env_lint.supplied import supplier_of

TITLE = "# Environment variables"
_FILLED_IN = ("Owner", "Rotated", "Notes")
_COLUMNS = ("Variable", "Secret", "Needed", "Read in", "Set in", *_FILLED_IN)
_ROW = Regex(r"^\|(.*)\|\s*$")
_CELL = Regex(r"(?<!\\)\|")
_NAME = Regex(r"`([^`]+)`")
_MOST_FILES = 3


@frozen
class Row:
    """A variable of the table. `cells` are the columns that people fill in, by their title."""

    name: str
    cells: Mapping[str, str]


def render_document(facts: EnvironmentFacts, settings: EnvLintSettings) -> str:
    """The whole document, in Markdown."""
    index = index_of(facts)
    kept = {row.name: row.cells for row in parse_document(facts.document or "")}
    names = _names(index, settings)
    lines = [
        TITLE,
        "",
        (
            "Written by `launchready env-lint --document`, which keeps what you fill in under"
            f" {', '.join(_FILLED_IN[:-1])} and {_FILLED_IN[-1]}. It holds no value."
        ),
        "",
        _line(_COLUMNS),
        _line(["---"] * len(_COLUMNS)),
    ]
    lines += [_line(_cells(index, name, kept.get(name, {}))) for name in names]
    return "\n".join(lines) + "\n"


def parse_document(text: str) -> Iterator[Row]:
    """The rows of a document: of every table whose first column is called Variable."""
    titles: Sequence[str] = ()
    for line in text.splitlines():
        row = _ROW.match(line)
        if row is None:
            titles = ()
            continue
        cells = [cell.strip() for cell in _CELL.split(row[1])]
        if not titles:
            titles = cells if cells[0] == "Variable" else ("",)
        elif titles[0] and (name := _NAME.fullmatch(cells[0])):
            given = dict(zip(titles, cells, strict=False))
            yield Row(name=name[1], cells={key: given.get(key, "") for key in _FILLED_IN})


def drift(facts: EnvironmentFacts, document: str, settings: EnvLintSettings) -> Iterator[str]:
    """How a document differs from the repository, in words."""
    documented = {row.name for row in parse_document(document)}
    present = set(_names(index_of(facts), settings))
    for words, names in (
        ("lacks", present - documented),
        ("lists what is gone:", documented - present),
    ):
        if names:
            shown = ", ".join(f"`{name}`" for name in sorted(names)[:10])
            more = f" and {len(names) - 10} more" if len(names) > 10 else ""
            yield f"the table {words} {shown}{more}"


def _names(index: Index, settings: EnvLintSettings) -> tuple[str, ...]:
    """The variables that the product reads or its env files name, in alphabetical order."""
    read = {
        name
        for name, reads in index.read.items()
        if any(read.place is Place.CODE for read in reads) and not supplier_of(name, settings)
    }
    named = {
        name
        for name, declarations in index.declared.items()
        if any(each.source == "dotenv" for each in declarations)
    }
    return tuple(sorted(read | named))


def _cells(index: Index, name: str, kept: Mapping[str, str]) -> tuple[str, ...]:
    reads, declarations = index.read.get(name, ()), index.declared.get(name, ())
    return (
        f"`{_plain(name)}`",
        "yes" if _is_secret(name, declarations) else "no",
        _need(reads),
        _files(read.path for read in reads if read.place is Place.CODE),
        _set_in(declarations),
        *(kept.get(title, "") for title in _FILLED_IN),
    )


def _is_secret(name: str, declarations: Sequence[Declaration]) -> bool:
    from launchready.steps.env_lint.valuing import weigh

    values = [each.value for each in declarations if each.value is not None]
    weights = [weigh(name, value) for value in values or (None,)]
    if any(weight.is_public for weight in weights):
        return False
    return any(weight.is_secret or weight.is_secret_name for weight in weights)


def _need(reads: Sequence[Read]) -> str:
    needs = {read.need for read in reads if read.place is Place.CODE}
    if Need.REQUIRED in needs:
        return "required"
    if Need.DEFAULT in needs:
        return "has a default"
    return "optional" if needs else ("tests and tools" if reads else "not read")


def _set_in(declarations: Sequence[Declaration]) -> str:
    """Where it is set, environments first."""
    by_place: dict[str, list[str]] = {}
    for each in declarations:
        if is_given(each) or each.kind is Kind.INVENTORY:
            stage = each.environment.name if each.environment else ""
            by_place.setdefault(stage, []).append(each.path)
    order = sorted(by_place, key=lambda name: (name == "", name))
    return "; ".join(f"{name}: {_files(by_place[name])}".removeprefix(": ") for name in order)


def _files(paths: Iterable[str]) -> str:
    every = tuple(dict.fromkeys(paths))
    shown = ", ".join(f"`{_plain(path)}`" for path in every[:_MOST_FILES])
    return f"{shown} and {len(every) - _MOST_FILES} more" if len(every) > _MOST_FILES else shown


def _plain(text: str) -> str:
    """A name or path as a cell takes it: nothing in it ends the cell or the code."""
    shown = text if text.isprintable() else repr(text)
    return shown.replace("|", "\\|").replace("`", "'")


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
