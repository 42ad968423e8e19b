"""What a message may quote of a command line: names and options, and no keys."""

import pytest
from tests.repository import live_key

from launchready.config.scalars import shown, withheld


@pytest.mark.parametrize(
    "text",
    [
        "secret_scan",
        "stripe-live-kee",
        "--no-work-tree",
        "azure-storage-account-key",
        "aws-s3-bucket-policy",
        "origin/main..HEAD",
        "2026-11-24",
        "out/code-quality.json",
        "::error::x\n##[error]x",
        "",
    ],
)
def test_names_are_quoted(text: str) -> None:
    assert withheld(text) == text


@pytest.mark.parametrize(
    "key",
    [
        live_key(1),
        "550e8400-e29b-41d4-a716-446655440000",
        "123456789012",
        "aBcDeFgHiJkLmN",
        "a1b2c3d4",
        "HIAVQFCQAKGYLMNO",
        "x" * 41,
    ],
)
def test_keys_are_not(key: str) -> None:
    assert key not in shown(key)
    for around in ("{}", "--{}", "/tmp/{}/x", "name={}", "'{}'", "https://ann:{}@example.com"):
        assert key not in withheld(around.format(key)), around


def test_what_goes_on_and_on_is_cut() -> None:
    assert withheld("word " * 100) == "word " * 40 + "..."
