"""The tables of README.md that say what the code says, between markers."""

import re

from launchready.cli.config import loaded_steps
from launchready.generate.actions import check_action, step_action
from launchready.registry import STEPS

_REGION = re.compile(r"(<!-- begin generated: (\w+) -->\n).*?(<!-- end generated -->)", re.DOTALL)


def fill_regions(text: str) -> str:
    """`text` with the part between each pair of markers made anew."""
    regions = {"steps": _steps(), "inputs": _inputs()}
    return _REGION.sub(lambda found: f"{found[1]}{regions[found[2]]}\n{found[3]}", text)


def _steps() -> str:
    rows = [
        f"| [`{step.name}`](docs/{step.name}.md) | {STEPS[step.name].summary} "
        f"| [{len(step.rules)}](docs/rules/{step.name}.md) |"
        for step in loaded_steps()
    ]
    return "\n".join(["| step | what it does | rules |", "| --- | --- | --- |", *rows])


def _inputs() -> str:
    inputs: dict[str, tuple[str, str]] = dict(check_action().inputs)
    for entry in STEPS.values():
        inputs |= step_action(entry, "").inputs
    rows = [f"| `{name}` | {' '.join(doc.split())} |" for name, (doc, _) in inputs.items()]
    return "\n".join(["| input | meaning |", "| --- | --- |", *rows])
