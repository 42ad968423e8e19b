"""Paths that are judged otherwise are never taken for alike: a text is then scanned at both."""

import inspect
from pathlib import Path

import pytest
from tests.repository import Repository
from tests.unit.steps.secret_scan.test_observe import Seen

from launchready.model import Confidence
from launchready.steps.secret_scan.judging import places
from launchready.steps.secret_scan.looks import look_of


def test_no_aspect_of_a_path_is_left_out() -> None:
    told = {
        each
        for name, each in inspect.getmembers(places, callable)
        if hasattr(each, "cache_info") and not name.startswith("_")
    }
    assert told == set(places.ASPECTS)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ci/app.yml", "deploy/app.yml"),
        ("docs/README.md", "shop/README.md"),
        ("tests/app.yml", "deploy/app.yml"),
        ("locales/app.yml", "deploy/app.yml"),
        ("shop/.github/app.yml", "shop/github/app.yml"),
        ("shop/node_modules/app.yml", "shop/modules/app.yml"),
        ("charts/shop-1.tgz!/app.yml", "charts/shop-1/app.yml"),
        ("swagger/app.yml", "deploy/app.yml"),
    ],
)
def test_other_folders_may_mean_another_look(one: str, other: str) -> None:
    assert look_of(one) != look_of(other)


def test_a_password_of_ci_that_is_deployed_too_is_judged_where_it_is_deployed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    repository = Repository.at(tmp_path / "shop")
    text = f"database_password: {''.join(('har', 'bour', '47', '11'))}\n"
    repository.commit({"ci/app.yml": text, "deploy/app.yml": text})
    repository.commit({"ci/app.yml": "a: 1\n", "deploy/app.yml": "a: 1\n"})
    (fact,) = Seen(repository.path).facts
    assert fact.confidence is Confidence.MEDIUM
