"""A file that somebody made long on purpose takes a time that grows with its length and no more.

Each piece is repeated up to the most that is read; what takes the square of it would not end.
"""

import pytest

from launchready.facts.environment import SourceFile
from launchready.facts.workflows import ScriptFacts, WorkflowFacts
from launchready.steps.env_lint import STEP
from launchready.steps.env_lint.declarations import reader_of
from launchready.steps.env_lint.naming import Naming
from launchready.steps.env_lint.rules.workflows import is_deploy
from launchready.steps.env_lint.settings import EnvLintSettings

SETTINGS = EnvLintSettings()
LENGTH = 1_000_000
WORKFLOW = "jobs:\n  a:\n    steps:\n      - run: |\n          "


@pytest.mark.parametrize(
    ("path", "before", "piece"),
    [
        ("Dockerfile", "ENV ", "a"),
        ("Dockerfile", "ENV ", 'a="'),
        ("Dockerfile", "RUN ", "<<"),
        ("Dockerfile", "ENV A=", "$"),
        ("Dockerfile", "ENV A=", "${a:-"),
        ("compose.yml", "a: ", "${a:-"),
        (".github/workflows/a.yml", WORKFLOW, "${{ "),
        (".github/workflows/a.yml", WORKFLOW + "${{ ", "'"),
        (".github/workflows/a.yml", WORKFLOW, "git push "),
        (".github/workflows/a.yml", WORKFLOW, "vercel "),
        (".github/workflows/a.yml", WORKFLOW, "echo a | vercel "),
        (".github/workflows/a.yml", WORKFLOW, 'echo "'),
        (".github/workflows/a.yml", WORKFLOW, "https://?"),
        ("a.sh", "x | ", "echo a "),
        ("serverless.yml", "a: ", "${env:a,"),
        ("devcontainer.json", '{"a": "', "${env:a:"),
        ("vercel.json", "/*", "*"),
        ("wrangler.toml", "a = ", "[" * 50 + "]" * 50 + "\n#"),
        ("a.service", "Environment=", '"a='),
        ("docker-bake.hcl", "", 'a = "'),
    ],
)
def test_it_ends(path: str, before: str, piece: str) -> None:
    content = (before + piece * (LENGTH // len(piece))).encode()
    read = reader_of(path)
    assert read
    seen = list(read(SourceFile(path=path, content=content), Naming.of(SETTINGS)))
    for each in seen:
        if isinstance(each, WorkflowFacts | ScriptFacts):
            assert list(STEP.findings(each, SETTINGS)) == []
        if isinstance(each, WorkflowFacts):
            assert not any(map(is_deploy, each.jobs))
