"""Classes whose fields are variables: pydantic's BaseSettings.

Sources: https://docs.pydantic.dev/latest/concepts/pydantic_settings/ and, for pydantic 1,
https://docs.pydantic.dev/1.10/usage/settings/.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from launchready.facts.environment import Need, Stage
from launchready.frozen import frozen
from launchready.regex import Regex
from launchready.steps.env_lint.naming import stages_in
from launchready.steps.env_lint.reads.code import Code
from launchready.steps.env_lint.reads.python.fields import Field, fields_of
from launchready.steps.env_lint.reads.python.given import given_elsewhere, given_fields
from launchready.steps.env_lint.reads.python.imports import Imports
from launchready.steps.env_lint.reads.spelled import NAME
from launchready.steps.env_lint.reads.told import Told
from launchready.steps.env_lint.reads.walk import Fate
from launchready.steps.env_lint.valuing.names import words_of

if TYPE_CHECKING:
    from tree_sitter import Node

_CLASS = Regex(rb"^[ \t]*(class)\b", re.MULTILINE)
_MOST_LEVELS = 5
_GIVEN = Fate(need=Need.GUARDED)
_VALIDATES = Regex(r"@(?:pydantic\.)?(?:field_)?validator\(([^)]{0,400})\)")
_QUOTED = Regex(r"[\"'](\w+|\*)[\"']")


@frozen
class _Config:
    """How names are made: `prefix` before a field's name, `delimiter` between nested ones."""

    prefix: str = ""
    delimiter: str = ""
    is_case_sensitive: bool = False


@dataclass(eq=False, repr=False)
class _Class:
    node: "Node"
    bases: tuple[str, ...]
    fields: tuple[Field, ...]
    own: Mapping[str, str]
    validated: frozenset[str] = frozenset()
    config: _Config = field(default_factory=_Config)
    is_settings: bool = False


def schemas(told: Told, imports: Imports) -> None:
    """Add a read for each field of each settings class."""
    if b"Settings" not in told.code.content:
        return
    classes = _classes(told.code)
    for name in classes:
        _settle(classes, name, frozenset())
    bases = {base for each in classes.values() if each.is_settings for base in each.bases}
    is_first = any(
        i.module == "pydantic" and i.original == "BaseSettings" for i in imports.names.values()
    )
    given = given_fields(told.code) if classes else frozenset()
    given_elsewhere(told)
    for name, each in classes.items():
        if each.is_settings and not (name in bases and not each.fields):
            for one in each.fields:
                is_given = one.name in given
                field = replace(one, fate=_GIVEN, has_default=True) if is_given else one
                if _is_for_trying(name) and field.fate.need is Need.DEFAULT:
                    field = replace(field, fate=_GIVEN)
                _field(told, classes, each, field, is_first=is_first)


def _is_for_trying(name: str) -> bool:
    """Whether a class such as `DevelopmentConfig` has defaults for development or tests only."""
    stages = set(stages_in("_".join(words_of(name))))
    return bool(stages) and stages <= {Stage.DEVELOPMENT, Stage.TEST}


def _classes(code: Code) -> dict[str, _Class]:
    found = {}
    for word in code.found(_CLASS, 1):
        node = word.parent
        body = node.child_by_field_name("body") if node is not None else None
        if node is not None and body is not None and node.type == "class_definition":
            found[code.text(node.child_by_field_name("name"))] = _class(code, node, body)
    return found


def _class(code: Code, node: "Node", body: "Node") -> _Class:
    held = node.child_by_field_name("superclasses")
    given = held.named_children if held is not None else []
    config = _config_of(code, body) | {
        code.text(each.child_by_field_name("name")): _text(code, each.child_by_field_name("value"))
        for each in given
        if each.type == "keyword_argument"
    }
    validated = _QUOTED.findall(" ".join(_VALIDATES.findall(code.text(body)[:200_000])))
    return _Class(
        node=node,
        bases=tuple(
            code.text(each).rpartition(".")[2]
            for each in given
            if each.type in ("identifier", "attribute")
        ),
        fields=tuple(fields_of(code, body)),
        own=config,
        validated=frozenset(validated),
    )


def _text(code: Code, node: "Node | None") -> str:
    text = code.string(node)
    return code.text(node) if text is None else text


def _config_of(code: Code, body: "Node") -> dict[str, str]:
    """The settings of `model_config = SettingsConfigDict(…)` or `class Config:` of a class."""
    found: dict[str, str] = {}
    for statement in body.named_children:
        if statement.type == "class_definition":
            inner = statement.child_by_field_name("body")
            if code.text(statement.child_by_field_name("name")) == "Config" and inner is not None:
                found |= _assigned(code, inner)
            continue
        given = statement.named_child(0) if statement.type == "expression_statement" else None
        if given is None or given.type != "assignment":
            continue
        right = given.child_by_field_name("right")
        if code.text(given.child_by_field_name("left")) != "model_config" or right is None:
            continue
        for argument in code.arguments(right):
            found[argument.keyword] = _text(code, argument.node)
        for pair in right.named_children if right.type == "dictionary" else ():
            key = code.string(pair.child_by_field_name("key"))
            if key:
                found[key] = _text(code, pair.child_by_field_name("value"))
    return found


def _assigned(code: Code, body: "Node") -> Iterator[tuple[str, str]] | dict[str, str]:
    found = {}
    for statement in body.named_children:
        given = statement.named_child(0) if statement.named_child_count else None
        if given is not None and given.type == "assignment":
            name = code.text(given.child_by_field_name("left"))
            found[name] = _text(code, given.child_by_field_name("right"))
    return found


def _settle(classes: dict[str, _Class], name: str, within: frozenset[str]) -> None:
    """Find out whether a class is a settings class, and how its names are made, by its bases."""
    each = classes[name]
    config = _Config()
    for base in each.bases:
        if base in classes and base not in within and len(within) < _MOST_LEVELS:
            _settle(classes, base, within | {name})
            each.is_settings = each.is_settings or classes[base].is_settings
            config = classes[base].config if classes[base].is_settings else config
        elif base not in classes and re.search(r"BaseSettings$|^BaseSettings", base):
            each.is_settings = True
    own = each.own
    each.config = _Config(
        prefix=own.get("env_prefix", config.prefix),
        delimiter=own.get("env_nested_delimiter", config.delimiter),
        is_case_sensitive=own.get("case_sensitive", str(config.is_case_sensitive)) == "True",
    )


def _field(
    told: Told, classes: Mapping[str, _Class], owner: _Class, one: Field, *, is_first: bool
) -> None:
    nested = classes.get(one.type_name)
    if nested is not None and not nested.fields:  # an Enum, or a type with a parser of its own
        nested = None
    if nested is not None and nested.is_settings and one.has_default:
        return
    if "*" in owner.validated or one.name in owner.validated:
        one = replace(one, takes_as="")
    config = owner.config
    if nested is not None and not nested.is_settings and config.delimiter:
        _nested(told, classes, config, one, f"{config.prefix}{one.name}")
        return
    if nested is not None and _is_model(classes, nested):
        one = replace(one, takes_as="json")
    for name, at in one.aliases or ((f"{config.prefix}{one.name}", one.at),):
        _add(told, config, replace(one, is_optional=one.is_optional and is_first), name, at)


def _is_model(classes: Mapping[str, _Class], each: _Class, depth: int = 0) -> bool:
    """Whether pydantic takes a class's fields out of JSON: not those of a type that parses text."""
    around = each.node.parent
    if around is not None and b"dataclass" in (around.text or b"")[:200].partition(b"class ")[0]:
        return True
    return any(
        base.endswith(("BaseModel", "BaseSettings"))
        or (
            base in classes
            and depth < _MOST_LEVELS
            and _is_model(classes, classes[base], depth + 1)
        )
        for base in each.bases
    )


def _nested(
    told: Told, classes: Mapping[str, _Class], config: _Config, parent: Field, name: str
) -> None:
    """The fields of models inside, each with the names of those around it before its own."""
    waiting = [(parent, name, 0)]
    while waiting:
        around, before, depth = waiting.pop()
        for one in classes[around.type_name].fields:
            full = f"{before}{config.delimiter}{one.name}"
            inner = classes.get(one.type_name)
            if inner is not None and not inner.is_settings and depth < _MOST_LEVELS:
                waiting.append((one, full, depth + 1))
                continue
            is_loose = parent.has_default and not one.has_default
            fate = Fate(need=Need.GUARDED) if is_loose else one.fate
            _add(told, config, replace(one, fate=fate), full, one.at)


def _add(told: Told, config: _Config, one: Field, name: str, at: "Node") -> None:
    if not NAME.fullmatch(name):
        return
    fate = replace(one.fate, takes_as=one.takes_as)
    is_loose = one.is_optional or len(one.aliases) > 1
    if fate.need is None:
        fate = replace(fate, need=Need.GUARDED if is_loose else Need.REQUIRED)
    told.read(
        name if config.is_case_sensitive else name.upper(),
        at,
        fate,
        need=Need.REQUIRED,
        is_exact=bool(one.takes_as),
        folds_case=not config.is_case_sensitive,
    )
