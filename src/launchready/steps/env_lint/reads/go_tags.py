"""Reads by tags of struct fields in Go: caarlos0/env, cleanenv, envconfig of two authors.

Sources: https://pkg.go.dev/github.com/caarlos0/env/v11, https://github.com/ilyakaznacheev/cleanenv,
https://pkg.go.dev/github.com/kelseyhightower/envconfig,
https://pkg.go.dev/github.com/sethvargo/go-envconfig.
"""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from launchready.facts.environment import Need, Value
from launchready.frozen import frozen
from launchready.regex import Regex
from launchready.steps.env_lint.reads.spelled import NAME
from launchready.steps.env_lint.reads.told import Told
from launchready.steps.env_lint.reads.walk import Fate

if TYPE_CHECKING:
    from tree_sitter import Node

_STRUCT = Regex(rb"\b\w+(?=\s+struct\s*\{)")
_TAG = Regex(r"([\w-]+):\"((?:[^\"\\]|\\.)*)\"")
_PROCESS = Regex(rb"\b(?:envconfig|env)\.(?:Must)?Process\(\s*\"(\w*)\"")
_WORDS = Regex(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+|[A-Z]+")
_DEFAULTS = ("envDefault", "env-default", "default")
_MOST_LEVELS = 4


@frozen
class _Field:
    name: str
    node: "Node"
    kind: str
    tag: Mapping[str, str]
    at: "Node"


def tags(told: Told) -> None:
    """Add a read for each field whose tag names a variable."""
    content = told.code.content
    if b'env:"' not in content and b"envconfig" not in content:
        return
    process = _PROCESS.search(content)
    prefix = f"{process[1].decode().upper()}_" if process and process[1] else ""
    structs: dict[str, list[_Field]] = {}
    for label in told.code.found(_STRUCT):
        kind = label.parent.child_by_field_name("type") if label.parent is not None else None
        if kind is not None and kind.type == "struct_type":
            structs[told.code.text(label)] = _fields(told, kind)
    inner = {
        _bare(f.kind) for fields in structs.values() for f in fields if _bare(f.kind) in structs
    }
    for name, fields in structs.items():
        if name not in inner:
            _struct(told, structs, fields, prefix, is_processed=process is not None)


def _fields(told: Told, struct: "Node") -> list[_Field]:
    found = []
    for held in struct.named_children:
        for node in held.named_children if held.type == "field_declaration_list" else ():
            tag = node.child_by_field_name("tag")
            name = node.child_by_field_name("name") or node.child_by_field_name("type")
            if node.type != "field_declaration" or name is None:
                continue
            kind = told.code.text(node.child_by_field_name("type"))
            read = dict(_TAG.findall(told.code.text(tag)))
            found.append(
                _Field(name=told.code.text(name), node=node, kind=kind, tag=read, at=tag or name)
            )
    return found


def _bare(kind: str) -> str:
    return kind.lstrip("*[]")


def _struct(
    told: Told,
    structs: Mapping[str, list[_Field]],
    fields: list[_Field],
    prefix: str,
    *,
    is_processed: bool,
) -> None:
    waiting = [(each, prefix, 0) for each in fields]
    while waiting:
        field, before, depth = waiting.pop()
        nested = structs.get(_bare(field.kind))
        if nested is not None and depth < _MOST_LEVELS and not field.tag.get("env"):
            own = field.tag.get("envPrefix", field.tag.get("env-prefix", ""))
            if is_processed and not own and field.name != _bare(field.kind):
                own = f"{field.tag.get('envconfig') or field.name.upper()}_"
            waiting.extend((each, before + own, depth + 1) for each in nested)
            continue
        _field(told, field, before, is_processed=is_processed)


def _field(told: Told, field: _Field, prefix: str, *, is_processed: bool) -> None:
    tag = field.tag
    given = tag.get("env", tag.get("envconfig"))
    if given is None and is_processed and tag.keys() & {"split_words", "required", "default"}:
        is_split = tag.get("split_words") == "true"
        given = "_".join(_WORDS.findall(field.name)) if is_split else field.name
        given = given.upper()
    name, *options = re.split(r"\s*,\s*", given) if given else [""]
    if not NAME.fullmatch(prefix + name) or not name:
        return
    told.read(
        prefix + name,
        _place(told, field, name),
        _fate(tag, options, _takes(field.kind)),
        need=Need.GUARDED,
        is_exact=bool(_takes(field.kind)),
    )


def _place(told: Told, field: _Field, name: str) -> "Node | tuple[int, int]":
    """Where the tag has the name; the field's own name, where it is made of that."""
    pattern = rb"(?:env|envconfig):\"(" + re.escape(name.encode()) + rb")\b"
    start, end = field.at.start_byte, field.at.end_byte
    found = re.compile(pattern).search(told.code.content, start, end)
    label = field.node.child_by_field_name("name")
    if found:
        return found.span(1)
    return field.at if label is None else label


def _fate(tag: Mapping[str, str], options: list[str], takes: str) -> Fate:
    default = next((tag[key] for key in _DEFAULTS if key in tag), None)
    for option in options:
        if option.startswith("default="):
            default = option.partition("=")[2]
    if default is not None:
        return Fate(need=Need.DEFAULT, default=Value(default), takes_as=takes)
    is_needed = {"required", "notEmpty"} & set(options) or "true" in (
        tag.get("required"),
        tag.get("env-required"),
    )
    return Fate(need=Need.REQUIRED if is_needed else Need.GUARDED, takes_as=takes)


def _takes(kind: str) -> str:
    kind = kind.lstrip("*")
    if re.fullmatch(r"u?int(?:8|16|32|64)?", kind):
        return "integer"
    if kind.startswith("[]") and kind != "[]byte":
        return "list"
    return {"bool": "boolean", "float64": "number", "float32": "number", "url.URL": "url"}.get(
        kind, ""
    )
