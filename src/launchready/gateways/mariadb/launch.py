"""Starts and stops a MariaDB of our own: one socket in a folder of ours, no network, never root.

Its data directory is made by the server itself from the SQL that comes with it, which takes half a
second, and kept in the cache; a copy of it is ready in a tenth of one.
Source: https://mariadb.com/kb/en/mariadbd-options/
"""

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from launchready.gateways.mariadb.binaries import Installation
from launchready.gateways.mariadb.client import MariadbError
from launchready.gateways.mariadb.server import MariadbServer
from launchready.gateways.servers.folders import MARIADB_PID, run_folder
from launchready.gateways.servers.keeping import copy_tree, is_kept, keep
from launchready.gateways.servers.owner import Owner, unprivileged

_LAYOUT = "1"
"""Part of the name of what is kept; another one where it is made otherwise."""

_LONGEST_SOCKET = 100
_PATIENCE_SECONDS = 60.0
_STOP_SECONDS = 10.0
_GLANCE_SECONDS = 0.005

_SCRIPTS = (
    "mysql_system_tables.sql",
    "mysql_performance_tables.sql",
    "mysql_system_tables_data.sql",
)
_BEFORE = "CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket = NULL;\n"

_SETTINGS = (
    "--skip-networking",
    "--skip-log-bin",
    "--performance-schema=0",
    "--userstat=1",  # rows changed, by table
    "--character-set-server=utf8mb4",
    "--collation-server=utf8mb4_general_ci",
    "--lower-case-table-names=0",
    "--default-time-zone=+00:00",
    "--innodb-data-file-path=ibdata1:12M:autoextend",
    "--innodb-temp-data-file-path=ibtmp1:12M:autoextend",
    "--innodb-buffer-pool-size=64M",
    "--innodb-log-file-size=8M",
    "--innodb-flush-log-at-trx-commit=0",
    "--innodb-flush-method=fsync",
    "--innodb-doublewrite=0",
    "--innodb-buffer-pool-dump-at-shutdown=0",
    "--innodb-buffer-pool-load-at-startup=0",
    "--aria-pagecache-buffer-size=8M",
    "--key-buffer-size=1M",
    "--max-connections=60",
    "--local-infile=0",
)


@contextlib.contextmanager
def launched(installation: Installation, *, cache: Path | None = None) -> Iterator[MariadbServer]:
    """A server of our own for as long as the block lasts, then gone with all it held.

    `cache` is the user's cache folder. Raises MariadbError, ServerError where it cannot be started.
    """
    owner = unprivileged()
    if not owner.can_reach(installation.program.parent):
        raise MariadbError(
            f"a server does not run as root, and no other user may enter {installation.program}",
            "run launchready as another user",
        )
    try:
        with run_folder(owner) as folder:
            data = _data(installation, owner, folder, cache)
            path = folder / "socket"
            if len(os.fsencode(path)) > _LONGEST_SOCKET:
                raise MariadbError(
                    "the temporary folder's name is too long for a socket",
                    "set TMPDIR to a folder with a shorter one",
                )
            with _running(installation, owner, data, path) as server:
                yield server
    except OSError as error:
        raise MariadbError(
            f"no folder for a MariaDB of our own: {error}",
            "set TMPDIR to a folder with 200 MB free",
        ) from error


def _data(installation: Installation, owner: Owner, folder: Path, cache: Path | None) -> Path:
    data = folder / "data"
    name = "-".join(("mariadb", *map(str, installation.version), _LAYOUT))
    kept = cache / name if cache else None
    if kept is not None and is_kept(kept):
        copy_tree(kept, data)
        owner.give_all(data)
        return data
    data.mkdir(mode=0o700)
    owner.give(data)
    scripts = [(installation.scripts / each).read_bytes() for each in _SCRIPTS]
    done = subprocess.run(
        [*_words(installation, data), "--bootstrap"],
        input=b"\n".join((_BEFORE.encode(), *scripts)),
        cwd=data,
        env=_environment(),
        capture_output=True,
        timeout=_PATIENCE_SECONDS,
        check=False,
        **owner.as_subprocess,
    )
    if done.returncode:
        raise _not_started(installation, done.stderr.decode("utf-8", "replace"))
    if kept is not None:
        keep(data, kept)
    return data


@contextlib.contextmanager
def _running(
    installation: Installation, owner: Owner, data: Path, path: Path
) -> Iterator[MariadbServer]:
    log = data.parent / "server.log"
    pid = f"--pid-file={data / MARIADB_PID}"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*_words(installation, data), f"--socket={path}", pid],
            cwd=data,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,  # an interrupt at the terminal reaches us alone
            **owner.as_subprocess,
        )
    try:
        if not _is_ready(process, path):
            raise _not_started(installation, log.read_text("utf-8", "replace"))
        yield MariadbServer(socket=str(path), version=installation.version)
    finally:
        process.send_signal(signal.SIGKILL)  # nothing that it holds is worth a shutdown
        process.wait(_STOP_SECONDS)


def _words(installation: Installation, data: Path) -> list[str]:
    files = f"--secure-file-priv={data}"  # no migration reads or writes a file elsewhere
    return [str(installation.program), "--no-defaults", f"--datadir={data}", files, *_SETTINGS]


def _environment() -> dict[str, str]:
    """What the server sees of this process's environment: nothing that a client would."""
    return {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"}


def _is_ready(process: "subprocess.Popen[bytes]", path: Path) -> bool:
    """Whether the server takes sessions; its socket is there a moment before it listens."""
    end = time.monotonic() + _PATIENCE_SECONDS
    while process.poll() is None and time.monotonic() < end:
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as line:
            line.connect(str(path))
            return True
        time.sleep(_GLANCE_SECONDS)
    return False


def _not_started(installation: Installation, said: str) -> MariadbError:
    errors = [line for line in said.splitlines() if "ERROR" in line]
    why = errors[0][:300] if errors else "it gave no reason"
    return MariadbError(
        f"MariaDB {'.'.join(map(str, installation.version))} does not start: {why}",
        f"run `{installation.program} --version` by hand to see why",
    )
