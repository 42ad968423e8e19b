"""What the name of a variable says of its value."""

import pytest

from launchready.steps.secret_scan.judging import names

KEYWORDS = ("api_key", "secret", "token", "password")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("myApiKey_v2", ("my", "api", "key", "v", "2")),
        ("DBPassword", ("db", "password")),
        ("AUTH0_SECRET", ("auth", "0", "secret")),
        ("--db-password", ("db", "password")),
        ("a.b$c", ("a", "b", "c")),
        ("", ()),
    ],
)
def test_words(name: str, words: tuple[str, ...]) -> None:
    assert names.words(name) == words


@pytest.mark.parametrize(
    "name",
    [
        "API_KEY", "apiKey", "APIKey", "apikey", "acmeApiKeyProd", "api_key_2", "x-api-key",
        "token",
        "aws.apikey", "acmeSecretToken",
        "dbpassword", "DB_PASSWORD", "password1", "secret_value", "MY_TOKEN_STAGING", "app.secret",
    ],
)  # fmt: skip
def test_names_of_secrets(name: str) -> None:
    assert names.holds_secret(name, KEYWORDS)


@pytest.mark.parametrize(
    "name",
    [
        "api_key_id", "tokenType", "TOKEN_URL", "password_file", "secretName", "passwordHash",
        "max_tokens", "tokenizer", "public_token", "csrfToken", "passwordPlaceholder", "secretary",
        "reset_password_url", "token_expires_at", "monkey", "", "nextPageToken", "password_policy",
        "secretKeyRef", "TOKEN_HEADER", "passwordless",
    ],
)  # fmt: skip
def test_names_of_other_things(name: str) -> None:
    assert not names.holds_secret(name, KEYWORDS)


@pytest.mark.parametrize(
    ("name", "is_one"),
    [("SECRET_KEY", True), ("secretKey", True), ("STRIPE_SECRET_KEY", False), ("SECRET", False)],
)
def test_whole_names(name: str, is_one: bool) -> None:
    assert names.holds_secret(name, ("secret_key",), is_whole=True) is is_one


def test_words_that_a_keyword_needs_are_not_held_against_it() -> None:
    assert names.holds_secret("NEXT_AUTH_SECRET", ("next_auth_secret",))


@pytest.mark.parametrize(
    ("before", "name"),
    [("export ACME_", "ACME_key"), ("x: my.", "my.key"), ("", "key"), ("(", "key")],
)
def test_whole_name_reaches_back(before: str, name: str) -> None:
    assert names.whole_name(before, "key") == name
