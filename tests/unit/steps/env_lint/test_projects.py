"""Projects, their packages, and what loads their env files."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.repository import Repository
from tests.unit.steps.env_lint.linted import files_of

from launchready.documents.manifests import read_manifest
from launchready.facts.environment import Project
from launchready.gateways.git import Git
from launchready.gateways.tree import Tree
from launchready.steps.env_lint.dialects.loading import copied_to, loaders_of
from launchready.steps.env_lint.projects import find_projects, project_of
from launchready.steps.env_lint.settings import EnvLintSettings


def projects(folder: Path, text: str, **settings: Any) -> tuple[Project, ...]:
    """The projects of a committed repository with these files."""
    Repository.at(folder).commit(files_of(text))
    tree = Tree(Git(folder), folder)
    return find_projects(tree, tree.names, EnvLintSettings(**settings))


@pytest.mark.parametrize(
    ("path", "content", "packages"),
    [
        pytest.param(
            "package.json",
            '{"dependencies": {"Next": "1"}, "devDependencies": {"@t3-oss/env-nextjs": "1"}}',
            {"next", "@t3-oss/env-nextjs"},
            id="npm",
        ),
        pytest.param("deno.json", '{"imports": {"a": "npm:stripe@17"}}', {"stripe"}, id="deno"),
        pytest.param(
            "pyproject.toml",
            '[project]\ndependencies = ["Django_environ>=0.11"]\n[dependency-groups]\n'
            'dev = ["pytest"]\n[tool.poetry.group.x.dependencies]\nstripe = "1"\n',
            {"django-environ", "pytest", "stripe"},
            id="pyproject",
        ),
        pytest.param(
            "requirements-dev.txt", "a[b]>=1\n# c\n-r d.txt\nE==2", {"a", "e"}, id="requirements"
        ),
        pytest.param("requirements/base.txt", "celery\n", {"celery"}, id="a folder of them"),
        pytest.param("Pipfile", '[packages]\na = "*"\n', {"a"}, id="Pipfile"),
        pytest.param("setup.cfg", "[options]\ninstall_requires =\n  a>1\n", {"a"}, id="setup.cfg"),
        pytest.param("Gemfile", "gem 'dotenv-rails', '3'\n", {"dotenv-rails"}, id="Gemfile"),
        pytest.param(
            "go.mod",
            "module x\nrequire (\n\tgithub.com/joho/godotenv v1.5.1\n)\n",
            {"github.com/joho/godotenv"},
            id="go.mod",
        ),
        pytest.param(
            "composer.json",
            '{"require": {"symfony/dotenv": "7"}}',
            {"symfony/dotenv"},
            id="composer",
        ),
        pytest.param("Cargo.toml", '[dependencies]\ndotenvy = "0.15"\n', {"dotenvy"}, id="Cargo"),
        pytest.param(
            "pom.xml", "<artifactId>stripe-java</artifactId>", {"stripe-java"}, id="Maven"
        ),
        pytest.param("build.gradle.kts", 'implementation("a.b:c:1.0")', {"c"}, id="Gradle"),
        pytest.param(
            "A.csproj", '<PackageReference Include="DotNetEnv" />', {"dotnetenv"}, id="NuGet"
        ),
        pytest.param(
            "package.json",
            '{"scripts": {"i18n": "npx -y lingo.dev@latest run", "up": "pnpm dlx @acme/cli"}}',
            {"lingo.dev", "@acme/cli"},
            id="packages that scripts fetch",
        ),
        pytest.param("package.json", "{", set(), id="broken JSON"),
        pytest.param("pyproject.toml", "[", set(), id="broken TOML"),
        pytest.param(
            "package.json", '{"dependencies": ["a"], "scripts": 1}', set(), id="odd shapes"
        ),
    ],
)
def test_packages(path: str, content: str, packages: set[str]) -> None:
    assert set(read_manifest(path, content.encode()).packages) == packages


def test_the_nearest_project_has_a_file(tmp_path: Path) -> None:
    found = projects(
        tmp_path,
        '--- package.json\n{}\n--- apps/web/package.json\n{"dependencies": {"next": "1"}}\n'
        "--- apps/api/requirements/base.txt\ncelery\n",
    )
    assert [each.folder for each in found] == ["apps/api", "apps/web", ""]
    assert project_of(found, "apps/web/src/a.ts").packages == {"next"}
    assert project_of(found, "apps/webhook/a.ts").folder == ""


@pytest.mark.parametrize(
    ("text", "loaders"),
    [
        pytest.param('--- package.json\n{"dependencies": {"next": "1"}}', {"next"}, id="next"),
        pytest.param("--- package.json\n{}\n--- vite.config.ts\nx", {"vite"}, id="vite"),
        pytest.param('--- package.json\n{"scripts": {"s": "bun run src/a.ts"}}', {"bun"}, id="bun"),
        pytest.param(
            '--- package.json\n{"scripts": {"s": "bun run dev"}}', set(), id="bun's runner"
        ),
        pytest.param(
            '--- package.json\n{"scripts": {"s": "node --env-file=.env a.js"}}', {"node"}, id="node"
        ),
        pytest.param(
            '--- package.json\n{"scripts": {"s": "dotenv -e .env -- next dev"}}',
            {"dotenv-expand-12"},
            id="dotenv-cli",
        ),
        pytest.param(
            '--- package.json\n{"scripts": {"s": "dotenvx run -- node a.js"}}',
            {"dotenvx"},
            id="dotenvx",
        ),
        pytest.param('--- src/a.ts\nimport "dotenv/config";', {"dotenv"}, id="dotenv"),
        pytest.param("--- src/a.ts\n// dotenv is not used here", set(), id="a word in a comment"),
        pytest.param('--- src/a.test.ts\nimport "dotenv/config";', set(), id="a test's"),
        pytest.param(
            "--- a.py\nfrom dotenv import load_dotenv\nload_dotenv()",
            {"python-dotenv"},
            id="python-dotenv",
        ),
        pytest.param(
            "--- s.py\nimport environ\nenv = environ.Env()\nenv.read_env()",
            {"django-environ"},
            id="django-environ",
        ),
        pytest.param("--- s.py\nfrom decouple import config", {"decouple"}, id="decouple"),
        pytest.param(
            "--- s.py\nfrom starlette.config import Config", {"starlette"}, id="starlette"
        ),
        pytest.param(
            '--- s.py\nfrom pydantic_settings import *\nc = SettingsConfigDict(env_file=".env")',
            {"python-dotenv"},
            id="pydantic",
        ),
        pytest.param(
            "--- Makefile\nup:\n\tdocker run --rm \\\n\t  --env-file .env shop",
            {"docker"},
            id="docker",
        ),
        pytest.param("--- up.sh\ndocker run --env-file other.env shop", set(), id="another file"),
        pytest.param('--- up.sh\necho "  docker run --env-file .env x"', set(), id="told of"),
        pytest.param("--- up.sh\nset -a; source .env; set +a", {"bash"}, id="bash"),
        pytest.param(
            "--- compose.yml\nservices:\n  a:\n    env_file:\n      - .env",
            {"compose"},
            id="env_file",
        ),
        pytest.param("--- .envrc\ndotenv", {"direnv"}, id="direnv"),
        pytest.param('--- main.go\nimport "github.com/joho/godotenv"', {"godotenv"}, id="godotenv"),
        pytest.param("--- Gemfile\ngem 'dotenv-rails'", {"ruby"}, id="ruby"),
        pytest.param(
            '--- composer.json\n{"require": {"symfony/dotenv": "7"}}', {"symfony"}, id="symfony"
        ),
        pytest.param(
            '--- composer.json\n{"require": {"laravel/framework": "12"}}',
            {"phpdotenv"},
            id="phpdotenv",
        ),
        pytest.param('--- Cargo.toml\n[dependencies]\ndotenvy = "1"', {"rust"}, id="rust"),
    ],
)
def test_loaders_with_evidence(tmp_path: Path, text: str, loaders: set[str]) -> None:
    found = projects(tmp_path, text + "\n--- .env.example\nA=\n")
    reading = loaders_of(project_of(found, ".env.example"), ".env.example")
    assert {each.loader for each in reading} == loaders
    assert all(each.evidence for each in reading)


def test_compose_takes_of_the_env_file_beside_it_what_it_names(tmp_path: Path) -> None:
    (found,) = projects(
        tmp_path, "--- compose.yml\nimage: a:${TAG}-$$HOME\n--- .env\nTAG=1\nOTHER=2\n"
    )
    (only,) = loaders_of(found, ".env")
    assert only.names == frozenset({"TAG"})


def test_the_config_names_the_loaders(tmp_path: Path) -> None:
    (found,) = projects(
        tmp_path,
        '--- package.json\n{"dependencies": {"next": "1"}}\n--- .env\nA=1\n',
        loaders=("docker",),
    )
    assert [each.loader for each in loaders_of(found, "deploy/api.env")] == ["docker"]


@pytest.mark.parametrize(
    ("path", "loaders"),
    [
        (".env", {"next", "dotenv"}),
        (".env.production.local", {"next", "dotenv"}),
        (".env.example", {"next", "dotenv"}),
        (".env.local.example", {"next", "dotenv"}),
        ("api.env", set()),
        ("docker/.env", set()),
    ],
)
def test_loaders_look_for_their_own_files(path: str, loaders: set[str], tmp_path: Path) -> None:
    found = projects(
        tmp_path,
        '--- package.json\n{"dependencies": {"next": "1"}}\n--- a.js\nrequire("dotenv").config()\n'
        f"--- {path}\nA=1\n",
    )
    assert {each.loader for each in loaders_of(found[-1], path)} == loaders


@pytest.mark.parametrize(
    ("path", "copy"),
    [
        ("a/.env.example", "a/.env"),
        (".env.production.sample", ".env.production"),
        ("env.template", ".env"),
        ("example.env", ".env"),
        (".env", ".env"),
        ("api.env", "api.env"),
    ],
)
def test_what_a_template_is_copied_to(path: str, copy: str) -> None:
    assert copied_to(path) == copy


NAMES = ("package.json", "deno.jsonc", "pyproject.toml", "Pipfile", "setup.cfg", "Cargo.toml")


@given(name=st.sampled_from(NAMES), content=st.binary(max_size=60) | st.text().map(str.encode))
def test_any_bytes_give_a_manifest(name: str, content: bytes) -> None:
    assert all(each == each.lower() for each in read_manifest(name, content).packages)
