"""Brings an older launchready.yml up to the present version."""

from launchready.config.document import parse_document
from launchready.config.version import VERSION, is_present_version, version_of
from launchready.errors import LaunchReadyError


def migrate_config(content: bytes, path: str) -> str:
    """The text of the file in the present version; the same text if it is in it already.

    Version 1 is the first, so there is nothing older to come from yet. Raises LaunchReadyError for
    a version that this release does not know, ConfigError for a file that is not YAML.
    """
    version = version_of(parse_document(content, path))
    if version is not None and is_present_version(version):
        return content.decode("utf-8-sig")
    raise LaunchReadyError(
        f"{path} is not of version {VERSION}, the only one that this release knows",
        hint=f"update launchready if a newer one wrote it, else write `version: {VERSION}`",
    )
