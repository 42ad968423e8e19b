"""Reads in Prisma schemas: `url = env("DATABASE_URL")`.

Source: https://www.prisma.io/docs/orm/reference/prisma-schema-reference#env.
"""

from launchready.facts.environment import CodeFacts, Need, Read, SourceFile
from launchready.model import FileLocation
from launchready.regex import Regex

_ENV = Regex(r"^\s*(\w+)\s*=\s*env\(\s*\"(\w+)\"\s*\)")
_URLS = frozenset({"url", "directUrl", "shadowDatabaseUrl"})


def read(file: SourceFile) -> CodeFacts:
    """What one file tells."""
    if b"env(" not in file.content:
        return CodeFacts()
    reads = []
    for number, line in enumerate(file.content.decode("utf-8", "replace").split("\n"), 1):
        found = _ENV.match(line)
        if found is None:
            continue
        start, end = found.span(2)
        is_spare = found[1] == "shadowDatabaseUrl"
        reads.append(
            Read(
                name=found[2],
                location=FileLocation(
                    path=file.path, line=number, column=start + 1, end_column=end + 1
                ),
                need=Need.GUARDED if is_spare else Need.REQUIRED,
                language="prisma",
                place=file.place,
                takes_as="url" if found[1] in _URLS else "",
                is_exact=found[1] in _URLS,
            )
        )
    return CodeFacts(reads=tuple(reads))
