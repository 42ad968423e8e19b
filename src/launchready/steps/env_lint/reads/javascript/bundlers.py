"""What a bundler's config puts into the code that browsers get.

Sources: https://nextjs.org/docs/app/api-reference/config/next-config-js/env,
https://vite.dev/config/shared-options#define, https://webpack.js.org/plugins/environment-plugin/,
https://nuxt.com/docs/guide/going-further/runtime-config,
https://docs.expo.dev/workflow/configuration/.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from launchready.facts.environment import Act, Declaration, Deed, Kind
from launchready.regex import Regex
from launchready.steps.env_lint.reads.javascript.collect import Told
from launchready.steps.env_lint.reads.javascript.fields import fields_of
from launchready.steps.env_lint.reads.javascript.found import Whole
from launchready.steps.env_lint.reads.javascript.syntax import Script, arguments_of, inside, outside

if TYPE_CHECKING:
    from tree_sitter import Node

_CONFIGS = (
    (Regex(r"^next\.config\."), "next.config", ("env", "publicRuntimeConfig")),
    (Regex(r"^nuxt\.config\."), "nuxt.config", ("public",)),
    (Regex(r"^app\.config\."), "app.config", ("extra",)),
    (
        Regex(r"^(?:vite|astro|svelte|electron\.vite|wxt)[\w.-]*\.config\."),
        "Vite",
        ("define",),
    ),
    (Regex(r"(?:esbuild|tsup|build)[\w.-]*\.[cm]?[jt]s$"), "esbuild", ("define",)),
)
_PICKS = Regex(rb"\.filter\(|startsWith|\bpick\(|\.test\(|\.match\(|includes\(")
_OF_SERVER = Regex(rb"""target\s*:\s*["'](?:async-)?node|platform\s*:\s*["']node""")
_LOADS_ALL = Regex(rb"""loadEnv\([^;{}]{0,200}?,\s*\[?\s*(?:""|'')""")
_DEFINED = Regex(r"(?:process|import\.meta)\.env\.([A-Za-z_]\w*)")
_PUBLISHES = Regex(r"(?:^|\.)createPublic(?:Env|Config)$")


def bundlers(script: Script, told: Told) -> None:
    """Add the variables that the script, as a bundler's config, inlines."""
    name = script.path.rpartition("/")[2]
    for pattern, tool, keys in _CONFIGS:
        if pattern.search(name):
            for key in keys:
                for pair in _pairs(script, key):
                    if _is_meant(script, tool, pair):
                        _inlined(script, told, pair.child_by_field_name("value"), f"{tool} {key}")
    if b"DefinePlugin" in script.content or b"EnvironmentPlugin" in script.content:
        _plugins(script, told)
    if b"envPrefix" in script.content:
        _prefixes(script, told)
    _published(script, told)


def _pairs(script: Script, key: str) -> Iterator["Node"]:
    """The pairs of objects with this key."""
    for match in re.finditer(rb"\b" + key.encode() + rb"""(?=["']?\s*:)""", script.content):
        node = script.node_at(*match.span())
        if node is not None and node.type == "string_fragment":
            node = node.parent
        if node is None or (script.string(node) or script.text(node)) != key:
            continue
        pair = node.parent
        if pair is not None and pair.type == "pair" and pair.child_by_field_name("key") == node:
            yield pair


def _is_meant(script: Script, tool: str, pair: "Node") -> bool:
    """Whether a pair stands where the tool looks for it."""
    owner = pair.parent
    above = outside(owner).parent if owner is not None else None
    key = above.child_by_field_name("key") if above is not None and above.type == "pair" else None
    if tool == "next.config":
        return key is None
    if tool == "nuxt.config":
        return key is not None and script.text(key) == "runtimeConfig"
    if tool == "esbuild":
        return not _OF_SERVER.search(script.content)
    return True


def _inlined(script: Script, told: Told, value: "Node | None", detail: str) -> None:
    value = None if value is None else inside(value)
    if value is not None and value.type == "identifier":
        value = script.constant(script.text(value)) or value
    if value is None:
        return
    start, end = value.start_byte, value.end_byte
    for taken in told.within(start, end):
        if not taken.site.is_tested:
            told.deeds.append(_deed(script, taken.site.at, taken.site.name, detail))
    picks = bool(_PICKS.search(script.content, start, end))
    for whole in told.whole:
        if start <= whole.node.start_byte < end and not picks and _is_all(script, whole):
            told.deeds.append(_deed(script, whole.node, "", detail))
    _made(script, told, value, detail)


def _made(script: Script, told: Told, value: "Node", detail: str) -> None:
    """Declare what the config itself makes: `env: { COMMIT: hash() }` of Next, and
    `define: { "import.meta.env.VERSION": text }`.
    """
    is_next = detail == "next.config env"
    for field in fields_of(script, value, is_plain=True):
        found = _DEFINED.fullmatch(field.name)
        name = field.name if is_next else found[1] if found else ""
        if not name or (field.value is not None and f"env.{name}" in script.text(field.value)):
            continue  # handed on as it is: who gives it stands elsewhere
        literal = script.value(None if field.value is None else inside(field.value))
        told.declarations.append(
            Declaration(
                name=name,
                location=script.location(field.at),
                kind=Kind.PLATFORM,
                source="next.config" if is_next else "define",
                value=literal if is_next else None,
                is_build_time=True,
            )
        )


def _is_all(script: Script, whole: Whole) -> bool:
    """Whether it is more than `loadEnv` gives without an empty prefix: the public variables."""
    return whole.holder.origin != "loadEnv" or bool(_LOADS_ALL.search(script.content))


def _deed(script: Script, at: "Node", name: str, detail: str) -> Deed:
    """The named variable goes to browsers, or all do where there is no name."""
    return Deed(
        act=Act.INLINES if name else Act.INLINES_ALL,
        location=script.location(at),
        name=name,
        detail=detail,
        place=script.place,
    )


def _plugins(script: Script, told: Told) -> None:
    """`new DefinePlugin({ … })` and `new EnvironmentPlugin([ … ])` of webpack."""
    if _OF_SERVER.search(script.content):
        return
    for match in re.finditer(rb"\b(Define|Environment)Plugin(?=\s*\()", script.content):
        node = script.node_at(*match.span())
        while node is not None and node.type not in ("new_expression", "statement_block"):
            node = node.parent
        if node is None or node.type != "new_expression":
            continue
        for each in arguments_of(node):
            detail = f"{match[0].decode()} of webpack"
            _inlined(script, told, each, detail)
            if match[1] == b"Environment":
                _named(script, told, inside(each), detail)


def _named(script: Script, told: Told, value: "Node", detail: str) -> None:
    """The names that `EnvironmentPlugin` is given: a list, or a table with defaults."""
    for each in value.named_children if value.type == "array" else ():
        if name := script.string(each):
            told.deeds.append(_deed(script, each, name, detail))
    for field in fields_of(script, value, is_plain=True):
        told.deeds.append(_deed(script, field.at, field.name, detail))


def _prefixes(script: Script, told: Told) -> None:
    """`envPrefix` of Vite: what begins with it is in the browser's code; an empty one is all."""
    for pair in _pairs(script, "envPrefix"):
        value = pair.child_by_field_name("value")
        value = None if value is None else inside(value)
        texts = value.named_children if value is not None and value.type == "array" else [value]
        for each in texts:
            prefix = script.string(each)
            if each is None or prefix is None:
                continue
            names = f"{prefix}*" if prefix else ""
            told.deeds.append(_deed(script, each, names, "Vite envPrefix"))


def _published(script: Script, told: Told) -> None:
    """The whole environment given to `window`, or to a function that publishes what it gets."""
    for whole in told.whole:
        if detail := _publisher(script, outside(whole.node)):
            told.deeds.append(_deed(script, whole.node, "", detail))


def _publisher(script: Script, node: "Node") -> str:
    """What gives an expression to browsers, if something does."""
    for _ in range(8):
        parent = node.parent
        if parent is None:
            return ""
        if parent.type == "arguments" and (call := parent.parent) is not None:
            if script.called(call) != "JSON.stringify":
                return script.called(call) if _PUBLISHES.search(script.called(call)) else ""
            node = outside(call)
        elif parent.type == "template_string" and "window." in script.text(parent)[:2000]:
            return "window"
        elif parent.type == "assignment_expression":
            left = parent.child_by_field_name("left")
            target = "" if left is None else script.text(left)[:60]
            return target if target.startswith(("window.", "globalThis.__")) else ""
        elif parent.type in ("object", "spread_element", "template_substitution"):
            node = outside(parent)
        else:
            return ""
    return ""
