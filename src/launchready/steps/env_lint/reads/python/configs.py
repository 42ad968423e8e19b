"""Reads by libraries that take whole configurations: Dynaconf, Flask, dj-database-url."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from launchready.facts.environment import DynamicRead, Need
from launchready.regex import AnyRegex, Regex
from launchready.steps.env_lint.reads.code import Argument, Code, ancestors, keyword, positional
from launchready.steps.env_lint.reads.told import Told
from launchready.steps.env_lint.reads.walk import Fate, replaced

if TYPE_CHECKING:
    from tree_sitter import Node


_DYNACONF = Regex(rb"\b(?:Dynaconf|LazySettings|FlaskDynaconf)(?=\s*\()")


_PREFIXED = Regex(rb"\bfrom_prefixed_env(?=\s*\()")


_OF_CONFIG = Regex(rb"\bfrom_envvar(?=\s*\()")


_URL = Regex(rb"\bdj_database_url\.(config)(?=\s*\()")


def configurations(told: Told) -> None:
    for call, arguments in _calls(told.code, _DYNACONF):
        prefix = keyword(arguments, "envvar_prefix", "ENVVAR_PREFIX_FOR_DYNACONF")
        _dynamic(told, call, told.code.string(prefix) or "DYNACONF")
    for call, arguments in _calls(told.code, _PREFIXED):
        prefix = positional(arguments, 0) or keyword(arguments, "prefix")
        _dynamic(told, call, told.code.string(prefix) or "FLASK")
    for call, arguments in _calls(told.code, _OF_CONFIG):
        told.take(positional(arguments, 0), call, need=Need.REQUIRED)
    for call, arguments in _calls(told.code, _URL, 1):
        name = keyword(arguments, "env")
        text = told.code.string(name) or "DATABASE_URL"
        fate = with_default(told.code, Fate(takes_as="url"), keyword(arguments, "default"))
        told.read(text, name or call, fate)


def _calls(
    code: Code, pattern: AnyRegex[bytes], group: int = 0
) -> Iterator[tuple["Node", list[Argument]]]:
    for node in code.found(pattern, group):
        call = next((a for a in ancestors(node, 2) if a.type == "call"), None)
        if call is not None:
            yield call, code.arguments(call)


def _dynamic(told: Told, call: "Node", prefix: str) -> None:
    place = told.code.file.place
    location = told.code.place(call)
    told.dynamic_reads.append(
        DynamicRead(location=location, begins=f"{prefix}_", ends="", place=place)
    )


def with_default(code: Code, fate: Fate, default: "Node | None") -> Fate:
    return fate if default is None else replaced(code, fate, default)
