"""What a path says of the text in it."""

import pytest

from launchready.steps.secret_scan.judging import places


@pytest.mark.parametrize(
    "path",
    [
        "tests/a.py", "src/__tests__/a.ts", "a.test.ts", "a_test.go", "test_a.py", "UserTest.java",
        "spec/models/a.rb", "docs/a.txt", "README.md", "examples/a.py", "e2e/login.ts",
        ".env.example", "config.dist.yml", "env.sample", "fixtures/key.pem", "a.stories.tsx",
        "a.ipynb", "charts/app/charts/db-1.2.tgz!/db/values.yaml",
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


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        ("docker-compose.dev.yml", True), (".github/workflows/a.yml", True), (".travis.yml", True),
        ("config/local/a.ini", True), (".env.development", True), ("docker-compose.yml", False),
        ("src/device.py", False), ("localhost.yml", False), (None, False),
    ],
)  # fmt: skip
def test_rehearsals(path: str | None, is_one: bool) -> None:
    assert places.is_rehearsal(path) is is_one


@pytest.mark.parametrize(
    ("path", "is_document"),
    [
        ("docs/a.md", True), ("node_modules/a/b.js", True), ("charts/db-1.2.tgz!/db/a.yaml", True),
        ("charts/app/values.yaml", False), ("README.md", False), (None, False),
    ],
)  # fmt: skip
def test_documents(path: str | None, is_document: bool) -> None:
    assert places.is_document(path) is is_document
