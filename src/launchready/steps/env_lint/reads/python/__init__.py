"""Reads in Python: the standard library's, and the schema libraries that people use."""

import re

from launchready.catalog.environment import words
from launchready.facts.environment import CodeFacts, SourceFile
from launchready.steps.env_lint.reads import trees
from launchready.steps.env_lint.reads.code import Code
from launchready.steps.env_lint.reads.python.imports import imports_of
from launchready.steps.env_lint.reads.python.libraries import libraries
from launchready.steps.env_lint.reads.python.options import options
from launchready.steps.env_lint.reads.python.schemas import schemas
from launchready.steps.env_lint.reads.python.standard import standard
from launchready.steps.env_lint.reads.told import Told, calls_in

MISSING = "the parser of Python is not installed"

_PASSED = re.compile(
    rb"""[(,]\s*(?:[frbuFRBU]?["']([A-Z][A-Z0-9_]{2,80})["']|(\w*(?:name|key|var|env\w*)|[knvsx]|field|setting|option))\s*(?=[,)])"""
)
_NOT_WRAPPERS = words(
    """
    getattr setattr hasattr delattr isinstance print len str int float bool dict list set tuple
    get pop setdefault append add remove join split replace format startswith endswith getenv
    encode decode info debug warning error exception critical log open Path super type Field
    filter exclude order_by values values_list first create update count index match search sub
    CharField ForeignKey Q F Column TypeVar namedtuple raise ValueError KeyError Exception
    RuntimeError TypeError skip skipif parametrize assertEqual assertIn assertRaises
    AliasChoices monkeypatch delenv setenv patch mock_open prefixed Literal
    """
)


def read(file: SourceFile) -> CodeFacts:
    """What one file tells."""
    if not trees.is_installed("python"):
        return CodeFacts(problem=MISSING)
    code = Code.of(file, "python")
    told = Told(code, "python")
    imports = imports_of(code)
    standard(told, imports)
    schemas(told, imports)
    libraries(told, imports)
    options(told)
    calls_in(told, _PASSED, _NOT_WRAPPERS)
    told.imports.extend((name, taken.module) for name, taken in imports.names.items())
    return told.facts()
