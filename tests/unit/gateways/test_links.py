"""Links of what is examined are found on the way to a file; a person's own are left alone."""

from pathlib import Path

import pytest

from launchready.gateways.links import link_on_the_way, top_around


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A repository, a folder beside it, and a link to the repository."""
    (tmp_path / "shop/.git").mkdir(parents=True)
    (tmp_path / "shop/app").mkdir()
    (tmp_path / "outside/deep").mkdir(parents=True)
    (tmp_path / "shop/out").symlink_to(tmp_path / "outside")
    (tmp_path / "mine").symlink_to(tmp_path / "shop")
    return tmp_path


@pytest.mark.parametrize(
    ("path", "link"),
    [
        pytest.param("shop/out/r.json", "shop/out", id="a link"),
        pytest.param("shop/out/deep/new/r.json", "shop/out", id="folders below it"),
        pytest.param("shop/app/../out/r.json", "shop/out", id="by way of another folder"),
        pytest.param("shop/out/../r.json", "shop/out", id="through it and back"),
        pytest.param("mine/out/r.json", "mine/out", id="by another name of the repository"),
        pytest.param("mine/app/r.json", None, id="a link to the repository"),
        pytest.param("shop/app/r.json", None, id="no link"),
        pytest.param("shop/out", None, id="a link that is the file itself, which is replaced"),
        pytest.param("outside/deep/r.json", None, id="outside"),
    ],
)
def test_the_first_link(place: Path, path: str, link: str | None) -> None:
    found = link_on_the_way(place / path, [place / "shop"])
    expected = place / link if link else None
    assert (found.resolve() if found else None) == (expected.resolve() if expected else None)
    assert (found is None) == (link is None)


def test_the_top_around_a_folder(place: Path) -> None:
    assert top_around(place / "shop/app") == place / "shop"
    assert top_around(place / "mine/app") == place / "shop"
    assert top_around(place / "shop/nowhere/yet") == place / "shop"
