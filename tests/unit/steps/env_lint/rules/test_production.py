"""What production must not be given, and what only looks so."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.unit.steps.env_lint.linted import fires, silent


def production(*lines: str) -> str:
    return "--- .env.production\n" + "\n".join(lines) + "\n"


LOCAL = "local-address-in-production"
DEBUG = "debug-in-production"
LOGS = "verbose-logs-in-production"
OPEN = "open-production-setting"

FIRES = {
    "an address of this machine": (LOCAL, production("API_URL=http://127.0.0.1:8000")),
    "a database on this machine": (LOCAL, production("DATABASE_URL=postgres://a@localhost/shop")),
    "a host alone": (LOCAL, production("REDIS_HOST=localhost")),
    "the host of a container": (LOCAL, production("API_URL=http://host.docker.internal:3000")),
    "a name that no DNS knows": (LOCAL, production("APP_URL=https://shop.local")),
    "a tunnel": (LOCAL, production("WEBHOOK_URL=https://a1b2.ngrok-free.app/hook")),
    "a context of a platform": (
        LOCAL,
        '--- netlify.toml\n[context.production.environment]\nAPI_URL = "http://localhost:3000"\n',
    ),
    "a service of production": (
        LOCAL,
        "--- compose.prod.yml\nservices: {web: {environment: {APP_URL: 'http://localhost:3'}}}\n",
    ),
    "a number that means yes": (DEBUG, production("FLASK_DEBUG=1")),
    "a debugger of one's own": (DEBUG, production("PAYMENT_DEBUG=true")),
    "no limits": (DEBUG, production("RATE_LIMITING_DISABLED=1")),
    "no certificates": (DEBUG, production("NODE_TLS_REJECT_UNAUTHORIZED=0")),
    "everything logged": (LOGS, production("LOG_LEVEL=TRACE")),
    "every host": (OPEN, production("ALLOWED_HOSTS=*")),
    "every host in a list": (OPEN, production('DJANGO_ALLOWED_HOSTS=["*"]')),
    "no encryption": (OPEN, production("NEXT_PUBLIC_API_URL=http://api.example.com")),
}  # fmt: skip
SILENT: Mapping[str, tuple[str, str, Mapping[str, Any]]] = {
    "an address to listen on": (LOCAL, production("HOST=0.0.0.0", "BIND_ADDRESS=127.0.0.1"), {}),
    "a listener": (LOCAL, production("KAFKA_ADVERTISED_LISTENERS=PLAINTEXT://localhost:9092"), {}),
    "a collector beside": (LOCAL, production("OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318"),
                           {}),
    "a call of itself": (
        LOCAL, production("PORT=10000", "NEXT_PRIVATE_WEBAPP_URL=http://localhost:10000"), {},
    ),
    "an internal call": (LOCAL, production("INTERNAL_API_URL=http://localhost:8080"), {}),
    "a cluster's own name": (LOCAL, production("API_URL=http://api.shop.svc.cluster.local"), {}),
    "who may forward": (LOCAL, production("TRUSTED_PROXIES=127.0.0.1"), {}),
    "a name with local in it": (LOCAL, production("LOCALE_URL=https://locale.example.com"), {}),
    "development": (LOCAL, "--- .env.development\nAPI_URL=http://localhost:3000\n", {}),
    "no environment": (LOCAL, "--- .env\nAPI_URL=http://localhost:3000\n", {}),
    "a template of production": (
        LOCAL, "--- .env.production.example\nAPI_URL=http://localhost:3000\n", {},
    ),
    "a commented line": (LOCAL, production("# API_URL=http://localhost:3000"), {}),
    "namespaces of the package debug": (DEBUG, production("DEBUG=app:*,express:*"), {}),
    "off": (DEBUG, production("DEBUG=false", "APP_DEBUG=0", "RATE_LIMITING_DISABLED=false"), {}),
    "nothing": (DEBUG, production("DEBUG="), {}),
    "debugging staging": (DEBUG, "--- .env.staging\nDEBUG=true\n", {}),
    "a quiet level": (LOGS, production("LOG_LEVEL=warn"), {}),
    "a filter": (LOGS, production("RUST_LOG=info,shop=debug"), {}),
    "named hosts": (OPEN, production("ALLOWED_HOSTS=shop.example.com"), {}),
    "a star of something else": (OPEN, production("CRON_SCHEDULE=*", "LOG_FILTER=*"), {}),
    "an internal host": (OPEN, production("API_URL=http://api:8080"), {}),
    "a private address": (OPEN, production("API_URL=http://10.0.3.7:8080"), {}),
    "an address that is none of ours": (OPEN, production("SCHEMA_NS=http://www.w3.org/2001"), {}),
}  # fmt: skip


@pytest.mark.parametrize(("rule", "text"), FIRES.values(), ids=FIRES)
def test_found(tmp_path: Path, rule: str, text: str) -> None:
    (found,) = fires(tmp_path, rule, text)
    assert "production" in found.message or "prod" in found.message


@pytest.mark.parametrize(("rule", "text", "settings"), SILENT.values(), ids=SILENT)
def test_silent(tmp_path: Path, rule: str, text: str, settings: Mapping[str, Any]) -> None:
    silent(tmp_path, rule, text, **settings)


def test_twice_in_one_file_is_one_finding(tmp_path: Path) -> None:
    (found,) = fires(
        tmp_path,
        LOCAL,
        "--- docker-compose.prod.yml\nservices:\n"
        "  web: {environment: {API_URL: 'http://localhost:1'}}\n"
        "  job: {environment: {API_URL: 'http://localhost:1'}}\n",
    )
    assert len(found.related) == 1
