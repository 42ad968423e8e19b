"""Syntax trees of source files, by tree-sitter, which comes with `pip install launchready[native]`.

Source: https://tree-sitter.github.io/py-tree-sitter/. A tree is made of any bytes; what does not
parse is an ERROR node in it.
"""

import functools
import importlib
import sys
import time
from collections.abc import Iterator, Mapping
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Language, Node, Parser, Query, Tree

# Language -> (module, the function of it that gives the grammar).
GRAMMARS: Mapping[str, tuple[str, str]] = {
    "bash": ("tree_sitter_bash", "language"),
    "c-sharp": ("tree_sitter_c_sharp", "language"),
    "go": ("tree_sitter_go", "language"),
    "java": ("tree_sitter_java", "language"),
    "javascript": ("tree_sitter_javascript", "language"),
    "kotlin": ("tree_sitter_kotlin", "language"),
    "php": ("tree_sitter_php", "language_php"),
    "python": ("tree_sitter_python", "language"),
    "ruby": ("tree_sitter_ruby", "language"),
    "rust": ("tree_sitter_rust", "language"),
    "tsx": ("tree_sitter_typescript", "language_tsx"),
    "typescript": ("tree_sitter_typescript", "language_typescript"),
}


MOST_SECONDS = 3.0
"""CPU time that a file may take to parse: code that people write takes it a hundredth of that for
each megabyte; hostile nesting, some thousand times as much.
"""
_CHUNK = 1 << 20


class TooSlowError(Exception):
    """The file takes too long to parse; it is not looked at."""


@functools.cache
def is_installed(language: str) -> bool:
    """Whether files of this language can be parsed here."""
    try:
        grammar(language)
    except ImportError:
        return False
    return True


@functools.cache
def grammar(language: str) -> "Language":
    """The grammar of one of `GRAMMARS`. Raises ImportError where it is not installed."""
    from tree_sitter import Language

    module, function = GRAMMARS[language]
    return Language(getattr(_binding(module), function)())


def _binding(module: str) -> ModuleType:
    """The compiled part of a grammar's package. The package itself would load a dozen modules of
    the standard library to find its queries, which nothing here asks for.
    """
    package = PathFinder.find_spec(module) if module not in sys.modules else None
    places = package.submodule_search_locations if package is not None else None
    found = PathFinder.find_spec(f"{module}._binding", places) if places else None
    if found is None or found.loader is None:
        return importlib.import_module(module)
    made = module_from_spec(found)
    found.loader.exec_module(made)
    return made


@functools.cache
def _parser(language: str) -> "Parser":
    from tree_sitter import Parser

    return Parser(grammar(language))


@functools.cache
def query(language: str, text: str) -> "Query":
    """A compiled query."""
    from tree_sitter import Query

    return Query(grammar(language), text)


def parse(language: str, content: bytes, most_seconds: float = MOST_SECONDS) -> "Tree":
    """The tree of a file's bytes. Raises TooSlowError after so much CPU time."""
    parser = _parser(language)
    end = time.process_time() + most_seconds
    try:
        return parser.parse(
            lambda offset, _point: content[offset : offset + _CHUNK],
            progress_callback=lambda _offset, _has_error: time.process_time() > end,
        )
    except ValueError as error:  # py-tree-sitter's word for a parse that the callback ended
        parser.reset()  # else the next file would go on where this one stopped
        raise TooSlowError from error


def matches(
    language: str, text: str, node: "Node"
) -> Iterator[tuple[int, Mapping[str, list["Node"]]]]:
    """Each match of a query below `node`: its pattern's number and its captures by name."""
    from tree_sitter import QueryCursor

    yield from QueryCursor(query(language, text)).matches(node)
