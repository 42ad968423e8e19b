"""The whole of smoke-test against a real nginx: a clean site gives nothing, a fault its rule."""

from pathlib import Path

import pytest

from tests.edge.faults import FAULTS, SILENT
from tests.edge.lab import score
from tests.edge.nginx import has_v6, program


def test_faults_are_found_and_nothing_else(tmp_path: Path) -> None:
    """One test, so that the lab runs once however many workers share the suite."""
    if program() is None or not has_v6():
        pytest.skip("this machine has no nginx, or no ::1")
    assert len(FAULTS) >= 60
    scored = score({**SILENT, **FAULTS}, tmp_path)
    assert scored.recall >= 0.95, scored.missed
    assert scored.precision >= 0.98, scored.wrong
    clean, gated = scored.looks["the clean site"], scored.looks["a gate for bots"]
    assert (clean.rules, clean.unchecked) == ([], [])
    assert clean.looked["addresses"] == 2
    assert (gated.rules, bool(gated.unchecked)) == ([], True)
