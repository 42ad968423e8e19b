"""Whether a variable that is handed on as it is may stay unset: by its name, and by who takes it.

`{ release: process.env.GIT_SHA }` is no evidence that the program fails without it; that of a key
or an address, handed to a library, is. In TypeScript what is of this repository and takes a
possibly unset text says so by its types.
"""

import re
from typing import TYPE_CHECKING

from launchready.catalog.environment import words
from launchready.regex import Regex
from launchready.steps.env_lint.reads.javascript.imports import imports
from launchready.steps.env_lint.reads.javascript.syntax import (
    FUNCTIONS,
    Script,
    arguments_of,
    inside,
    outside,
)

if TYPE_CHECKING:
    from tree_sitter import Node

_NAME = Regex(r"[A-Z][A-Z0-9_]*[A-Z0-9]")
_LABELS = words(
    "AUTHOR BRANCH BUILD COMMIT DEBUG ENV ENVIRONMENT LABEL LEVEL LOCALE MESSAGE MODE NAME ORG"
    " ORGANIZATION PROJECT REF RELEASE REVISION SHA STATE TIMESTAMP TITLE USERNAME VERSION"
)
"""Words of what only marks or labels something."""
_NEEDED = words(
    "ACCOUNT BUCKET CLIENT CLOUD CONTAINER DATABASE DB DOMAIN DSN ENDPOINT HOST ID INDEX KEY"
    " PASSWORD QUEUE SECRET TABLE TOKEN URI URL USER WEBHOOK"
)
"""Words of what a service is found or entered by."""
_LABEL_KEYS = words(
    "build buildId deploymentId dist environment org project release serverName servername version"
)
"""Of them `servername` of TLS options is the host where it is not set."""
_CHECKS = Regex(r"parse|schema|valid|require|assert|ensure|check|must", re.IGNORECASE)
"""In the names of functions that look at what they get."""
_CONVERTS = Regex(
    r"(?i:(?:parse|to|as|get|read|coerce|normali[sz]e|convert|env)?_?(?:env_?)?"
    r"(?:bool|int|num|float|flag|str|list|array|duration|enum|port|default|fallback)\w*)"
    r"|\w+(?:Or|Default|Fallback)"
)
"""Names of functions that make something of a text, or of what stands beside it."""
_FLAG = Regex(r"(?:has|is|can|should|use|with|enable|disable|skip|allow)[A-Z]")
_MOST_STEPS = 12


def default_of(script: Script, call: "Node") -> "Node | None":
    """What takes the place of the first argument of a call where it is not set, as far as the
    function's name tells: `parseBoolean(process.env.X, false)`.
    """
    arguments = arguments_of(call)
    name = script.called(call).rpartition(".")[2]
    if len(arguments) < 2 or not _CONVERTS.fullmatch(name):
        return None
    second = inside(arguments[1])
    return second if script.literal(second) is not None or second.type == "array" else None


def may_stay_unset(script: Script, pair: "Node") -> bool:
    """Whether the value of a key of an object may be unset where nothing tests it."""
    value = pair.child_by_field_name("value")
    if value is None or _is_asserted(script, value) or inside(value).type == "call_expression":
        return False
    if is_label(script, value) or _labels(script, pair):
        return True
    taker = _taker_of(pair)
    if taker is None:
        return False
    if taker.type == "array":
        return True
    is_typed = script.language == "typescript"
    if taker.type in ("return_statement", "arrow_function"):
        return is_typed
    return is_typed and _is_own(script, taker)


def _labels(script: Script, pair: "Node") -> bool:
    key = pair.child_by_field_name("key")
    return key is not None and script.text(key) in _LABEL_KEYS


def is_flag(name: str) -> bool:
    """Whether a local variable of this name is asked for its truth: `hasReplica`, `isHosted`."""
    return bool(_FLAG.match(name))


def is_label(script: Script, node: "Node") -> bool:
    """Whether the variable that an expression reads only labels something, by its name."""
    names = _NAME.findall(script.text(node)[:300])
    own = set(names[-1].split("_")) if names else set()
    return "BUILD" in own or (bool(own & _LABELS) and not own & _NEEDED)


def _is_asserted(script: Script, value: "Node") -> bool:
    """`process.env.A as string`, `process.env.A!`: the author says that it is set."""
    if value == inside(value):
        return False
    text = script.text(value)
    is_type = value.type in ("as_expression", "type_assertion")
    return text.endswith("!") or (is_type and "undefined" not in text)


def _taker_of(pair: "Node") -> "Node | None":
    """The call, list, or function that gets the object of a key, through objects around it."""
    node = pair
    for _ in range(_MOST_STEPS):
        table = node.parent
        outer = outside(table) if table is not None else None
        parent = outer.parent if outer is not None else None
        if parent is None:
            return None
        if parent.type == "arguments":
            return parent.parent
        if parent.type in ("array", "return_statement", "arrow_function"):
            return parent
        if parent.type == "ternary_expression":
            parent = outside(parent).parent
        if parent is not None and parent.type == "spread_element":
            node = parent
            continue
        if parent is None or parent.type != "pair":
            return None
        node = parent
    return None


def _is_own(script: Script, call: "Node") -> bool:
    """Whether a call goes to a function or class that this repository holds, and that may well
    do without what it gets.
    """
    called = script.called(call)
    if _CHECKS.search(called):
        return False
    name = called.partition(".")[0]
    for module, _, local, _ in imports(script):
        if script.text(local) == name:
            return module.startswith((".", "@/", "~/", "#"))
    constant = script.constant(name)
    return constant is not None and constant.type in FUNCTIONS
