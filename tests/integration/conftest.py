"""The repository that the stories are told about."""

from pathlib import Path

import pytest
from tests.repository import Repository


@pytest.fixture
def shop(tmp_path: Path) -> Repository:
    """A small shop in one commit, with nothing wrong."""
    repository = Repository.at(tmp_path / "shop")
    repository.commit({"README.md": "# Shop\n", "app/page.py": "print('tea')\n"}, "First page")
    return repository
