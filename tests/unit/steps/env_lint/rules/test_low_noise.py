"""What rules said wrongly of repositories that they were not built on, and what they still say."""

from pathlib import Path

import pytest
from tests.unit.steps.env_lint.linted import fires, silent

from launchready.model import FileLocation

URL, UNUSED, IGNORED = "malformed-url", "unused-variable", "env-file-not-ignored"
DATABASE, OPTIONAL = "empty-database-in-url", "undocumented-optional-variable"
MAYBE, PROSE = "read-but-undeclared", "declared-in-prose-only"
TRUTH, DEFAULT = "misread-boolean", "secret-with-public-default"
DIFFERS = "value-differs-by-loader"

SILENT = {
    "a broker is dialled": (URL, "--- .env\nA_URL=localhost:7233\nKAFKA_URL=k.example:9092\n"),
    "an address for a build": (
        DATABASE,
        ("--- Dockerfile\nFROM node:22 AS build\nENV DATABASE_URL=postgres://a:<secret>@host\n"
        "FROM node:22\nARG DATABASE_URL=postgres://a:<secret>@host\n"),
    ),
    "a tool of the command line": (UNUSED, "--- .env.example\nCOMPOSE_BAKE=true\n"),
    "a library's own": (
        UNUSED,
        ('--- package.json\n{"dependencies": {"next-i18next": "15"}}\n'
        "--- .env.example\nI18NEXT_DEFAULT_CONFIG_PATH=./i18n.js\n"),
    ),
    "a monitor's own": (
        UNUSED,
        ('--- pyproject.toml\n[project]\nname = "a"\nversion = "1"\ndependencies = ["flower>=2"]\n'
        "--- .env.example\nFLOWER_BASIC_AUTH=\n"),
    ),
    "joined of symbols": (
        UNUSED,
        ("--- .env.example\nSTRIPE__TEST__BUNDLE_BLACK=\n"
        "--- app/a.rb\nCredentials.fetch(:STRIPE, mode, :BUNDLE_BLACK)\n"),
    ),
    "a template for a platform": (
        IGNORED,
        "--- .gitignore\n.env\n--- .env.render.example\nA=\n--- api/.env.vps.example\nA=\n",
    ),
    "an infrastructure program gives it": (
        MAYBE,
        ("--- infra/src/stack.ts\nnew Function(a, { environment: { BUCKET_NAME: b.name } });\n"
        "--- infra/src/lambda.ts\nstore(process.env.BUCKET_NAME!);\n"),
    ),
    "an infrastructure program and a document": (
        PROSE,
        ("--- infra/src/stack.ts\nnew Function(a, { environment: { BUCKET_NAME: b.name } });\n"
        "--- README.md\nBUCKET_NAME is the bucket.\n"
        "--- infra/src/lambda.ts\nstore(process.env.BUCKET_NAME!);\n"),
    ),
    "a process is started with it": (
        MAYBE,
        ('--- app/start.py\nimport os\nenv = os.environ.copy()\nenv["CHILD_ID"] = str(run)\n'
        'env.update({"CHILD_NAME": name})\n'
        '--- app/child.py\nimport os\nuse(os.environ["CHILD_ID"], os.environ["CHILD_NAME"])\n'),
    ),
    "a few known texts": (
        PROSE,
        ("--- README.md\nCI_MODE is simple or parallel.\n"
        "--- src/a.ts\nrun(process.env.CI_MODE === Mode.SIMPLE ? Mode.SIMPLE : Mode.PARALLEL);\n"),
    ),
    "a comment of YAML": (
        OPTIONAL, '--- config/a.yml\n# url: <%= ENV["OLD_WEBHOOK"] %>\nname: <%= 1 %>\n'
    ),
    "a value that Laravel makes a boolean of": (
        TRUTH,
        (
            "--- .env\nAPP_DEBUG=false\n"
            "--- config/app.php\n<?php return ['debug' => (bool) env('APP_DEBUG', false)];\n"
        ),
    ),
    "a name beside a password": (
        DEFAULT, "--- config/auth.php\n<?php return env('AUTH_PASSWORD_BROKER', 'users');\n"
    ),
    "a server's password": (
        DEFAULT, "--- config/db.php\n<?php return ['password' => env('DB_PASSWORD', 'n0rthern')];\n"
    ),
    "one loader that hands to another": (
        DIFFERS,
        (
            '--- a.ts\nimport { config } from "dotenv";\nimport { expand } from "dotenv-expand";\n'
            "expand(config());\n--- .env\nHOST=a.example\nURL=https://${HOST}/x\n"
        ),
    ),
    "a template of a container's file": (
        DIFFERS,
        (
            '--- package.json\n{"dependencies": {"next": "16"}}\n'
            "--- compose.yml\nservices: {web: {build: ., env_file: web.env}}\n"
            "--- app.py\nfrom dotenv import load_dotenv\nload_dotenv()\n"
            "--- web.env.example\nHOST=a.example\nURL=https://$HOST/x\n"
        ),
    ),
    "a failure that is passed over": (
        PROSE,
        (
            "--- README.md\nLOG_LEVELS is a list.\n"
            "--- src/a.ts\nlet a;\ntry { a = JSON.parse(process.env.LOG_LEVELS); } catch {}\n"
        ),
    ),
    "a search engine of Laravel's": (
        UNUSED,
        ('--- composer.json\n{"require": {"laravel/scout": "^11"}}\n'
        "--- .env.example\nMEILISEARCH_HOST=\n"),
    ),
    "a file for an image of others": (
        UNUSED,
        (
            "--- compose.yml\nservices: {db: {image: 'postgres:17', env_file: [./db.env]}}\n"
            "--- db.env\nPOSTGRES_INITDB_WALDIR=/wal\n"
        ),
    ),
}  # fmt: skip
FIRES = {
    "a site without a scheme": (URL, "--- .env\nAPI_URL=api.example.com:8443\n"),
    "an address of a program": (DATABASE, "--- .env\nA_URL=postgres://a:<secret>@h.example\n"),
    "another library": (
        UNUSED,
        ('--- package.json\n{"dependencies": {"next": "15"}}\n'
        "--- .env.example\nI18NEXT_DEFAULT_CONFIG_PATH=./i18n.js\n"),
    ),
    "joined of others": (
        UNUSED,
        ("--- .env.example\nSTRIPE__TEST__BUNDLE_BLACK=\n"
        "--- app/a.rb\nCredentials.fetch(:STRIPE, mode, :BUNDLE_WHITE)\n"),
    ),
    "a template of an environment": (
        IGNORED, "--- .gitignore\n.env\n--- .env.production.example\nA=\n"
    ),
    "a template where git ignores nothing": (IGNORED, "--- .env.render.example\nA=\n"),
    "no infrastructure": (
        MAYBE,
        ("--- web/src/stack.ts\nconst environment = { BUCKET_NAME: b.name };\n"
        "--- web/src/lambda.ts\nstore(process.env.BUCKET_NAME!);\n"),
    ),
    "a process hands on what it has": (
        MAYBE,
        '--- app/start.py\nimport os\nenv = {}\nenv["CHILD_ID"] = os.environ["CHILD_ID"]\n',
    ),
    "a secret is compared": (
        PROSE,
        ("--- README.md\nCRON_SECRET is the secret.\n"
        "--- src/a.ts\nexport const ok = (given: string) => given === process.env.CRON_SECRET;\n"),
    ),
    "a value that code asks for any text of": (
        TRUTH,
        (
            "--- .env\nAPP_DEBUG=false\n"
            "--- config/app.php\n<?php return ['debug' => (bool) getenv('APP_DEBUG')];\n"
        ),
    ),
    "a key that signs": (
        DEFAULT, "--- config/a.php\n<?php return ['k' => env('DB_SIGNING_SECRET', 'n0rthern')];\n"
    ),
    "two loaders": (
        DIFFERS,
        (
            '--- a.ts\nimport { config } from "dotenv";\nconfig();\n'
            '--- b.ts\nimport { expand } from "dotenv-expand";\nexpand({});\n'
            "--- .env\nHOST=a.example\nURL=https://${HOST}/x\n"
        ),
    ),
    "a failure that is told": (
        PROSE,
        (
            "--- README.md\nLOG_LEVELS is a list.\n--- src/a.ts\nlet a;\n"
            "try { a = JSON.parse(process.env.LOG_LEVELS); } catch (e) { stop(e); }\n"
        ),
    ),
    "a file for an image of one's own": (
        UNUSED,
        (
            "--- compose.yml\nservices: {db: {image: 'ghcr.io/shop/db:1', env_file: db.env}}\n"
            "--- db.env\nPOSTGRES_INITDB_WALDIR=/wal\n"
        ),
    ),
    "a value of YAML": (OPTIONAL, '--- config/a.yml\nurl: <%= ENV["WEBHOOK"] %>\n'),
}  # fmt: skip


@pytest.mark.parametrize("name", SILENT)
def test_silent(name: str, tmp_path: Path) -> None:
    rule, text = SILENT[name]
    silent(tmp_path, rule, text)


@pytest.mark.parametrize("name", FIRES)
def test_fires(name: str, tmp_path: Path) -> None:
    rule, text = FIRES[name]
    fires(tmp_path, rule, text)


def test_each_name_that_a_grouped_note_shows_has_its_place(tmp_path: Path) -> None:
    reads = "".join(f"a(process.env.{c}_SIZE ?? 'x');\n" for c in "QABCDEFGHIJKLMNOP")
    (found,) = fires(tmp_path, OPTIONAL, f"--- src/a.ts\n{reads}")
    assert "17 variables" in found.message
    assert "'L_SIZE' and 5 more" in found.message
    places = [found.location, *(each.location for each in found.related)]
    assert [place.line for place in places if isinstance(place, FileLocation)] == list(range(2, 14))


DEFAULTS = {
    "ADMIN_PASSWORD": "the password",
    "WEBHOOK_SECRET": "what tells genuine webhooks",
    "ENCRYPTION_KEY": "the key that data are encrypted with",
    "SESSION_SECRET": "what sessions or tokens are signed with",
    "HASHID_SALT": "what hashes and hidden numbers are made with",
}


def test_a_default_is_told_for_what_it_is(tmp_path: Path) -> None:
    reads = "".join(f'a(process.env.{name} ?? "keyboard-cat-1");\n' for name in DEFAULTS)
    found = fires(tmp_path, "secret-with-public-default", f"--- src/a.ts\n{reads}")
    assert {
        f.identity: use in f.message for f in found for use in [DEFAULTS[f.identity]]
    } == dict.fromkeys(DEFAULTS, True)


def test_what_a_loader_leaves_as_it_stands_is_not_what_was_meant(tmp_path: Path) -> None:
    (found,) = fires(
        tmp_path,
        "value-differs-by-loader",
        '--- package.json\n{"dependencies": {"next": "16"}, "scripts": '
        '{"up": "docker run --env-file .env shop"}}\n--- .env\nHOST=a.example\nURL=https://${HOST}/x\n',
    )
    assert "docker run --env-file: with `${…}` as it stands" in found.message


CREDENTIALS = """\
--- .env.example
LISTED=
--- app/lib/credentials.rb
module Credentials
  DELIMITER = "%s"
  def self.fetch(*parts, fallback: nil)
    key = parts.join(DELIMITER).upcase
    ENV[key] || Rails.application.credentials.dig(*parts) || fallback
  end
end
--- app/models/pay.rb
Plaid.new(Credentials.fetch(:PLAID, :client_id), Credentials.fetch(:API_TOKEN, fallback: "x"))
"""


def test_names_that_are_joined_of_symbols(tmp_path: Path) -> None:
    (found,) = fires(tmp_path / "a", OPTIONAL, CREDENTIALS % "__")
    assert "'API_TOKEN', 'PLAID__CLIENT_ID'" in found.message
    silent(tmp_path / "a2", "dynamic-read", CREDENTIALS % "__")
    silent(tmp_path / "b", OPTIONAL, CREDENTIALS % "-")


CONSTANTS = """\
--- .env.example
LISTED=
--- %s
%s
--- %s
%s
"""
IN_LANGUAGES = {
    "a module's": ("a/names.py", 'DATABASE: str = "MAIN_URL"', "a/b.py",
                   "import os\nfrom a import names\nopen(os.environ[names.DATABASE])"),
    "a class's": ("a/names.py", 'class Names:\n    DATABASE = "MAIN_URL"', "a/b.py",
                  "import os\nfrom a.names import Names\nopen(os.environ[Names.DATABASE])"),
    "a package's": ("a/names.go", 'package a\nconst EnvDatabase = "MAIN_URL"', "b/b.go",
                    "package b\nfunc f() { use(os.Getenv(a.EnvDatabase)) }"),
}  # fmt: skip


@pytest.mark.parametrize("name", IN_LANGUAGES)
def test_names_that_are_constants_of_another_file(name: str, tmp_path: Path) -> None:
    text = CONSTANTS % IN_LANGUAGES[name]
    rule = OPTIONAL if name == "a package's" else "undeclared-variable"
    (found,) = fires(tmp_path / "a", rule, text)
    assert "'MAIN_URL'" in found.message
    silent(tmp_path / "b", "dynamic-read", text)
    other = "--- a/others.%s\nDATABASE = 'OTHER_URL'\nEnvDatabase = 'OTHER_URL'\n"
    fires(tmp_path / "c", "dynamic-read", text + other % IN_LANGUAGES[name][0].rpartition(".")[2])
