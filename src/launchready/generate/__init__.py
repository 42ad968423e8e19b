"""Writes, or checks, every file that says again what the code already says."""

from collections.abc import Mapping
from pathlib import Path

from launchready.cli.config import schema_text
from launchready.gateways.write import write_whole
from launchready.generate.actions import action_files
from launchready.generate.docs import config_page, rule_pages
from launchready.generate.hooks import hooks_file
from launchready.generate.readme import fill_regions
from launchready.reporters.report_schema import report_schema_text


def generated_files(root: Path) -> Mapping[str, str]:
    """Path below `root` -> the text it must have. README.md keeps its hand-written parts."""
    return {
        "schemas/launchready.schema.json": schema_text(),
        "schemas/report.schema.json": report_schema_text(),
        ".pre-commit-hooks.yaml": hooks_file(),
        "docs/config.md": config_page(),
        **rule_pages(),
        **action_files(),
        "README.md": fill_regions((root / "README.md").read_text(encoding="utf-8")),
    }


def stale_files(root: Path) -> tuple[str, ...]:
    """The generated files that differ from what the code says, or are missing."""
    return tuple(path for path, text in generated_files(root).items() if _read(root / path) != text)


def write_files(root: Path) -> tuple[str, ...]:
    """Bring every generated file up to date and name those that changed."""
    files = generated_files(root)
    stale = stale_files(root)
    for path in stale:
        write_whole(root / path, [files[path]])
    return stale


def _read(path: Path) -> str | None:
    return path.read_bytes().decode("utf-8") if path.exists() else None
