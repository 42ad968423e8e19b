"""The ledger as a file, for one machine. Whoever writes holds a lock file beside it."""

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

from launchready.errors import LaunchReadyError
from launchready.gateways.ledger import Change
from launchready.gateways.write import write_whole

_WAIT_SECONDS = 10.0
_STALE_SECONDS = 60.0
_PAUSE_SECONDS = 0.02


class FileStore:
    """A ledger at `path`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> str:
        try:
            return self._path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return ""
        except (OSError, UnicodeDecodeError) as error:
            raise LaunchReadyError(
                f"cannot read the ledger {self._path} ({type(error).__name__})",
                hint="name a text file that this user may read, or none to begin anew",
            ) from error

    def amend(self, change: Change, message: str) -> None:
        del message
        with self._locked():
            new = change(self.read())
            if new is not None:
                write_whole(self._path, [new])

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        lock = self._path.with_name(f"{self._path.name}.lock")
        lock.parent.mkdir(parents=True, exist_ok=True)
        end = time.monotonic() + _WAIT_SECONDS
        while True:
            try:
                os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
                break
            except FileExistsError:
                _take_away_a_stale(lock)
            except OSError as error:
                raise LaunchReadyError(
                    f"cannot write beside the ledger {self._path}: {error.strerror}",
                    hint="name a place that this user may write to",
                ) from error
            if time.monotonic() > end:
                raise LaunchReadyError(
                    f"another run has held {lock.name} for too long",
                    hint=f"see that no other run writes, then delete {lock}",
                )
            time.sleep(_PAUSE_SECONDS)
        try:
            yield
        finally:
            lock.unlink(missing_ok=True)


def _take_away_a_stale(lock: Path) -> None:
    """A run that died leaves its lock: nobody needs it for a minute."""
    with contextlib.suppress(OSError):
        if time.time() - lock.stat().st_mtime > _STALE_SECONDS:
            lock.unlink()
