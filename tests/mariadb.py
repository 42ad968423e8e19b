"""The real MariaDB that tests run on."""

import pytest

from launchready.gateways.mariadb.binaries import Installation, find_installation


def installed() -> Installation:
    """The installed server (`apt-get install mariadb-server-core`, as `.ci/run` does)."""
    found = find_installation()
    if found is None:
        pytest.skip("this machine has no MariaDB server")
    return found
