"""A file of the present version stays as it is; any other version is refused by name."""

import pytest

from launchready.config.migrate import migrate_config
from launchready.errors import ConfigError, LaunchReadyError


@pytest.mark.parametrize(
    "text",
    ["version: 1\n", "# why\nsite: {port: 1}  # here\r\nversion: 1.0\r\n"],
    ids=["short", "comments-line-ends-and-order-stay"],
)
def test_the_present_version_stays(text: str) -> None:
    assert migrate_config(text.encode(), "f") == text


def test_the_byte_order_mark_goes() -> None:
    assert migrate_config(b"\xef\xbb\xbfversion: 1\n", "f") == "version: 1\n"


@pytest.mark.parametrize(
    "content",
    [
        b"version: 2\n",
        b"version: '1'\n",
        b"version: true\n",
        b"version: [1]\n",
        b"site:\n",
        b"- version: 1\n",
        b"",
    ],
)
def test_no_other_version_is_known(content: bytes) -> None:
    with pytest.raises(LaunchReadyError, match="f is not of version 1") as caught:
        migrate_config(content, "f")
    assert not isinstance(caught.value, ConfigError)
    assert "`version: 1`" in caught.value.hint


def test_what_is_not_yaml_says_where() -> None:
    with pytest.raises(ConfigError, match="f has 1 fault"):
        migrate_config(b"version: 'x\n", "f")
