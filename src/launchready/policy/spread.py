"""Whether what a baseline accepted is in more places now than it was then."""

from collections.abc import Iterable

from launchready.policy.baseline_file import BaselineEntry

Paths = tuple[str, ...] | None
"""Files that hold one finding now, none if it is only in the past; None where that is not known."""

_MOST_NAMED = 3


def why_worse(accepted: Paths, now: Paths, *, sees_present: bool) -> str:
    """Why a finding that was accepted at some paths counts again at these, empty if it does not.

    A run that looked at all that is there takes as many files as were accepted, whatever they are
    called now. Any other run cannot tell a renamed file from a copy and takes only those.
    """
    if accepted is None or now is None:
        return ""
    more = sorted(set(now).difference(accepted))
    if not more or (sees_present and len(now) <= len(accepted)):
        return ""
    named = ", ".join(path if path.isprintable() else repr(path) for path in more[:_MOST_NAMED])
    rest = f" and {len(more) - _MOST_NAMED} more" if len(more) > _MOST_NAMED else ""
    if not accepted:
        return f"the baseline accepts it in the past only, and it is in {named}{rest} now"
    files = "1 file" if len(accepted) == 1 else f"{len(accepted)} files"
    return f"the baseline accepts it in {files}, and it is in {named}{rest} too"


def accepted_paths(entries: Iterable[BaselineEntry]) -> Paths:
    """All paths at which these entries, of one fingerprint, accept a finding."""
    paths: Paths = ()
    for entry in entries:
        paths = merged(paths, entry.present)
    return paths


def merged(one: Paths, other: Paths) -> Paths:
    """The paths of both, not known if one's are not."""
    if one is None or other is None:
        return None
    return tuple(sorted({*one, *other}))
