"""What the tables of variables say of names, and that they are kept in order."""

import pytest

from launchready.catalog.environment.provided import is_provided
from launchready.catalog.environment.sdk import SDKS, sdk_reads

PROVIDED = (
    "PATH HOME NODE_ENV CI GITHUB_SHA RUNNER_OS VERCEL_URL NEXT_PUBLIC_VERCEL_URL LC_ALL TERM"
    " npm_package_version PYTHONPATH KUBERNETES_SERVICE_HOST FLY_APP_NAME RENDER_EXTERNAL_URL DYNO"
    " AWS_LAMBDA_FUNCTION_NAME GOPATH RUST_LOG PORT NO_COLOR https_proxy RAILWAY_ENVIRONMENT"
)
OWN = (
    "DATABASE_URL JWT_SECRET GITHUB_CLIENT_ID GITHUB_TOKEN FLY_API_TOKEN VERCEL_TOKEN SERVER_URL"
    " HEROKU_API_KEY SSH_PRIVATE_KEY BASE_URL DOCKER_PASSWORD WEBSITE_URL APP_ENV"
)


@pytest.mark.parametrize("name", PROVIDED.split())
def test_platforms_and_shells_provide_it(name: str) -> None:
    assert is_provided(name)


@pytest.mark.parametrize("name", OWN.split())
def test_somebody_must_set_it(name: str) -> None:
    assert not is_provided(name)


def test_a_package_reads_its_variables() -> None:
    assert sdk_reads("OPENAI_API_KEY", frozenset({"next", "openai"})) == "openai"
    assert sdk_reads("AWS_SECRET_ACCESS_KEY", frozenset({"@aws-sdk/client-s3"}))
    assert sdk_reads("SENTRY_AUTH_TOKEN", frozenset({"@sentry/nextjs"}))


def test_only_a_package_that_is_there_reads() -> None:
    assert not sdk_reads("OPENAI_API_KEY", frozenset({"next"}))


@pytest.mark.parametrize("sdk", SDKS, ids=lambda sdk: min(sdk.packages))
def test_every_entry_names_its_source_and_packages_in_small_letters(sdk: object) -> None:
    from launchready.catalog.environment.sdk.package import Package

    assert isinstance(sdk, Package)
    assert sdk.reference.startswith("https://")
    assert sdk.names
    assert all(package == package.lower() for package in sdk.packages)
