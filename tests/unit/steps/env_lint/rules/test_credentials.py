"""Test and live credentials, endpoints, and keys that belong together."""

import base64
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.unit.steps.env_lint.linted import fires, silent

TEST = "test-credential-in-production"
LIVE = "live-credential-outside-production"
SANDBOX = "sandbox-endpoint-in-production"
REAL = "live-endpoint-elsewhere"
PAIR = "mismatched-key-pair"


def key_of(project: str, role: str, issuer: str = "supabase") -> str:
    """A Supabase key of that project, with a signature that is none."""

    def part(of: object) -> str:
        return base64.urlsafe_b64encode(json.dumps(of).encode()).decode().rstrip("=")

    claims = {"iss": issuer, "ref": project, "role": role}
    return f"{part({'alg': 'HS256', 'typ': 'JWT'})}.{part(claims)}.{'q1w2e3r4' * 5}"


def production(*lines: str) -> str:
    return "--- .env.production\n" + "\n".join(lines) + "\n"


def staging(*lines: str) -> str:
    return "--- .env.staging\n" + "\n".join(lines) + "\n"


FIRES = {
    "a test key": (TEST, production("STRIPE_KEY=<sk_test>")),
    "a publishable test key": (TEST, production("NEXT_PUBLIC_STRIPE_KEY=<pk_test>")),
    "Clerk's": (TEST, production("CLERK_SECRET_KEY=<sk_test>")),
    "a captcha that lets everybody through": (
        TEST,
        production(f"TURNSTILE_SECRET_KEY=1x{'0' * 31}AA"),
    ),
    "reCAPTCHA's": (TEST, production("RECAPTCHA_SITE_KEY=6LeIxAcTAAAAA" + "J" * 27)),
    "a live key on staging": (LIVE, staging("STRIPE_KEY=<sk_live>")),
    "a live key in a test": (LIVE, "--- .env.test\nSTRIPE_KEY=<sk_live>\n"),
    "a live key on a laptop": (LIVE, "--- .env.local\nNEXT_PUBLIC_STRIPE_KEY=<pk_live>\n"),
    "a sandbox": (SANDBOX, production("PAYPAL_API=https://api-m.sandbox.paypal.com")),
    "a sandbox by a word": (SANDBOX, production("PLAID_ENV=sandbox")),
    "a sandbox by a switch": (SANDBOX, production("PAYPAL_SANDBOX=true")),
    "mails that nobody gets": (SANDBOX, production("SMTP_HOST=sandbox.smtp.mailtrap.io")),
    "the live side": (REAL, staging("PAYPAL_API=https://api-m.paypal.com")),
    "live and test": (PAIR, production("A_KEY=<sk_live>", "NEXT_PUBLIC_B=<pk_test>")),
    "address and key of Supabase": (
        PAIR,
        production(
            "SUPABASE_URL=https://qwertzuiop.supabase.co",
            f"SUPABASE_ANON_KEY={key_of('asdfghjkly', 'anon')}",
        ),
    ),
    "two keys of Supabase": (
        PAIR,
        production(
            f"SUPABASE_SERVICE_ROLE_KEY={key_of('qwertzuiop', 'service_role')}",
            f"SUPABASE_ANON_KEY={key_of('asdfghjkly', 'anon')}",
        ),
    ),
}
SILENT = {
    "a live key": (TEST, production("STRIPE_KEY=<sk_live>"), {}),
    "an empty one": (TEST, production("STRIPE_KEY=", "STRIPE_KEY_2=sk_test_..."), {}),
    "one beside the live one": (TEST, production("STRIPE_TEST_SECRET_KEY=<sk_test>"), {}),
    "a demo": (TEST, production("STRIPE_KEY=<sk_test>"), {"shared": ("STRIPE_KEY",)}),
    "a template": (TEST, "--- .env.production.example\nSTRIPE_KEY=<sk_test>\n", {}),
    "a commented line": (TEST, production("# STRIPE_KEY=<sk_test>"), {}),
    "no environment": (TEST, "--- .env\nSTRIPE_KEY=<sk_test>\n", {}),
    "a test key on staging": (LIVE, staging("STRIPE_KEY=<sk_test>"), {}),
    "a live key that is named so": (LIVE, staging("STRIPE_LIVE_SECRET_KEY=<sk_live>"), {}),
    "a live placeholder": (LIVE, staging("STRIPE_KEY=sk_live_xxxxxxxxxxxxxxxxxxxxxxxx"), {}),
    "live": (SANDBOX, production("PLAID_ENV=production", "PAYPAL_MODE=live"), {}),
    "an address that is named so": (
        SANDBOX, production("PAYPAL_SANDBOX_URL=https://api-m.sandbox.paypal.com"), {},
    ),
    "a provider without a sandbox": (REAL, staging("API=https://api.openai.com"), {}),
    "the sandbox": (REAL, staging("PAYPAL_API=https://api-m.sandbox.paypal.com"), {}),
    "a pair": (PAIR, production("A_KEY=<sk_live>", "NEXT_PUBLIC_B=<pk_live>"), {}),
    "both modes, of which the code chooses": (
        PAIR, production("A=<sk_live>", "B=<sk_test>", "NEXT_PUBLIC_C=<pk_test>"), {},
    ),
    "two files": (PAIR, production("A=<sk_live>") + staging("NEXT_PUBLIC_B=<pk_test>"), {}),
    "two providers": (PAIR, production("A=<sk_live>", "CLERK_PUBLISHABLE_KEY=<pk_test>"), {}),
    "one project": (
        PAIR,
        production(
            "SUPABASE_URL=https://qwertzuiop.supabase.co",
            f"SUPABASE_ANON_KEY={key_of('qwertzuiop', 'anon')}",
        ),
        {},
    ),
    "a domain of one's own": (
        PAIR,
        production(
            "SUPABASE_URL=https://db.example.com",
            f"SUPABASE_ANON_KEY={key_of('qwertzuiop', 'anon')}",
        ),
        {},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("rule", "text"), FIRES.values(), ids=FIRES)
def test_found(tmp_path: Path, rule: str, text: str) -> None:
    assert len(fires(tmp_path, rule, text)) == 1


@pytest.mark.parametrize(("rule", "text", "settings"), SILENT.values(), ids=SILENT)
def test_silent(tmp_path: Path, rule: str, text: str, settings: Mapping[str, Any]) -> None:
    silent(tmp_path, rule, text, **settings)
