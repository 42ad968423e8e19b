"""Values that are not what their names say or their readers take them for."""

from pathlib import Path

import pytest
from tests.unit.steps.env_lint.linted import fires, silent

PORT = "bad-port"
URL = "malformed-url"
MAIL = "bad-email"
DATABASE = "empty-database-in-url"
TRUTH = "misread-boolean"
UNIT = "number-with-unit"
JSON = "bad-json"
PEM = "escaped-newlines-in-pem"
SCHEMA = "value-against-schema"


def env(*lines: str) -> str:
    return "--- .env\n" + "\n".join(lines) + "\n"


def with_code(line: str, code: str, path: str = "src/a.ts") -> str:
    return f"--- .env\n{line}\n--- {path}\n{code}\n"


def with_schema(line: str, kind: str) -> str:
    code = f"export const e = z.object({{ X: {kind} }}).parse(process.env);"
    return with_code(line, f'import {{ z }} from "zod";\n{code}')


FIRES = {
    "a port too high": (PORT, env("DB_PORT=70000")),
    "no number": (PORT, env("PORT=http")),
    "no scheme": (URL, env("API_URL=api.example.com")),
    "this machine without a scheme": (URL, env("API_URL=localhost:3000")),
    "two schemes": (URL, env("APP_URL=https://https://example.com")),
    "a blank": (URL, env('REDIRECT_URI="https://example.com/a b"')),
    "half a scheme": (URL, env("APP_URL=https:/example.com")),
    "no address": (MAIL, env("ADMIN_EMAIL=root")),
    "one of two": (MAIL, env("ADMIN_EMAIL=a@example.com,b")),
    "no database": (DATABASE, env("DATABASE_URL=mysql://a:<secret>@db.example.com:3306/")),
    "false is text": (TRUTH, with_code("BETA=false", "if (process.env.BETA) { go(); }")),
    "zero is text": (TRUTH, with_code("BETA=0", "export const on = !!process.env.BETA;")),
    "a comma": (UNIT, with_code("MOST=1,000", "export const n = Number(process.env.MOST);")),
    "seconds": (UNIT, with_code("WAIT=30s", "export const n = parseInt(process.env.WAIT, 10);")),
    "single quotes": (JSON, with_code("FLAGS={'a': 1}", "JSON.parse(process.env.FLAGS!);")),
    "a schema of numbers": (SCHEMA, with_schema("X=many", "z.coerce.number()")),
    "a schema of addresses": (SCHEMA, with_schema("X=example.com", "z.string().url()")),
    "a schema of mail": (SCHEMA, with_schema("X=root", "z.string().email()")),
    "a schema of Python": (
        SCHEMA,
        with_code(
            "WORKERS=many",
            "from pydantic_settings import BaseSettings\nclass Settings(BaseSettings):\n"
            "    WORKERS: int",
            "shop/settings.py",
        ),
    ),
}
SILENT = {
    "ports": (PORT, env("PORT=8080", "DB_PORT=", "A_PORT=${PORT}", "B_PORT=0", "SUPPORT=x")),
    "an address that Docker gives": (PORT, env("DB_PORT=tcp://10.0.0.2:5432")),
    "a switch about a port": (PORT, env("HAS_PORT=yes")),
    "a port of a template": (PORT, "--- .env.example\nPORT=70000\n"),
    "addresses": (
        URL,
        env(
            "A_URL=https://example.com/x?y=z", "B_URL=/app", "C_URL=", "D_URL=postgres://u:p@h/d",
            "E_URL=file:./dev.db", "F_URL=${HOST}/x", "G_URL=sqlite:///x.db", "H_URL=<your-url>",
            "I_URL=https://a.example.com,https://b.example.com", "J_URL=mailto:a@example.com",
        ),
    ),
    "an interpolation with words in it": (
        URL,
        ("--- compose.yml\nservices: {web: {environment: ["
        "'DATABASE_URL=postgres://u:${PASSWORD:?is not set}@db/app']}}\n"),
    ),
    "mail": (
        MAIL,
        env(
            "EMAIL_FROM=Shop <a@example.com>", "ADMIN_EMAIL=a@example.com;b@example.com",
            "SUPPORT_EMAIL=", "SMTP_FROM=root@localhost", "EMAIL_BACKEND=console", "SEND_EMAIL=yes",
        ),
    ),
    "databases": (
        DATABASE,
        env(
            "A_URL=postgres://u:<secret>@h/shop", "B_URL=redis://h:6379", "C_URL=mongodb://h",
            "D_URL=postgres://$HOST", "E_URL=postgresql:///shop", "F_URL=mysql://u@h/x?ssl=1",
        ),
    ),
    "a server for tests": (DATABASE, "--- .env.test\nDATABASE_URL=postgres://u:p@localhost\n"),
    "true": (TRUTH, with_code("BETA=true", "if (process.env.BETA) { go(); }")),
    "an address that is asked for": (TRUTH, with_code("R=x", "if (process.env.R) { go(); }")),
    "a comparison": (TRUTH, with_code("B=false", 'if (process.env.B === "true") { go(); }')),
    "a comparison behind a question": (
        TRUTH, with_code("B=0", 'if (process.env.B && process.env.B !== "0") { go(); }'),
    ),
    "nothing": (TRUTH, with_code("BETA=", "if (process.env.BETA) { go(); }")),
    "digits": (UNIT, with_code("MOST=1000", "export const n = Number(process.env.MOST);")),
    "a unit that the code takes": (UNIT, with_code("WAIT=30s", "ms(process.env.WAIT);")),
    "JSON": (JSON, with_code("FLAGS='{\"a\": [1, null]}'", "JSON.parse(process.env.FLAGS!);")),
    "JSON that is to come": (JSON, with_code("FLAGS=${ALL}", "JSON.parse(process.env.FLAGS!);")),
    "line ends": (
        PEM,
        with_code(
            'K="-----BEGIN PRIVATE KEY-----\\nMII\\n-----END PRIVATE KEY-----"',
            "sign(process.env.K.split('\\\\n').join('\\n'));",
        ),
    ),
    "what a schema takes": (SCHEMA, with_schema("X=8080", "z.coerce.number()")),
    "what a schema gives a default": (SCHEMA, with_schema("X=", "z.coerce.number().default(1)")),
    "any text": (SCHEMA, with_schema("X=many", "z.string().min(1)")),
}  # fmt: skip


@pytest.mark.parametrize(("rule", "text"), FIRES.values(), ids=FIRES)
def test_found(tmp_path: Path, rule: str, text: str) -> None:
    assert len(fires(tmp_path, rule, text)) == 1


@pytest.mark.parametrize(("rule", "text"), SILENT.values(), ids=SILENT)
def test_silent(tmp_path: Path, rule: str, text: str) -> None:
    silent(tmp_path, rule, text)
