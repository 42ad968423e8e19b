"""What a schema tells: a read and a declaration of each of its fields."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from launchready.facts.environment import Declaration, Kind, Need
from launchready.frozen import frozen
from launchready.steps.env_lint.reads.javascript.collect import Told
from launchready.steps.env_lint.reads.javascript.fields import Field
from launchready.steps.env_lint.reads.javascript.reading import read_of
from launchready.steps.env_lint.reads.javascript.schema_types import field_fate
from launchready.steps.env_lint.reads.javascript.syntax import (
    Script,
)

if TYPE_CHECKING:
    from tree_sitter import Node


_MOST = 50


@frozen
class Schema:
    """Fields, the library that reads them, and what holds them in it."""

    source: str
    fields: tuple[Field, ...]
    holder: str = ""
    is_client: bool = False


def calls_of(script: Script, name: bytes) -> Iterator["Node"]:
    """The calls of a function by this name."""
    for number, match in enumerate(re.finditer(name + rb"(?=\s*[<(])", script.content)):
        node = script.node_at(*match.span())
        call = node.parent if node is not None else None
        if call is not None and call.type == "call_expression" and number < _MOST:
            yield call


def tell(script: Script, told: Told, schema: Schema, renamed: dict[str, str]) -> None:
    """Reads and declarations of a schema's fields; `renamed` are fields read by another name."""
    for field in schema.fields:
        name = renamed.get(field.name, field.name)
        if not name:
            continue
        fate = field_fate(script, field.value, is_optional=field.is_optional)
        need = fate.need or Need.REQUIRED
        read = read_of(script, name, field.at, fate, need)
        is_client = schema.is_client or script.is_client
        told.reads.append(replace(read, is_exact=True, is_client=is_client))
        told.declarations.append(
            Declaration(
                name=name,
                location=read.location,
                kind=Kind.SCHEMA,
                source=schema.source,
                holder=schema.holder,
            )
        )
