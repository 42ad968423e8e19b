"""Brings an older launchready.yml up to the present version."""

from launchready.config.document import parse_document
from launchready.config.load import VERSION
from launchready.config.nodes import Mapping, Node, Scalar
from launchready.errors import LaunchReadyError


def migrate_config(content: bytes, path: str) -> str:
    """The text of the file in the present version; the same text if it is in it already.

    Version 1 is the first, so there is nothing older to come from yet. Raises LaunchReadyError for
    a version that this release does not know, ConfigError for a file that is not YAML.
    """
    root = parse_document(content, path)
    if _version(root) == VERSION:
        return content.decode("utf-8-sig")
    raise LaunchReadyError(
        f"{path} is not of version {VERSION}, the only one that this release knows",
        hint=f"update launchready if a newer one wrote it, else write `version: {VERSION}`",
    )


def _version(root: Node) -> object:
    """The number after `version:`, if there is one."""
    if not isinstance(root, Mapping):
        return None
    versions = [node for key, node in root.items if key.value == "version"]
    match versions:
        case [Scalar(value=int() as version)] if not isinstance(version, bool):
            return version
    return None
