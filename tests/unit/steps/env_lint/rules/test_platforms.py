"""Secrets in files of platforms, images and env files: what is told and what is left alone."""

from pathlib import Path

import pytest
from tests.unit.steps.env_lint.linted import fires, silent

K8S = "apiVersion: v1\nkind: {kind}\nmetadata: {{name: x}}\n{body}\n"

SECRET = K8S.format(kind="Secret", body="stringData: {JWT_SECRET: <secret>}")


@pytest.mark.parametrize(
    ("rule", "text", "message"),
    [
        pytest.param(
            "secret-in-platform-file",
            '--- vercel.json\n{"env": {"STRIPE_KEY": "<sk_live>"}}\n',
            "STRIPE_KEY is given a credential (Stripe, live mode) in vercel.json; expected no"
            " secret in a file that git keeps",
            id="a-live-key",
        ),
        pytest.param(
            "secret-in-platform-file",
            "--- render.yaml\nservices:\n- name: api\n  envVars:\n"
            "  - {key: DATABASE_URL, value: 'postgres://u:<secret>@db.example.net/app'}\n",
            "DATABASE_URL is given an address with a password, of db.example.net in 'api' of"
            " render.yaml; expected no secret in a file that git keeps",
            id="a-password-in-an-address",
        ),
        pytest.param(
            "secret-in-platform-file",
            "--- serverless.yml\nprovider: {environment: {JWT_SECRET: <secret>}}\n",
            "JWT_SECRET is given a secret in 'provider' of serverless; expected no secret in a file"
            " that git keeps",
            id="a-random-value-of-a-secrets-name",
        ),
        pytest.param(
            "inline-secret-in-compose",
            "--- docker-compose.prod.yml\nservices: {db: {environment: "
            "{POSTGRES_PASSWORD: <secret>}}}\n",
            "POSTGRES_PASSWORD is given a secret in service 'db'; expected no secret in a file that"
            " git keeps",
            id="a-database-of-production",
        ),
        pytest.param(
            "secret-in-config-map",
            "--- chart/values-prod.yaml\nenv:\n  JWT_SECRET: <secret>\n",
            "JWT_SECRET is given a secret in 'env' of helm; expected no secret in a file that git"
            " keeps",
            id="helm-values",
        ),
        pytest.param(
            "secret-in-secret-manifest",
            "--- k8s/s.yaml\n" + SECRET,
            "JWT_SECRET is given a secret in 'Secret/x'; expected no secret in a file that git"
            " keeps",
            id="a-manifest-of-a-secret",
        ),
        pytest.param(
            "secret-in-image",
            "--- Dockerfile\nFROM x AS build\nARG JWT_SECRET=<secret>\nFROM x\n",
            "ARG JWT_SECRET is given a secret; expected none in an image",
            id="a-value-in-any-stage-stands-in-git",
        ),
        pytest.param(
            "secret-name-in-image",
            "--- Dockerfile\nFROM x AS base\nARG NPM_TOKEN\nFROM base\nENV NPM_TOKEN=$NPM_TOKEN\n",
            "ARG NPM_TOKEN leaves its value in the image; expected a secret mount, or a stage that"
            " is not delivered",
            id="a-stage-that-the-last-is-made-of",
        ),
        pytest.param(
            "env-file-in-image",
            '--- api/Dockerfile\nFROM x\nCOPY [".env", "/app/"]\n',
            "'.env' is copied into the image; expected variables from outside when it runs",
            id="a-copy-as-a-list",
        ),
        pytest.param(
            "env-file-tracked",
            "--- deploy/api.env\nJWT_SECRET=<secret>\nPORT=1\nSTRIPE_KEY=<sk_live>\n",
            "git tracks 'deploy/api.env' with a secret for JWT_SECRET and 1 more; expected the file"
            " to be ignored",
            id="a-random-value-and-a-live-key",
        ),
        pytest.param(
            "env-file-tracked",
            "--- .env.development\nJWT_SECRET=<secret>\nSTRIPE_KEY=<sk_live>\n",
            "git tracks '.env.development' with a credential (Stripe, live mode) for STRIPE_KEY;"
            " expected the file to be ignored",
            id="a-live-key-of-developers",
        ),
        pytest.param(
            "env-file-in-image",
            "--- deploy/api.env\nJWT_SECRET=<secret>\n--- deploy/Dockerfile\nFROM x\n"
            "COPY api.env .\n",
            "'api.env' is copied into the image; expected variables from outside when it runs",
            id="a-tracked-file-of-another-name",
        ),
        pytest.param(
            "env-file-not-ignored",
            "--- .gitignore\n.env*\n!.env.local\n!*.example\n--- app/.env.local.example\nA=\n",
            "'app/.env.local.example' is a template of 'app/.env.local', which no .gitignore names;"
            " expected it to be ignored",
            id="taken-out-again",
        ),
        pytest.param(
            "env-file-not-ignored-by-docker",
            "--- api/.env.example\nA=\n--- api/.dockerignore\nnode_modules\n"
            "--- api/Dockerfile\nFROM x\nCOPY . .\n",
            "COPY . takes 'api/.env' along where it is there; expected .dockerignore to name it",
            id="a-context-of-its-own",
        ),
    ],
)
def test_fires(rule: str, text: str, message: str, tmp_path: Path) -> None:
    assert [found.message for found in fires(tmp_path, rule, text)] == [message]


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        pytest.param(
            "secret-in-platform-file",
            '--- app.json\n{"environments": {"test": {"env": {"JWT_SECRET": "<secret>",'
            ' "STRIPE_KEY": "<sk_test>"}}}}\n',
            id="values-of-tests",
        ),
        pytest.param(
            "secret-in-platform-file",
            '--- fly.toml\n[env]\nSTRIPE_KEY = "sk_live_..."\nDATABASE_URL = '
            '"postgres://postgres:postgres@localhost/x"\nJWT_SECRET = "changeme"\n',
            id="placeholders-and-local-addresses",
        ),
        pytest.param(
            "inline-secret-in-compose",
            "--- docker-compose.yml\nservices:\n"
            "  db: {environment: {POSTGRES_PASSWORD: <secret>}}\n"
            "  web: {environment: {DATABASE_URL: 'postgres://u:<secret>@db/x', KEY: '${KEY}'}}\n",
            id="a-database-of-this-machine",
        ),
        pytest.param(
            "inline-secret-in-compose",
            "--- .ci/compose.cypress.yaml\n"
            "services: {a: {environment: {COOKIE_SECRET: <secret>}}}\n",
            id="a-compose-file-of-ci",
        ),
        pytest.param(
            "inline-secret-in-compose",
            "--- compose.override.yml\nservices: {a: {environment: {COOKIE_SECRET: <secret>}}}\n",
            id="an-override-of-a-developer",
        ),
        pytest.param(
            "secret-in-platform-file",
            "--- render.yaml\nservices:\n- name: api\n  envVars:\n"
            "  - {key: DATABASE_URL, value: 'postgres://u:<secret>@db/app'}\n"
            "  - {key: CACHE_URL, value: 'redis://u:<secret>@${HOST}/1'}\n",
            id="hosts-that-others-do-not-reach",
        ),
        pytest.param(
            "env-file-not-ignored",
            "--- api/.gitignore\nx\n--- .gitignore\n.env\n--- app/.env.example\nA=\n",
            id="a-gitignore-of-another-folder",
        ),
        pytest.param(
            "secret-in-config-map",
            "--- k8s/s.yaml\n" + SECRET,
            id="a-secret-is-no-config-map",
        ),
        pytest.param(
            "password-in-config-map",
            "--- k8s/s.yaml\n"
            + K8S.format(kind="Secret", body="stringData: {DB_PASSWORD: n0rthern-harbour-77}"),
            id="a-secret-is-no-config-map-either",
        ),
        pytest.param(
            "secret-in-secret-manifest",
            "--- k8s/s.yaml\n" + K8S.format(kind="ConfigMap", body="data: {JWT_SECRET: <secret>}"),
            id="a-config-map-is-no-secret",
        ),
        pytest.param(
            "secret-name-in-image",
            "--- Dockerfile\nFROM x\nENV DB_PASSWORD=${DB_PASSWORD:-} NEXT_PUBLIC_API_KEY=$K\n"
            'ENV SECRET_KEY=""\n',
            id="empty-or-for-browsers",
        ),
        pytest.param(
            "secret-name-in-image",
            "# the tool's own line\n--- Dockerfile\n# check=skip=SecretsUsedInArgOrEnv\nFROM x\n"
            "ARG NPM_TOKEN\n",
            id="accepted-for-buildkit",
        ),
        pytest.param(
            "secret-name-in-image",
            "--- Dockerfile.dev\nFROM x\nARG NPM_TOKEN\n",
            id="an-image-for-developers",
        ),
        pytest.param(
            "env-file-in-image",
            "--- .env.production\nNEXT_PUBLIC_URL=https://example.com\n--- Dockerfile\nFROM x\n"
            "COPY .env.production .env.example dist/app.env ./\n"
            "FROM x AS t\nCOPY --from=0 .env .\nCOPY <<EOF .env\nEOF\n",
            id="no-secrets-in-it-or-of-another-stage",
        ),
        pytest.param(
            "env-file-in-image",
            "--- test/Dockerfile\nFROM x\nCOPY .env .\n",
            id="an-image-of-tests",
        ),
        pytest.param(
            "env-file-tracked",
            "--- .env\nA=1\nJWT_SECRET=changeme\nSTRIPE_KEY=sk_test_your_key\n"
            "DATABASE_URL=postgres://u:<secret>@localhost/x\n--- .env.test\nJWT_SECRET=<secret>\n"
            "STRIPE_KEY=<sk_test>\n--- .env.example\nJWT_SECRET=<secret>\n",
            id="placeholders-local-values-tests-and-templates",
        ),
        pytest.param(
            "env-file-with-passwords-tracked",
            "--- docker/db.env\nMYSQL_ROOT_PASSWORD=n0rthern-harbour-77\n"
            "CONNECTION_STRING=<host>:<port>/x\n",
            id="the-first-user-of-a-database",
        ),
        pytest.param(
            "env-file-not-ignored",
            "--- .gitignore\n*\n!/app\n--- app/.gitignore\n/.env\n--- app/.env.example\nA=\n"
            "--- env.example\nA=\n--- tests/.env.example\nA=\n--- .env.dist\nA=\n--- .env\nB=1\n",
            id="ignored-tracked-or-of-no-concern",
        ),
        pytest.param(
            "env-file-not-ignored-by-docker",
            "--- .env.example\nA=\n--- Dockerfile\nFROM x\nCOPY . .\n--- Dockerfile.dockerignore\n"
            "*\n!src\n",
            id="an-ignore-file-of-the-dockerfile",
        ),
        pytest.param(
            "env-file-not-ignored-by-docker",
            "--- .env.example\nA=\n--- Dockerfile\nFROM x\nCOPY src .\nCOPY --from=y . .\n"
            "--- Dockerfile.dev\nFROM x\nCOPY . .\n--- api/Dockerfile\nFROM x AS b\nCOPY . .\n"
            "FROM y\n",
            id="what-is-copied-or-delivered",
        ),
    ],
)
def test_silent(rule: str, text: str, tmp_path: Path) -> None:
    silent(tmp_path, rule, text)


def test_a_name_that_the_config_calls_public_is_no_secret(tmp_path: Path) -> None:
    text = "--- Dockerfile\nFROM x\nARG MAPS_API_KEY\nARG WEB_SECRET=<secret>\n"
    public = ("MAPS_API_KEY", "WEB_SECRET")
    silent(tmp_path / "a", "secret-name-in-image", text, public=public)
    silent(tmp_path / "b", "secret-in-image", text, public=public)


def test_an_anchor_is_told_once(tmp_path: Path) -> None:
    text = (
        "--- compose.yml\nx-env: &env {JWT_SECRET: <secret>}\nservices:\n"
        "  a: {environment: *env}\n  b: {environment: {<<: *env}}\n"
    )
    (found,) = fires(tmp_path, "inline-secret-in-compose", text)
    assert "service 'a'" in found.message
