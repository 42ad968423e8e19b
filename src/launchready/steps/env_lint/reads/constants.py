"""Names of variables that are constants of another file: `os.environ[names.DATABASE]`."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from launchready.facts.environment import CodeFacts, DynamicRead, Read
from launchready.gateways.tree import Tree
from launchready.steps.env_lint.reads import family_of

_MOST = 100
"""Constants that are looked for."""
_MOST_GIVEN = 20_000
"""Assignments of text that are looked at in one file."""


def with_constants(
    told: Mapping[str, CodeFacts], tree: Tree, reads_family: Callable[[str], str] = family_of
) -> Mapping[str, CodeFacts]:
    """The facts of each file with reads in place of computed names, where exactly one text is given
    to a constant of that name in files of the same language.
    """
    asked = {
        (reads_family(path), name) for path, facts in told.items() for name, _ in facts.constants
    }
    if not asked:
        return told
    texts = _texts(asked, tree, reads_family)
    return {
        path: _resolved(facts, reads_family(path), texts) if facts.constants else facts
        for path, facts in told.items()
    }


def _resolved(facts: CodeFacts, family: str, texts: Mapping[tuple[str, str], str]) -> CodeFacts:
    reads: list[Read] = []
    followed = set()
    for name, read in facts.constants:
        if text := texts.get((family, name)):
            reads.append(replace(read, name=text))
            followed.add((read.location.line, read.location.column))
    return replace(
        facts,
        reads=(*facts.reads, *reads),
        dynamic_reads=tuple(d for d in facts.dynamic_reads if _place(d) not in followed),
    )


def _place(read: DynamicRead) -> tuple[int | None, int | None]:
    return read.location.line, read.location.column


def _texts(
    asked: set[tuple[str, str]], tree: Tree, reads_family: Callable[[str], str]
) -> Mapping[tuple[str, str], str]:
    """The one text that each constant is given, by family and name."""
    names = sorted({name for _, name in asked})[:_MOST]
    families = {family for family, _ in asked}
    among = [path for path in tree.names if reads_family(path) in families]
    found: dict[tuple[str, str], set[str]] = {}
    for path, content in tree.read(sorted(tree.holding(names, among))):
        if isinstance(content, bytes):
            for name, text in _given(content, names):
                found.setdefault((reads_family(path), name), set()).add(text)
    return {key: next(iter(each)) for key, each in found.items() if len(each) == 1}


def _given(content: bytes, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    pattern = re.compile(
        rb"(?<![\w.\"'])("
        + b"|".join(re.escape(name.encode()) for name in names)
        + rb")\b[ \t]*(?::[ \t]*[\w.\[\]&' ]{1,40})?(?:[ \t]+string[ \t]*)?[ \t]*=[ \t]*"
        rb"[frbu]?[\"']([A-Za-z_]\w*)[\"']"
    )
    for match in islice(pattern.finditer(content), _MOST_GIVEN):
        yield match[1].decode(), match[2].decode()
