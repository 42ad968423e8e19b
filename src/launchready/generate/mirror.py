"""The tree of one action's own repository, which `uses: launchready/STEP@v1` names.

It holds all that the action needs and nothing else: one download, and no `uses:` inside.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from launchready.cli.config import schema_text
from launchready.generate.actions import OUTPUTS, Action, step_action
from launchready.registry import Entry

_README = """\
# {name}

{summary}

One of the steps of [launchready](https://github.com/launchready/launchready), whose releases write
this repository.

```yaml
name: {command}
on:
  push:
    branches: [main]
  pull_request:
  merge_group:
permissions: {{}}
jobs:
  {command}:
    name: launchready / {command}
    runs-on: ubuntu-latest
    permissions:
      contents: read
    steps:
      - uses: actions/checkout@v6
        with:
          fetch-depth: 0
          persist-credentials: false
      - uses: launchready/{command}@v1
```

It runs on Linux, macOS and Windows, and in containers that have bash and git, with any Python from
3.11; where the runner has none, put `actions/setup-python` before it. Nothing is installed, unless
`native` asks for it.

## Inputs

{inputs}

## Outputs

{outputs}

[Rules](https://github.com/launchready/launchready/blob/main/docs/rules/{command}.md) ·
[Configuration](https://github.com/launchready/launchready/blob/main/docs/config.md) · MIT licence,
see [NOTICE](NOTICE) for what the bundle holds
"""


def mirror_files(entry: Entry, root: Path, bundle: bytes, notice: str) -> Mapping[str, bytes]:
    """Path -> content of the tree. `root` is the top of the source tree."""
    action = step_action(entry, "start.sh")
    return {
        "action.yml": action.text.encode(),
        "README.md": _readme(action).encode(),
        "NOTICE": notice.encode(),
        "launchready.schema.json": schema_text().encode(),
        "launchready.pyz": bundle,
        **dict(_copied(root)),
    }


def _copied(root: Path) -> Iterator[tuple[str, bytes]]:
    for source, name in {
        "LICENSE": "LICENSE",
        "actions/start.sh": "start.sh",
        "actions/start.py": "start.py",
        "requirements/native.txt": "requirements/native.txt",
    }.items():
        yield name, (root / source).read_bytes()


def _readme(action: Action) -> str:
    return _README.format(
        name=action.name,
        summary=action.summary,
        command=action.command,
        inputs=_table("input", {name: doc for name, (doc, _) in action.inputs.items()}),
        outputs=_table("output", OUTPUTS),
    )


def _table(head: str, rows: Mapping[str, str]) -> str:
    lines = [f"| `{name}` | {doc.replace('|', '&#124;')} |" for name, doc in rows.items()]
    return "\n".join([f"| {head} | meaning |", "| --- | --- |", *lines])
