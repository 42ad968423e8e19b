"""What env-lint finds in public repositories, beside what reading them gave.

    python -m tests.bench.env_truth FOLDER

FOLDER holds checkouts, named like the files of tests/unit/steps/env_lint/truth: `papermark`, …
Each of these files names a repository and a commit and tells which variables its code reads, in
which file and lines (found by a script of its own with generous patterns, then read by eye);
which of them no file declares (`undeclared`) and nobody else supplies (`supplied`), which of
these the product fails without (`needed`), and which names of env files nothing reads (`unused`).
What can be judged either way is `open` and not counted; what every shell has, such as HOME, is left
out of shell scripts.
"""

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from launchready.facts.environment import EnvironmentFacts, Kind
from launchready.gateways import Gateways
from launchready.gateways.git import Git
from launchready.gateways.progress import Progress
from launchready.steps.env_lint import STEP
from launchready.steps.env_lint.index import index_of
from launchready.steps.env_lint.settings import EnvLintSettings

TRUTH = Path(__file__).parents[1] / "unit/steps/env_lint/truth"
_NO_CODE = frozenset({"github-actions", "dockerfile", "procfile", "devcontainer"})
"""Languages of files whose reads the lists leave out."""


@dataclass(frozen=True)
class Score:
    """One list of env-lint's beside the one that reading gave."""

    right: frozenset[str]
    wrong: frozenset[str]
    missed: frozenset[str]

    @classmethod
    def of(cls, found: Iterable[str], true: Iterable[str], leave: Iterable[str] = ()) -> "Score":
        """Compare two lists, without what is left open."""
        got, want, out = frozenset(found), frozenset(true), frozenset(leave)
        return cls(right=got & want - out, wrong=got - want - out, missed=want - got - out)

    def __str__(self) -> str:
        found, true = len(self.right) + len(self.wrong), len(self.right) + len(self.missed)
        precision = f"{len(self.right) / found:6.1%}" if found else f"{'-':>6}"
        recall = f"{len(self.right) / true:6.1%}" if true else f"{'-':>6}"
        return f"{true:5} true {found:5} found  precision {precision}  recall {recall}"


def main() -> None:
    """Print precision and recall for each repository, with the names that differ."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    for file in sorted(TRUTH.glob("*.json")):
        truth = json.loads(file.read_text())
        root = Path(sys.argv[1]) / file.stem
        if _commit(root) != truth["commit"]:
            print(f"{file.stem}: no checkout of {truth['repository']} at {truth['commit']}")
            continue
        print(file.stem)
        for title, score in scores(root, truth).items():
            print(f"  {title:22} {score}")
            for what, names in (("wrong", score.wrong), ("missed", score.missed)):
                for name in sorted(names):
                    print(f"      {what} {name}")


def scores(root: Path, truth: Mapping[str, Any]) -> dict[str, Score]:
    """What there is to compare, by title."""
    settings = EnvLintSettings()
    gateways = Gateways(root=root, git=Git(root), progress=Progress(None))
    seen = list(STEP.observe(settings, gateways))
    facts = next(each for each in seen if isinstance(each, EnvironmentFacts))
    index = index_of(facts)
    read = {(r.name, r.path) for r in facts.reads if r.language not in _NO_CODE}
    places = {(name, path) for path, names in truth["reads"].items() for name in names}
    names = {name for name, _ in places}
    lacking = {name for name, _ in index.undeclared(settings)} & {name for name, _ in read}
    in_code_only = {
        name
        for name in names
        if all(
            each.kind is Kind.SCHEMA and each.path in truth["reads"]
            for each in index.declared.get(name, ())
        )
    }
    by_rule: dict[str, set[str]] = {}
    for finding in STEP.findings(facts, settings):
        by_rule.setdefault(finding.rule, set()).add(finding.identity)
    absent = by_rule.get("absent-from-template", set()) & in_code_only
    needed = by_rule.get("undeclared-variable", set()) | absent
    return {
        "names read": Score.of({name for name, _ in read}, names),
        "names read, by file": Score.of(map(" ".join, read), map(" ".join, places)),
        "undeclared": Score.of(lacking | absent, truth["undeclared"], truth["open"]),
        "undeclared and needed": Score.of(needed, truth["needed"], truth["open"]),
        "unused": Score.of(by_rule.get("unused-variable", set()), truth["unused"], truth["open"]),
    }


def _commit(root: Path) -> str:
    words = ("git", "-C", str(root), "rev-parse", "HEAD")
    return subprocess.run(words, capture_output=True, text=True, check=False).stdout.strip()


if __name__ == "__main__":
    main()
