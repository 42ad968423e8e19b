"""Slips of a finger are told apart from names that are meant to differ."""

import pytest

from launchready.steps.env_lint.near import is_near, nearest


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("STRIPE_SECERT_KEY", "STRIPE_SECRET_KEY", id="two letters swapped"),
        pytest.param("STRIPE_SECRE_KEY", "STRIPE_SECRET_KEY", id="one letter left out"),
        pytest.param("STRIPE_SECRRET_KEY", "STRIPE_SECRET_KEY", id="one letter twice"),
        pytest.param("STRIPE_SECREF_KEY", "STRIPE_SECRET_KEY", id="one letter wrong"),
        pytest.param("PAYMENTS_TIMEOUT", "PAYMENT_TIMEOUT", id="a plural inside"),
        pytest.param("SENTRY_DSN", "NEXT_PUBLIC_SENTRY_DSN", id="a client prefix left out"),
        pytest.param("VITE_API_URL", "REACT_APP_API_URL", id="another client prefix"),
    ],
)
def test_near(one: str, other: str) -> None:
    assert is_near(one, other)
    assert is_near(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("API_KEY_1", "API_KEY_2", id="numbered"),
        pytest.param("ALLOWED_HOST", "ALLOWED_HOSTS", id="one and many"),
        pytest.param("DB_HOST", "DB_PORT", id="other words"),
        pytest.param("AWS_KEY", "AWS_KEX", id="too short a word"),
        pytest.param("REDIS_URL", "REDIS_TLS_URL", id="a word more"),
        pytest.param("READ_TIMEOUT", "HEAD_TIMEOUT", id="two letters of four"),
        pytest.param("SMTP_HOST", "SMTP_HOST", id="the same"),
    ],
)
def test_not_near(one: str, other: str) -> None:
    assert not is_near(one, other)


def test_the_first_near_one_is_meant() -> None:
    assert nearest("MAIL_SENDERR", ("SMTP_HOST", "MAIL_SENDER")) == "MAIL_SENDER"
    assert nearest("PORT_", ("PORT",)) == ""
