"""The fields of one class of pydantic: their names, types, defaults and aliases."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from launchready.catalog.environment import words
from launchready.facts.environment import Need
from launchready.frozen import frozen
from launchready.regex import Regex
from launchready.steps.env_lint.reads.code import Argument, Code, keyword, positional
from launchready.steps.env_lint.reads.walk import Fate, replaced

if TYPE_CHECKING:
    from tree_sitter import Node

_NUMBERS = {"int": "integer", "float": "number", "bool": "boolean", "PositiveInt": "integer"}
_NUMBERS |= {"NonNegativeInt": "integer", "conint": "integer", "Decimal": "number"}
_URLS = Regex(r"^(?:\w*Url|\w*Dsn|\w*URL)$")
_COLLECTIONS = words("list dict set tuple frozenset List Dict Set Tuple Json Sequence")
_OPTIONAL = Regex(r"\bOptional\b|\|\s*None\b|\bNone\s*\|")


@frozen
class Field:
    """A field. `aliases` are names that it has in the environment in place of its own, each with
    the node that says so; `type_name` is the bare name of its type, None of an Optional left out.
    """

    name: str
    at: "Node"
    type_name: str
    takes_as: str
    fate: Fate
    has_default: bool
    is_optional: bool = False
    aliases: tuple[tuple[str, "Node"], ...] = ()


def fields_of(code: Code, body: "Node") -> Iterator[Field]:
    """The fields that a class body defines."""
    for statement in body.named_children:
        given = statement.named_child(0) if statement.type == "expression_statement" else None
        if given is None or given.type != "assignment":
            continue
        left, kind = given.child_by_field_name("left"), given.child_by_field_name("type")
        if left is None or left.type != "identifier" or kind is None:
            continue
        name, shown = code.text(left), code.text(kind)
        if name.startswith("_") or name in ("model_config", "Config") or "ClassVar" in shown:
            continue
        yield _field(code, name, left, kind, given.child_by_field_name("right"))


def _field(code: Code, name: str, left: "Node", kind: "Node", right: "Node | None") -> Field:
    shown = code.text(kind)
    called = _field_call(code, right) or _field_in(code, kind)
    arguments = code.arguments(called) if called is not None else []
    default = right
    if called is not None and right in (None, called):
        default = positional(arguments, 0) or keyword(arguments, "default")
    fate = _fate(code, default)
    made = keyword(arguments, "default_factory")
    if made is not None:
        inner = made.child_by_field_name("body") if made.type == "lambda" else None
        makes = code.called(inner) if inner is not None else code.text(made)
        literal = code.literal(inner)
        fate = Fate(need=Need.DEFAULT, default=literal, makes_default=makes[:80])
    return Field(
        name=name,
        at=left,
        type_name=_bare(shown),
        takes_as=_takes(shown),
        fate=fate,
        has_default=fate.need in (Need.DEFAULT, Need.GUARDED),
        is_optional=bool(_OPTIONAL.search(shown)),
        aliases=tuple(_aliases(code, arguments)),
    )


def _field_call(code: Code, node: "Node | None") -> "Node | None":
    is_field = code.called(node).rpartition(".")[2] in ("Field", "SecretField")
    return node if is_field else None


def _field_in(code: Code, kind: "Node") -> "Node | None":
    """The `Field(…)` of `Annotated[str, Field(…)]`."""
    waiting = [kind]
    for _ in range(40):
        if not waiting:
            break
        node = waiting.pop()
        if node.type == "call" and _field_call(code, node) is not None:
            return node
        waiting.extend(node.named_children)
    return None


def _fate(code: Code, default: "Node | None") -> Fate:
    if default is None or default.type == "ellipsis":
        return Fate()
    if code.is_nothing(default):
        return Fate(need=Need.GUARDED)
    return replaced(code, Fate(), default)


def _aliases(code: Code, arguments: list[Argument]) -> Iterator[tuple[str, "Node"]]:
    given = keyword(arguments, "validation_alias") or keyword(arguments, "alias", "env")
    if given is None:
        return
    nodes = [given]
    if given.type in ("list", "tuple", "set"):
        nodes = given.named_children
    elif code.called(given).rpartition(".")[2] == "AliasChoices":
        nodes = [argument.node for argument in code.arguments(given)]
    for node in nodes:
        text = code.string(node)
        if text:
            yield text, node


def _bare(shown: str) -> str:
    text = re.sub(r"\s+", "", shown)
    text = re.sub(r"^Annotated\[(.*?),.*\]$", r"\1", text)
    text = re.sub(r"^Optional\[(.*)\]$", r"\1", text)
    text = re.sub(r"\|None$|^None\|", "", text)
    return text.rpartition(".")[2].strip("\"'")


def _takes(shown: str) -> str:
    """What a type takes the text as; nothing where something else takes part."""
    if re.search(r"Validator|NoDecode|Parser", shown):
        return ""
    bare = _bare(shown)
    if bare in _NUMBERS:
        return _NUMBERS[bare]
    if bare == "EmailStr":
        return "email"
    if _URLS.match(bare):
        return "url"
    is_collection = bare.partition("[")[0] in _COLLECTIONS and "]|" not in bare
    return "json" if is_collection else ""
