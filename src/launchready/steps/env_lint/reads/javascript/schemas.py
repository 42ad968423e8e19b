"""Schemas that the environment is parsed with: each key is a read, and tells of a variable.

Sources: https://env.t3.gg/docs/core, https://github.com/af/envalid,
https://github.com/lostfictions/znv, https://docs.nestjs.com/techniques/configuration,
https://docs.adonisjs.com/guides/getting-started/environment-variables.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from launchready.facts.environment import Declaration, Kind, Need
from launchready.steps.env_lint.reads.javascript.collect import Told, read_of
from launchready.steps.env_lint.reads.javascript.fate import Fate
from launchready.steps.env_lint.reads.javascript.fields import Field, fields_of
from launchready.steps.env_lint.reads.javascript.schema_types import field_fate
from launchready.steps.env_lint.reads.javascript.sites import Whole
from launchready.steps.env_lint.reads.javascript.syntax import (
    VARIABLE,
    Script,
    arguments_of,
    inside,
    outside,
)

if TYPE_CHECKING:
    from tree_sitter import Node

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
_SECTIONS = ("server", "client", "shared")
_RUNTIME = ("runtimeEnv", "runtimeEnvStrict", "experimental__runtimeEnv")
_MOST = 50


@dataclass(frozen=True)
class _Schema:
    """Fields, the library that reads them, and what holds them in it."""

    source: str
    fields: tuple[Field, ...]
    holder: str = ""
    is_client: bool = False


def schemas(script: Script, told: Told) -> None:
    """Add what the schemas of a script say, in place of the reads that only feed them."""
    for whole in told.whole:
        for schema in _parsed_with(script, whole):
            _tell(script, told, schema, {})
    _mapped(script, told)
    if b"createEnv" in script.content or b"defineEnv" in script.content:
        for call in _calls_of(script, rb"(?:create|define)Env"):
            _create_env(script, told, call)
    if b"envField" in script.content:
        _astro(script, told)
    if b"Env.create" in script.content:
        for call in _calls_of(script, rb"Env\.create"):
            fields = [f for a in arguments_of(call) for f in fields_of(script, a)]
            _tell(script, told, _Schema("adonis", tuple(fields)), {})
    if b"validationSchema" in script.content and b"ConfigModule" in script.content:
        _nest(script, told)


def _calls_of(script: Script, name: bytes) -> Iterator["Node"]:
    """The calls of a function by this name."""
    for number, match in enumerate(re.finditer(name + rb"(?=\s*[<(])", script.content)):
        node = script.node_at(*match.span())
        call = node.parent if node is not None else None
        if call is not None and call.type == "call_expression" and number < _MOST:
            yield call


def _parsed_with(script: Script, whole: Whole) -> Iterator[_Schema]:
    """The schemas that a call hands the whole environment to."""
    node = outside(whole.node)
    for _ in range(4):
        parent = node.parent
        if parent is None:
            return
        if parent.type == "arguments" and (call := parent.parent) is not None:
            fields = list(_fields_around(script, call, node))
            if fields:
                yield _Schema(_library(script, call), tuple(fields))
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
        if chosen is None or script.text(chosen) not in _PARSES:
            return
        owner = function.child_by_field_name("object")
        if owner is not None:
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
    name = script.called(call)
    for library in ("cleanEnv", "customCleanEnv", "parseEnv"):
        if name == library:
            return "znv" if library == "parseEnv" else "envalid"
    for library in ("zod", "valibot", "arktype", "yup", "joi"):
        if library.encode() in script.content.lower():
            return library
    return "schema"


def _tell(script: Script, told: Told, schema: _Schema, renamed: dict[str, str]) -> None:
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


def _create_env(script: Script, told: Told, call: "Node") -> None:
    """`createEnv` of t3-env: three sections, and the table that feeds them."""
    arguments = arguments_of(call)
    options = inside(arguments[0]) if arguments else None
    if options is not None and options.type == "identifier":
        options = script.constant(script.text(options))
    if options is None or options.type != "object":
        return
    parts = {f.name: f.value for f in fields_of(script, options, is_plain=True)}
    feeds = [_feed(script, parts[name]) for name in _RUNTIME if name in parts]
    is_partly = "experimental__runtimeEnv" in parts
    unread = {name: node for feed, _ in feeds for name, node in feed.items()}
    for section in _SECTIONS:
        value = parts.get(section)
        if value is None:
            continue
        fields = tuple(fields_of(script, value))
        for field in fields:
            unread.pop(field.name, None)
        renamed = _feed_names(script, told, fields, feeds)
        known = {name for feed, is_whole in feeds if not is_whole for name in feed}
        is_fed = (
            not feeds or any(whole for _, whole in feeds) or (is_partly and section == "server")
        )
        for field in fields:
            lacks = not is_fed and field.name not in known
            holder = f"{section}, not in runtimeEnv" if lacks else section
            schema = _Schema("t3-env", (field,), holder, section == "client")
            _tell(script, told, schema, renamed)
    for node in unread.values():
        _fed_in_vain(script, told, node)


def _fed_in_vain(script: Script, told: Told, node: "Node") -> None:
    """A variable that is handed to a schema which has no such field: it comes to nothing."""
    for name, at in _told_by_call(script, node):
        told.spoken_for.add(at.start_byte)
        told.reads.append(read_of(script, name, at, Fate(), Need.GUARDED))


def _feed(script: Script, value: "Node | None") -> tuple[dict[str, "Node"], bool]:
    """The table that feeds a schema by its keys, and whether the whole environment does."""
    value = None if value is None else inside(value)
    if value is not None and value.type == "identifier":
        value = script.constant(script.text(value)) or value
    if value is None or value.type != "object":
        return {}, True
    has_spread = any(each.type == "spread_element" for each in value.named_children)
    found = {f.name: f.value or f.at for f in fields_of(script, value)}
    return found, has_spread


def _feed_names(
    script: Script,
    told: Told,
    fields: tuple[Field, ...],
    feeds: list[tuple[dict[str, "Node"], bool]],
) -> dict[str, str]:
    """Fields that are fed with a variable of another name; their own reads, and calls that may be
    reads, are spoken for.
    """
    renamed = {}
    wanted = {field.name for field in fields}
    for feed, _ in feeds:
        for name, node in feed.items():
            if name not in wanted:
                continue
            within = {
                taken.site.name: taken.site.at.start_byte
                for taken in told.within(node.start_byte, node.end_byte)
            }
            within |= {name: at.start_byte for name, at in _told_by_call(script, node)}
            if not within:
                continue
            chosen = name if name in within else next(iter(within))
            told.spoken_for.add(within[chosen])
            if chosen != name:
                renamed[name] = chosen
    return renamed


def _told_by_call(script: Script, node: "Node") -> Iterator[tuple[str, "Node"]]:
    """The name of a variable that a call is given, `X: runtime("X")`, and its node."""
    node = inside(node)
    if node.type == "binary_expression":
        node = inside(node.child_by_field_name("left") or node)
    arguments = arguments_of(node) if node.type == "call_expression" else []
    name = script.string(arguments[0]) if arguments else None
    if name and VARIABLE.fullmatch(name):
        yield name, arguments[0]


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
    feed, _ = _feed(script, table)
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
    for call in _calls_of(script, rb"envField\.\w+"):
        pair = outside(call).parent
        key = pair.child_by_field_name("key") if pair is not None else None
        if key is None or pair is None or pair.type != "pair":
            continue
        field = Field(script.string(key) or script.text(key), key, call)
        is_client = b'"client"' in script.content[call.start_byte : call.end_byte]
        _tell(script, told, _Schema("astro", (field,), "", is_client), {})


def _nest(script: Script, told: Told) -> None:
    """`ConfigModule.forRoot({ validationSchema: Joi.object({ … }) })`."""
    for match in re.finditer(rb"validationSchema(?=\s*:)", script.content):
        node = script.node_at(*match.span())
        pair = node.parent if node is not None else None
        value = pair.child_by_field_name("value") if pair is not None else None
        if value is not None:
            _tell(script, told, _Schema("nest", tuple(fields_of(script, value))), {})
