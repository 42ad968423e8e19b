"""What a repository is built with, from the files that say so."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.repository import Repository

from launchready.gateways.git import Git
from launchready.gateways.tree import Tree
from launchready.model import Run, Verdict
from launchready.reporters.looked import stack_line
from launchready.stack import recognise

NEXT = """{"dependencies": {"next": "^15.1.0", "stripe": "17.2.0", "@supabase/ssr": "0.5"},
"devDependencies": {"vite": "6"}}"""


def _seen(path: Path, files: Mapping[str, str]) -> str:
    Repository.at(path).stage(files)
    git = Git.around(path)
    stack = recognise(Tree(git, git.root))
    return stack_line(Run(reports=(), verdict=Verdict.PASSED, command="", stack=stack))


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"README.md": "next stripe"}, "", id="no manifest, no word"),
        pytest.param(
            {"package.json": NEXT, "vercel.json": "{}", ".github/workflows/ci.yml": "on: push"},
            "Next.js 15, Supabase and Stripe, on Vercel, with GitHub Actions"
            " (package.json, vercel.json, .github/workflows/ci.yml)",
            id="the bundler of a framework is no framework",
        ),
        pytest.param(
            {"package.json": '{"devDependencies": {"vite": "^6.0.1"}}'},
            "Vite 6 (package.json)",
            id="a bundler alone is one",
        ),
        pytest.param(
            {"apps/web/package.json": NEXT, "package.json": '{"dependencies": {"next": "14"}}'},
            "Next.js 14, Supabase and Stripe (package.json, apps/web/package.json)",
            id="nearest the top",
        ),
        pytest.param(
            {"examples/x/package.json": NEXT, "Gemfile": "gem 'rails', '~> 7.2'\n"},
            "Rails (Gemfile)",
            id="examples are aside",
        ),
        pytest.param({"manage.py": "", "fly.toml": ""}, "Django, on Fly.io (manage.py, fly.toml)"),
        pytest.param(
            {"package.json": '{"dependencies": {"next": "latest"}}'},
            "Next.js (package.json)",
            id="a version that is no number",
        ),
        pytest.param({"package.json": "{", "fly.toml": ""}, "on Fly.io (fly.toml)", id="broken"),
        pytest.param(
            {f"{name}/fly.toml": "" for name in "abcdef"} | {"netlify.toml": ""},
            "on Netlify and Fly.io (netlify.toml, a/fly.toml)",
            id="each once",
        ),
    ],
)
def test_stack(tmp_path: Path, files: Mapping[str, str], expected: str) -> None:
    assert _seen(tmp_path, files) == expected
