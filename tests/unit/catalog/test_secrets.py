"""The catalogue of secrets: complete, consistent, and itself without a secret."""

import re
from pathlib import Path

import pytest

import launchready.catalog.secrets
from launchready.catalog import shapes
from launchready.catalog.kinds import Assigned, Keyword, Kind, Pattern, Token
from launchready.catalog.secrets import KINDS
from launchready.model import Confidence
from launchready.steps.secret_scan.formats import formats
from launchready.steps.secret_scan.judging import checksums
from launchready.steps.secret_scan.judging.confirm import confirm

each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)


def test_ids_are_unique() -> None:
    assert len({kind.id for kind in KINDS}) == len(KINDS)


def test_providers_of_a_start_up_are_covered() -> None:
    told = " ".join(kind.id for kind in KINDS)
    wanted = (
        "anthropic openai gemini hugging-face aws google azure digitalocean github gitlab npm "
        "pypi docker stripe paddle polar shopify sendgrid resend postmark mailgun slack "
        "discord telegram twilio postgres mysql mongodb redis amqp supabase neon planetscale "
        "turso upstash vercel netlify fly render heroku cloudflare railway clerk auth0 sentry "
        "datadog grafana posthog linear notion private-key age json-web-token nextauth "
        "laravel rails wordpress "
    )
    assert [name for name in wanted.split() if name not in told] == []


@each_kind
def test_texts_read_well(kind: Kind) -> None:
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", kind.id)
    assert kind.title[0].isupper() or kind.title.startswith(
        ("1P", "age", "npm", "ngrok", "xAI", "crates")
    )
    assert kind.opens[0].islower() or kind.opens.startswith("API")
    assert not kind.opens.endswith(".")
    assert kind.revoke[0].isupper()
    assert kind.revoke.endswith(".")
    assert kind.reference.startswith("https://")


@each_kind
def test_format_is_well_formed(kind: Kind) -> None:
    match kind.format:
        case Token(shapes=forms) | Assigned(shapes=forms):
            assert all(shapes.shortest(form) >= 15 for form in forms)
            assert all(shapes.pieces(form) for form in forms)
        case Keyword(names=names):
            assert all(re.fullmatch(r"[a-z0-9]+(?:_[a-z0-9]+)*", name) for name in names)
        case Pattern(regex=regex, reach=reach):
            assert "secret" in re.compile(regex).groupindex
            assert 0 < reach < 32_768
    assert "secret" in formats.compiled(kind).groupindex


@each_kind
def test_checksum_exists(kind: Kind) -> None:
    if not isinstance(kind.format, Keyword) and kind.format.checksum:
        assert kind.format.checksum in checksums.CHECKSUMS


def test_every_checksum_is_used() -> None:
    used = {kind.format.checksum for kind in KINDS if not isinstance(kind.format, Keyword)}
    assert used - {""} == set(checksums.CHECKSUMS)


def test_catalogue_holds_no_secret() -> None:
    sources = Path(launchready.catalog.secrets.__file__).parent.glob("*.py")
    for source in sources:
        text = source.read_bytes()
        found = [
            (hit.kind_id, text[hit.start : hit.end])
            for kind in KINDS
            for hit in confirm(kind, text, source.name)
            if hit.confidence > Confidence.LOW
        ]
        assert found == []
