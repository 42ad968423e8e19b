"""What a script does with variables besides reading one: shows all, makes text of none."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from launchready.facts.environment import Act, Deed, Need
from launchready.regex import Regex
from launchready.steps.env_lint.reads.javascript.collect import Taken, Told
from launchready.steps.env_lint.reads.javascript.flow import EQUALITIES, operator_of, test_of
from launchready.steps.env_lint.reads.javascript.syntax import Script, is_field, outside

if TYPE_CHECKING:
    from tree_sitter import Node

_LOGS = Regex(
    r"^(?:console\.(?:log|info|debug|error|warn|dir|table|trace)"
    r"|(?:\w+\.)*(?:logger|log|pino|winston)(?:\.(?:log|info|debug|error|warn|trace|fatal))?"
    r"|(?:Sentry\.)?(?:setContext|setExtras?|captureException|captureMessage)"
    r"|(?:\w+\.)?(?:captureException))$"
)
_SENDS = Regex(
    r"^(?:res|response|reply|ctx|c|Response|NextResponse)(?:\.status\(\d+\))?\.(?:json|send|text)$"
)
_CARRIES = frozenset(
    {"JSON.stringify", "util.inspect", "inspect", "Object.entries", "structuredClone"}
)
_SIGNS = Regex(
    r"(?:^|\.)(?:createHmac|createSecretKey|createCipheriv|createDecipheriv|sign|verify|jwtVerify"
    r"|scryptSync|scrypt|pbkdf2|pbkdf2Sync|hkdf|importKey|timingSafeEqual|encrypt|decrypt|hmac|Hmac"
    r"|HmacSHA256|encode)$"
)
_KEY_NAMES = Regex(r"secret|signing_?key|encryption_?key|jwt_?key", re.IGNORECASE)
_SECRET = Regex(r"SECRET|TOKEN|PASSWORD|PASSPHRASE|SIGNING|ENCRYPTION|PRIVATE|(?:^|_)KEY(?:$|_)")
_OF_EVERYBODY = frozenset({"NODE_ENV", "NEXT_RUNTIME", "NEXT_PHASE", "TURBOPACK"})
_OF_VITE = Regex(r"VITE_|VITEST|STORYBOOK_?|__")
_ON_SERVER = Regex(r"\.config\.[cm]?[jt]s$|\.server\.|/server/|/api/|\+server")
_PUBLIC = Regex(
    r"^(?:NEXT_PUBLIC|VITE|REACT_APP|NUXT_PUBLIC|PUBLIC|EXPO_PUBLIC|GATSBY|STORYBOOK|__NEXT)_"
)


def deeds(script: Script, told: Told) -> None:
    """Add what a script does."""
    for whole in told.whole:
        if detail := _shown_by(script, outside(whole.node)):
            told.deeds.append(_deed(script, Act.SHOWS_ALL, whole.node, "", detail))
    sure = _sure_names(told)
    protected = told.protected()
    for taken in told.taken:
        is_sure = taken.site.name in sure or taken.site.at.start_byte in protected
        if not is_sure and (detail := _made_text(script, taken)):
            told.deeds.append(
                _deed(script, Act.TURNS_TO_TEXT, taken.site.at, taken.site.name, detail)
            )
        if detail := _client_read(script, taken):
            told.deeds.append(
                _deed(script, Act.CLIENT_READ, taken.site.at, taken.site.name, detail)
            )


def _deed(script: Script, act: Act, at: "Node", name: str, detail: str) -> Deed:
    location = script.location(at)
    return Deed(act=act, location=location, name=name, detail=detail, place=script.place)


def _shown_by(script: Script, node: "Node") -> str:
    """What logs or sends an expression, if something does."""
    for _ in range(12):
        parent = node.parent
        if parent is None:
            return ""
        kind = parent.type
        if kind == "arguments" and (call := parent.parent) is not None:
            name = script.called(call)
            if _LOGS.match(name) or _SENDS.match(name):
                return name
            if name not in _CARRIES:
                return ""
            node = outside(call)
        elif kind in ("object", "spread_element", "template_substitution", "template_string"):
            node = outside(parent)
        elif kind == "pair" and is_field(parent, "value", node):
            node = parent
        elif kind == "binary_expression" and script.text(parent)[:1] in "\"'`":
            node = outside(parent)
        else:
            return ""
    return ""


def _sure_names(told: Told) -> frozenset[str]:
    """Variables that this script makes sure of: a schema, or a test that throws."""
    strict = {each.site.name for each in told.taken if each.fate.is_strict}
    exact = {read.name for read in told.reads if read.is_exact and read.need is Need.REQUIRED}
    return frozenset(strict | exact)


def _made_text(script: Script, taken: Taken) -> str:
    """What takes the text that a possibly unset secret is made to, if it matters."""
    node = taken.site.node
    if node is None or taken.fate.need is not None or test_of(script, node) is not None:
        return ""
    outer = outside(node)
    parent = outer.parent
    if parent is None:
        return ""
    if parent.type == "template_substitution" and parent.parent is not None:
        template = parent.parent
        return _taken_by(script, template, taken.site.name, is_alone=_is_alone(script, template))
    call = parent.parent if parent.type == "arguments" else None
    if call is not None and script.called(call) == "String":
        return _taken_by(script, call, taken.site.name, is_alone=True)
    return ""


def _is_alone(script: Script, template: "Node") -> bool:
    """Whether a template is nothing but one value."""
    return template.named_child_count == 1 and script.text(template).startswith("`${")


def _taken_by(script: Script, node: "Node", name: str, *, is_alone: bool) -> str:
    parent = outside(node).parent
    if parent is None or not _SECRET.search(name):
        return ""
    if parent.type == "binary_expression":
        return "a comparison" if operator_of(script, parent) in EQUALITIES else ""
    if parent.type == "arguments" and (call := parent.parent) is not None:
        called = script.called(call)
        is_key = is_alone or "timingSafeEqual" in called
        return f"{called.rpartition('.')[2]}()" if is_key and _SIGNS.search(called) else ""
    if parent.type == "pair" and is_alone:
        key = parent.child_by_field_name("key")
        text = "" if key is None else script.text(key)
        return f"`{text}`" if _KEY_NAMES.search(text) else ""
    if parent.type == "variable_declarator" and is_alone:
        return _of_variable(script, parent, name)
    return ""


def _of_variable(script: Script, declarator: "Node", name: str) -> str:
    """The same through a variable, unless it is tested."""
    target = declarator.child_by_field_name("name")
    if target is None or target.type != "identifier":
        return ""
    uses = list(_uses(script, target))
    for use in uses:
        if detail := _taken_by(script, use, name, is_alone=True):
            return detail
    return ""


def _uses(script: Script, target: "Node") -> Iterator["Node"]:
    for number, use in enumerate(script.occurrences(script.text(target), target.end_byte)):
        if number > 20:
            return
        if use.parent is not None and use.parent.type != "variable_declarator":
            yield use


def _client_read(script: Script, taken: Taken) -> str:
    """How browser code reads a variable that only the server has."""
    name, origin = taken.site.name, taken.site.holder.origin
    if origin.startswith("$env/") and origin.endswith("/private"):
        is_component = script.path.endswith(".svelte") or ".client." in script.path
        return origin if is_component else ""
    if origin == "import.meta":
        is_server = script.path.endswith(".astro") or _ON_SERVER.search(script.path)
        return "" if is_server or _OF_VITE.match(name) else "import.meta.env"
    if not script.is_client or origin != "process" or name in _OF_EVERYBODY:
        return ""
    if _PUBLIC.match(name) or taken.site.is_tested or _is_for_server(script, taken):
        return ""
    return "use client"


def _is_for_server(script: Script, taken: Taken) -> bool:
    """Whether the read stands where a test of `typeof window` sends only the server."""
    start = taken.site.at.start_byte
    before = script.content[max(0, start - 300) : start]
    return b"typeof window" in before or b"use server" in script.content
