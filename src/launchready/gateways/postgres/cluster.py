"""Gives a run its data directory: made by `initdb` once per server, kept in the cache, copied.

`initdb` takes over a second, a copy a tenth of one.
"""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from launchready.gateways.postgres.binaries import Installation
from launchready.gateways.postgres.client import PostgresError
from launchready.gateways.postgres.configuration import SUPERUSER
from launchready.gateways.servers.keeping import copy_tree, is_kept, keep
from launchready.gateways.servers.owner import Owner

_LAYOUT = "1"
"""Part of the name of what is kept; another one where `initdb` is called otherwise."""

_PATIENCE_SECONDS = 120


def make_cluster(
    installation: Installation, owner: Owner, folder: Path, cache: Path | None
) -> Path:
    """`folder`/data, ready for a server and owned by `owner`. Raises PostgresError, OSError.

    `cache` is the user's cache folder; None where nothing is to be kept.
    """
    data = folder / "data"
    kept = cache / _name(installation) if cache else None
    if kept is not None and is_kept(kept):
        copy_tree(kept, data)
        owner.give_all(data)
        return data
    _initialise(installation, owner, data)
    if kept is not None:
        keep(data, kept)
    return data


def environment() -> dict[str, str]:
    """What our server's programs see of this process's environment: no setting of a client."""
    dropped = ("PG", "LC_", "LANG")
    kept = {name: text for name, text in os.environ.items() if not name.startswith(dropped)}
    return {**kept, "LC_ALL": "C", "TZ": "UTC"}


def _name(installation: Installation) -> str:
    key = f"{_LAYOUT}\n{installation.version}\n{installation.folder}"
    return f"postgres-{installation.major}-{hashlib.sha256(key.encode()).hexdigest()[:16]}"


def _initialise(installation: Installation, owner: Owner, data: Path) -> None:
    said = ""
    for locale in _locales(installation.major):
        shutil.rmtree(data, ignore_errors=True)
        words = [
            installation.program("initdb"),
            f"--pgdata={data}",
            f"--username={SUPERUSER}",
            "--encoding=UTF8",
            "--auth=reject",  # `pg_hba.conf` is written anew for every run
            "--no-sync",
            *locale,
        ]
        try:
            done = subprocess.run(
                words,
                cwd=data.parent,
                env=environment(),
                capture_output=True,
                text=True,
                timeout=_PATIENCE_SECONDS,
                check=False,
                **owner.as_subprocess,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise _failed(installation, str(error)) from error
        if done.returncode == 0:
            return
        said = done.stderr.strip()
    raise _failed(installation, said.splitlines()[0] if said else "it gave no reason")


def _locales(major: int) -> tuple[tuple[str, ...], ...]:
    """Byte order with Unicode letters where the system or the server has that, else plain C."""
    if major >= 17:
        return (("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),)
    return (("--locale=C.UTF-8",), ("--locale=C",))


def _failed(installation: Installation, why: str) -> PostgresError:
    return PostgresError(
        f"initdb of {installation.version} failed: {why[:300]}",
        f"run `{installation.program('initdb')}` by hand to see why",
    )
