"""Who runs a server: the user of this process, or another one where that is root."""

import os
import stat
from pathlib import Path
from typing import Any

from launchready.frozen import frozen
from launchready.gateways.servers.errors import ServerError

_CANDIDATES = ("nobody", "daemon", "www-data", "postgres")


@frozen
class Owner:
    """A user; `uid` and `gid` are None for the user of this process."""

    uid: int | None = None
    gid: int | None = None

    @property
    def as_subprocess(self) -> dict[str, Any]:
        """The arguments that make `subprocess` start a program as this user."""
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def give(self, path: Path) -> None:
        """Make this user the owner of one file or folder. Raises OSError."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def give_all(self, folder: Path) -> None:
        """Make this user the owner of a folder and of all in it. Raises OSError."""
        if self.uid is None:
            return
        self.give(folder)
        for place, folders, files in os.walk(folder):
            for name in (*folders, *files):
                self.give(Path(place, name))

    def can_reach(self, folder: Path) -> bool:
        """Whether this user may pass through every folder above this one, and into it."""
        if self.uid is None:
            return True
        return all(_lets_others_in(each) for each in (folder, *folder.parents))


def unprivileged() -> Owner:
    """This process's user, or, where that is root, one that has no rights. Raises ServerError."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return Owner()
    import pwd

    for name in _CANDIDATES:
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        if found.pw_uid != 0:
            return Owner(uid=found.pw_uid, gid=found.pw_gid)
    raise ServerError(
        "a server does not run as root, and this machine has no user without rights",
        "run launchready as another user, or give the address of a server",
    )


def _lets_others_in(folder: Path) -> bool:
    try:
        return bool(folder.stat().st_mode & stat.S_IXOTH)
    except OSError:
        return False
