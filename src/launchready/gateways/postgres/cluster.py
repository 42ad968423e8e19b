"""Gives a run its data directory: made by `initdb` once per server, kept in the cache, copied.

`initdb` takes over a second, a copy a tenth of one.
"""

import contextlib
import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from launchready.gateways.postgres.binaries import Installation
from launchready.gateways.postgres.client import PostgresError
from launchready.gateways.postgres.configuration import SUPERUSER
from launchready.gateways.postgres.owner import Owner

_LAYOUT = "1"
"""Part of the name of what is kept; another one where `initdb` is called otherwise."""

_KEPT = 4
_PATIENCE_SECONDS = 120


def make_cluster(
    installation: Installation, owner: Owner, folder: Path, cache: Path | None
) -> Path:
    """`folder`/data, ready for a server and owned by `owner`. Raises PostgresError, OSError.

    `cache` is the user's cache folder; None where nothing is to be kept.
    """
    data = folder / "data"
    kept = cache / _name(installation) if cache else None
    if kept is not None and kept.is_dir() and _is_ours(kept):
        copy_tree(kept, data)
        owner.give_all(data)
        return data
    _initialise(installation, owner, data)
    if kept is not None:
        _keep(data, kept)
    return data


def environment() -> dict[str, str]:
    """What our server's programs see of this process's environment: no setting of a client."""
    dropped = ("PG", "LC_", "LANG")
    kept = {name: text for name, text in os.environ.items() if not name.startswith(dropped)}
    return {**kept, "LC_ALL": "C", "TZ": "UTC"}


def copy_tree(source: Path, target: Path) -> None:
    """Copy a folder with its modes; links within it stay links. Raises OSError."""
    shutil.copytree(source, target, symlinks=True, copy_function=shutil.copy)


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


def _keep(data: Path, kept: Path) -> None:
    """Put a copy into the cache, whole or not at all. That it cannot be kept stops nothing."""
    try:
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_ours(kept.parent):
            return
        with tempfile.TemporaryDirectory(dir=kept.parent, prefix=".") as making:
            copy_tree(data, Path(making, "data"))
            with contextlib.suppress(OSError):  # another run was quicker
                Path(making, "data").rename(kept)
        older = sorted(kept.parent.glob("postgres-*"), key=lambda each: each.stat().st_mtime)
        for each in older[:-_KEPT]:
            shutil.rmtree(each, ignore_errors=True)
    except OSError:
        return


def _is_ours(path: Path) -> bool:
    """Whether nobody but this user may write here: a cluster of others' could run their code."""
    found = path.lstat()
    if not hasattr(os, "geteuid"):  # pragma: no cover - Windows has other means
        return True
    return found.st_uid == os.geteuid() and not found.st_mode & 0o022 and not path.is_symlink()
