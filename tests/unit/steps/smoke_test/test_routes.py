"""Routes: what is asked, what is right, what is not."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.live import Asked, LiveSite, Reply
from tests.unit.steps.smoke_test.looking import look

from launchready.steps.smoke_test.settings import Area


def shop(asked: Asked) -> Reply:
    """A small shop whose home page works."""
    return Reply(body="<h1>Shop</h1>") if asked.path == "/" else Reply(status=404)


def test_a_site_that_answers_gives_nothing(serve: Callable[..., LiveSite], root: Path) -> None:
    seen = look(serve(shop), root, Area.ROUTES)
    assert (seen.rules, seen.unchecked) == ([], [])
    assert seen.looked == {"requests": 1, "routes": 1}


@pytest.mark.parametrize("status", [403, 404, 500, 503])
def test_a_home_page_that_fails_is_found(
    serve: Callable[..., LiveSite], root: Path, status: int
) -> None:
    seen = look(serve(lambda _: Reply(status=status)), root, Area.ROUTES)
    assert seen.rules == ["route-fails"]
    assert seen.findings[0].message == f"home page: it answered {status}"
