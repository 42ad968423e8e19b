"""What a value is told to be, and that nothing of it is told."""

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.steps.env_lint.linted import filled

from launchready.facts.environment import Value
from launchready.steps.env_lint.valuing import Weight, is_secret_name, weigh


def weighed(name: str, text: str) -> Weight:
    return weigh(name, Value(filled(text)))


def token(**claims: Any) -> str:
    """A signed token with these claims and a signature that is none."""

    def part(of: object) -> str:
        return base64.urlsafe_b64encode(json.dumps(of).encode()).decode().rstrip("=")

    return f"{part({'alg': 'HS256', 'typ': 'JWT'})}.{part(claims)}.{'q1w2e3r4' * 5}"


SECRETS = {
    "a random signing key": ("JWT_SECRET", "<secret>"),
    "a payment key, whatever the name": ("FOO", "<sk_live>"),
    "a key of a provider": ("NEXT_PUBLIC_AI", "<openai>"),
    "a webhook's secret": ("HOOK", "<whsec>"),
    "a private key": ("SIGNER", "-----BEGIN PRIVATE KEY-----\\nMIIE<secret>"),
    "a password in an address": ("DATABASE_URL", "postgres://app:<secret>@db.example.com/app"),
    "a chosen password": ("DB_PASSWORD", "Tr0ub4dor&3x"),
    "all rights on Supabase": ("KEY", token(role="service_role", ref="abcdefghij")),
}
NO_SECRETS = {
    "nothing": ("JWT_SECRET", ""),
    "a placeholder": ("JWT_SECRET", "changeme"),
    "a placeholder in a key's shape": ("STRIPE_SECRET_KEY", "sk_live_..."),
    "a private key without lines": ("SIGNER", "-----BEGIN PRIVATE KEY-----\\n...\\n-----END"),
    "a name in brackets": ("API_KEY", "<your-api-key>"),
    "a reference": ("JWT_SECRET", "${OTHER}"),
    "a store's address": ("JWT_SECRET", "op://vault/item/field"),
    "an encrypted one": ("JWT_SECRET", "encrypted:<secret>"),
    "a publishable key": ("NEXT_PUBLIC_STRIPE_KEY", "<pk_live>"),
    "a word": ("JWT_SECRET", "secret"),
    "a switch": ("ENABLE_PASSWORD_LOGIN", "true"),
    "a switch by its value": ("COOKIE_SECRET", "true"),
    "a limit": ("MAX_TOKENS", "4096"),
    "a Sentry address": ("SENTRY_DSN", f"https://{'0af3' * 8}@o1.ingest.sentry.io/12"),
    "the local database": ("DATABASE_URL", "postgres://app:<secret>@localhost:5432/app"),
    "a weak password in an address": ("DATABASE_URL", "postgres://postgres:postgres@db/app"),
    "anonymous rights on Supabase": ("NEXT_PUBLIC_KEY", token(role="anon", ref="abcdefghij")),
    "the local Supabase": ("KEY", token(role="service_role", iss="supabase-demo")),
    "an identifier": ("AWS_ACCESS_KEY_ID", "AKIA" + "Q3EGRIZ7WQ2TBK5N"),
}


@pytest.mark.parametrize(("name", "text"), SECRETS.values(), ids=SECRETS)
def test_secrets(name: str, text: str) -> None:
    assert weighed(name, text).is_secret


@pytest.mark.parametrize(("name", "text"), NO_SECRETS.values(), ids=NO_SECRETS)
def test_what_is_no_secret(name: str, text: str) -> None:
    assert not weighed(name, text).is_secret


@pytest.mark.parametrize(
    "name",
    [
        "JWT_SECRET",
        "PGPASSWORD",
        "OPENAI_API_KEY",
        "SECRET_KEY_BASE",
        "GH_TOKEN",
        "stripeSecretKey",
        "DB_PASS",
        "SUPABASE_SERVICE_ROLE_KEY",
        "NEXTAUTH_SECRET",
        "RAILS_MASTER_KEY",
        "AWS_SECRET_ACCESS_KEY",
        "ENCRYPTION_KEY",
        "SMTP_PWD",
        "NEXT_PUBLIC_API_SECRET",
    ],
)
def test_names_of_secrets(name: str) -> None:
    assert is_secret_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "SECRET_NAME",
        "MAX_TOKENS",
        "TOKEN_TTL",
        "PASSWORD_MIN_LENGTH",
        "ENABLE_PASSWORD_LOGIN",
        "PWD",
        "PATH",
        "COMPASS",
        "STRIPE_PUBLISHABLE_KEY",
        "RECAPTCHA_SITE_KEY",
        "AWS_ACCESS_KEY_ID",
        "SUPABASE_ANON_KEY",
        "SECRETS_FILE",
        "DISABLE_TOKEN_CHECK",
        "NEXT_PUBLIC_POSTHOG_KEY",
        "MONKEY",
        "JWT_ALGORITHM",
        "API_KEY_HEADER",
        "KEYBOARD",
        "NEXT_PUBLIC_DISABLE_PASSWORD_LOGIN",
    ],
)
def test_names_of_others(name: str) -> None:
    assert not is_secret_name(name)


def test_an_odd_password_stays_whole() -> None:
    url = weighed("DATABASE_URL", "postgresql://app:p@s/w?o#rd@db.example.com:5432/shop?a=b").url
    assert url is not None
    assert (url.host, url.port, url.database, url.has_password) == (
        "db.example.com", 5432, "shop", True,
    )  # fmt: skip


def test_supabase_keys_name_their_project() -> None:
    credential = weighed("K", token(role="anon", ref="abcdefghij", exp=1999999999)).credential
    assert credential is not None
    assert (credential.project, credential.expires) == ("abcdefghij", 1999999999)


@given(st.text(), st.text(max_size=40))
def test_any_text_has_a_weight(text: str, name: str) -> None:
    assert isinstance(weigh(name, Value(text)), Weight)


@given(st.text(alphabet="ab@:/?#$[]{}<>.,;= -_\n\\%", max_size=60))
def test_any_address_has_a_weight(text: str) -> None:
    for scheme in ("", "postgres://", "https://", "jdbc:mysql://u:p@"):
        assert isinstance(weigh("DATABASE_URL", Value(scheme + text)), Weight)


@pytest.mark.parametrize(("name", "text"), SECRETS.values(), ids=SECRETS)
def test_nothing_of_a_secret_is_shown(name: str, text: str) -> None:
    secret = filled(text)
    shown = repr(weighed(name, text))
    assert not [at for at in range(len(secret) - 11) if secret[at : at + 12] in shown
                and secret[at : at + 12] not in "db.example.com"]  # fmt: skip
