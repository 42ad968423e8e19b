"""What a source file tells, as short lines for tables of cases.

`NAME required`, `NAME default 3 integer`, `NAME default makes get_random_secret_key`; `!` is for a
type that a schema states, `~` for a name in any case. `dynamic P_ _KEY`,
`shows-all print`, `sets NAME`, `wrapper env 0 required` and `call env 0 NAME` tell of the rest.
"""

from collections.abc import Iterator

from launchready.facts.environment import CodeFacts, Read, SourceFile
from launchready.steps.env_lint.naming import place_of
from launchready.steps.env_lint.reads import reader_of


def facts_of(path: str, text: str | bytes) -> CodeFacts:
    """The facts of a file of this path."""
    content = text if isinstance(text, bytes) else text.encode()
    read = reader_of(path)
    assert read is not None, path
    return read(SourceFile(path=path, content=content, place=place_of(path)))


def lines_of(path: str, text: str) -> list[str]:
    """The same in lines, in the order of the file; calls and wrappers last."""
    facts = facts_of(path, text)
    placed = sorted(facts.reads, key=lambda read: (read.location.line, read.location.column))
    rows = text.split("\n")
    for read in placed:
        _stands_there(read, rows)
    lines = [_shown(read) for read in placed]
    lines += [f"dynamic {each.begins} {each.ends}".rstrip() for each in facts.dynamic_reads]
    lines += [f"{d.act.value} {d.name or d.detail}" for d in facts.deeds]
    lines += [f"sets {each.name}" for each in facts.declarations]
    lines += [f"wrapper {name} {number} {need.value}" for name, number, need in facts.wrappers]
    return lines + list(_calls(facts))


def _calls(facts: CodeFacts) -> Iterator[str]:
    for call in facts.calls:
        if call.read is not None:
            yield f"call {call.function} {call.argument} {call.read.name}"
        else:
            yield f"call {call.function} {call.argument} within {call.within} {call.passes}"


def _shown(read: Read) -> str:
    parts = [read.name, read.need.value]
    if read.default is not None:
        parts.append(repr(read.default.reveal()))
    if read.makes_default:
        parts.append(f"makes {read.makes_default}")
    if read.takes_as:
        parts.append(read.takes_as + "!" * read.is_exact)
    return " ".join(parts) + "~" * read.folds_case


def _stands_there(read: Read, rows: list[str]) -> None:
    """The place of a read is that of its name, as the file writes it, or as it makes it up."""
    at = read.location
    assert at.line
    assert at.column
    assert at.end_column
    shown = rows[at.line - 1][at.column - 1 : at.end_column - 1]
    assert shown, (read.name, rows[at.line - 1])
    name, shown = (text.lower().replace("_", "") for text in (read.name, shown))
    assert name.endswith(shown) or not shown.isidentifier(), (read.name, shown)
