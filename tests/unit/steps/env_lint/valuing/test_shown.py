"""What may be a key stays unseen where a name belongs; names that people give are shown."""

import random
import string

import pytest

from launchready.steps.env_lint.valuing.shown import is_no_name, shown


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


def test_a_key_that_stands_before_an_equals_sign_is_no_name() -> None:
    chance = random.Random(7)
    for _ in range(200):
        key = "".join(chance.choices(string.ascii_letters + string.digits, k=40))
        assert is_no_name(f"sk_test_{key}")


@pytest.mark.parametrize(
    "name",
    ["NEXT_PUBLIC_SUPABASE_ANON_KEY", "OAUTH2CLIENTSECRET_2024", "emailServerPassword", "PORT"],
)
def test_names_of_variables_are_names(name: str) -> None:
    assert not is_no_name(name)
