"""Schemas that the environment is parsed with: each key is a read, and tells of a variable.

Sources: https://env.t3.gg/docs/core, https://github.com/af/envalid,
https://github.com/lostfictions/znv, https://docs.nestjs.com/techniques/configuration,
https://docs.adonisjs.com/guides/getting-started/environment-variables.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from launchready.facts.environment import Need
from launchready.steps.env_lint.reads.javascript.collect import Told
from launchready.steps.env_lint.reads.javascript.fate import Fate
from launchready.steps.env_lint.reads.javascript.fields import Field, fields_of
from launchready.steps.env_lint.reads.javascript.found import Whole
from launchready.steps.env_lint.reads.javascript.reading import read_of
from launchready.steps.env_lint.reads.javascript.schema_types import field_fate
from launchready.steps.env_lint.reads.javascript.syntax import (
    Script,
    arguments_of,
    inside,
    outside,
)

if TYPE_CHECKING:
    from tree_sitter import Node
from launchready.steps.env_lint.reads.javascript.feeds import _names_of, _told_by_call, feed_of
from launchready.steps.env_lint.reads.javascript.telling import Schema, calls_of, tell

_PARSES = frozenset(
    [
        "parse",
        "safeParse",
        "parseAsync",
        "safeParseAsync",
        "validate",
        "validateSync",
        "validateAsync",
        "cast",
        "assert",
        "attempt",
        "decode",
        "decodeUnknownSync",
        "decodeSync",
        "Parse",
        "Decode",
        "create",
        "mask",
        "strict",
        "is",
    ]
)
_CLEANERS = ("cleanEnv", "customCleanEnv", "parseEnv")
"""Functions of envalid and znv, which are often called on the module: `envalid.cleanEnv(…)`."""
_SECTIONS = ("server", "client", "shared")
_RUNTIME = ("runtimeEnv", "runtimeEnvStrict", "experimental__runtimeEnv")


def schemas(script: Script, told: Told) -> None:
    """Add what the schemas of a script say, in place of the reads that only feed them."""
    for whole in told.whole:
        for schema in _parsed_with(script, whole):
            tell(script, told, schema, {})
    _mapped(script, told)
    if b"createEnv" in script.content or b"defineEnv" in script.content:
        for call in calls_of(script, rb"(?:create|define)Env"):
            _create_env(script, told, call)
    if b"envField" in script.content:
        _astro(script, told)
    if b"Env.create" in script.content:
        for call in calls_of(script, rb"Env\.create"):
            fields = [f for a in arguments_of(call) for f in fields_of(script, a)]
            tell(script, told, Schema(source="adonis", fields=tuple(fields)), {})
    if b"validationSchema" in script.content and b"ConfigModule" in script.content:
        _nest(script, told)


def _parsed_with(script: Script, whole: Whole) -> Iterator[Schema]:
    """The schemas that a call hands the whole environment to."""
    node = outside(whole.node)
    for _ in range(4):
        parent = node.parent
        if parent is None:
            return
        if parent.type == "arguments" and (call := parent.parent) is not None:
            fields = list(_fields_around(script, call, node))
            if fields:
                yield Schema(source=_library(script, call), fields=tuple(fields))
                return
            node = outside(call)
        elif parent.type in ("spread_element", "object"):
            node = outside(parent)
        else:
            return


def _fields_around(script: Script, call: "Node", handed: "Node") -> Iterator[Field]:
    function = call.child_by_field_name("function")
    if function is None:
        return
    if function.type == "member_expression":
        chosen = function.child_by_field_name("property")
        name = script.text(chosen) if chosen is not None else ""
        if name not in _PARSES and name not in _CLEANERS:
            return
        owner = function.child_by_field_name("object")
        if owner is not None and name in _PARSES:
            yield from fields_of(script, owner)
    elif function.type in ("identifier", "call_expression"):
        yield from fields_of(script, function)
    for each in arguments_of(call):
        if each != handed and not _holds_literals(script, each):
            yield from fields_of(script, each)


def _holds_literals(script: Script, node: "Node") -> bool:
    """`{ prefix: "APP_" }` is options of a function, not a schema."""
    values = [pair.child_by_field_name("value") for pair in inside(node).named_children[:20]]
    return any(v is not None and v.type in ("string", "true", "false", "number") for v in values)


def _library(script: Script, call: "Node") -> str:
    name = script.called(call).rpartition(".")[2]
    if name in _CLEANERS:
        return "znv" if name == "parseEnv" else "envalid"
    for library in ("zod", "valibot", "arktype", "yup", "joi"):
        if library.encode() in script.content.lower():
            return library
    return "schema"


def _create_env(script: Script, told: Told, call: "Node") -> None:
    """`createEnv` of t3-env: three sections, and the table that feeds them."""
    arguments = arguments_of(call)
    options = inside(arguments[0]) if arguments else None
    if options is not None and options.type == "identifier":
        options = script.constant(script.text(options))
    if options is None or options.type != "object":
        return
    parts = {f.name: f.value for f in fields_of(script, options, is_plain=True)}
    feeds = [feed_of(script, parts[name]) for name in _RUNTIME if name in parts]
    is_partly = "experimental__runtimeEnv" in parts
    unread = {name: node for feed, _ in feeds for name, node in feed.items()}
    for section in _SECTIONS:
        value = parts.get(section)
        if value is None:
            continue
        fields = tuple(fields_of(script, value))
        for field in fields:
            unread.pop(field.name, None)
        renamed = _names_of(script, told, fields, feeds)
        known = {name for feed, is_whole in feeds if not is_whole for name in feed}
        is_fed = (
            not feeds or any(whole for _, whole in feeds) or (is_partly and section == "server")
        )
        for field in fields:
            lacks = not is_fed and field.name not in known
            holder = f"{section}, not in runtimeEnv" if lacks else section
            schema = Schema(
                source="t3-env", fields=(field,), holder=holder, is_client=section == "client"
            )
            tell(script, told, schema, renamed)
    for node in unread.values():
        _fed_in_vain(script, told, node)


def _fed_in_vain(script: Script, told: Told, node: "Node") -> None:
    """A variable that is handed to a schema which has no such field: it comes to nothing."""
    for name, at in _told_by_call(script, node):
        told.spoken_for.add(at.start_byte)
        told.reads.append(read_of(script, name, at, Fate(), Need.GUARDED))


def _mapped(script: Script, told: Told) -> None:
    """`schema.parse({ url: process.env.DATABASE_URL })`: the schema says whether it is needed."""
    seen: set[int] = set()
    for taken in told.taken:
        node = taken.site.node
        while node is not None and node.type not in {"pair", "statement_block"}:
            node = node.parent
        table = node.parent if node is not None and node.type == "pair" else None
        arguments = outside(table).parent if table is not None else None
        call = arguments.parent if arguments is not None and arguments.type == "arguments" else None
        if table is None or call is None or call.start_byte in seen:
            continue
        seen.add(call.start_byte)
        if call.type != "call_expression":
            continue
        _tell_mapped(script, told, call, table)


def _tell_mapped(script: Script, told: Told, call: "Node", table: "Node") -> None:
    fields = tuple(_fields_around(script, call, outside(table)))
    feed, _ = feed_of(script, table)
    by_name = {field.name: field for field in fields}
    for name, node in feed.items():
        field = by_name.get(name)
        if field is None:
            continue
        for taken in told.within(node.start_byte, node.end_byte):
            at = taken.site.at
            told.spoken_for.add(at.start_byte)
            fate = _stricter(taken.fate, field_fate(script, field.value))
            read = read_of(script, taken.site.name, at, fate, fate.need or Need.REQUIRED)
            told.reads.append(replace(read, is_exact=True))


def _stricter(own: Fate, schema: Fate) -> Fate:
    """The schema's word, unless the value has a default before the schema sees it."""
    return own.taking(schema.takes_as) if own.need is Need.DEFAULT else schema


def _astro(script: Script, told: Told) -> None:
    """`env: { schema: { X: envField.string({ … }) } }` of astro.config."""
    for call in calls_of(script, rb"envField\.\w+"):
        pair = outside(call).parent
        key = pair.child_by_field_name("key") if pair is not None else None
        if key is None or pair is None or pair.type != "pair":
            continue
        field = Field(name=script.string(key) or script.text(key), at=key, value=call)
        is_client = b'"client"' in script.content[call.start_byte : call.end_byte]
        tell(
            script,
            told,
            Schema(source="astro", fields=(field,), holder="", is_client=is_client),
            {},
        )


def _nest(script: Script, told: Told) -> None:
    """`ConfigModule.forRoot({ validationSchema: Joi.object({ … }) })`."""
    for match in re.finditer(rb"validationSchema(?=\s*:)", script.content):
        node = script.node_at(*match.span())
        pair = node.parent if node is not None else None
        value = pair.child_by_field_name("value") if pair is not None else None
        if value is not None:
            tell(script, told, Schema(source="nest", fields=tuple(fields_of(script, value))), {})
