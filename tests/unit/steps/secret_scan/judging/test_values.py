"""What the form of a value says it is instead of a secret."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.steps.secret_scan.judging.judged import drawn

from launchready.catalog import placeholders
from launchready.steps.secret_scan.judging import values


@pytest.mark.parametrize(
    ("value", "what"),
    [
        ("${DB_PASSWORD}", "reference"),
        ("{{ password }}", "reference"),
        ("process.env.KEY", "reference"),
        ("op://vault/item/field", "reference"),
        ("!Ref DbPassword", "reference"),
        ("getToken(user)", "expression"),
        ("[1, 2]", "expression"),
        ("a => b", "expression"),
        ("<b>Token</b>", "element"),
        ("https://x.dev/a", "url or path"),
        ("/run/secrets/db", "url or path"),
        ("C:\\keys\\a", "url or path"),
        ("server.key", "url or path"),
        ("accessTokenValue", "identifier"),
        ("ACCESS_TOKEN", "identifier"),
        ("access-token-value", "identifier"),
        ("0b1c2d3e-4f5a-6b7c-8d9e-0f1a2b3c4d5e", "uuid"),
        ("2024-11-05T10:00:00", "number or date"),
        ("1.20.3", "number or date"),
        ("#A0b1C2", "number or date"),
        ("pbkdf2:sha256:1$abc", "password hash"),
        ("application/vnd.x+json", "media type"),
        ("^[A-Z]\\d+", "pattern"),
        ("Please enter 9 letters", "sentence"),
        ("ann.9@acme.company", "mail address"),
    ],
)
def test_refusal(value: str, what: str) -> None:
    assert values.refusal(value) == what


@pytest.mark.parametrize("shape", ["{alnum:32}", "{hex:40}", "{base64:44}=", "{urlsafe:43}"])
def test_drawn_texts_are_not_refused(shape: str) -> None:
    refused = [values.refusal(drawn(shape, seed)) for seed in range(300)]
    assert refused.count(None) >= 297


@given(st.text(max_size=300))
def test_any_text_is_judged(value: str) -> None:
    values.refusal(value)
    values.is_reference(value)
    values.is_soup(value)
    placeholders.is_value_placeholder(value)
    placeholders.is_token_placeholder(value)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("aaaa", True), ("abcdefgh", True), ("8765", True), ("abab" * 8, True), ("abc", True),
        ("Xk2p9Lm4", False), ("", True),
    ],
)  # fmt: skip
def test_monotonous(text: str, is_one: bool) -> None:
    assert placeholders.is_monotonous(text) is is_one


def test_a_disclaimer_inside_the_value_is_none() -> None:
    assert placeholders.is_disclaimed("key = 'abc' # fake", "abc")
    assert not placeholders.is_disclaimed("key = 'fake'", "fake")
    assert placeholders.is_hedged("an example: 'abc'", "abc")
    assert not placeholders.is_hedged("login ann@example.com key 'abc'", "abc")


def test_salts_are_soup_and_templates_are_not() -> None:
    assert values.is_soup("Y>Y9.5Ch0-3cq|=vbus[IeF(OJ9yZ|SQ#:iG;NSa+GJmj _1Ed(cVZ7r#+JMlA,S")
    assert not values.is_soup("sk-lf-project-${randomUUID().substring(0, 8)}")


def test_base64_of_a_key_is_no_path() -> None:
    value = drawn("{alnum:20}/{alnum:14}/{alnum:12}=")
    assert values.refusal(value) is None
    assert values.refusal("packages/Components2/charts/Legends/index") == "url or path"
    assert values.refusal("assets/fonts/OpenSans/v15/Bold/subset") == "url or path"


def test_short_words_in_a_long_token_come_by_chance() -> None:
    assert placeholders.is_token_placeholder("ci_" + drawn("{alnum:20}"))
    assert not placeholders.is_token_placeholder("Ci_" + drawn("{urlsafe:60}"))
    assert placeholders.is_token_placeholder(drawn("{alnum:40}") + "_example")


def test_a_variable_of_php_inside_a_text_is_a_reference() -> None:
    assert values.is_reference('\\$_POST["otherdata"]')
