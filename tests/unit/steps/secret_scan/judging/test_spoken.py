"""Passwords handed to programs, and keys that stand after the name of a service."""

import pytest
from tests.unit.steps.secret_scan.judging.judged import drawn, hits, shown

from launchready.model import Confidence

PASSWORD = drawn("{alnum:20}")
KEY = drawn("{alnum:32}", seed=9)
LINES = {
    "curl": "curl -s -u ann:{} https://api.acme.io/v1",
    "curl, long and quoted": 'curl --user "ann:{}" https://api.acme.io',
    "curl, no user": "curl -u ':{}' https://api.acme.io",
    "curl, quoted by itself": "curl --user ann:'{}' -X PATCH",
    "mysql": "mysql -h db.acme.io -u app -p{} shop",
    "mysqldump, quoted": "mysqldump -uapp -p'{}' shop > a.sql",
    "sshpass": "sshpass -p {} ssh ann@web1",
    "redis-cli": "redis-cli -h cache.acme.io -a {} ping",
    "docker": "docker login -u ann -p {} registry.acme.io",
    "psexec": r"psexec \\host1 -u Administrator -p {} cmd",
    "ldapsearch": "ldapsearch -x -D cn=admin -w {} -b dc=acme",
    "openssl": "openssl rsa -in a.key -passin pass:{}",
}


@pytest.mark.parametrize("line", LINES.values(), ids=LINES.keys())
def test_programs_that_are_handed_a_password(line: str) -> None:
    found = hits(line.format(PASSWORD), "deploy.sh")
    hit = found["command-line-password"]
    assert {each.start for each in found.values()} == {hit.start}  # it is the most specific kind
    assert line.format(PASSWORD)[hit.start : hit.end] == PASSWORD
    assert hit.confidence is Confidence.HIGH


@pytest.mark.parametrize(
    "line",
    [
        "mysql -h 10.0.0.7 -P3306 -uroot",
        "docker run -u 1000:1000 -p 8080:80 acme",
        "docker login -u ann -p $TOKEN registry.acme.io",
        'curl -u "$USER:$PASS_9" https://api.acme.io',
        "curl -u user:password https://api.acme.io",
        "mysql -u root -p shop",
        "sshpass -e ssh ann@web1",
        'openssl pkcs12 -passin "pass:<new passphrase>" 2>&1 | grep -E "subject|issuer"',
    ],
)
def test_command_lines_without_a_password(line: str) -> None:
    assert shown(line, "deploy.sh") == {}


def test_a_weak_password_of_a_runner_is_no_news() -> None:
    line = "mysql -uroot -p" + "lettuce" + "42 shop"
    assert shown(line, "deploy.sh") == {"command-line-password": "medium"}
    assert shown(line, ".github/workflows/a.yml") == {}


@pytest.mark.parametrize(
    "text",
    [
        f"tomtom key {KEY}",
        f"Our Shodan API token is {KEY}".replace("is ", "- "),
        f"# ipdata secret-key -> {KEY}",
        f"runscope access_token, {drawn('{hex:8}-{hex:4}-4{hex:3}-9{hex:3}-{hex:12}')}",
    ],
)
def test_keys_after_the_name_of_a_service(text: str) -> None:
    assert shown(text, "notes/setup.sh") == {"named-service-key": "medium"}


@pytest.mark.parametrize(
    ("text", "kind_id"),
    [
        (f"deepgram = {drawn('{hex:40}')}", "shaped-service-key"),
        (f'"tomtom": "{drawn("{hex:32}")}"', "shaped-service-key"),
        (f"wandb {drawn('{hex:40}')}", "shaped-service-key"),
        (f"deepgram-api: {drawn('{hex:40}')}", "shaped-service-key"),
        (f"customer.io api key {drawn('{hex:32}')}", "named-service-key"),
        (f"ai21: '{drawn('{hex:8}-{hex:4}-4{hex:3}-9{hex:3}-{hex:12}')}'", "shaped-service-key"),
        (f"tomtom_api_key = {drawn('{hex:32}')}", "generic-api-key"),
        (f"tomtomPRIVATE={drawn('{hex:32}')}", "named-service-key"),
        (
            f"transferwise_key={drawn('{hex:8}-{hex:4}-4{hex:3}-9{hex:3}-{hex:12}')}",
            "named-service-key",
        ),
    ],
)
def test_each_key_of_a_service_is_told_once(text: str, kind_id: str) -> None:
    assert shown(text, "notes/setup.sh") == {kind_id: "medium"}


@pytest.mark.parametrize(
    "text",
    [
        f"deepgram = {drawn('{hex:64}')}",
        f"tomtom {drawn('{hex:40}')}",
        f"github = {drawn('{hex:40}')}",
        f"sentry release {drawn('{hex:40}')}",
        f"https://tomtom.com/{drawn('{hex:32}')}",
    ],
)
def test_another_shape_than_the_service_s_is_no_key(text: str) -> None:
    assert hits(text, "notes/setup.sh") == {}


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (f'"https://a.vercel.app#{drawn("{hex:40}")}"', "a.txt"),
        (f"tomtom key {KEY}", "yarn.lock"),
        ("tomtom key 123e4567-e89b-12d3-a456-426614174000", "a.sh"),
        ("tomtom key 48e92789-57a3-466a-9959-1a1a1a1a1a1a", "a.sh"),
        ("stripe secret abcdefghij1234567890", "a.sh"),
        (f"tomtom key {KEY}", "site/search/search_index.json"),
        ("trello key react-native-maps", "a.sh"),
        ("github.com/stripe/token/v76/webhook/handler.go", "a.sh"),
        (f"acme key {KEY}", "a.sh"),
    ],
)
def test_what_is_no_key_of_a_service(text: str, path: str) -> None:
    assert shown(text, path) == {}


@pytest.mark.parametrize(
    "text",
    [
        f'server.login("ann@acme.io", "{PASSWORD}")',
        f"requests.get(url, auth=HTTPBasicAuth('ann',\n    '{PASSWORD}'))",
        f'new DirectoryEntry("LDAP://acme.io", "ann", "{PASSWORD}")',
        f'new NetworkCredential("ann", "{PASSWORD}")',
    ],
)
def test_passwords_handed_to_a_login(text: str) -> None:
    (hit,) = hits(text, "src/mail.py").values()
    assert hit.kind_id == "login-call-password"
    assert text[hit.start : hit.end] == PASSWORD
    assert hit.confidence is Confidence.HIGH


@pytest.mark.parametrize(
    "text",
    [
        'login("email", "Password")',
        'login("Sign in", "Continue_with_Google")',
        'self.client.login("ann", "admin/login.html")',
        'login("ann", "userpassword")',
        'login(user, "' + "lettuce" + '")',
    ],
)
def test_other_words_handed_to_a_login(text: str) -> None:
    assert hits(text, "src/mail.py") == {}
