"""What may be a key stays unseen where a name belongs; names that people give are shown."""

import random
import string

import pytest

from launchready.steps.env_lint.valuing.shown import shown


@pytest.mark.parametrize("alphabet", [string.ascii_lowercase, string.ascii_letters + string.digits])
def test_random_pieces_are_not_shown(alphabet: str) -> None:
    chance = random.Random(7)
    for _ in range(200):
        key = "".join(chance.choices(alphabet, k=28))
        assert key not in shown(f"db.{key}.example.com/{key}")


@pytest.mark.parametrize(
    "text",
    [
        "db.production.shop.example.com/orders-production",
        "aws-0-eu-central-1.pooler.supabase.com",
        "customer-invoices-archive",
        "ep-cool-darkness.us-east-2.aws.neon.tech/main",
        "localhost",
    ],
)
def test_names_are_shown(text: str) -> None:
    assert shown(text) == text
