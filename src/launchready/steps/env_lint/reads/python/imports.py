"""What a Python file calls the things that it imports."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from launchready.frozen import frozen
from launchready.regex import Regex
from launchready.steps.env_lint.reads.code import Code

if TYPE_CHECKING:
    from tree_sitter import Node

_IMPORT = Regex(rb"^[ \t]*(from|import)\b", re.MULTILINE)
_STATEMENTS = frozenset({"import_statement", "import_from_statement"})


@frozen
class Imported:
    """`original` of `module`; of a module itself, `original` is empty."""

    module: str
    original: str = ""


@dataclass(eq=False, repr=False)
class Imports:
    """Imported things by their local name. `has_all` is for `from … import *`."""

    names: dict[str, Imported] = field(default_factory=dict)
    has_all: bool = False

    def local(self, module: str, *originals: str) -> frozenset[str]:
        """What things of a module are called here, with and without the module before them."""
        found = set()
        for name, taken in self.names.items():
            if taken.module == module and taken.original in originals:
                found.add(name)
            elif taken.module == module and not taken.original:
                found.update(f"{name}.{original}" for original in originals)
        return frozenset(found)


def imports_of(code: Code) -> Imports:
    """What the file imports, anywhere in it."""
    imports = Imports()
    for word in code.found(_IMPORT, 1):
        if word.parent is not None and word.parent.type in _STATEMENTS:
            _add(code, word.parent, imports)
    return imports


def _add(code: Code, node: "Node", imports: Imports) -> None:
    module = code.text(node.child_by_field_name("module_name"))
    if any(child.type == "wildcard_import" for child in node.named_children):
        imports.has_all = True
    for name, alias in _named(code, node):
        if module:
            imports.names[alias or name] = Imported(module=module, original=name)
        elif alias or "." not in name:
            imports.names[alias or name] = Imported(module=name)
        else:
            imports.names[name] = Imported(module=name)


def _named(code: Code, node: "Node") -> Iterator[tuple[str, str]]:
    for each in node.children_by_field_name("name"):
        if each.type == "aliased_import":
            name = each.child_by_field_name("name")
            yield code.text(name), code.text(each.child_by_field_name("alias"))
        else:
            yield code.text(each), ""
