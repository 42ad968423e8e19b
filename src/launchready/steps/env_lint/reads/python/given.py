"""Fields of settings classes that the program gives itself: `Settings(SECRET=made())`.

Source: https://docs.pydantic.dev/latest/concepts/pydantic_settings/#field-value-priority, where
arguments of the class come before the environment.
"""

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from launchready.regex import Regex
from launchready.steps.env_lint.reads.code import Code
from launchready.steps.env_lint.reads.dialect import READS
from launchready.steps.env_lint.reads.told import Told

if TYPE_CHECKING:
    from tree_sitter import Node

_MADE = Regex(rb"\b(\w*Settings)(?=\()")
_MOST = 50


def given_fields(code: Code) -> frozenset[str]:
    """The names of fields that calls of settings classes in a file are given."""
    return frozenset(name for name, _, _ in _given(code))


def given_elsewhere(told: Told) -> None:
    """Declare what a settings class is given, wherever the class itself stands, unless it is given
    what was read from the environment.
    """
    for name, at, value in _given(told.code):
        text = told.code.text(value)
        constant = told.code.constant(text) if value.type == "identifier" else None
        if not READS.search(text) and not READS.search(told.code.text(constant)):
            told.declared(name.upper(), at, told.code.literal(value))


def _given(code: Code) -> Iterator[tuple[str, "Node", "Node"]]:
    """Name, the name's node and the value's, of each argument."""
    for node in islice(code.found(_MADE, 1), _MOST):
        call = node.parent
        if call is None or call.type != "call" or call.child_by_field_name("function") != node:
            continue
        held = call.child_by_field_name("arguments")
        for each in held.named_children if held is not None else ():
            yield from _of_argument(code, each)


def _of_argument(code: Code, argument: "Node") -> Iterator[tuple[str, "Node", "Node"]]:
    name, value = argument.child_by_field_name("name"), argument.child_by_field_name("value")
    if argument.type == "keyword_argument" and name is not None and value is not None:
        if not code.text(name).startswith("_"):
            yield code.text(name), name, value
    elif argument.type == "dictionary_splat" and argument.named_child_count:
        table = argument.named_child(0)
        found = code.constant(code.text(table)) if table.type == "identifier" else table
        for pair in found.named_children if found is not None else ():
            key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
            if key is not None and value is not None and (text := code.string(key)):
                yield text, key, value
