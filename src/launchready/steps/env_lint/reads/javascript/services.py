"""Reads through what frameworks put before the environment, and types that name its variables.

Sources: https://docs.nestjs.com/techniques/configuration, https://svelte.dev/docs/kit/$env-static-private,
https://docs.astro.build/en/guides/environment-variables/, https://github.com/evanshortiss/env-var,
https://docs.adonisjs.com/guides/getting-started/environment-variables,
https://developers.cloudflare.com/workers/runtime-apis/bindings/.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from launchready.facts.environment import Declaration, Kind, Need
from launchready.regex import AnyRegex, Regex
from launchready.steps.env_lint.reads.javascript.collect import Taken, Told
from launchready.steps.env_lint.reads.javascript.fate import Fate
from launchready.steps.env_lint.reads.javascript.found import Site
from launchready.steps.env_lint.reads.javascript.imports import imports
from launchready.steps.env_lint.reads.javascript.need import fate_of
from launchready.steps.env_lint.reads.javascript.sources import Holder
from launchready.steps.env_lint.reads.javascript.syntax import (
    VARIABLE,
    Script,
    ancestors,
    arguments_of,
    inside,
    is_field,
    outside,
)

if TYPE_CHECKING:
    from tree_sitter import Node

_NEST = Regex(rb"[cC]onfig(?:Service)?\.(get|getOrThrow)(?=\s*[<(])")
_ADONIS = Regex(rb"\b[eE]nv\.(get)(?=\s*[<(])")
_ENV_VAR = Regex(rb"\benv\.(get)(?=\s*\()|(?<![\w$.])(get)(?=\s*\()")
_SECRET_OF_ASTRO = Regex(rb"(?<![\w$.])(getSecret)(?=\s*\()")
_TYPES = Regex(rb"\b(?:interface|type)\s+([A-Za-z_]\w*)")
_TELLING_TYPES = frozenset({"ProcessEnv", "ImportMetaEnv"})
_TYPED_ENV = Regex(rb"(?<![\w$])env\s*\.\s*([A-Z][A-Z0-9_]*)(?![\w$])")
_OF_ENV_VAR = {
    "asInt": "integer",
    "asIntPositive": "integer",
    "asPortNumber": "port",
    "asFloat": "number",
    "asBool": "boolean",
    "asBoolStrict": "boolean",
    "asUrlString": "url",
    "asUrlObject": "url",
    "asJson": "json",
    "asJsonObject": "json",
    "asArray": "list",
    "asEmailString": "email",
}
_MOST = 2000


def services(script: Script, told: Told) -> None:
    """Add the reads of frameworks' services and imports, and the types that declare."""
    content = script.content
    if b"onfigService" in content:
        _gets(script, told, _NEST, "nest")
    if b"start/env" in content or b"@adonisjs/core" in content:
        _gets(script, told, _ADONIS, "adonis")
    if b"env-var" in content:
        _gets(script, told, _ENV_VAR, "env-var")
    if b"astro:env" in content:
        _gets(script, told, _SECRET_OF_ASTRO, "astro:env")
    if b"$env/static" in content or b"astro:env" in content:
        _imported(script, told)
    if any(word in content for word in (b"ProcessEnv", b"ImportMetaEnv", b"namespace NodeJS")):
        _declared(script, told)
    if b"Env" in content or b"Bindings" in content:
        _of_workers(script, told)
    told.taken.sort(key=lambda each: each.site.at.start_byte)


def _gets(script: Script, told: Told, pattern: AnyRegex[bytes], origin: str) -> None:
    for number, match in enumerate(pattern.finditer(script.content)):
        if number > _MOST:
            return
        node = script.node_at(*match.span(1 if match[1] else 2))
        function = node.parent if node is not None else None
        if node is not None and node.type == "identifier":
            function = node
        call = function.parent if function is not None else None
        if call is None or call.type != "call_expression" or not arguments_of(call):
            continue
        name = script.string(inside(arguments_of(call)[0]))
        if name and VARIABLE.fullmatch(name):
            fate = _fate_of_get(script, call, origin, match[0].endswith(b"OrThrow"))
            site = Site(
                name=name,
                at=arguments_of(call)[0],
                node=call,
                holder=Holder(node=call, origin=origin),
            )
            told.taken.append(Taken(site=site, fate=fate))


def _fate_of_get(script: Script, call: "Node", origin: str, throws: bool) -> Fate:
    fate = fate_of(script, call)
    arguments = arguments_of(call)
    if throws:
        return replace(fate, need=Need.REQUIRED, is_strict=True)
    if origin == "env-var":
        return _fate_of_chain(script, call)
    second = inside(arguments[1]) if len(arguments) > 1 else None
    if second is not None and second.type != "object":
        return replace(fate, need=Need.DEFAULT, default=script.value(second))
    if origin == "adonis" and fate.need is None:  # its schema in start/env says whether
        return replace(fate, need=Need.GUARDED)
    return fate


def _fate_of_chain(script: Script, call: "Node") -> Fate:
    """`get("PORT").default("3000").asPortNumber()`."""
    fate = Fate(need=Need.GUARDED)
    member = call.parent
    while member is not None and member.type == "member_expression":
        chosen = member.child_by_field_name("property")
        outer = member.parent
        if chosen is None or outer is None or outer.type != "call_expression":
            break
        method = script.text(chosen)
        if method == "required":
            fate = replace(fate, need=Need.REQUIRED, is_strict=True)
        elif method == "default":
            given = arguments_of(outer)
            default = script.value(inside(given[0])) if given else None
            fate = replace(fate, need=Need.DEFAULT, default=default)
        fate = fate.taking(_OF_ENV_VAR.get(method, ""))
        member = outer.parent
    return fate


def _imported(script: Script, told: Told) -> None:
    """`import { X } from "$env/static/private"`: the build stops where X is not set."""
    for module, name, _, at in imports(script):
        if name in {"default", "getSecret"}:
            continue
        if module.startswith("$env/static/"):
            fate = Fate(need=Need.REQUIRED, is_strict=True)
        elif module.startswith("astro:env/"):  # its schema in astro.config says whether
            fate = Fate(need=Need.GUARDED)
        else:
            continue
        told.taken.append(
            Taken(
                site=Site(name=name, at=at, node=None, holder=Holder(node=at, origin=module)),
                fate=fate,
            )
        )


def _declared(script: Script, told: Told) -> None:
    """`interface ProcessEnv { X: string }`: code that says which variables there are."""
    for name, found in _bodies(script):
        body = _typed_env(script, found) if name == "Process" else found
        if body is None or name not in (*_TELLING_TYPES, "Process"):
            continue
        for key, _ in _members(script, body):
            told.declarations.append(
                Declaration(
                    name=script.string(key) or script.text(key),
                    location=script.location(key),
                    kind=Kind.SCHEMA,
                    source="vite-env.d.ts" if name == "ImportMetaEnv" else "process-env.d.ts",
                )
            )


def _typed_env(script: Script, process: "Node") -> "Node | None":
    """The type of `env` in `interface Process { env: { X: string } }`."""
    for each in process.named_children:
        name, kind = each.child_by_field_name("name"), each.child_by_field_name("type")
        if name is not None and kind is not None and script.text(name) == "env":
            return next((part for part in kind.children if part.type == "object_type"), None)
    return None


def _bodies(script: Script) -> Iterator[tuple[str, "Node"]]:
    """Names and bodies of interfaces and object types."""
    for match in _TYPES.finditer(script.content):
        node = script.node_at(*match.span(1))
        owner = node.parent if node is not None else None
        if owner is None or owner.type not in ("interface_declaration", "type_alias_declaration"):
            continue
        body = owner.child_by_field_name("body") or owner.child_by_field_name("value")
        if body is not None and body.type in ("interface_body", "object_type"):
            yield match[1].decode(), body


def _members(script: Script, body: "Node") -> Iterator[tuple["Node", str]]:
    for each in body.named_children[:1000]:
        key = each.child_by_field_name("name") if each.type == "property_signature" else None
        if key is None:
            continue
        kind = each.child_by_field_name("type")
        yield key, "" if kind is None else script.text(kind).lstrip(": ")


def _of_workers(script: Script, told: Told) -> None:
    """`env.X` and `c.env.X` where a type of this file says that X is text: other bindings are
    databases and queues.
    """
    texts: dict[str, bool] = {}
    for name, body in _bodies(script):
        if name in _TELLING_TYPES or not re.search(r"Env|Bindings", name):
            continue
        for key, kind in _members(script, body):
            if re.match(r"(?:string|\"|')", kind):
                texts[script.text(key)] = (
                    "?" in script.text(key.parent or key) or "undefined" in kind
                )
    if not texts:
        return
    taken = {each.site.at.start_byte for each in told.taken}
    for match in _TYPED_ENV.finditer(script.content):
        name = match[1].decode()
        node = script.node_at(*match.span(1))
        if name not in texts or node is None or node.start_byte in taken:
            continue
        member = node.parent
        if member is None or not is_field(member, "property", node) or _is_schema(outside(member)):
            continue
        fate = fate_of(script, member)
        if fate.need is None and texts[name]:
            fate = replace(fate, need=Need.GUARDED)
        told.taken.append(
            Taken(
                site=Site(
                    name=name, at=node, node=member, holder=Holder(node=member, origin="worker")
                ),
                fate=fate,
            )
        )


def _is_schema(node: "Node") -> bool:
    """Whether an expression stands in a type."""
    return any(each.type in ("type_annotation", "type_arguments") for each in ancestors(node, 4))
