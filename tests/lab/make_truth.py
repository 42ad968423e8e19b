"""Writes `truth.json`: every case on every server of the lab, one case a line.

`python -m tests.lab.make_truth [NAME…]` runs all cases, or prints what some give.
"""

import contextlib
import json
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from launchready.gateways.postgres.binaries import find_installations
from launchready.gateways.postgres.client import QueryError
from launchready.gateways.postgres.launch import launched
from launchready.gateways.postgres.server import PostgresServer
from tests.lab.record import ROLE, Recorder
from tests.lab.statements import FOLDER, Case, read_cases

TRUTH = FOLDER / "truth.json"
MAJORS = (15, 18)

_WORKERS = 2
_FULL, _EMPTY = "full", "empty"


@contextlib.contextmanager
def lab(major: int, cache: Path | None = None) -> Iterator[PostgresServer]:
    """A server of this version that holds the base schema, once with rows and once without."""
    found = find_installations(major)
    if not found or found[0].major != major:
        raise SystemExit(f"the lab needs PostgreSQL {major}")
    with launched(found[0], cache=cache) as server:
        prepare(server)
        yield server


def prepare(server: PostgresServer) -> None:
    """Make the two databases that every run is a copy of."""
    schema = (FOLDER / "base.sql").read_text(encoding="utf-8")
    with server.connect(server.maintenance) as session:
        session.run(f"CREATE ROLE {ROLE}")
    for name in (_EMPTY, _FULL):
        server.create_database(name)
        with server.connect(name) as session:
            session.run(schema)
            if name == _FULL:
                session.run((FOLDER / "rows.sql").read_text(encoding="utf-8"))
                session.run("VACUUM")


def truth_of(server: PostgresServer, case: Case) -> dict[str, Any]:
    """What the server says of the case. What fails is tried on tables without rows too: whether it
    fails there as well is `fails_empty`.
    """
    seen = _run(server, case, _FULL)
    if "fails" in seen and "fails" in (empty := _run(server, case, _EMPTY)):
        seen["fails_empty"] = empty["fails"]
    return dict(sorted(seen.items()))


def _run(server: PostgresServer, case: Case, template: str) -> dict[str, Any]:
    database = server.create_database(template=template)
    try:
        return Recorder(server, database, case).run()
    except QueryError as error:
        raise RuntimeError(f"{case.name}: the setup fails: {error}") from error
    finally:
        server.drop_database(database)


def entry(case: Case, truths: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """A case as the file holds it. Its own `hazard` is that of the newest version."""
    newest = truths[str(max(MAJORS))]
    return {
        "name": case.name,
        "mode": case.mode,
        "sql": case.sql,
        **({"run": case.run} if case.run != case.sql else {}),
        **({"setup": case.setup} if case.setup else {}),
        "hazard": newest["hazard"],
        "truth": truths,
    }


def main(names: list[str]) -> None:
    """Run the cases and write the file, or print those that are named."""
    cases = [case for case in read_cases() if not names or case.name in names]
    truths: dict[str, dict[str, Any]] = {case.name: {} for case in cases}
    for major in MAJORS:
        with lab(major) as server, ThreadPoolExecutor(_WORKERS) as pool:
            for case, truth in zip(
                cases, pool.map(lambda case: truth_of(server, case), cases), strict=True
            ):
                truths[case.name][str(major)] = truth
    entries = [entry(case, truths[case.name]) for case in cases]
    if names:
        print(json.dumps(entries, indent=1, ensure_ascii=False))
        return
    lines = ",\n".join(json.dumps(each, ensure_ascii=False) for each in entries)
    TRUTH.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    hazards = sum(each["hazard"] for each in entries)
    print(f"{len(entries)} cases, {hazards} of them hazards")


if __name__ == "__main__":
    main(sys.argv[1:])
