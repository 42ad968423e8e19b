"""Secrets that can be guessed, values never filled in, and defaults that everybody knows."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.unit.steps.env_lint.linted import fires, silent

WEAK = "weak-secret-in-production"
STAND_IN = "placeholder-in-production"
TEMPLATE = "usable-secret-in-production-template"
DEFAULT = "secret-with-public-default"
MADE = "secret-made-at-start"


def production(*lines: str) -> str:
    return "--- .env.production\n" + "\n".join(lines) + "\n"


def template(*lines: str) -> str:
    return "--- .env.production.example\n" + "\n".join(lines) + "\n"


def code(line: str, path: str = "src/config.ts") -> str:
    return f"--- {path}\n{line}\n"


FIRES = {
    "a word": (WEAK, production("SECRET_KEY=secret")),
    "digits": (WEAK, production("ENCRYPTION_KEY=0000000000000000000000000000000000000000")),
    "a short key": (WEAK, production("SESSION_SECRET=k3Jq9")),
    "a first guess": (WEAK, production("POSTGRES_PASSWORD=postgres")),
    "words": (WEAK, production("NEXTAUTH_SECRET=my-dev-secret-value")),
    "a password in an address": (
        WEAK,
        production("DATABASE_URL=postgres://postgres:postgres@db.example.com/shop"),
    ),
    "never changed": (STAND_IN, production("DB_PASSWORD=changeme")),
    "a name in brackets": (STAND_IN, production("RESEND_API_KEY=<your-resend-api-key>")),
    "any variable": (STAND_IN, production("APP_URL=https://your-domain.com")),
    "a cut key": (STAND_IN, production("STRIPE_KEY=sk_live_xxxxxxxxxxxxxxxxxxxxxxxx")),
    "a manifest with a password that works": (
        STAND_IN,
        "--- compose.prod.yml\nservices: {db: {environment: {POSTGRES_PASSWORD: changeme}}}\n",
    ),
    "a template that works": (TEMPLATE, template("SALT=mysalt")),
    "a fallback": (DEFAULT, code('export const key = process.env.JWT_SECRET || "dev";')),
    "a fallback of Python": (
        DEFAULT,
        code('import os\nSECRET_KEY = os.getenv("SECRET_KEY", "---")', "shop/settings.py"),
    ),
    "a fallback of compose": (
        DEFAULT,
        "--- compose.yml\nservices: {web: {environment: {JWT_SECRET: '${JWT_SECRET:-abc}'}}}\n",
    ),
    "drawn at the start": (
        MADE,
        code('const s = process.env.COOKIE_SECRET || crypto.randomBytes(16).toString("hex");'),
    ),
    "drawn by Django": (
        MADE,
        code(
            "import os\nfrom django.core.management.utils import get_random_secret_key\n"
            'SECRET_KEY = os.environ.get("SECRET_KEY", get_random_secret_key())',
            "shop/settings.py",
        ),
    ),
}
SILENT = {
    "one drawn by chance": (WEAK, production("JWT_SECRET=<secret>"), {}),
    "nothing": (WEAK, production("JWT_SECRET="), {}),
    "a reference": (WEAK, production("JWT_SECRET=${OTHER}"), {}),
    "one that is encrypted": (WEAK, production("JWT_SECRET=encrypted:<secret>"), {}),
    "a placeholder is told once": (WEAK, production("JWT_SECRET=changeme"), {}),
    "what a vendor gives": (WEAK, production("GITHUB_CLIENT_SECRET=abc123"), {}),
    "a switch": (WEAK, production("COOKIE_SECRET_ENABLED=1", "USE_SECRET=1"), {}),
    "a limit": (WEAK, production("PASSWORD_MIN_LENGTH=8", "TOKEN_TTL=60"), {}),
    "a public one": (WEAK, production("DEMO_PASSWORD=demo"), {"public": ("DEMO_PASSWORD",)}),
    "a weak one of development": (WEAK, "--- .env.development\nJWT_SECRET=secret\n", {}),
    "the network of compose": (
        WEAK, production("DATABASE_URL=postgres://postgres:postgres@db/shop"), {},
    ),
    "a real value": (STAND_IN, production("APP_NAME=Your Shop", "THEME=default"), {}),
    "an interpolated address": (STAND_IN, production("URL=https://${HOST}/x", "B={{ .Host }}"), {}),
    "a manifest that fails at once": (
        STAND_IN,
        ("--- production/render.yaml\n"
        "services: [{name: a, envVars: [{key: DB_HOST, value: your-db-host}]}]\n"), {},
    ),
    "a template of production": (STAND_IN, template("DB_PASSWORD=changeme"), {}),
    "a template to fill in": (
        TEMPLATE, template("SALT=", "A_SECRET=changeme", "B_SECRET=<secret>", "C_SECRET=..."), {},
    ),
    "a template of any environment": (TEMPLATE, "--- .env.example\nSALT=mysalt\n", {}),
    "another's password in a template": (TEMPLATE, template("SMTP_PASSWORD=password"), {}),
    "an empty fallback": (DEFAULT, code('export const k = process.env.JWT_SECRET ?? "";'), {}),
    "a vendor's key": (DEFAULT, code('export const k = process.env.OPENAI_API_KEY ?? "none";'), {}),
    "no secret": (DEFAULT, code('export const k = process.env.TOKEN_TTL ?? "60";'), {}),
    "a test": (
        DEFAULT, code('export const k = process.env.JWT_SECRET ?? "dev";', "src/a.test.ts"), {},
    ),
    "a developer's compose": (
        DEFAULT,
        "--- compose.dev.yml\nservices: {web: {environment: {JWT_SECRET: '${JWT_SECRET:-a}'}}}\n",
        {},
    ),
    "a database that compose starts": (
        DEFAULT,
        "--- compose.yml\nservices: {db: {environment: {PGPASSWORD: '${PGPASSWORD:-a}'}}}\n",
        {},
    ),
    "something drawn that is no secret": (
        MADE, code("export const id = process.env.INSTANCE_ID ?? crypto.randomUUID();"), {},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("rule", "text"), FIRES.values(), ids=FIRES)
def test_found(tmp_path: Path, rule: str, text: str) -> None:
    assert len(fires(tmp_path, rule, text)) == 1


@pytest.mark.parametrize(("rule", "text", "settings"), SILENT.values(), ids=SILENT)
def test_silent(tmp_path: Path, rule: str, text: str, settings: Mapping[str, Any]) -> None:
    silent(tmp_path, rule, text, **settings)
