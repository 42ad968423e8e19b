"""What a read stands in, in languages other than JavaScript: conditions, and code that customers
never run.
"""

import itertools
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from launchready.catalog.environment import words
from launchready.facts.environment import Doubt, Place
from launchready.regex import Regex
from launchready.steps.env_lint.reads.code import FUNCTIONS, Code, ancestors
from launchready.steps.env_lint.reads.setups import is_setup

if TYPE_CHECKING:
    from tree_sitter import Node

_IS_SET = Regex(
    r"""["'](\w+)["'] in (?:os\.)?environ|(?:os\.)?(?:environ\.get|getenv)\(["'](\w+)["']\s*\)?"""
)
_BRANCHES = words(
    """
    if_statement elif_clause if unless elsif if_modifier unless_modifier if_expression
    conditional_expression conditional ternary_expression else_if_clause
    """
)
_CHOICES = words(
    """
    case_clause when match_arm switch_section expression_case switch_block_statement_group
    case_statement when_entry
    """
)
_CHOOSERS = words(
    """
    match_statement case match_expression switch_statement expression_switch_statement
    switch_expression when_expression
    """
)
_CONDITION = ("condition", "value", "subject")
_MAIN = re.compile(r"""__name__\s*==\s*["']__main__["']""")
_ENTRIES = Regex(
    r"(?:^|/)(?:__main__|main|app|application|server|serve|run|start|worker|manage|wsgi|asgi|bot|cli"
    r"|index|api|web|celery|scheduler|consumer)\.py$"
)
_MOST_TEXT = 300


def doubt_at(code: Code, at: int) -> Doubt | None:
    """SETUP where what begins at this byte runs only in some setups of the program."""
    node = code.node_at(at, at)
    if node is None:
        return None
    chain = [node, *ancestors(node)]
    kinds = [each.type in FUNCTIONS for each in chain]
    for number, condition in _conditions(code, chain):
        in_function = any(kinds[number:])
        if not _MAIN.search(condition) and is_setup(condition, in_function=in_function):
            return Doubt.SETUP
    return None


def place_at(code: Code, at: int) -> Place:
    """The place of the file; what a module of the product does only where a person starts it by
    itself, to try it out, is a script's.
    """
    own = code.file.place
    if own is not Place.CODE or code.language != "python" or _ENTRIES.search(code.file.path):
        return own
    node = code.node_at(at, at) if b"__main__" in code.content else None
    chain = [node, *ancestors(node)] if node is not None else []
    is_tried = any(_MAIN.search(condition) for _, condition in _conditions(code, chain))
    return Place.SCRIPT if is_tried else own


def variable_around(code: Code, at: int) -> str:
    """The variable without which a read does not run: `if "A" in os.environ: environ["B"]`."""
    node = code.node_at(at, at)
    for each in ancestors(node) if node is not None else ():
        then = each.child_by_field_name("consequence")
        if each.type in FUNCTIONS:
            break
        if then is None or not then.start_byte <= at < then.end_byte:
            continue
        condition = code.text(each.child_by_field_name("condition"))[:200]
        if found := _IS_SET.fullmatch(condition.strip("() ")):
            return found[1] or found[2]
    return ""


def _conditions(code: Code, chain: list["Node"]) -> Iterator[tuple[int, str]]:
    """What must hold for the first of a chain of ancestors to run, each as it is written."""
    is_chosen = False
    for number, (inner, parent) in enumerate(itertools.pairwise(chain), start=1):
        is_chosen |= parent.type in _CHOICES
        if parent.type in _CHOOSERS and is_chosen:
            is_chosen = False
        elif parent.type not in _BRANCHES:
            continue
        condition = _condition_of(parent)
        if condition is not None and condition != inner:
            yield number, _word(parent) + code.text(condition)[:_MOST_TEXT]


def _word(branch: "Node") -> str:
    return "unless " if branch.type.startswith("unless") else ""


def _condition_of(branch: "Node") -> "Node | None":
    named = (branch.child_by_field_name(each) for each in _CONDITION)
    found = next((each for each in named if each is not None), None)
    if found is None and branch.type == "conditional_expression":
        return branch.named_child(1)  # Python's `a if condition else b` has no names
    if found is None and branch.named_child_count:
        return branch.named_child(0)
    return found
