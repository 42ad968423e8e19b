"""What the reader of scripts tells of a text, short enough to be written in a table."""

from launchready.facts.environment import CodeFacts, Place, SourceFile
from launchready.steps.env_lint.reads import reader_of


def facts_of(text: str, path: str = "src/a.ts", place: Place = Place.CODE) -> CodeFacts:
    """All that one script tells."""
    read = reader_of(path)
    assert read is not None
    return read(SourceFile(path=path, content=text.encode(), place=place))


def reads_of(text: str, path: str = "src/a.ts") -> list[str]:
    """Each read in the order of the text: `PORT default=3000 integer`."""
    reads = sorted(
        facts_of(text, path).reads, key=lambda r: (r.location.line or 0, r.location.column or 0)
    )
    return [
        " ".join(
            (
                read.name,
                read.need.value
                + (f"={read.default.reveal()}" if read.default is not None else "")
                + (f"={read.makes_default}()" if read.makes_default else ""),
                *((read.takes_as,) if read.takes_as else ()),
            )
        )
        for read in reads
    ]
