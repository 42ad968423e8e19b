"""Runs workflows with act (https://github.com/nektos/act) on this machine, without a network.

`--local-repository` serves an action's tree under its published name, and host mode runs the steps
in this machine's own bash. What act does otherwise than the runner is listed where it matters:
INPUT_* variables are set in composites, and the runner's limits are not applied.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ACT = Path(sys.executable).with_name("act")

_WORKFLOW = """\
on: [push, pull_request, merge_group]
jobs:
  job:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v6
"""


@dataclass
class ActStep:
    """What one step of a job did. `log` is its output as the runner would read it."""

    log: str = ""
    outputs: dict[str, str] = field(default_factory=dict)
    summary: str = ""
    succeeded: bool | None = None


@dataclass(frozen=True, kw_only=True)
class ActRun:
    """What a job did, by the ids of its steps. `log` is everything act itself had to say."""

    code: int
    steps: Mapping[str, ActStep]
    log: str


def run_act(
    workspace: Path,
    steps: list[dict[str, Any]],
    *,
    folder: Path,
    path: str,
    event: str = "push",
    payload: Mapping[str, Any] | None = None,
    actions: Mapping[str, Path] | None = None,
) -> ActRun:
    """Check `workspace` out and run `steps` after it, for an event.

    `folder` is act's own, new one; `path` is the PATH of the job; `actions` maps the published name
    `owner/repository@ref` to the tree that has it. Each step that is looked at needs an `id`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    workflow = folder / "workflow.yml"
    lines = [f"      - {json.dumps(step, ensure_ascii=False)}\n" for step in steps]
    workflow.write_text(_WORKFLOW + "".join(lines), encoding="utf-8")
    return run_workflow(
        workspace, workflow, folder=folder, path=path, event=event, payload=payload, actions=actions
    )


def run_workflow(
    workspace: Path,
    workflow: Path,
    *,
    folder: Path,
    path: str,
    event: str = "push",
    payload: Mapping[str, Any] | None = None,
    actions: Mapping[str, Path] | None = None,
) -> ActRun:
    """Run the jobs of a workflow file as they stand."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "event.json").write_text(json.dumps(payload or {}), encoding="utf-8")
    command = [str(ACT), event, "--json", "--action-offline-mode", "--directory", str(workspace)]
    command += ["--platform", "ubuntu-latest=-self-hosted", "--workflows", str(workflow)]
    command += ["--eventpath", str(folder / "event.json")]
    for name, tree in (actions or {}).items():
        command += ["--local-repository", f"https://github.com/{name}={tree}"]
    done = subprocess.run(
        command,
        env={"HOME": str(folder), "PATH": path, "GIT_CONFIG_NOSYSTEM": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=120,
        check=False,
    )
    return _read(done.returncode, os.fsdecode(done.stdout))


def _read(code: int, log: str) -> ActRun:
    steps: dict[str, ActStep] = {}
    for line in log.splitlines():
        if not line.startswith("{"):
            continue
        entry = json.loads(line)
        names = entry.get("stepID")
        if not names or entry.get("stage") != "Main":
            continue
        step = steps.setdefault(names[0], ActStep())
        match entry:
            case {"raw": str(text)} | {"raw_output": True, "msg": str(text)}:
                step.log += text
            case {"command": "summary", "content": str(text)} if len(names) == 1:
                step.summary += text
            case {"command": "set-output", "name": str(name), "arg": str(text)}:
                step.outputs[name] = text
            case {"stepResult": str(outcome)}:
                step.succeeded = outcome == "success"
    return ActRun(code=code, steps=steps, log=log)
