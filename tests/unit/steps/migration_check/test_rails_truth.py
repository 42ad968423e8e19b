"""Rails' operations beside what Active Record itself sent for them (tests/lab/rails)."""

import functools
import json
import re
from pathlib import Path

import pytest
from tests.lab.rails.record import record, why_not
from tests.unit.steps.migration_check.recorded import acts_of, project, said, truth

from launchready import trees
from launchready.facts.migrations import History, Opaque
from launchready.facts.schema import Engine
from launchready.steps.migration_check.frameworks import rails

PROJECTS = ("rails", "rails/newer")
ASKED = re.compile(r"\('is_if_(?:not_)?exists', True\), ")
PLACES = re.compile(r"\(\d+, ")
pytestmark = pytest.mark.skipif(
    not trees.is_installed("ruby"), reason="needs tree-sitter-ruby: pip install launchready[native]"
)


@functools.cache
def recorded(name: str) -> History:
    known = project(name)
    (found,) = rails.find(known)
    return rails.read(found, known, Engine.POSTGRESQL)


def plain(acts: list[object]) -> list[str]:
    """Acts without the look before that Active Record takes itself, and we leave to the server;
    without transactions, which are not recorded, and without the places in a block.
    """
    words = [str(each) for each in acts]
    kept = [each for each in words if not each.startswith("('Transaction'")]
    return [_plain(each) for each in kept]


def _plain(act: str) -> str:
    act = act.replace("<Kind.SEQUENCE: 'sequence'>", "<Kind.TABLE: 'table'>")  # ALTER TABLE is both
    return PLACES.sub("(", ASKED.sub("", act)).replace("current_schemas", "")


@pytest.mark.parametrize(
    ("name", "version", "side"),
    [(each, version, side) for each in PROJECTS for version, sent in truth(each).items()
     for side in sent],
)  # fmt: skip
def test_it_sends_what_active_record_sends(name: str, version: str, side: str) -> None:
    (migration,) = [each for each in recorded(name).migrations if each.version == version]
    script = migration.up if side == "up" else migration.down
    assert script is not None
    assert not [each for each in script.items if isinstance(each, Opaque)]
    assert plain(said(script)) == plain(acts_of(truth(name)[version][side]))


def test_enough_is_recorded() -> None:
    sides = [sent for name in PROJECTS for each in truth(name).values() for sent in each.values()]
    assert sum(map(len, sides)) > 300


@pytest.mark.skipif(bool(why_not()), reason=why_not() or "it can be recorded")
def test_the_record_is_what_is_sent_today(tmp_path: Path) -> None:
    known = truth("rails")
    if reason := record(tmp_path / "truth.json"):
        pytest.skip(reason.splitlines()[0])
    sent = json.loads((tmp_path / "truth.json").read_text(encoding="utf-8"))
    assert {each: set(sides) for each, sides in sent.items()} == {
        each: {"up", "down"} for each in known
    }
    for version, sides in sent.items():
        for side, statements in sides.items():
            assert acts_of(statements) == acts_of(known[version][side])
