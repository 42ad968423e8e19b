"""Reads in scripts without an ending: their first line names the language."""

from importlib import import_module

from launchready.facts.environment import CodeFacts, SourceFile
from launchready.regex import Regex
from launchready.steps.env_lint.reads import literals

_FIRST = Regex(rb"#!\s*\S*?(?:/|env\s+(?:-S\s+)?)(bash|sh|dash|ash|ruby|python|php|node)[\d.]*\b")
_MODULES = {b"ruby": "ruby", b"python": "python", b"php": "php", b"node": "javascript"}
_PACKAGE = __name__.rpartition(".")[0]


def read(file: SourceFile) -> CodeFacts:
    """What one file tells; nothing where no language is named."""
    found = _FIRST.match(file.content[:200])
    if found is None:
        return CodeFacts()
    module = _MODULES.get(found[1], "shell")
    if not literals.may_read(module, file.content):
        return CodeFacts()
    facts: CodeFacts = import_module(f"{_PACKAGE}.{module}").read(file)
    return facts
