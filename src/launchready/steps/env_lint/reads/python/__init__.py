"""Reads in Python: the standard library's, and the schema libraries that people use."""

from launchready import trees
from launchready.facts.environment import CodeFacts, SourceFile
from launchready.steps.env_lint.reads.calls import calls_in
from launchready.steps.env_lint.reads.code import Code
from launchready.steps.env_lint.reads.python.imports import imports_of
from launchready.steps.env_lint.reads.python.libraries import libraries
from launchready.steps.env_lint.reads.python.options import options
from launchready.steps.env_lint.reads.python.schemas import schemas
from launchready.steps.env_lint.reads.python.standard import standard
from launchready.steps.env_lint.reads.python.started import started
from launchready.steps.env_lint.reads.told import Told

MISSING = "the parser of Python is not installed"


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
    started(told)
    calls_in(told)
    told.imports.extend((name, taken.module) for name, taken in imports.names.items())
    return told.facts()
