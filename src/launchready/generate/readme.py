"""The tables of README.md that say what the code says, between markers."""

import re

from launchready.cli.config import loaded_steps
from launchready.cli.settings import RunSettings
from launchready.config.setting import Surface, settings_of
from launchready.registry import STEPS

_REGION = re.compile(r"(<!-- begin generated: (\w+) -->\n).*?(<!-- end generated -->)", re.DOTALL)


def fill_regions(text: str) -> str:
    """`text` with the part between each pair of markers made anew."""
    regions = {"steps": _steps(), "inputs": _inputs()}
    return _REGION.sub(lambda found: f"{found[1]}{regions[found[2]]}\n{found[3]}", text)


def _steps() -> str:
    rows = [
        f"| [`{step.name}`](docs/rules/{step.name}.md) | {STEPS[step.name].summary} "
        f"| {len(step.rules)} |"
        for step in loaded_steps()
    ]
    return "\n".join(["| step | what it does | rules |", "| --- | --- | --- |", *rows])


def _inputs() -> str:
    classes: list[type] = [RunSettings, *(step.settings for step in loaded_steps())]
    rows = [
        f"| `{each.name}` | {' '.join(each.info.doc.split())} |"
        for each in settings_of(*classes, surface=Surface.INPUT)
    ]
    native = "| `native` | Install the native scanning engine (hash-locked) for this run. |"
    return "\n".join(["| input | meaning |", "| --- | --- |", *rows, native])
