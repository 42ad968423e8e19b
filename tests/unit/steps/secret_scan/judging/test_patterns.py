"""What has a form of its own: URLs with a password, keys, web tokens, headers."""

import base64
import json
import time

import pytest
from tests.unit.steps.secret_scan.judging.judged import chance, drawn, example, hits, shown

from launchready.model import Confidence

PASSWORD = drawn("{alnum:24}")
WEAK = "lettuce" + "42"


@pytest.mark.parametrize(
    ("text", "kind_id", "confidence"),
    [
        pytest.param(f"postgresql://app:{PASSWORD}@db.acme.io/x", "postgres-url", "high", id="pg"),
        pytest.param(
            f"postgres+asyncpg://app:{PASSWORD}@db.acme.io", "postgres-url", "high", id="py"
        ),
        pytest.param(f"mysql://app:{PASSWORD}@10.0.0.7:3306/x", "mysql-url", "high", id="mysql"),
        pytest.param(
            f"mongodb+srv://app:{PASSWORD}@c0.ab.mongodb.net", "mongodb-url", "high", id="srv"
        ),
        pytest.param(
            f"rediss://:{PASSWORD}@eu1.upstash.io:6379", "redis-url", "high", id="no user"
        ),
        pytest.param(f"amqps://app:{PASSWORD}@x.rmq.io/a", "amqp-url", "high", id="amqp"),
        pytest.param(f"https://ann:{PASSWORD}@git.acme.io/x.git", "url-password", "high", id="git"),
        pytest.param(f"mongodb://app:{WEAK}@ds1.mlab.com:4/x", "mongodb-url", "medium", id="weak"),
        pytest.param(
            f"Authorization: Bearer {drawn('{alnum:40}')}", "bearer-token", "high", id="bearer"
        ),
        pytest.param(
            f'"x-api-key": "{drawn("{alnum:40}")}"', "bearer-token", "high", id="a key's header"
        ),
        pytest.param(example("basic-auth-header"), "basic-auth-header", "high", id="basic"),
    ],
)
def test_logins(text: str, kind_id: str, confidence: str) -> None:
    assert shown(text, "src/a.ts") == {kind_id: confidence}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("postgres://user:password@host:5432/db", id="placeholder"),
        pytest.param("postgres://postgres:postgres@db.acme.io/x", id="user as password"),
        pytest.param("postgres://app:${DB_PASSWORD}@db.acme.io/x", id="shell reference"),
        pytest.param("postgres://app:{password}@db.acme.io/x", id="format field"),
        pytest.param("postgres://app:<password>@db.acme.io/x", id="angle brackets"),
        pytest.param("postgres://app:%s@db.acme.io/x", id="printf"),
        pytest.param("https://x.dev:8080/@ann", id="a port and a path"),
        pytest.param("https://user:pass@proxy.example.com:1080", id="example"),
        pytest.param("redis://localhost:6379", id="no password"),
        pytest.param("Authorization: `Basic ${btoa(x)}`", id="built header"),
        pytest.param('"Forward-Authorization": createSegmentBasicAuthHeader(', id="a call"),
        pytest.param(
            "Authorization: Bearer YOUR_ACCESS_TOKEN_GOES_HERE_1", id="placeholder header"
        ),
        pytest.param(
            "https://hooks.slack.com/services/T00000000/B00000000/" + "X" * 24, id="Slack"
        ),
        pytest.param("-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----", id="left out"),
        pytest.param(
            "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0B\n-----END PRIVATE KEY-----",
            id="only the beginning",
        ),
        pytest.param("-----BEGIN PUBLIC KEY-----\n" + "A" * 64 + "\n-----END PUBLIC", id="public"),
    ],
)
def test_what_is_none(text: str) -> None:
    assert shown(text, "src/a.ts") == {}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"postgres://app:{WEAK}@localhost:5432/x", id="this machine"),
        pytest.param(f"postgres://app:{WEAK}@127.0.0.1/x", id="this machine by number"),
        pytest.param(f"postgres://app:{WEAK}@postgres/x", id="a neighbour in compose"),
        pytest.param(f"postgres://app:{WEAK}@db.internal:5432/x", id="an inner name"),
        pytest.param(f"postgres://app:{PASSWORD}@db.test:5432/x", id="a reserved name"),
        pytest.param(f"postgres://app:{PASSWORD}@db.example.com/x", id="an example's name"),
    ],
)
def test_local_services_are_kept_but_not_shown(text: str) -> None:
    assert {hit.confidence for hit in hits(text, "src/a.ts").values()} == {Confidence.LOW}


def web_token(**payload: object) -> str:
    parts = ({"alg": "HS256", "typ": "JWT"}, payload)
    signed = [base64.urlsafe_b64encode(json.dumps(p).encode()).decode().rstrip("=") for p in parts]
    return ".".join((*signed, drawn("{urlsafe:43}")))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(web_token(sub="7"), {"json-web-token": "high"}, id="without an end"),
        pytest.param(
            web_token(sub="7", exp=int(time.time()) + 9000), {"json-web-token": "high"}, id="valid"
        ),
        pytest.param(web_token(sub="7", exp=1_500_000_000), {}, id="expired"),
        pytest.param(
            web_token(role="service_role", iss="supabase"),
            {"supabase-service-role-key": "high"},
            id="Supabase's strong key",
        ),
        pytest.param(web_token(role="anon", iss="supabase"), {}, id="Supabase's public key"),
        pytest.param(
            web_token(role="service_role", iss="supabase-demo"), {}, id="every local stack has it"
        ),
    ],
)
def test_web_tokens(text: str, expected: dict[str, str]) -> None:
    assert shown(f'const key = "{text}";', "src/a.ts") == expected


def test_expired_tokens_are_kept_but_not_shown() -> None:
    (hit,) = hits(web_token(sub="7", exp=1_500_000_000)).values()
    assert hit.confidence is Confidence.LOW


@pytest.mark.parametrize("name", ["RSA ", "EC ", "DSA ", "OPENSSH ", ""])
def test_private_keys_of_all_names(name: str) -> None:
    block = example("private-key").replace("BEGIN PRIVATE", f"BEGIN {name}PRIVATE")
    assert shown(block, "deploy/id_rsa") == {"private-key": "high"}
    assert shown(block, "tests/fixtures/key.pem") == {"private-key": "medium"}


@pytest.mark.parametrize(("cipher", "kind_id"), [("none", ""), ("aes256-ctr", "encrypted-")])
def test_openssh_keys_say_whether_a_passphrase_guards_them(cipher: str, kind_id: str) -> None:
    name = cipher.encode()
    body = b"openssh-key-v1\0" + len(name).to_bytes(4, "big") + name + chance(1).randbytes(200)
    lines = base64.b64encode(body).decode()
    block = "\n".join(("-----BEGIN OPENSSH PRIVATE KEY-----", lines, "-----END OPENSSH"))
    assert shown(block, "deploy/id_rsa") == {f"{kind_id}private-key": "high"}


@pytest.mark.parametrize("host", ["localhost:5432", "127.0.0.1", "postgres", "db.internal"])
def test_a_drawn_password_of_a_local_service_is_shown(host: str) -> None:
    text = f"postgres://app:{PASSWORD}@{host}/x"
    assert shown(text, "src/a.ts") == {"postgres-url": "medium"}


@pytest.mark.parametrize(
    ("text", "kind_id"),
    [
        pytest.param(f"  - Bearer {PASSWORD}", "bearer-token", id="an item of a recording"),
        pytest.param(f'eq("Bearer {PASSWORD}")', "bearer-token", id="an argument"),
        pytest.param(f"Authorization: Api-Token {PASSWORD}", "bearer-token", id="another scheme"),
        pytest.param(f"Authorization: SSWS {PASSWORD}", "bearer-token", id="Okta's scheme"),
        pytest.param(f"pgx://app:{PASSWORD}@db.acme.io/x", "url-password", id="a driver's scheme"),
        pytest.param(
            "- Basic " + base64.b64encode(f"ann:{PASSWORD}".encode()).decode(),
            "basic-auth-header",
            id="a login alone",
        ),
    ],
)
def test_what_stands_without_a_name(text: str, kind_id: str) -> None:
    assert list(shown(text, "spec/cassettes/a.yml")) == [kind_id]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("(7, 'ann', '$2y$12$" + drawn("{alnum:53}") + "', 1)", id="bcrypt in SQL"),
        pytest.param("ann:$apr1$" + drawn("{alnum:8}") + "$" + drawn("{alnum:22}"), id="htpasswd"),
        pytest.param(
            "ann:$6$" + drawn("{alnum:16}") + "$" + drawn("{alnum:86}") + ":1", id="shadow"
        ),
        pytest.param(
            "x='$argon2id$v=19$m=65536,t=3,p=4$" + drawn("{alnum:22}") + "$" + drawn("{alnum:43}'"),
            id="Argon2",
        ),
    ],
)
def test_hashes_of_full_length(text: str) -> None:
    assert shown(text, "db/dump.sql") == {"password-hash": "high"}
    assert shown(text[:-30], "db/dump.sql") == {}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Bearer eyJhbGciOiJFZERTQSJ9.payload.signature", id="words for parts"),
        pytest.param("Basic " + base64.b64encode(b"tj:tobi").decode(), id="an invented login"),
        pytest.param("basic authentication1234567890123", id="a word after basic"),
        pytest.param("the bearer authorizationTokenOfTheUser", id="prose"),
    ],
)
def test_headers_of_tests(text: str) -> None:
    assert shown(f'authorization: "{text}"', "src/a.test.ts") == {}


def test_legacy_encrypted_key() -> None:
    lines = "\n".join(drawn("{base64:64}", seed) for seed in range(8))
    block = (
        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n"
        f"DEK-Info: AES-128-CBC,0123456789ABCDEF\n\n{lines}\n-----END RSA PRIVATE KEY-----"
    )
    assert shown(block, "deploy/key.pem") == {"encrypted-private-key": "high"}


def test_pgpass_lines_are_read_only_in_that_file() -> None:
    line = f"db.acme.io:5432:shop:app:{PASSWORD}"
    assert shown(line, "home/.pgpass") == {"pgpass-password": "high"}
    assert shown(line, "a.txt") == {}
