"""Variables that are needed only beside another, and those that documents or packages tell of."""

from pathlib import Path

import pytest
from tests.unit.steps.env_lint.linted import fires, silent

LISTED = "--- .env.example\nLISTED=\n"
BESIDE = """\
--- src/settings.py
import os
url = os.environ.get("DATABASE_URL", "sqlite://")
if "OLD_DB_NAME" in os.environ:
    old = {"name": os.environ["OLD_DB_NAME"], "user": os.environ["OLD_DB_USER"]}
"""
UNSET = """\
--- src/settings.py
import os
if "OLD_DB_NAME" in os.environ:
    old = os.environ["OLD_DB_NAME"]
else:
    new = os.environ["NEW_DB_NAME"]
"""


def test_what_runs_beside_an_unknown_switch_is_as_optional(tmp_path: Path) -> None:
    silent(tmp_path, "undeclared-variable", BESIDE)


def test_what_runs_beside_a_switch_that_is_documented_is_needed(tmp_path: Path) -> None:
    (found,) = fires(
        tmp_path, "undeclared-variable", BESIDE + "--- .env.example\nOLD_DB_NAME=\nDATABASE_URL=\n"
    )
    assert found.identity == "OLD_DB_USER"


def test_what_runs_where_the_switch_is_not_set_is_needed_there(tmp_path: Path) -> None:
    fires(tmp_path, "read-but-undeclared", UNSET + "--- .env.example\nOLD_DB_NAME=\n")


OPTIONAL = "--- src/a.ts\nconst level = process.env.AUDIT_LEVEL ?? 'info';\n"
TELLING = {
    "a manual": "--- docs/configuration.md\n`AUDIT_LEVEL`: how much is kept\n",
    "a template of no known format": "--- app.conf.example\n#AUDIT_LEVEL=info\n",
}
NOT_TELLING = {
    "a list of changes": "--- CHANGELOG.md\n- adds AUDIT_LEVEL\n",
    "our baseline": '--- .launchready/baseline.json\n{"message": "AUDIT_LEVEL"}\n',
    "our reports": '--- launchready-reports/env-lint.json\n{"message": "AUDIT_LEVEL"}\n',
    "code that is called so": "--- src/default.ts\n// AUDIT_LEVEL\n",
}


@pytest.mark.parametrize("text", TELLING.values(), ids=TELLING)
def test_what_a_document_tells_is_documented(text: str, tmp_path: Path) -> None:
    silent(tmp_path, "undocumented-optional-variable", OPTIONAL + text)


@pytest.mark.parametrize("text", NOT_TELLING.values(), ids=NOT_TELLING)
def test_what_tells_nobody_of_it_does_not(text: str, tmp_path: Path) -> None:
    fires(tmp_path, "undocumented-optional-variable", OPTIONAL + text)


SDK = """\
--- package.json
{"private": true}
--- apps/api/package.json
{"name": "api"}
--- apps/api/.env.example
TELEGRAM_BOT_USERNAME=
OTHER_BOT_USERNAME=
--- packages/bot/package.json
{"name": "bot", "dependencies": {"%s": "4"}}
"""


def test_a_package_of_another_project_reads_it(tmp_path: Path) -> None:
    (found,) = fires(tmp_path / "a", "unused-variable", SDK % "@chat-adapter/telegram")
    assert found.identity == "OTHER_BOT_USERNAME"
    assert len(fires(tmp_path / "b", "unused-variable", SDK % "left-pad")) == 2


def test_a_beginning_that_a_package_of_another_project_reads_is_not_enough(tmp_path: Path) -> None:
    text = SDK.replace("OTHER_BOT_USERNAME", "LANGFUSE_UI_LOGO") % "langfuse"
    assert len(fires(tmp_path, "unused-variable", text)) == 2


MAKE = "--- frontend/src/a.ts\nshow(import.meta.env.VITE_SHOWN!);\n--- Makefile\nbuild:\n"


def test_what_make_exports_is_declared(tmp_path: Path) -> None:
    exported = LISTED + MAKE + '\texport VITE_SHOWN="${V}" && cd frontend && yarn build\n'
    silent(tmp_path / "a", "undeclared-variable", exported)
    fires(tmp_path / "b", "undeclared-variable", LISTED + MAKE + "\t# export VITE_SHOWN=1\n")


def test_an_empty_text_of_ruby_is_no_failure(tmp_path: Path) -> None:
    silent(
        tmp_path / "a",
        "undeclared-variable",
        LISTED + "--- a.rb\nx = ENV['CERTS'].to_s.split(',')\n",
    )
    fires(tmp_path / "b", "undeclared-variable", LISTED + "--- a.rb\nx = ENV.fetch('CERTS').to_s\n")
    fires(tmp_path / "c", "undeclared-variable", LISTED + "--- a.rb\nx = ENV['CERTS'].split(',')\n")


@pytest.mark.parametrize(
    "folder", [".buildkite", "cmd/release-scripts", "pkg/_examples", ".woodpecker"]
)
def test_scripts_beside_the_product_need_nothing_of_it(folder: str, tmp_path: Path) -> None:
    text = f"--- {folder}/a.py\nimport os\nos.environ['ONLY_HERE']\n"
    silent(tmp_path, "undeclared-variable", text)
    fires(tmp_path, "undeclared-in-tools", text)


WORKFLOW = """\
--- .github/workflows/production.yml
on: {push: {branches: [main]}}
jobs:
  validate:
    runs-on: ubuntu-latest
    %s
    env: {TEST_DATABASE_URL: "postgres://localhost:5432/app"}
    steps: [{run: npm test}]
"""
SERVICES = "services: {db: {image: postgres, env: {POSTGRES_PASSWORD: postgres}}}"


def test_a_job_with_a_database_of_its_own_is_not_of_production(tmp_path: Path) -> None:
    silent(tmp_path / "a", "local-address-in-production", WORKFLOW % SERVICES)
    silent(tmp_path / "b", "weak-secret-in-production", WORKFLOW % SERVICES)
    fires(tmp_path / "c", "local-address-in-production", WORKFLOW % "timeout-minutes: 5")
    named = f"environment: production\n    {SERVICES}"
    fires(tmp_path / "d", "local-address-in-production", WORKFLOW % named)
    silent(tmp_path / "e", "weak-secret-in-production", WORKFLOW % named)


JOBS = """\
--- .github/workflows/deploy.yml
on: push
jobs:
  deploy-staging:
    runs-on: ubuntu-latest
    steps: [{run: ./deploy.sh, env: {A: "${{ secrets.%(name)s }}"}}]
  deploy-production:
    runs-on: ubuntu-latest
    steps: [{run: ./deploy.sh, env: {A: "${{ secrets.%(name)s }}"}}]
"""


def test_the_id_of_a_project_is_one_for_all(tmp_path: Path) -> None:
    rule = "one-secret-for-staging-and-production"
    silent(tmp_path / "a", rule, JOBS % {"name": "VERCEL_PROJECT_ID_WEBSITE"})
    fires(tmp_path / "b", rule, JOBS % {"name": "DATABASE_URL"})


NEEDED = LISTED + "--- src/a.ts\nconst pay = new Pay(process.env.PAY_KEY!);\n"
TABLE = "--- docs/environment.md\n| `PAY_KEY` | yes |\n"


def test_what_only_a_manual_tells_of_is_no_error(tmp_path: Path) -> None:
    told = NEEDED + TELLING["a manual"].replace("AUDIT_LEVEL", "PAY_KEY")
    silent(tmp_path / "a", "undeclared-variable", told)
    fires(tmp_path / "b", "declared-in-prose-only", told)


def test_the_table_that_is_made_of_it_does_not_hide_it(tmp_path: Path) -> None:
    fires(tmp_path, "undeclared-variable", NEEDED + TABLE)


SCHEMA = """\
--- .env.example
DATABASE_URL=
--- packages/env/index.ts
export const env = createEnv({ server: { MAIL_KEY: z.string()%s }, runtimeEnv: process.env });
--- .github/workflows/ci.yml
on: push
jobs: {a: {runs-on: ubuntu-latest, steps: [{run: make, env: {MAIL_KEY: "${{ secrets.M }}"}}]}}
--- apps/web/mail.ts
const mail = new Mail(process.env.MAIL_KEY);
"""


def test_what_the_schema_calls_optional_is_missed_in_no_template(tmp_path: Path) -> None:
    silent(tmp_path / "a", "absent-from-template", SCHEMA % ".optional()")
    fires(tmp_path / "b", "absent-from-template", SCHEMA % "")


SENTRY = """\
--- src/a.ts
const run = process.env.REPORT_DSN ? report({ token: process.env.REPORT_TOKEN! }) : null;
function later() {
  if (!process.env.OTHER_DSN) return;
  report(process.env.OTHER_KEY!);
}
if (process.env.NODE_ENV === "production") report(process.env.LAST_KEY!);
"""


def test_what_scripts_do_beside_an_unknown_switch_is_as_optional(tmp_path: Path) -> None:
    (found,) = fires(tmp_path, "undeclared-variable", SENTRY + LISTED)
    assert found.identity == "LAST_KEY"


def test_what_scripts_do_beside_a_documented_switch_is_needed(tmp_path: Path) -> None:
    text = SENTRY + "--- .env.example\nREPORT_DSN=\nOTHER_DSN=\n"
    found = fires(tmp_path, "undeclared-variable", text)
    assert [each.identity for each in found] == ["REPORT_TOKEN", "OTHER_KEY", "LAST_KEY"]


TEMPLATES = """\
--- apps/web/.env.example
A=
--- apps/web/a.ts
use(process.env.A);
--- %s/b.ts
use(process.env.KEY_B!);
--- .github/workflows/ci.yml
on: push
jobs: {a: {runs-on: ubuntu-latest, steps: [{run: make, env: {KEY_B: "${{ secrets.B }}"}}]}}
"""


def test_a_template_is_for_what_lies_below_it(tmp_path: Path) -> None:
    silent(tmp_path / "a", "absent-from-template", TEMPLATES % "server")
    fires(tmp_path / "b", "absent-from-template", TEMPLATES % "apps/web/lib")


def test_what_a_tracked_env_file_gives_comes_with_the_checkout(tmp_path: Path) -> None:
    own = "--- apps/web/.env.production\nKEY_B=b\n"
    silent(tmp_path / "a", "absent-from-template", TEMPLATES % "apps/web/lib" + own)
    other = own.replace("apps/web", "apps/api")
    fires(tmp_path / "b", "absent-from-template", TEMPLATES % "apps/web/lib" + other)


NEXT = """\
--- .env.example
A=
--- next.config.js
module.exports = { env: { GIT_KEY: %s } };
--- app/a.ts
use(process.env.A, process.env.GIT_KEY!);
"""


def test_what_the_config_of_the_bundler_makes_is_given(tmp_path: Path) -> None:
    silent(tmp_path / "a", "absent-from-template", NEXT % "hash()")
    silent(tmp_path / "b", "undeclared-variable", NEXT % "hash()")
    fires(tmp_path / "c", "undeclared-variable", NEXT % "process.env.GIT_KEY")


@pytest.mark.parametrize("path", ["apps/docs/map.ts", "src/ai/tools/a.ts", "lib/docs/a.ts"])
def test_source_is_no_tool_because_of_its_folder(path: str, tmp_path: Path) -> None:
    fires(tmp_path, "undeclared-variable", f"{LISTED}--- {path}\nuse(process.env.KEY_A!);\n")


@pytest.mark.parametrize("path", ["docs/map.ts", "tools/a.ts", "packages/x/tools/a.ts"])
def test_folders_beside_the_source_are_tools(path: str, tmp_path: Path) -> None:
    silent(tmp_path, "undeclared-variable", f"{LISTED}--- {path}\nuse(process.env.KEY_A!);\n")
