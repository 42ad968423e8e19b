"""Reads by objects of libraries: django-environ, environs, decouple, Starlette, Dynaconf.

Sources: https://django-environ.readthedocs.io/en/latest/, https://github.com/sloria/environs,
https://github.com/HBNetwork/python-decouple, https://www.starlette.io/config/,
https://www.dynaconf.com/envvars/, https://flask.palletsprojects.com/config/.
"""

import re
from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from launchready.facts.environment import Need
from launchready.frozen import frozen
from launchready.steps.env_lint.reads.code import Argument, Code, ancestors, keyword, positional
from launchready.steps.env_lint.reads.fate import fate_of
from launchready.steps.env_lint.reads.python.imports import Imports
from launchready.steps.env_lint.reads.spelled import NAME
from launchready.steps.env_lint.reads.told import VARIABLE, Told
from launchready.steps.env_lint.reads.walk import Fate, replaced

if TYPE_CHECKING:
    from tree_sitter import Node
from launchready.steps.env_lint.reads.python.configs import configurations, with_default

CASTS: Mapping[str, str] = {
    "int": "integer",
    "float": "number",
    "bool": "boolean",
    "str": "",
    "list": "list",
    "tuple": "list",
    "dict": "",
    "json": "json",
    "json.loads": "json",
    "Csv": "list",
    "CommaSeparatedStrings": "list",
    "URL": "url",
    "dj_database_url.parse": "url",
    "db_url": "url",
    "cache_url": "url",
}
"""What a cast makes of the text."""

_METHODS: Mapping[str, str] = {
    **dict.fromkeys(("url", "db", "db_url", "cache", "cache_url", "email_url"), "url"),
    **dict.fromkeys(("search_url", "dj_db_url", "dj_email_url", "dj_cache_url"), "url"),
    **dict.fromkeys(("channels", "channels_url", "django_db_url"), "url"),
    **dict.fromkeys(("str", "bytes", "path", "dict", "datetime", "date", "time"), ""),
    **dict.fromkeys(("timedelta", "enum", "log_level", "uuid", "get_value", "unicode"), ""),
    "email": "",
    "bool": "boolean",
    "int": "integer",
    "float": "number",
    "decimal": "number",
    "json": "json",
    "list": "list",
    "tuple": "list",
}
_UNNAMED = {
    **dict.fromkeys(("db", "db_url"), "DATABASE_URL"),
    **dict.fromkeys(("cache", "cache_url"), "CACHE_URL"),
    **dict.fromkeys(("email", "email_url"), "EMAIL_URL"),
    "search_url": "SEARCH_URL",
}
_CAST_SECOND = frozenset({"django", "starlette"})


@frozen
class _Reader:
    """An object that reads variables; `kind` is its library's. `scheme` has the casts and defaults
    that it was made with, `prefix` what it puts before names.
    """

    kind: str
    prefix: str = ""
    scheme: Mapping[str, "Node"] = field(default_factory=dict)


def libraries(told: Told, imports: Imports) -> None:
    """Add the reads that go through objects of libraries."""
    for name, reader in _readers(told, imports).items():
        pattern = re.compile(rb"(?<![\w.])" + re.escape(name.encode()) + rb"(?=\s*[.(])")
        for node in told.code.found(pattern):
            if node.type == "identifier":
                _used(told, node, reader)
    configurations(told)


def _readers(told: Told, imports: Imports) -> dict[str, _Reader]:
    """The reading objects by their names in the file."""
    found: dict[str, _Reader] = {}
    for name, taken in imports.names.items():
        if taken.module == "decouple" and taken.original == "config":
            found[name] = _Reader(kind="decouple")
        elif taken.original == "env" and taken.module not in ("os", "fabric.api"):
            found[name] = _Reader(kind="environs" if taken.module == "environs" else "other")
    makers = {
        **dict.fromkeys(imports.local("environ", "Env", "FileAwareEnv"), "django"),
        **dict.fromkeys(imports.local("environs", "Env", "FileAwareEnv"), "environs"),
        **dict.fromkeys(imports.local("decouple", "AutoConfig", "Config"), "decouple"),
        **dict.fromkeys(imports.local("starlette.config", "Config"), "starlette"),
    }
    if b"EnvError" not in told.code.content and not makers:
        if imports.has_all and b"env" in told.code.content and "env" not in found:
            found["env"] = _Reader(kind="other")
        return found
    for maker in makers:
        last = re.escape(maker.rpartition(".")[2].encode())
        for node in told.code.found(re.compile(rb"\b" + last + rb"(?=\s*\()")):
            _made(told, node, makers, found)
    return found


def _made(told: Told, node: "Node", makers: Mapping[str, str], found: dict[str, _Reader]) -> None:
    call = next((a for a in ancestors(node, 2) if a.type == "call"), None)
    holder = call.parent if call is not None else None
    kind = makers.get(told.code.called(call))
    if call is None or holder is None or kind is None or holder.type != "assignment":
        return
    left = told.code.text(holder.child_by_field_name("left"))
    arguments = told.code.arguments(call)
    prefix = told.code.string(keyword(arguments, "env_prefix", "prefix")) or ""
    if kind == "django":
        given = re.search(
            rb"(?<![\w.])" + re.escape(left.encode()) + rb"\.prefix\s*=\s*[\"'](\w+)[\"']",
            told.code.content,
        )
        prefix = given[1].decode() if given else ""
    scheme = {a.keyword: a.node for a in arguments if kind == "django" and a.keyword}
    reader = _Reader(kind=kind, prefix=prefix, scheme=scheme)
    found[left] = reader
    for name in scheme:
        _add(told, reader, name)


def _used(told: Told, node: "Node", reader: _Reader) -> None:
    parent = node.parent
    if parent is None:
        return
    if parent.type == "call" and parent.child_by_field_name("function") == node:
        _called(told, parent, reader, "")
        return
    call = parent.parent
    is_method = parent.type == "attribute" and parent.child_by_field_name("object") == node
    if not is_method or call is None or call.type != "call":
        return
    method = told.code.text(parent.child_by_field_name("attribute"))
    if method in _METHODS and call.child_by_field_name("function") == parent:
        _called(told, call, reader, method)


def _called(told: Told, call: "Node", reader: _Reader, method: str) -> None:
    arguments = told.code.arguments(call)
    name = positional(arguments, 0) or keyword(arguments, "var", "name", "key", "option")
    cast, default = _cast_and_default(reader, method, arguments)
    takes = _METHODS[method] if method else _cast(told.code, cast)
    fate = Fate(takes_as=takes)
    if name is None:
        if method in _UNNAMED and not positional(arguments, 0):
            fate = with_default(told.code, fate, default)
            told.read(_UNNAMED[method], call, fate, need=Need.REQUIRED, is_exact=True)
        return
    if default is not None and told.code.is_nothing(default):
        fate = Fate(takes_as=takes, need=Need.GUARDED)
    elif default is not None:
        fate = with_default(told.code, fate, default)
    for text, at in told.texts(name):
        if reader.kind == "other" and not VARIABLE.fullmatch(text):
            continue
        if default is None and text in reader.scheme:
            _add(told, reader, text, takes, at)
        elif NAME.fullmatch(text):
            full = _prefix(told.code, call, reader) + text
            after = fate_of(told.code, call, fate) if fate.need is not Need.DEFAULT else fate
            need = after.need if fate.need else Need.REQUIRED
            chosen = Fate(need=need, default=fate.default, makes_default=fate.makes_default,
                          takes_as=fate.takes_as or after.takes_as)  # fmt: skip
            told.read(full, at, chosen, need=Need.REQUIRED, is_exact=bool(takes))
    if not any(True for _ in told.texts(name)) and reader.kind != "other":
        told.take(name, call, need=fate.need or Need.REQUIRED, begins=fate)


def _cast_and_default(
    reader: _Reader, method: str, arguments: list[Argument]
) -> tuple["Node | None", "Node | None"]:
    second, third = positional(arguments, 1), positional(arguments, 2)
    if not method and reader.kind in _CAST_SECOND:
        cast, default = second, third
    else:
        cast, default = third, second
    return keyword(arguments, "cast") or cast, keyword(arguments, "default") or default


def _cast(code: Code, cast: "Node | None") -> str:
    if cast is None:
        return ""
    name = code.called(cast) or code.text(cast)
    return CASTS.get(name, CASTS.get(name.rpartition(".")[2], ""))


def _add(told: Told, reader: _Reader, name: str, takes: str = "", at: "Node | None" = None) -> None:
    """A read by what the scheme says: `DEBUG=(bool, False)`, or `DEBUG=bool`."""
    value = reader.scheme[name]
    pair = value.named_children if value.type == "tuple" else [value]
    fate = Fate(takes_as=takes or (_cast(told.code, pair[0]) if pair else ""))
    if len(pair) > 1:
        is_nothing = told.code.is_nothing(pair[1])
        fate = fate.needing(Need.GUARDED) if is_nothing else replaced(told.code, fate, pair[1])
    if at is None and fate.need is None:
        return
    place = at
    if place is None and value.parent is not None:
        place = value.parent.child_by_field_name("name")
    told.read(reader.prefix + name, place or value, fate, need=Need.REQUIRED, is_exact=True)


def _prefix(code: Code, call: "Node", reader: _Reader) -> str:
    """The prefix of the reader, and of `with env.prefixed("APP_")` around the call."""
    prefix = reader.prefix
    if reader.kind != "environs" or b".prefixed(" not in code.content:
        return prefix
    for each in ancestors(call):
        if each.type == "with_statement":
            found = re.search(r"\.prefixed\(\s*[\"'](\w+)[\"']", code.text(each)[:300])
            if found and found.start() < 200:
                prefix = found[1] + prefix
    return prefix
