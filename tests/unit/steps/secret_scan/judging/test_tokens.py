"""Tokens of published shape: the made-up, the published and the accidental ones."""

import pytest
from tests.unit.steps.secret_scan.judging.judged import drawn, example, hits, shown

from launchready.model import Confidence


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("sk_live_" + "x" * 24, id="x"),
        pytest.param("sk_live_" + "thisisnotarealkeyatall12", id="words"),
        pytest.param("sk_live_" + "abab" * 6, id="two signs"),
        pytest.param(
            "sk_test_" + "4eC39HqLyjWD" + "arjtT1zdp7dc", id="printed in Stripe's documents"
        ),
        pytest.param(
            "ghp_" + "16C7e42F292c6912E771" + "0c838347Ae178B4a", id="in GitHub's documents"
        ),
        pytest.param("AKIA" + "IOSFODNN7EXAMPLE", id="printed in AWS's documents"),
        pytest.param(
            "https://a.dev/?X-Amz-Credential=" + example("aws-access-key-id") + "%2F20240216",
            id="named in a pre-signed address",
        ),
        pytest.param("wss" + "hf_" + drawn("{alnum:34}"), id="the end of a word"),
        pytest.param(drawn("{base64:80}") + "/AIza" + drawn("{alnum:35}"), id="inside base64"),
    ],
)
def test_what_is_none(text: str) -> None:
    assert hits(f'"{text}"', "src/a.ts") == {}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("sk_live_" + "0123456789abcdefghijklmn", id="a token that counts"),
        pytest.param("AKIA" + "ABCDEFGHIJKLMNOP", id="a key id that counts"),
        pytest.param("DD_API_KEY=" + "0123456789abcdef" * 2, id="hexadecimal in its order"),
        pytest.param("DD_API_KEY=" + "a1b2c3d4e5f6a7b8" * 2, id="letters and digits in turns"),
        pytest.param("ACME_TOKEN=" + "abcdef1234567890abcdef", id="told by its name"),
        pytest.param("tomtom key " + "1a2b3c4d5e6f7a8b9c0d", id="after a service's name"),
    ],
)
def test_what_counts_is_an_example(text: str) -> None:
    (hit,) = hits(text, ".env").values()
    assert hit.confidence is Confidence.LOW


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("API_KEY=" + "abcdef1234567890abcdef", id="nobody's"),
        pytest.param("ACME_TOKEN=" + "abcdef1234", id="shorter than any key"),
        pytest.param("ACME_TOKEN=figd_" + "abcdefghij1234567890", id="a token of another length"),
        pytest.param("DD_API_KEY=" + "0" * 31 + "1", id="zeros"),
    ],
)
def test_what_counts_and_has_no_shape_is_none(text: str) -> None:
    assert hits(text, ".env") == {}


def test_hexadecimal_digits_in_their_order_happen() -> None:
    value = "b8cf3" + "a71585b806c188d904e205f3" + "e41"
    assert shown(f"DD_API_KEY={value}", ".env") == {"datadog-api-key": "medium"}


@pytest.mark.parametrize(
    ("line", "kind_id"),
    [
        pytest.param(f'DD_API_KEY="{drawn("{hex:32}")}"', "datadog-api-key", id="hex"),
        pytest.param(f"datadogApiKey: {drawn('{hex:32}')}", "datadog-api-key", id="camel case"),
        pytest.param(
            f"HEROKU_API_KEY={drawn('{uuid}')}", "heroku-legacy-api-key", id="a UUID with a name"
        ),
        pytest.param(
            f"AWS_SECRET_ACCESS_KEY={drawn('{base64:40}')}", "aws-secret-access-key", id="base64"
        ),
        pytest.param(
            f"vercel --vercel-token {drawn('{alnum:24}')}", "vercel-legacy-token", id="option"
        ),
    ],
)
def test_values_under_a_provider_s_name(line: str, kind_id: str) -> None:
    assert shown(line, "deploy.sh") == {kind_id: "medium"}


@pytest.mark.parametrize(
    ("line", "path"),
    [
        pytest.param("DD_API_KEY=" + "0" * 32, ".env", id="zeros"),
        pytest.param("VERCEL_TOKEN=mysupersecretverceltoken", ".env", id="words"),
        pytest.param(f"DD_API_KEY={drawn('{hex:32}')}", "yarn.lock", id="lock file"),
        pytest.param(f"DATADOG_API_KEY_ID={drawn('{hex:32}')}", ".env", id="an id"),
        pytest.param(f"add_api_key={drawn('{hex:32}')}", "a.py", id="the end of another word"),
    ],
)
def test_what_has_only_the_name(line: str, path: str) -> None:
    assert not {"datadog-api-key", "vercel-legacy-token"} & set(hits(line, path))


def test_a_disclaimer_beside_a_token_counts() -> None:
    token = example("webhook-signing-secret")
    assert shown(f'secret: "{token}",', "src/a.ts") == {"webhook-signing-secret": "high"}
    assert shown(f'secret: "{token}", // dummy secret', "src/a.ts") == {}
    assert shown(f'placeholder: "{token}",', "src/a.tsx") == {}


def test_a_hedge_beside_a_token_lowers_its_confidence() -> None:
    token = example("stripe-live-secret-key")
    assert shown(f'Stripe("{token}")  # for testing', "src/a.py") == {
        "stripe-live-secret-key": "medium"
    }
