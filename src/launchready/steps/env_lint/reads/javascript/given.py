"""Variables that a script gives to another program: nobody else need declare them.

The environment of a process that it starts, entries of a list (`{ name: "A", value: a }`, as
containers are described to Kubernetes and ECS), and lines of text that it writes (`A=${a}`).
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from launchready.facts.environment import Declaration, Kind, Place
from launchready.regex import Regex
from launchready.steps.env_lint.reads.javascript.syntax import VARIABLE, Script, ancestors

if TYPE_CHECKING:
    from tree_sitter import Node

# A pattern that begins with a plain word is found ten times as fast as one that looks back first.
_OF_PROCESS = Regex(rb"env(?<![\w$]env)(?:ironment(?:Variables)?)?(?=\s*:\s*\{)")
_VALUE = Regex(rb"value(?:From)?\s*:")
_ENTRY = Regex(
    rb"""\b(?:name|key|Name)\s*:\s*["']([A-Z][A-Z0-9]*_[A-Z0-9_]+)["'],\s*(?:value|valueFrom)\s*:"""
)
_LINE = Regex(rb"(?<![\w$.{])([A-Z][A-Z0-9]*_[A-Z0-9_]+)=\\?\$\{")
_OF_LINES = (b"=${", b"=\\${")
_STARTS = Regex(
    r"(?:^|\.)(?:spawn|fork|exec|execFile|execa|x|\$|run)\w*$|Process|Worker|Container|Sandbox"
)
# Constructs of the AWS CDK, Pulumi and SST that take `environment`.
_DEPLOYS = Regex(
    r"Function|Lambda|Container|Task|Service|Project|Job|Site|Nextjs|Worker|Canary|Bucket"
)
_SHOWS = Regex(r"(?:^|\.)(?:log|info|warn|error|debug|Error|write|message)$", re.IGNORECASE)
_MOST = 500


def given(script: Script) -> Iterator[Declaration]:
    """What a script of the product gives."""
    if script.place is not Place.CODE:
        return
    for name, at in _found(script):
        yield Declaration(
            name=name, location=script.location(at), kind=Kind.SCHEMA, source="assignment"
        )


def _found(script: Script) -> Iterator[tuple[str, "Node"]]:
    for match in islice(_OF_PROCESS.finditer(script.content), _MOST):
        node = script.node_at(*match.span())
        if node is not None and node.parent is not None and node.parent.type == "pair":
            yield from _of_process(script, node.parent)
    entries = _ENTRY.finditer(script.content) if _VALUE.search(script.content) else iter(())
    for match in islice(entries, _MOST):
        node = script.node_at(*match.span(1))
        table = (
            next((each for each in ancestors(node, 4) if each.type == "object"), None)
            if node
            else None
        )
        if node is not None and table is not None and not _reads(script, table, match[1]):
            yield match[1].decode(), node
    has_line = any(word in script.content for word in _OF_LINES)
    for match in islice(_LINE.finditer(script.content) if has_line else iter(()), _MOST):
        node = script.node_at(*match.span(1))
        if node is not None and _is_written_out(script, node):
            after = script.content[match.end() : match.end() + 200].partition(b"}")[0]
            if match[1] not in after:
                yield match[1].decode(), node


def _of_process(script: Script, pair: "Node") -> Iterator[tuple[str, "Node"]]:
    value = pair.child_by_field_name("value")
    options = pair.parent
    call = options.parent.parent if options is not None and options.parent is not None else None
    if value is None or call is None or value.type != "object":
        return
    if call.type not in ("call_expression", "new_expression"):
        return
    is_whole = script.content.startswith(b"environment", pair.start_byte)
    if not (_DEPLOYS if is_whole else _STARTS).search(script.called(call)):
        return
    for each in value.named_children[:_MOST]:
        is_short = each.type == "shorthand_property_identifier"
        key = each if is_short else each.child_by_field_name("key") if each.type == "pair" else None
        if key is None:
            continue
        name = script.string(key) or script.text(key)
        if VARIABLE.fullmatch(name) and not _reads(script, each, name.encode()):
            yield name, key


def _reads(script: Script, node: "Node", name: bytes) -> bool:
    """Whether an entry only hands on what the program itself has by that name."""
    return b"env." + name in script.content[node.start_byte : node.end_byte]


def _is_written_out(script: Script, node: "Node") -> bool:
    """Whether a text goes to another program, and is not shown to a person."""
    is_text = False
    for each in ancestors(node, 12):
        is_text = is_text or each.type == "template_string"
        if each.type in ("call_expression", "new_expression"):
            return is_text and not _SHOWS.search(script.called(each))
    return is_text or node.type == "template_string"
