"""Secrets that reach browsers, by value and by name, and secrets in templates."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.unit.steps.env_lint.linted import fires, silent
from tests.unit.steps.env_lint.rules.test_credentials import key_of

VALUE = "secret-value-behind-client-prefix"
NAME = "secret-name-behind-client-prefix"
TEMPLATE = "real-secret-in-template"
SVELTE = '--- package.json\n{"devDependencies": {"@sveltejs/kit": "2"}}\n'

FIRES = {
    "a payment key": (VALUE, "--- .env\nNEXT_PUBLIC_STRIPE=<sk_live>\n"),
    "all rights on Supabase": (
        VALUE, f"--- .env.local\nVITE_SUPABASE_KEY={key_of('qwertzuiop', 'service_role')}\n",
    ),
    "a database": (VALUE, "--- .env\nREACT_APP_DB=postgres://a:<secret>@db.example.com/shop\n"),
    "a private key": (VALUE, "--- .env\nEXPO_PUBLIC_K='-----BEGIN PRIVATE KEY-----\\nMII'\n"),
    "Svelte's prefix in a Svelte project": (VALUE, SVELTE + "--- .env\nPUBLIC_AI=<openai>\n"),
    "a default in code": (
        VALUE, "--- src/a.ts\nexport const k = process.env.NEXT_PUBLIC_K ?? '<sk_live>';\n",
    ),
    "an image's argument": (
        VALUE, "--- Dockerfile\nFROM node:22\nENV NEXT_PUBLIC_OPENAI_KEY=<openai>\n",
    ),
    "a name in code": (
        NAME, "--- src/a.ts\nexport const k = process.env.NEXT_PUBLIC_ADMIN_PASSWORD;\n",
    ),
    "a provider that is for servers": (NAME, "--- .env.example\nVITE_OPENAI_API_KEY=\n"),
    "all rights": (NAME, "--- .env.example\nNEXT_PUBLIC_SUPABASE_SERVICE_ROLE_KEY=\n"),
    "a key in a template": (TEMPLATE, "--- .env.example\nSTRIPE_KEY=<sk_live>\n"),
    "a key in a commented line": (TEMPLATE, "--- .env\n# OPENAI_API_KEY=<openai>\n"),
    "a database in a template": (
        TEMPLATE, "--- .env.sample\nDATABASE_URL=postgres://a:<secret>@db.example.com/shop\n",
    ),
}  # fmt: skip
SILENT = {
    "a publishable key": (VALUE, "--- .env\nNEXT_PUBLIC_STRIPE=<pk_live>\n", {}),
    "anonymous rights": (
        VALUE, f"--- .env\nNEXT_PUBLIC_SUPABASE={key_of('qwertzuiop', 'anon')}\n", {},
    ),
    "where errors are sent": (
        VALUE,
        "--- .env\nVITE_SENTRY_DSN=https://0af30af30af30af30af30af30af30af3@o1.ingest.sentry.io/1\n",
        {},
    ),
    "random text, which a site key is too": (VALUE, "--- .env\nVITE_MAPS_KEY=<secret>\n", {}),
    "Svelte's prefix elsewhere": (VALUE, "--- .env\nPUBLIC_AI=<openai>\n", {}),
    "no prefix": (VALUE, "--- .env\nOPENAI_API_KEY=<openai>\n", {}),
    "one that the config allows": (
        VALUE, "--- .env\nVITE_AI=<openai>\n", {"public": ("VITE_AI",)},
    ),
    "a template, which has a rule of its own": (
        VALUE, "--- .env.example\nVITE_AI=<openai>\n", {},
    ),
    "names of what is public": (
        NAME,
        ("--- .env.example\nNEXT_PUBLIC_STRIPE_PUBLISHABLE_KEY=\nVITE_RECAPTCHA_SITE_KEY=\n"
        "NEXT_PUBLIC_SUPABASE_ANON_KEY=\nNEXT_PUBLIC_POSTHOG_KEY=\nVITE_SENTRY_DSN=\n"
        "NEXT_PUBLIC_FIREBASE_API_KEY=\nVITE_GOOGLE_MAPS_API_KEY=\nNEXT_PUBLIC_MAPBOX_TOKEN=\n"
        "NEXT_PUBLIC_ALGOLIA_SEARCH_KEY=\nVITE_VAPID_PUBLIC_KEY=\n"),
        {},
    ),
    "switches": (
        NAME,
        ("--- .env.example\nNEXT_PUBLIC_DISABLE_PASSWORD_LOGIN=\nVITE_PASSWORD_MIN_LENGTH=8\n"
        "VITE_RESET_PASSWORD=\nNEXT_PUBLIC_ENABLE_SECRET_MODE=\n"),
        {},
    ),
    "a switch by its value": (NAME, "--- .env\nVITE_SHOWS_SECRET=true\n", {}),
    "a test": (NAME, "--- src/a.test.ts\nprocess.env.VITE_API_SECRET\n", {}),
    "one that is told by its value": (NAME, "--- .env\nVITE_API_SECRET=<sk_live>\n", {}),
    "one that is public": (
        NAME, "--- .env.example\nVITE_API_SECRET=\n", {"public": ("VITE_API_SECRET",)},
    ),
    "placeholders": (
        TEMPLATE,
        ("--- .env.example\nA=sk_live_...\nB=sk_live_xxxxxxxxxxxxxxxxxxxxxxxx\nC=<your-key>\n"
        "D=changeme\nE=***\nF=your-openai-key\nG=sk-\n"),
        {},
    ),
    "a key that its vendor publishes": (
        TEMPLATE, f"--- .env.example\nTURNSTILE_SECRET_KEY=1x{'0' * 31}AA\n", {},
    ),
    "a test key": (TEMPLATE, "--- .env.example\nSTRIPE_KEY=<sk_test>\n", {}),
    "the database that compose starts": (
        TEMPLATE, "--- .env.example\nDATABASE_URL=postgres://pg:pg@localhost/shop\n", {},
    ),
    "an invented key": (TEMPLATE, "--- .env.example\nJWT_SECRET=<secret>\n", {}),
    "the keys of a local Supabase": (
        TEMPLATE, f"--- .env.example\nSERVICE_KEY={key_of('x', 'service_role', 'supabase-demo')}\n",
        {},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("rule", "text"), FIRES.values(), ids=FIRES)
def test_found(tmp_path: Path, rule: str, text: str) -> None:
    assert len(fires(tmp_path, rule, text)) == 1


@pytest.mark.parametrize(("rule", "text", "settings"), SILENT.values(), ids=SILENT)
def test_silent(tmp_path: Path, rule: str, text: str, settings: Mapping[str, Any]) -> None:
    silent(tmp_path, rule, text, **settings)
