"""What a path says of the text in it."""

import pytest

from launchready.steps.secret_scan.judging import places


@pytest.mark.parametrize(
    "path",
    [
        "tests/a.py", "src/__tests__/a.ts", "a.test.ts", "a_test.go", "test_a.py", "UserTest.java",
        "spec/models/a.rb", "docs/a.txt", "README.md", "examples/a.py", "e2e/login.ts",
        ".env.example", "config.dist.yml", "env.sample", "fixtures/key.pem", "a.stories.tsx",
        "a.ipynb",
    ],
)  # fmt: skip
def test_fixtures(path: str) -> None:
    assert places.is_fixture(path)


@pytest.mark.parametrize(
    "path",
    ["src/a.py", ".env", "latest.ts", "contest/a.py", "src/attestation.go", "prod.tfvars", None],
)
def test_no_fixtures(path: str | None) -> None:
    assert not places.is_fixture(path)


@pytest.mark.parametrize(
    "path",
    [
        "yarn.lock",
        "a/package-lock.json",
        "go.sum",
        "app.min.js",
        "a.css",
        "locales/de.json",
        "messages/de.json",
        "a.po",
    ],
)
def test_generated(path: str) -> None:
    assert places.is_generated(path)


@pytest.mark.parametrize(
    "path",
    ["package.json", "a.js", "locale.py", "lockfile.py", "door_lock.yml", "messages/A.java", None],
)
def test_not_generated(path: str | None) -> None:
    assert not places.is_generated(path)


@pytest.mark.parametrize(
    ("path", "needs"),
    [
        ("a.py", True), ("a.tsx", True), ("main.tf", True), ("a.toml", True), ("a.json", True),
        (".env", False), ("a.yml", False), ("a.ini", False), ("Dockerfile", False), (None, False),
    ],
)  # fmt: skip
def test_quotes(path: str | None, needs: bool) -> None:
    assert places.needs_quotes(path) is needs


@pytest.mark.parametrize(
    ("path", "is_store"),
    [
        ("home/.netrc", True), (".vscode/sftp.json", True), (".aws/credentials", True),
        (".ftpconfig", True), ("my.netrc.py", False), ("src/credentials.py", False), (None, False),
    ],
)  # fmt: skip
def test_credential_stores(path: str | None, is_store: bool) -> None:
    assert places.is_credential_store(path) is is_store


@pytest.mark.parametrize(
    ("path", "is_prose"),
    [("a.md", True), ("LICENSE", True), (None, True), ("a.yml", False), (".env", False)],
)
def test_prose(path: str | None, is_prose: bool) -> None:
    assert places.is_prose(path) is is_prose
