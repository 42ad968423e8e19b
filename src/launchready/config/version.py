"""The version of the format that a config file is written in."""

from launchready.config.nodes import Mapping, Node, Scalar

VERSION = 1


def version_of(root: Node) -> Node | None:
    """What stands after `version:`, if the document has it."""
    pairs = root.items if isinstance(root, Mapping) else ()
    return next((node for key, node in pairs if key.value == "version"), None)


def is_present_version(node: Node) -> bool:
    """Whether this is the number of the present version; 1.0 is the number 1, as in JSON Schema."""
    return isinstance(node, Scalar) and not isinstance(node.value, bool) and node.value == VERSION
