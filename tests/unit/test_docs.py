"""What the pages by hand say is so: their configs are right, their links lead somewhere."""

import re
from pathlib import Path

import pytest

from launchready.cli.config import loaded_steps
from launchready.cli.session import layout_of
from launchready.config.load import load_config

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
CONFIGS = [
    pytest.param(block, id=f"{page.name}-{number}")
    for page in PAGES
    for number, block in enumerate(
        re.findall(r"```yaml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    )
    if re.search(r"^version: 1$", block, re.MULTILINE)
]
_LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)")


def test_there_are_configs_to_try() -> None:
    assert len(CONFIGS) > 1


@pytest.mark.parametrize("text", CONFIGS)
def test_a_config_in_a_page_is_right(text: str) -> None:
    steps = loaded_steps()
    config = load_config(text.encode(), "page", layout_of(steps), overrides={}, environ={})
    for step in steps:
        settings = config.of(step.settings, step.name)
        assert list(step.refusals(settings)) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for path, anchor in _LINK.findall(page.read_text(encoding="utf-8")):
        target = (page.parent / path) if path else page
        assert target.exists(), path
        if anchor and target.suffix == ".md":
            assert anchor in _anchors(target), f"{path}#{anchor}"


def _anchors(page: Path) -> set[str]:
    """The anchors that GitHub gives to the headings of a page."""
    heads = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def test_every_step_has_a_page_and_own_rules_have_their_part() -> None:
    for step in loaded_steps():
        assert (ROOT / "docs" / f"{step.name}.md").is_file()
    assert "your-own-rules" in _anchors(ROOT / "docs" / "secret-scan.md")
