"""Reads in Rust: the standard library, clap, envy, envconfig.

Sources: https://doc.rust-lang.org/std/env/, https://docs.rs/clap/latest/clap/_derive/,
https://docs.rs/envy, https://docs.rs/envconfig.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from launchready import trees
from launchready.facts.environment import Act, CodeFacts, DynamicRead, Need, SourceFile, Value
from launchready.regex import Regex
from launchready.steps.env_lint.reads.calls import calls_in
from launchready.steps.env_lint.reads.code import ARGUMENTS, Code, ancestors
from launchready.steps.env_lint.reads.spelled import NAME
from launchready.steps.env_lint.reads.told import Told
from launchready.steps.env_lint.reads.walk import Fate

if TYPE_CHECKING:
    from tree_sitter import Node

_CALLED = Regex(rb"\b(?:var|var_os|vars|set_var)(?=\s*\()|\b(?:option_env|env|dotenv)(?=!)")
_FROM = Regex(r"(?:^|\.)(?:env|dotenvy|dotenv)\.\w+$")
_USES = Regex(rb"\buse\s+(?:std::)?(?:env|dotenvy)::\{?[^;]*\b(var|var_os)\b")
_ATTRIBUTE = Regex(rb"#\[(?:arg|clap|envconfig|structopt)\b")
_METHOD = Regex(rb"\.env(?=\s*\()")
_ENVY = Regex(rb"\benvy::(?:prefixed\(\s*\"(?P<prefix>\w*)\"\s*\)\s*\.\s*)?(?P<from>from_env)\b")
_PREFIXED = Regex(rb"\b(?:Environment|Env)::(?:with_prefix|prefixed)\(\s*\"(\w*)\"")
_SETTING = Regex(r"\b(\w+)\s*(?:=\s*(\"(?:[^\"\\]|\\.)*\"|[\w.]+))?")
_NUMBERS = Regex(r"[iu](?:8|16|32|64|128|size)")


def read(file: SourceFile) -> CodeFacts:
    """What one file tells."""
    if not trees.is_installed("rust"):
        return CodeFacts(problem="the parser of Rust is not installed")
    code = Code.of(file, "rust")
    told = Told(code, "rust")
    has_names = bool(_USES.search(file.content))
    for node in code.found(_CALLED):
        _called(told, node, has_names=has_names)
    for node in code.found(_ATTRIBUTE):
        _attribute(told, node)
    for node in code.found(_METHOD):
        _option(told, node)
    _envy(told)
    calls_in(told)
    return told.facts()


def _called(told: Told, node: "Node", *, has_names: bool) -> None:
    if node.parent is not None and node.parent.type == "token_tree":
        _in_macro(told, node)
        return
    call = next((a for a in ancestors(node, 2) if told.code.called(a)), None)
    if call is None or node.type != "identifier":
        return
    name = told.code.called(call)
    first = next(iter(_given(call)), None)
    if call.type == "macro_invocation":
        need = Need.GUARDED if name.endswith("option_env") else Need.REQUIRED
        if name.rpartition(".")[2] in ("env", "option_env", "dotenv") and first is not None:
            told.take(first, call, need=need)
        return
    if not _FROM.search(name) and not (has_names and name in ("var", "var_os")):
        return
    if name.endswith("vars"):
        _whole(told, call)
    elif name.endswith("set_var"):
        for text, at in told.texts(first) if first is not None else ():
            told.declared(text, at)
    elif name.endswith(("var", "var_os")):
        told.take(_plain(first), call)


_ASKED = Regex(rb"\s*(?:\?|\.\s*(?:unwrap|expect)\s*\()")


def _in_macro(told: Told, node: "Node") -> None:
    """`env::var("A")` within `println!(…)`, whose inside is words and no tree."""
    before = told.code.content[max(0, node.start_byte - 12) : node.start_byte]
    given = node.next_named_sibling
    if not re.search(rb"\benv::\s*\Z", before) or given is None or given.type != "token_tree":
        return
    if told.code.text(node) == "vars":
        _whole(told, node)
    elif given.named_child_count and told.code.text(node) in ("var", "var_os"):
        is_needed = _ASKED.match(told.code.content, given.end_byte)
        told.take(given.named_child(0), given, need=Need.REQUIRED if is_needed else Need.GUARDED)


def _given(call: "Node") -> Iterator["Node"]:
    """The arguments of a call or a macro."""
    for child in call.children:
        if child.type in ARGUMENTS:
            yield from child.named_children


def _plain(node: "Node | None") -> "Node | None":
    """What a reference is of: `&name`."""
    if node is not None and node.type == "reference_expression":
        return node.child_by_field_name("value")
    return node


def _whole(told: Told, call: "Node") -> None:
    shown = next((a for a in ancestors(call, 6) if a.type == "macro_invocation"), None)
    name = told.code.called(shown)
    if re.search(r"print|debug|info|warn|error|trace|dbg", name):
        told.deed(Act.SHOWS_ALL, call, detail=name)


def _attribute(told: Told, node: "Node") -> None:
    """`#[arg(env = "PORT", default_value = "3")] port: u16` and `#[envconfig(from = "X")]`."""
    item = node if node.type == "attribute_item" else next(
        (a for a in ancestors(node, 3) if a.type == "attribute_item"), None
    )  # fmt: skip
    if item is None:
        return
    text = told.code.text(item)[:1000]
    found = {match[1]: match[2] or "" for match in _SETTING.finditer(text)}
    owner = item.next_named_sibling
    while owner is not None and owner.type in ("attribute_item", "line_comment"):
        owner = owner.next_named_sibling
    key = "from" if "envconfig" in found else "env"
    if owner is None or owner.type != "field_declaration" or key not in found:
        return
    label = owner.child_by_field_name("name")
    kind = told.code.text(owner.child_by_field_name("type"))
    name = found[key].strip('"') or told.code.text(label).upper()
    at = _string_in(told.code, item, name) or label
    given = found.get("default_value", found.get("default_value_t", found.get("default")))
    if given is None and "default_value_t" not in found:
        is_loose = kind.startswith(("Option", "Vec", "bool"))
        fate = Fate(need=Need.GUARDED if is_loose else Need.REQUIRED)
    else:
        fate = Fate(need=Need.DEFAULT, default=Value(given.strip('"')) if given else None)
    if at is not None and NAME.fullmatch(name):
        told.read(name, at, replace(fate, takes_as=_takes(kind)), is_exact=bool(_takes(kind)))


def _string_in(code: Code, item: "Node", text: str) -> "Node | None":
    start = code.content.find(b'"' + text.encode() + b'"', item.start_byte, item.end_byte)
    return code.node_at(start, start + len(text) + 2) if start >= 0 else None


def _takes(kind: str) -> str:
    bare = re.sub(r"^Option<(.*)>$", r"\1", kind)
    if _NUMBERS.fullmatch(bare):
        return "integer"
    return {"bool": "boolean", "f32": "number", "f64": "number", "Url": "url"}.get(bare, "")


def _option(told: Told, node: "Node") -> None:
    """`Arg::new("port").env("PORT")`; a command's `.env("NAME", value)` sets one for a child."""
    call = node if node.type == "call_expression" else next(
        (a for a in ancestors(node, 2) if a.type == "call_expression"), None
    )  # fmt: skip
    given = list(_given(call)) if call is not None else []
    if len(given) == 1 and call is not None and told.code.string(given[0]):
        told.take(given[0], call, begins=Fate(need=Need.GUARDED))


def _envy(told: Told) -> None:
    """`envy::prefixed("APP_").from_env::<Config>()`: the fields of the struct."""
    for match in itertools.islice(_ENVY.finditer(told.code.content), 50):
        around = told.code.content[max(0, match.start() - 200) : match.end() + 200]
        kind = re.search(rb"from_env::<\s*(\w+)", around) or re.search(rb":\s*(\w+)\s*=", around)
        prefix = (match["prefix"] or b"").decode()
        if kind is not None:
            _fields(told, kind[1], prefix)
    for match in itertools.islice(_PREFIXED.finditer(told.code.content), 50):
        told.dynamic_reads.append(
            DynamicRead(
                location=told.code.location(*match.span(1)),
                begins=match[1].decode(),
                ends="",
                place=told.code.file.place,
            )
        )


def _fields(told: Told, kind: bytes, prefix: str) -> None:
    for node in told.code.found(re.compile(rb"\bstruct\s+" + kind + rb"\b")):
        body = node.child_by_field_name("body") if node.type == "struct_item" else None
        is_default = False
        for child in body.named_children if body is not None else ():
            if child.type == "attribute_item":
                is_default = is_default or "default" in told.code.text(child)
                continue
            name = child.child_by_field_name("name")
            if child.type == "field_declaration" and name is not None:
                shown = told.code.text(child.child_by_field_name("type"))
                is_loose = shown.startswith("Option") or is_default
                fate = Fate(
                    need=Need.GUARDED if is_loose else Need.REQUIRED, takes_as=_takes(shown)
                )
                full = prefix + told.code.text(name).upper()
                told.read(full, name, fate, is_exact=bool(_takes(shown)), folds_case=True)
                is_default = False
