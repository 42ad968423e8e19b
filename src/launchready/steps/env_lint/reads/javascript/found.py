"""What is taken out of the environment of a script: the nouns."""

from typing import TYPE_CHECKING

from launchready.frozen import frozen
from launchready.steps.env_lint.reads.javascript.sources import Holder

if TYPE_CHECKING:
    from tree_sitter import Node


@frozen
class Site:
    """A named variable is taken: `at` is its name's node, `node` the expression that has its value
    (None where a pattern takes it apart: then `default` is what it says).
    """

    name: str
    at: "Node"
    node: "Node | None"
    holder: Holder
    default: "Node | None" = None
    variable: "Node | None" = None
    is_tested: bool = False


@frozen
class Parameter:
    """The name comes from a parameter of a function: the function is a wrapper."""

    function: str
    number: int
    node: "Node"
    definition: "Node"


@frozen
class Computed:
    """The name is made at run time; its ends may be known."""

    at: "Node"
    begins: str = ""
    ends: str = ""


@frozen
class Whole:
    """The environment is handed on whole: `node` is the outermost expression that is it."""

    node: "Node"
    holder: Holder


@frozen
class Written:
    """The program sets a variable for itself."""

    name: str
    at: "Node"


Found = Site | Parameter | Computed | Whole | Written
