"""How many of a project's migrations migration-check says anything about, and which rules do.

    python -m tests.bench.migrations_noise CLONE…

Of each clone every migration is judged as if it were new (`--all`). A file counts where it has an
error or a warning; `alone` are the files that one rule alone makes count, which is what the rule
would save if it were silent.
"""

import json
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from launchready.steps.migration_check.rules.startup import RULES as STARTUP

_WORDS = ("migration-check", "--all", "--quiet", "--format", "json")
_MOST_SHARE = 0.40
_ELSEWHERE = frozenset(each.info.id for each in STARTUP)
"""Rules on how migrations are started, which stand in no migration."""


def main() -> None:
    """Print a table for each clone, and the share of them all."""
    told = files = 0
    for clone in map(Path, sys.argv[1:]):
        report = _report(clone)
        rules, count = _rules_by_file(report), _count(report)
        told, files = told + len(rules), files + count
        print(f"{clone.name}: {len(rules)} of {count} migrations, {_share(len(rules), count)}")
        _print_rules(rules)
    print(f"all: {told} of {files}, {_share(told, files)} (at most {_MOST_SHARE:.0%})")


def _report(clone: Path) -> dict[str, Any]:
    command = (sys.executable, "-I", "-m", "launchready", *_WORDS)
    run = subprocess.run(command, cwd=clone, capture_output=True, check=False)
    report: dict[str, Any] = json.loads(run.stdout)
    return report


def _count(report: Mapping[str, Any]) -> int:
    """How many migrations were judged."""
    return int(report["facts"]["new_migrations"])


def _rules_by_file(report: Mapping[str, Any]) -> dict[str, set[str]]:
    by_file: dict[str, set[str]] = defaultdict(set)
    for each in report["findings"]:
        is_told = each["severity"] != "note" and each["status"] == "new"
        if is_told and each["rule"] not in _ELSEWHERE:
            by_file[each["location"].get("path", "")].add(each["rule"])
    return by_file


def _print_rules(rules: Mapping[str, set[str]]) -> None:
    every = Counter(rule for each in rules.values() for rule in each)
    alone = Counter(rule for each in rules.values() if len(each) == 1 for rule in each)
    for rule, count in every.most_common():
        print(f"  {rule:45} {count:4} files, alone {alone[rule]:4}")


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "none"


if __name__ == "__main__":
    main()
