"""Where a script holds the environment: `process.env` and its like, and the names given to it."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from launchready.frozen import frozen
from launchready.regex import Regex
from launchready.steps.env_lint.reads.javascript.functions import parameters_of, scope_of
from launchready.steps.env_lint.reads.javascript.imports import imports
from launchready.steps.env_lint.reads.javascript.syntax import (
    FUNCTIONS,
    Script,
    ancestors,
    arguments_of,
    is_field,
    outside,
)

if TYPE_CHECKING:
    from tree_sitter import Node

_WORDS = (rb"process", rb"import\.meta", rb"Deno", rb"Bun")
_SEED_NODES = frozenset({"identifier", "property_identifier", "meta_property"})
# One pattern each: one that begins with a word is found ten times as fast as a choice of them.
_SEEDS = tuple(Regex(word + rb"(?![\w$])") for word in _WORDS)
_TYPED = Regex(rb"(?<![\w$])([\w$]+)\??\s*:\s*(?:Readonly<)?(?:NodeJS\.)?ProcessEnv\b")
_LOAD_ENV = Regex(rb"(?<![\w$.])loadEnv\s*\(")
_MOST_ALIASES = 40

# Module -> how its export `env` is made: what stands in it, as `Holder.origin`.
_MODULES = {
    "process": "process",
    "node:process": "process",
    "bun": "process",
    "std-env": "process",
    "$env/dynamic/private": "$env/dynamic/private",
    "$env/dynamic/public": "$env/dynamic/public",
    "cloudflare:workers": "cloudflare:workers",
}


@frozen
class Holder:
    """An expression that is the whole environment. `origin` is "process", "import.meta", "Deno",
    "loadEnv", or the module that it was imported from.
    """

    node: "Node"
    origin: str


def holders(script: Script) -> Iterator[Holder]:
    """Every place where the environment stands, in aliases too."""
    found = [*_direct(script), *_imported(script), *_typed(script), *_loaded(script)]
    aliases: set[tuple[str, int, int]] = set()
    while found and script.spend():
        holder = found.pop()
        yield holder
        for name, start, end in _names_given(script, holder):
            if (name, start, end) in aliases or len(aliases) >= _MOST_ALIASES:
                continue
            aliases.add((name, start, end))
            found.extend(
                Holder(node=use, origin=holder.origin)
                for use in script.occurrences(name, start, end)
                if _is_use(script, use, name, start)
            )


def _direct(script: Script) -> Iterator[Holder]:
    found = (match for seed in _SEEDS for match in seed.finditer(script.content))
    for match in found:
        node = script.node_at(*match.span())
        if node is None or node.start_byte != match.start() or node.type not in _SEED_NODES:
            continue
        origin = match[0].decode()
        if node.type == "property_identifier":  # globalThis.process
            if node.parent is None or node.parent.type != "member_expression":
                continue
            node = node.parent
        yield from _env_of(script, outside(node), "process" if origin == "Bun" else origin)


def _env_of(script: Script, owner: "Node", origin: str) -> Iterator[Holder]:
    """`owner.env`, `owner["env"]`, or `env` of `const { env } = owner`."""
    parent = owner.parent
    if parent is None:
        return
    if parent.type == "member_expression" and is_field(parent, "object", owner):
        chosen = parent.child_by_field_name("property")
        if chosen is not None and script.text(chosen) == "env":
            yield Holder(node=parent, origin=origin)
    elif parent.type == "subscript_expression" and is_field(parent, "object", owner):
        if script.string(parent.child_by_field_name("index")) == "env":
            yield Holder(node=parent, origin=origin)
    elif parent.type == "variable_declarator" and is_field(parent, "value", owner):
        pattern = parent.child_by_field_name("name")
        for each in pattern.named_children if pattern is not None else ():
            if script.text(each) != "env":
                continue
            for use in script.occurrences("env", parent.end_byte, scope_of(parent).end_byte):
                yield Holder(node=use, origin=origin)


def _imported(script: Script) -> Iterator[Holder]:
    known: set[str] = set()
    for module, name, local, _ in imports(script):
        origin = _MODULES.get(module)
        if origin is None or name != "env" or script.text(local) in known:
            continue
        known.add(script.text(local))
        for use in script.occurrences(script.text(local), local.end_byte):
            yield Holder(node=use, origin=origin)


def _typed(script: Script) -> Iterator[Holder]:
    """Parameters and variables whose type is `NodeJS.ProcessEnv`."""
    if b"ProcessEnv" not in script.content:
        return
    for match in _TYPED.finditer(script.content):
        node = script.node_at(*match.span(1))
        if node is None or node.type != "identifier" or node.parent is None:
            continue
        if node.parent.type not in ("required_parameter", "optional_parameter"):
            continue
        function = next((each for each in ancestors(node) if each.type in FUNCTIONS), None)
        body = function.child_by_field_name("body") if function is not None else None
        if body is not None:
            for use in script.occurrences(script.text(node), body.start_byte, body.end_byte):
                yield Holder(node=use, origin="process")


def _loaded(script: Script) -> Iterator[Holder]:
    """`loadEnv(mode, folder, "")` of Vite."""
    if b"loadEnv" not in script.content:
        return
    for match in _LOAD_ENV.finditer(script.content):
        node = script.node_at(match.start(), match.start() + len("loadEnv"))
        call = node.parent if node is not None and node.type == "identifier" else None
        if call is not None and call.type == "call_expression":
            yield Holder(node=call, origin="loadEnv")


def _names_given(script: Script, holder: Holder) -> Iterator[tuple[str, int, int]]:
    """Names that the environment gets: name, and the bytes in which it stands for it."""
    node = outside(holder.node)
    parent = node.parent
    if parent is None:
        return
    if parent.type == "binary_expression":  # process.env ?? {}
        node = outside(parent)
        parent = node.parent
    if parent is None:
        return
    if parent.type == "spread_element" and (copy := _copied(parent)) is not None:
        node, parent = copy
    if parent.type == "variable_declarator" and is_field(parent, "value", node):
        name = parent.child_by_field_name("name")
        if name is not None and name.type == "identifier":
            yield script.text(name), parent.end_byte, scope_of(parent).end_byte
    elif parent.type in ("required_parameter", "assignment_pattern") and (
        is_field(parent, "value", node) or is_field(parent, "right", node)
    ):
        name = parent.child_by_field_name("pattern") or parent.child_by_field_name("left")
        function = next((each for each in ancestors(parent) if each.type in FUNCTIONS), None)
        if name is not None and name.type == "identifier" and function is not None:
            yield script.text(name), parent.end_byte, function.end_byte
    elif parent.type == "arguments":
        yield from _handed_on(script, node, parent)


def _copied(spread: "Node") -> "tuple[Node, Node] | None":
    """`const copy = { ...process.env }`."""
    holder = spread.parent
    if holder is None or holder.type != "object" or holder.named_child_count != 1:
        return None
    outer = outside(holder)
    parent = outer.parent
    return None if parent is None else (outer, parent)


def _handed_on(script: Script, node: "Node", arguments: "Node") -> Iterator[tuple[str, int, int]]:
    """The parameter of a function of this file that is called with the environment."""
    call = arguments.parent
    function = call.child_by_field_name("function") if call is not None else None
    if call is None or function is None or function.type != "identifier":
        return
    place = arguments_of(call).index(node)
    called = function_named(script, script.text(function))
    names = parameters_of(script, called) if called is not None else []
    body = called.child_by_field_name("body") if called is not None else None
    if body is not None and place < len(names) and names[place][0]:
        yield names[place][0], body.start_byte, body.end_byte


def function_named(script: Script, name: str) -> "Node | None":
    """The function of this file that has a name."""
    pattern = re.compile(rb"\bfunction\s+(" + re.escape(name.encode()) + rb")(?![\w$])")
    match = pattern.search(script.content)
    if match:
        node = script.node_at(*match.span(1))
        if node is not None and node.parent is not None and node.parent.type in FUNCTIONS:
            return node.parent
    value = script.constant(name)
    return value if value is not None and value.type in FUNCTIONS else None


def _is_use(script: Script, use: "Node", name: str, start: int) -> bool:
    """Whether an identifier is not a parameter or variable of its own by the same name."""
    parent = use.parent
    if parent is None or parent.type in ("required_parameter", "formal_parameters"):
        return False
    if parent.type == "variable_declarator" and is_field(parent, "name", use):
        return False
    for each in ancestors(use):
        if each.start_byte < start:
            return True
        if each.type in FUNCTIONS and any(n == name for n, _ in parameters_of(script, each)):
            return False
    return True
