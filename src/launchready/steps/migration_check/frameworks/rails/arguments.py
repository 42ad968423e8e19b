"""What a call is given."""

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from launchready.frozen import frozen
from launchready.steps.migration_check.frameworks.rails.evaluating import Evaluator

if TYPE_CHECKING:
    from tree_sitter import Node


@frozen
class Arguments:
    """What a call is given. `is_whole` says that all its arguments can be told apart."""

    args: tuple[object, ...] = ()
    options: Mapping[str, object] = field(default_factory=dict)
    is_whole: bool = True


def arguments_of(node: "Node", known: Evaluator) -> Arguments:
    """The arguments of a call."""
    args: list[object] = []
    options: dict[str, object] = {}
    is_whole = True
    for each in given_to(node):
        inner = each.named_children[0] if each.named_children else None
        match each.type:
            case "comment" | "block_argument" | "heredoc_body":
                pass
            case "pair":
                key = known.value(each.child_by_field_name("key"))
                options[str(key)] = known.pair_value(each)
            case "hash_splat_argument" | "splat_argument":
                value = known.value(inner)
                if isinstance(value, dict):
                    options.update(value)
                elif isinstance(value, list):
                    args.extend(value)
                else:
                    is_whole = False
            case _:
                args.append(known.value(each))
    return Arguments(args=tuple(args), options=options, is_whole=is_whole)


def with_options(given: Arguments, method: str) -> Arguments:
    """A hash in braces at the end is options too, except where it is a value."""
    last = given.args[-1] if given.args else None
    if not isinstance(last, dict) or given.options or method.startswith("change_column_"):
        return given
    return Arguments(args=given.args[:-1], options=last, is_whole=given.is_whole)


def given_to(node: "Node") -> list["Node"]:
    """The nodes of a call's arguments."""
    arguments = node.child_by_field_name("arguments")
    return list(arguments.named_children) if arguments is not None else []
