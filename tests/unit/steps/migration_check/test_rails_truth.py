"""Rails' operations beside what Active Record itself sent for them (tests/lab/rails)."""

import json
from pathlib import Path

import pytest
from tests.lab.rails.record import record, why_not
from tests.unit.steps.migration_check.recorded import acts_of, project, said, truth

from launchready import trees
from launchready.facts.migrations import History, Opaque
from launchready.facts.schema import Engine
from launchready.steps.migration_check.frameworks import rails

TRUTH = truth("rails")
pytestmark = pytest.mark.skipif(
    not trees.is_installed("ruby"), reason="needs tree-sitter-ruby: pip install launchready[native]"
)


def recorded() -> History:
    known = project("rails")
    (found,) = rails.find(known)
    return rails.read(found, known, Engine.POSTGRESQL)


def plain(acts: list[object]) -> list[str]:
    """Acts without the look before that Active Record takes itself, and we leave to the server."""
    asked = ("('is_if_exists', True), ", "('is_if_not_exists', True), ")
    return [str(each).replace(asked[0], "").replace(asked[1], "") for each in acts]


@pytest.mark.parametrize(
    ("version", "side"), [(each, side) for each, sent in TRUTH.items() for side in sent]
)
def test_it_sends_what_active_record_sends(version: str, side: str) -> None:
    (migration,) = [each for each in recorded().migrations if each.version == version]
    script = migration.up if side == "up" else migration.down
    assert script is not None
    assert not [each for each in script.items if isinstance(each, Opaque)]
    assert plain(said(script)) == plain(acts_of(TRUTH[version][side]))


def test_enough_is_recorded() -> None:
    assert sum(len(sent) for each in TRUTH.values() for sent in each.values()) > 200


@pytest.mark.skipif(bool(why_not()), reason=why_not() or "it can be recorded")
def test_the_record_is_what_is_sent_today(tmp_path: Path) -> None:
    if reason := record(tmp_path / "truth.json"):
        pytest.skip(reason.splitlines()[0])
    sent = json.loads((tmp_path / "truth.json").read_text(encoding="utf-8"))
    assert {each: set(sides) for each, sides in sent.items()} == {
        each: {"up", "down"} for each in TRUTH
    }
    for version, sides in sent.items():
        for side, statements in sides.items():
            assert acts_of(statements) == acts_of(TRUTH[version][side])
