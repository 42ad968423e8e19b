"""Reads the baseline of a repository, whatever stands in its place."""

from pathlib import Path

from launchready.errors import LaunchReadyError
from launchready.gateways.links import link_on_the_way
from launchready.policy.baseline import Baseline, parse_baseline

_RESTORE = "restore the file from git, or write a new one with `launchready baseline`"


def read_baseline(root: Path, shown: str) -> Baseline | None:
    """The baseline of the file `shown` in the repository at `root`, None where there is no file.

    Links are not followed, so that nothing outside is read or written. Raises LaunchReadyError.
    """
    path = root / shown
    link = path if path.is_symlink() else link_on_the_way(path, (root,))
    if link:
        raise LaunchReadyError(
            f"the baseline {shown} is not followed: {link.relative_to(root)} is a link",
            hint="put the file itself there, or name another place with `baseline`",
        )
    if path.exists() and not (path.is_file() or path.is_dir()):  # a device may have no end
        raise LaunchReadyError(f"the baseline {shown} is not a regular file", hint=_RESTORE)
    try:
        return parse_baseline(path.read_text(encoding="utf-8"), shown)
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise LaunchReadyError(
            f"cannot read the baseline {shown}: {getattr(error, 'strerror', 'not UTF-8 text')}",
            hint=_RESTORE,
        ) from error
