"""What the tools send today is what was recorded of them, where Node and the tools are.

`LAUNCHREADY_NODE_MODULES` names the folder of their packages. TypeORM and Sequelize ask a server
before they send anything; they are recorded by hand (tests/lab/javascript/record.cjs).
"""

import json
import os
import shutil
import subprocess

import pytest
from tests.unit.steps.migration_check.recorded import LAB, truth

MODULES = os.environ.get("LAUNCHREADY_NODE_MODULES", "")


@pytest.mark.parametrize("tool", ["knex", "node_pg_migrate"])
def test_the_record_is_still_true(tool: str) -> None:
    node = shutil.which("node")
    if node is None or not MODULES:
        pytest.skip("no Node here, or LAUNCHREADY_NODE_MODULES names no packages")
    done = subprocess.run(  # the script is ours
        [node, str(LAB / "javascript" / "record.cjs"), tool],
        env={**os.environ, "NODE_PATH": MODULES},
        capture_output=True,
        check=True,
        timeout=120,
    )
    assert json.loads(done.stdout) == truth(tool)
