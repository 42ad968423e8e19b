"""What two environments must not have in common, and what they may."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.unit.steps.env_lint.linted import fires, silent

from launchready.facts.environment import Stage


def two(production: str, other: str, name: str = ".env.development") -> str:
    return f"--- .env.production\n{production}\n--- {name}\n{other}\n"


FIRES = {
    "the same key under another name": (
        "same-secret-in-two-environments",
        two("AUTH_SECRET=<secret:x>", "JWT_SECRET=<secret:x>"),
    ),
    "a key of a provider": (
        "same-secret-in-two-environments",
        two("OPENAI_API_KEY=<openai>", "OPENAI_API_KEY=<openai>", ".env.staging"),
    ),
    "staging and development": (
        "same-secret-in-two-environments",
        "--- .env.staging\nJWT_SECRET=<secret:x>\n--- .env.development\nJWT_SECRET=<secret:x>\n",
    ),
    "a preview and production of one platform file": (
        "same-secret-in-two-environments",
        "--- wrangler.toml\nenv.production.vars.A_SECRET = '<secret>'\n{}".format(
            "env.staging.vars.A_SECRET = '<secret>'\n"
        ),
    ),
    "another user of the same database": (
        "shared-database-with-production",
        two(
            "DATABASE_URL=postgres://app:<secret:a>@db.example.com/shop",
            "DATABASE_URL=postgres://dev:<secret:b>@db.example.com:5432/shop?sslmode=require",
        ),
    ),
    "the same cache": (
        "shared-database-with-production",
        two("REDIS_URL=redis://cache.example.com", "REDIS_URL=redis://cache.example.com:6379/0"),
    ),
    "the same bucket": (
        "shared-database-with-production",
        two("S3_BUCKET_NAME=acme-uploads", "S3_BUCKET_NAME=acme-uploads", ".env.staging"),
    ),
    "the same Supabase project": (
        "shared-database-with-production",
        two(
            "SUPABASE_URL=https://qwertzuiop.supabase.co",
            "NEXT_PUBLIC_SUPABASE_URL=https://qwertzuiop.supabase.co",
        ),
    ),
    "host and name by two variables": (
        "shared-database-with-production",
        two("DB_HOST=db.example.com\nDB_NAME=shop", "DB_HOST=db.example.com\nDB_NAME=shop"),
    ),
    "the same search": (
        "shared-database-with-production",
        two(
            "ELASTICSEARCH_URL=https://search.example.com",
            "ELASTICSEARCH_URL=https://search.example.com",
        ),
    ),
    "a host of production": (
        "production-resource-elsewhere",
        "--- .env.staging\nDATABASE_URL=postgres://a:<secret>@prod-db.example.com/shop\n",
    ),
    "a database of production": (
        "production-resource-elsewhere",
        "--- .env.development\nDATABASE_URL=postgres://a:<secret>@db.example.com/shop_production\n",
    ),
    "a bucket of production": (
        "production-resource-elsewhere",
        "--- .env.staging\nAWS_BUCKET=acme-prod-uploads\n",
    ),
    "an API of production on its own domain": (
        "production-resource-elsewhere",
        two("APP_URL=https://www.example.com", "API_URL=https://api-prod.example.com"),
    ),
    "production that says development": (
        "contradicting-environment-name",
        "--- .env.production\nNODE_ENV=development\n",
    ),
    "production that says staging": (
        "contradicting-environment-name",
        "--- .env.production\nSENTRY_ENVIRONMENT=staging\n",
    ),
    "a section of a platform file": (
        "contradicting-environment-name",
        '--- wrangler.toml\nname = "api"\n[env.production.vars]\nENVIRONMENT = "staging"\n',
    ),
    "development that says production": (
        "contradicting-environment-name",
        "--- .env.development\nENVIRONMENT=production\n",
    ),
    "production at staging's address": (
        "foreign-environment-url",
        two("API_URL=https://api-staging.example.com\nAPP_URL=https://www.example.com", "A=1"),
    ),
    "a bucket of development": (
        "other-resource-in-production",
        "--- .env.production\nAWS_S3_BUCKET=acme-dev\n",
    ),
    "a database of staging": (
        "other-resource-in-production",
        "--- .env.production\nDB_URL=mysql://a:<secret>@db.example.com/shop_staging\n",
    ),
    "development that signs in at production": (
        "foreign-environment-url",
        two("NEXTAUTH_URL=https://shop.example.com", "NEXTAUTH_URL=https://shop.example.com"),
    ),
}
SILENT = {
    "nothing in both": (
        "same-secret-in-two-environments", two("JWT_SECRET=", "JWT_SECRET="), {},
    ),
    "a placeholder in both": (
        "same-secret-in-two-environments", two("JWT_SECRET=changeme", "JWT_SECRET=changeme"), {},
    ),
    "a publishable key in both": (
        "same-secret-in-two-environments",
        two("NEXT_PUBLIC_STRIPE_KEY=<pk_live>", "NEXT_PUBLIC_STRIPE_KEY=<pk_live>"), {},
    ),
    "where errors are sent": (
        "same-secret-in-two-environments",
        two(*["SENTRY_DSN=https://0af30af30af30af30af30af30af30af3@o1.ingest.sentry.io/12"] * 2),
        {},
    ),
    "a site key in both": (
        "same-secret-in-two-environments",
        two("RECAPTCHA_SITE_KEY=<secret:x>", "RECAPTCHA_SITE_KEY=<secret:x>"), {},
    ),
    "the default of a local database": (
        "same-secret-in-two-environments",
        two("POSTGRES_PASSWORD=postgres", "POSTGRES_PASSWORD=postgres"), {},
    ),
    "development and test": (
        "same-secret-in-two-environments",
        "--- .env.test\nJWT_SECRET=<secret:x>\n--- .env.development\nJWT_SECRET=<secret:x>\n", {},
    ),
    "a file that tells no environment": (
        "same-secret-in-two-environments",
        "--- .env\nJWT_SECRET=<secret:x>\n--- .env.production\nJWT_SECRET=<secret:x>\n", {},
    ),
    "a template": (
        "same-secret-in-two-environments",
        two("JWT_SECRET=<secret:x>", "JWT_SECRET=<secret:x>", ".env.staging.example"), {},
    ),
    "a commented line": (
        "same-secret-in-two-environments", two("JWT_SECRET=<secret:x>", "# JWT_SECRET=<secret:x>"),
        {},
    ),
    "one that is meant": (
        "same-secret-in-two-environments", two("JWT_SECRET=<secret:x>", "JWT_SECRET=<secret:x>"),
        {"shared": ("JWT_SECRET",)},
    ),
    "one that is public": (
        "same-secret-in-two-environments",
        two(*["MAPS_API_KEY=<secret:x>"] * 2),
        {"public": ("MAPS_API_KEY",)},
    ),
    "localhost on both sides": (
        "shared-database-with-production",
        two(*["DATABASE_URL=postgres://a:<secret>@localhost:5432/shop"] * 2), {},
    ),
    "a service of compose on both sides": (
        "shared-database-with-production",
        two(*["DATABASE_URL=postgres://a:<secret>@db:5432/shop"] * 2), {},
    ),
    "a private network on both sides": (
        "shared-database-with-production",
        two(*["REDIS_URL=redis://redis.railway.internal:6379"] * 2), {},
    ),
    "another database of one server": (
        "shared-database-with-production",
        two("DATABASE_URL=postgres://a:<secret>@db.example.com/shop",
            "DATABASE_URL=postgres://a:<secret>@db.example.com/shop_dev"), {},
    ),
    "a replica that is meant": (
        "shared-database-with-production",
        two(*["DATABASE_URL=postgres://a:<secret>@db.example.com/shop"] * 2),
        {"shared": ("DATABASE_URL",)},
    ),
    "an address made by interpolation": (
        "shared-database-with-production",
        two(*["DATABASE_URL=postgres://$USER:$PASS@$HOST/$NAME"] * 2), {},
    ),
    "a switch that is called a bucket": (
        "shared-database-with-production", two("USE_BUCKET=true", "USE_BUCKET=true"), {},
    ),
    "a product whose name begins so": (
        "production-resource-elsewhere",
        "--- .env.staging\nDATABASE_URL=postgres://a:<secret>@productboard.example.com/products\n",
        {},
    ),
    "a vendor's host": (
        "production-resource-elsewhere",
        two("APP_URL=https://www.example.com", "LOKI_URL=https://logs-prod-006.grafana.net"), {},
    ),
    "what production uses": (
        "production-resource-elsewhere",
        "--- .env.production\nDATABASE_URL=postgres://a:<secret>@prod-db.example.com/shop\n", {},
    ),
    "staging that runs as production will": (
        "contradicting-environment-name", "--- .env.staging\nNODE_ENV=production\n", {},
    ),
    "staging with production's settings module": (
        "contradicting-environment-name",
        "--- .env.staging\nDJANGO_SETTINGS_MODULE=shop.settings.production\n", {},
    ),
    "a short name of the same": (
        "contradicting-environment-name", "--- .env.production\nAPP_ENV=prod\n", {},
    ),
    "an environment of the config": (
        "contradicting-environment-name", "--- .env.blue\nENVIRONMENT=production\n",
        {"environments": {"blue": Stage.PRODUCTION}},
    ),
    "a test that says development": (
        "contradicting-environment-name", "--- .env.test\nENVIRONMENT=development\n", {},
    ),
    "a developer's container that runs production": (
        "contradicting-environment-name",
        "--- compose.dev.yml\nservices: {web: {environment: {NODE_ENV: production}}}\n", {},
    ),
    "a vendor's development tenant": (
        "foreign-environment-url",
        two("APP_URL=https://www.example.com\nAUTH0_DOMAIN=dev-abc123.us.auth0.com", "A=1"), {},
    ),
    "an API that development shares": (
        "foreign-environment-url",
        two("API_URL=https://api.example.com", "API_URL=https://api.example.com"), {},
    ),
    "a name with dev in it": (
        "other-resource-in-production",
        "--- .env.production\nS3_BUCKET=devices\nDB_URL=mysql://a@db.example.com/latest\n", {},
    ),
    "a service for tests": (
        "other-resource-in-production", "--- .env.production\nDB_URL=mysql://a@db-test/shop\n", {},
    ),
    "addresses of its own": (
        "foreign-environment-url",
        two("APP_URL=https://example.com", "APP_URL=https://staging.example.com", ".env.staging"),
        {},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("rule", "text"), FIRES.values(), ids=FIRES)
def test_found(tmp_path: Path, rule: str, text: str) -> None:
    (found, *others) = fires(tmp_path, rule, text)
    assert not others
    assert "production" in found.message or "staging" in found.message


@pytest.mark.parametrize(("rule", "text", "settings"), SILENT.values(), ids=SILENT)
def test_silent(tmp_path: Path, rule: str, text: str, settings: Mapping[str, Any]) -> None:
    silent(tmp_path, rule, text, **settings)


def test_the_other_end_is_named(tmp_path: Path) -> None:
    text = two("A_SECRET=<secret>", "B_SECRET=<secret>")
    (found,) = fires(tmp_path, "same-secret-in-two-environments", text)
    assert found.message == (
        "`B_SECRET` of development has the same secret value as `A_SECRET` of production; expected"
        " a value of its own for each"
    )
    assert found.related[0].location != found.location
