"""Reads by Python's own `os.environ` and `os.getenv`.

Source: https://docs.python.org/3/library/os.html#os.environ.
"""

import re
from typing import TYPE_CHECKING

from launchready.catalog.environment import words
from launchready.facts.environment import Act, Need, Place
from launchready.frozen import frozen
from launchready.regex import AnyRegex, Regex
from launchready.steps.env_lint.reads.code import Code, ancestors, keyword, positional
from launchready.steps.env_lint.reads.conditions import operator_of
from launchready.steps.env_lint.reads.python.imports import Imports
from launchready.steps.env_lint.reads.told import Told
from launchready.steps.env_lint.reads.walk import Fate

if TYPE_CHECKING:
    from tree_sitter import Node

_WORD = Regex(rb"\b(?:environb?|getenvb?)\b")
_MOST_ALIASES = 20
_COPIES = frozenset({"copy", "items", "keys", "values"})
_SHOWS = Regex(
    r"^(?:print|pprint|pprint\.pprint|rich\.print|sys\.std\w+\.write|click\.echo|typer\.echo"
    r"|(?:\w+\.)*(?:log|logger|logging|LOG|LOGGER|_logger)\w*\."
    r"(?:debug|info|warning|warn|error|exception|critical|log)"
    r"|requests\.\w+|httpx\.\w+|sentry_sdk\.\w+|jsonify|JsonResponse|HttpResponse|JSONResponse)$"
)
_WRAPS = words(
    """
    dict str repr list sorted json.dumps pprint.pformat pformat orjson.dumps copy.copy dumps
    format
    """
)


@frozen
class _Names:
    """What `os.environ` and `os.getenv` are called: as attributes of these modules, or alone."""

    modules: frozenset[str]
    mappings: frozenset[str]
    getters: frozenset[str]


def standard(told: Told, imports: Imports) -> None:
    """Add the reads of the standard library's kind, and what else is done with the environment."""
    names = _Names(
        modules=frozenset(
            n for n, i in imports.names.items() if i.module == "os" and not i.original
        )
        | {"os"},
        mappings=imports.local("os", "environ", "environb"),
        getters=imports.local("os", "getenv", "getenvb"),
    )
    words = [*_plain(names.mappings), *_plain(names.getters)]
    pattern: AnyRegex[bytes] = _WORD
    if words:
        pattern = re.compile(_WORD.pattern + rb"|\b(?:" + b"|".join(words) + rb")\b")
    for node in told.code.found(pattern):
        source = _source(told.code, node, names)
        if source is not None:
            _at(told, source, is_getter=_is(names, source))


def _plain(names: frozenset[str]) -> list[bytes]:
    return sorted(re.escape(n.encode()) for n in names if "." not in n and "environ" not in n)


def _is(names: _Names, node: "Node") -> bool:
    text = (node.text or b"").decode("utf-8", "replace")
    return text in names.getters or text.rpartition(".")[2] in ("getenv", "getenvb")


def _source(code: Code, node: "Node", names: _Names) -> "Node | None":
    """The expression that is the environment, or the function that reads it."""
    if node.type != "identifier" or node.parent is None:
        return None
    parent = node.parent
    if parent.type == "attribute" and parent.child_by_field_name("attribute") == node:
        holder = parent.child_by_field_name("object")
        return parent if code.text(holder) in names.modules else None
    if any(a.type in ("import_statement", "import_from_statement") for a in ancestors(node, 3)):
        return None
    if parent.type == "keyword_argument" and parent.child_by_field_name("name") == node:
        return None
    text = code.text(node)
    return node if text in names.mappings or text in names.getters else None


def _at(told: Told, source: "Node", *, is_getter: bool) -> None:
    parent = source.parent
    if parent is None or _is_checked(told.code, source):
        return
    if is_getter:
        if parent.type == "call" and parent.child_by_field_name("function") == source:
            _got(told, parent)
        else:
            _aliased(told, source, parent, is_getter=True)
        return
    if parent.type == "subscript" and parent.child_by_field_name("value") == source:
        _indexed(told, parent)
    elif parent.type == "attribute" and parent.child_by_field_name("object") == source:
        _method(told, source, parent)
    elif parent.type == "comparison_operator":
        _asked(told, source, parent)
    else:
        _aliased(told, source, parent, is_getter=False)
        _whole(told, source)


def _is_checked(code: Code, source: "Node") -> bool:
    """Whether a test checks what the program has set: `assert os.environ["X"] == "y"`."""
    if code.file.place is not Place.TEST:
        return False
    return any(each.type == "assert_statement" for each in ancestors(source, 6))


def _got(told: Told, call: "Node") -> None:
    """`getenv("X", "default")`."""
    arguments = told.code.arguments(call)
    name = positional(arguments, 0) or keyword(arguments, "key")
    default = positional(arguments, 1) or keyword(arguments, "default")
    told.take(name, call, default=default)


def _indexed(told: Told, node: "Node") -> None:
    """`environ["X"]`, read, written or deleted."""
    name = node.child_by_field_name("subscript")
    holder = node.parent
    if name is None or holder is None:
        return
    if holder.type == "assignment" and holder.child_by_field_name("left") == node:
        for text, at in told.texts(name):
            told.declared(text, at, told.code.literal(holder.child_by_field_name("right")))
        return
    if holder.type == "delete_statement":
        return
    told.take(name, node, need=Need.GUARDED if _is_caught(told.code, node) else Need.REQUIRED)


def _is_caught(code: Code, node: "Node") -> bool:
    """Whether an `except` takes care of a variable that is not set."""
    inner = node
    for each in ancestors(node):
        if each.type in ("function_definition", "class_definition"):
            return False
        if each.type == "try_statement" and each.child_by_field_name("body") == inner:
            for clause in each.named_children:
                text = code.text(clause)[:600]
                if clause.type == "except_clause" and re.match(
                    r"except\s*(?::|[^:\n]*(?:KeyError|Exception|LookupError))", text
                ):
                    return not re.search(r"\braise\b|\bexit\b", text)
        inner = each
    return False


def _method(told: Told, source: "Node", attribute: "Node") -> None:
    name = told.code.text(attribute.child_by_field_name("attribute"))
    call = attribute.parent
    if call is None or call.type != "call" or call.child_by_field_name("function") != attribute:
        if name == "get" and call is not None:
            _aliased(told, attribute, call, is_getter=True)
        return
    arguments = told.code.arguments(call)
    if name == "get":
        _got(told, call)
    elif name == "pop":
        if call.parent is not None and call.parent.type != "expression_statement":
            _popped(told, call)
    elif name == "setdefault":
        first, second = positional(arguments, 0), positional(arguments, 1)
        told.take(first, call, default=second)
        for text, at in told.texts(first) if first is not None else ():
            told.declared(text, at, told.code.literal(second))
    elif name == "update":
        _updated(told, call)
    elif name in _COPIES:
        _whole(told, call)


def _popped(told: Told, call: "Node") -> None:
    arguments = told.code.arguments(call)
    default = positional(arguments, 1)
    need = Need.REQUIRED if default is None else Need.GUARDED
    told.take(positional(arguments, 0), call, need=need, default=default)


def _updated(told: Told, call: "Node") -> None:
    """`environ.update(X="1")` and `environ.update({"X": "1"})`."""
    for each in told.code.arguments(call):
        if each.keyword:
            told.declared(each.keyword, each.node, told.code.literal(each.node))
        for pair in each.node.named_children if each.node.type == "dictionary" else ():
            key = pair.child_by_field_name("key")
            if key is not None and (text := told.code.string(key)):
                told.declared(text, key, told.code.literal(pair.child_by_field_name("value")))


def _asked(told: Told, source: "Node", comparison: "Node") -> None:
    """`"X" in environ`."""
    sign = operator_of(told.code, comparison)
    name = comparison.named_children[0]
    if name == source or "in" not in sign.split():
        return
    fate = Fate(need=Need.GUARDED, is_tested=True, is_negated="not" in sign)
    told.take(name, comparison, begins=fate)


def _aliased(told: Told, source: "Node", holder: "Node", *, is_getter: bool) -> None:
    """`env = os.environ`, `get = os.environ.get` and `def f(env=os.environ)`."""
    if holder.type not in ("assignment", "default_parameter", "typed_default_parameter"):
        return
    name = holder.child_by_field_name("left") or holder.child_by_field_name("name")
    given = holder.child_by_field_name("right") or holder.child_by_field_name("value")
    if name is None or name.type != "identifier" or given != source:
        return
    text = told.code.text(name)
    scope = next((a for a in ancestors(holder) if a.type == "function_definition"), told.code.root)
    if (text, scope.start_byte) in told.aliases or len(told.aliases) >= _MOST_ALIASES:
        return
    told.aliases.add((text, scope.start_byte))
    for use in told.code.occurrences(text, holder.end_byte, scope.end_byte):
        parent = use.parent
        if parent is None or parent.type not in _USES:
            continue
        if parent.type != "attribute" or parent.child_by_field_name("object") == use:
            _at(told, use, is_getter=is_getter)


_USES = frozenset({"subscript", "attribute", "comparison_operator", "call"})


def _whole(told: Told, source: "Node") -> None:
    """The whole environment: whether it is shown to somebody."""
    for each in ancestors(source, 12):
        if each.type == "call":
            name = told.code.called(each)
            if _SHOWS.match(name):
                told.deed(Act.SHOWS_ALL, source, detail=name)
                return
            if name not in _WRAPS and not name.endswith(".format"):
                return
        elif each.type not in _HOLDS:
            return


_HOLDS = words(
    """
    argument_list interpolation string binary_operator tuple parenthesized_expression
    dictionary_splat keyword_argument dictionary list list_splat format_expression
    concatenated_string
    """
)
