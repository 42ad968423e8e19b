"""Reads in JavaScript and TypeScript, and the scripts of Vue, Svelte and Astro files."""

from launchready import trees
from launchready.facts.environment import CodeFacts, SourceFile
from launchready.regex import Regex
from launchready.steps.env_lint.reads.javascript.bundlers import bundlers
from launchready.steps.env_lint.reads.javascript.calls import calls_in
from launchready.steps.env_lint.reads.javascript.collect import (
    Told,
    collect,
    dynamic_reads,
    to_reads,
    written,
)
from launchready.steps.env_lint.reads.javascript.deeds import deeds
from launchready.steps.env_lint.reads.javascript.given import given
from launchready.steps.env_lint.reads.javascript.imports import imported_names
from launchready.steps.env_lint.reads.javascript.parts import is_single_file, script_of
from launchready.steps.env_lint.reads.javascript.schemas import schemas
from launchready.steps.env_lint.reads.javascript.services import services
from launchready.steps.env_lint.reads.javascript.syntax import Script

_SCRIPT = frozenset({"js", "jsx", "mjs", "cjs"})
_DIRECTIVE = Regex(
    rb"""\A(?:\s|;|//[^\n]*\n|/\*(?:[^*]|\*(?!/)){0,4000}\*/|["']use strict["'])*"""
    rb"""["']use client["']"""
)
_CLIENT_FILE = Regex(r"\.client\.[cm]?[jt]sx?$")
_MISSING = "the parser of JavaScript and TypeScript is not installed"


def read(file: SourceFile) -> CodeFacts:
    """What one file tells: its reads, schemas, wrappers and calls, and its deeds."""
    ending = file.path.rpartition(".")[2].lower()
    content = file.content
    grammar = "typescript"
    if is_single_file(file.path):
        grammar, content = script_of(content)
    elif ending in _SCRIPT:
        grammar = "javascript"
    elif ending == "tsx":
        grammar = "tsx"
    if not trees.is_installed(grammar):
        return CodeFacts(problem=_MISSING)
    script = Script(
        path=file.path,
        content=content,
        shown=file.content,
        root=trees.parse(grammar, content).root_node,
        language="javascript" if ending in _SCRIPT else "typescript",
        place=file.place,
        is_client=_is_client(file),
    )
    return _facts(script)


def _facts(script: Script) -> CodeFacts:
    told = Told()
    collect(script, told)
    schemas(script, told)
    services(script, told)
    bundlers(script, told)
    deeds(script, told)
    to_reads(script, told)
    return CodeFacts(
        reads=tuple(told.reads),
        dynamic_reads=dynamic_reads(script, told),
        declarations=(*told.declarations, *written(script, told), *given(script)),
        deeds=tuple(told.deeds),
        wrappers=tuple(dict.fromkeys(told.wrappers)),
        fallbacks=tuple(dict.fromkeys(told.fallbacks)),
        failing=frozenset(told.failing),
        calls=tuple(calls_in(script, told.spoken_for)),
        imports=tuple(imported_names(script)),
        problem=script.problem,
    )


def _is_client(file: SourceFile) -> bool:
    """Whether the file says itself that browsers get it."""
    return bool(_CLIENT_FILE.search(file.path) or _DIRECTIVE.match(file.content))
