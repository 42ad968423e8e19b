"""What one field of a schema says: whether it is needed, its default, and its type.

Sources: https://zod.dev/api, https://valibot.dev/api/, https://joi.dev/api/,
https://github.com/jquense/yup, https://github.com/af/envalid, https://github.com/lostfictions/znv,
https://docs.adonisjs.com/guides/getting-started/environment-variables,
https://docs.astro.build/en/guides/environment-variables/.
"""

from typing import TYPE_CHECKING

from launchready.facts.environment import Need, Value
from launchready.regex import AnyRegex, Regex
from launchready.steps.env_lint.reads.javascript.fate import Fate
from launchready.steps.env_lint.reads.javascript.imports import imports
from launchready.steps.env_lint.reads.javascript.syntax import Script, inside

if TYPE_CHECKING:
    from tree_sitter import Node

_MOST_TEXT = 3000
# Schemas whose fields may be left out unless they say otherwise.
_LENIENT = Regex(r"\b(?:[jJ]oi|[yY]up)\.")
_REQUIRED = Regex(r"\.(?:required|defined|exist)\(")
_OPTIONAL = Regex(
    r"\b(?:optional|nullish|nullable|undefinedable|exactOptional|optionalWhen|partial)\("
    r"|\boptional:\s*true|\bundefined\("
)
_DEFAULT = Regex(r"\.(?:default|catch|prefault|fallback)\(|(?<![\w$.])default\s*:|\bfallback\(")
_DEFAULT_TEXT = Regex(
    r"""(?:\.(?:default|catch|prefault)\(|(?<![\w$.])default\s*:)\s*"""
    r"""(?:"([^"\\\n]{0,200})"|'([^'\\\n]{0,200})'|(true|false|-?\d[\d._]*))\s*[),}]"""
)
_OPTIONAL_DEFAULT = Regex(r"""\boptional\(.{1,300},\s*(?:"([^"\\]*)"|'([^'\\]*)')\s*\)\s*$""")
_TYPES = (
    ("truth", Regex(r"\bcoerce\.boolean\(|transform\(\s*Boolean\b|pipe\(\s*z\.boolean")),
    ("url", Regex(r"\b(?:url|uri|httpUrl|URL)\(|string\.url|\.url\b|format:\s*[\"']url")),
    ("email", Regex(r"\bemail\(|string\.email")),
    ("port", Regex(r"\bport\(")),
    ("json", Regex(r"\bjson\(|JSON\.parse|makeValidator")),
    (
        "boolean",
        Regex(r"\b(?:boolean|bool|stringbool)\(|[\"']boolean[\"']|=== ?[\"']true[\"']"),
    ),
    ("integer", Regex(r"\b(?:int|integer)\(|parseInt")),
    ("number", Regex(r"\b(?:number|num)\(|transform\(\s*Number\b|[\"']number[\"']|numeric")),
    ("list", Regex(r"\.split\(|\barray\(")),
)


def field_fate(script: Script, value: "Node | None", *, is_optional: bool = False) -> Fate:
    """What a field's value says, through a constant of the file that holds it."""
    text = "" if value is None else _text(script, inside(value))
    takes = next((what for what, pattern in _TYPES if pattern.search(text)), "")
    if _DEFAULT.search(text):
        default = _literal(_DEFAULT_TEXT, text)
        makes = "" if default is not None else _made(text)
        return Fate(need=Need.DEFAULT, default=default, makes_default=makes, takes_as=takes)
    given = _literal(_OPTIONAL_DEFAULT, text)
    if given is not None:
        return Fate(need=Need.DEFAULT, default=given, takes_as=takes)
    if is_optional or _OPTIONAL.search(text) or _is_elsewhere(script, value):
        return Fate(need=Need.GUARDED, takes_as=takes)
    if _LENIENT.search(text) and not _REQUIRED.search(text):
        return Fate(need=Need.GUARDED, takes_as=takes)
    return Fate(need=Need.REQUIRED, takes_as=takes, is_strict=True)


def _is_elsewhere(script: Script, value: "Node | None") -> bool:
    """Whether the field is a schema of another module, which may or may not need it."""
    value = None if value is None else inside(value)
    if value is None or value.type != "identifier":
        return False
    name = script.text(value)
    return any(script.text(local) == name for _, _, local, _ in imports(script))


def _text(script: Script, value: "Node", depth: int = 0) -> str:
    """The source of a field, with that of a constant it is built on before it."""
    text = script.text(value)[:_MOST_TEXT]
    base = value
    while base.type in ("call_expression", "member_expression"):
        inner = base.child_by_field_name("function") or base.child_by_field_name("object")
        if inner is None:
            return text
        base = inner
    if base.type == "identifier" and depth < 2:
        constant = script.constant(script.text(base))
        if constant is not None and constant.type in ("call_expression", "arrow_function"):
            return _text(script, constant, depth + 1) + text
    return text


def _literal(pattern: AnyRegex[str], text: str) -> Value | None:
    found = pattern.search(text)
    return (
        None
        if found is None
        else Value(next(group for group in found.groups() if group is not None))
    )


_MADE = Regex(r"default\(\s*(?:\(\)\s*=>\s*)?([\w$.]{1,60})\(")


def _made(text: str) -> str:
    """The function that makes a default."""
    found = _MADE.search(text)
    return found[1] if found else ""
