"""Reads what git, or a runner of hooks, says of the push that a hook is to judge.

Sources: https://git-scm.com/docs/githooks, "pre-push" and "pre-receive"; for pre-commit and prek,
https://pre-commit.com/#pre-push.
"""

import os
import re
import sys
from collections.abc import Iterator, Mapping

from launchready.errors import LaunchReadyError
from launchready.facts.git import PushedRef
from launchready.model import Unchecked

MOST_BYTES = 64 << 20
_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


def read_pre_push(remote: str | None) -> tuple[tuple[PushedRef, ...] | Unchecked, str | None]:
    """The refs of a push to another repository, and the name of the remote.

    A runner of hooks has read git's lines itself and names one ref in the environment; what it
    names is a revision then, not yet an id.
    """
    if os.environ.get("PRE_COMMIT"):
        return parse_environment(os.environ)
    seen = _read_lines("--pre-push")
    return (seen if isinstance(seen, Unchecked) else parse_push(seen, is_received=False)), remote


def read_pre_receive() -> tuple[PushedRef, ...] | Unchecked:
    """The refs of a push that this repository is to receive."""
    seen = _read_lines("--pre-receive")
    return seen if isinstance(seen, Unchecked) else parse_push(seen, is_received=True)


def _read_lines(option: str) -> bytes | Unchecked:
    if sys.stdin is None or sys.stdin.isatty():
        raise LaunchReadyError(
            f"{option} reads on standard input the lines that git gives a hook",
            hint=f"call `launchready secret-scan {option}` in the hook, as the documentation shows",
        )
    content = sys.stdin.buffer.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        return _unclear("it names too many refs")
    return content


def parse_push(content: bytes, *, is_received: bool) -> tuple[PushedRef, ...] | Unchecked:
    """The lines `REF NEW REMOTE-REF OLD` of pre-push, or `OLD NEW REF` of pre-receive.

    In the former the ref is what a person typed and may hold blanks.
    """
    lines = content.decode("utf-8", "surrogateescape").split("\n")
    refs: list[PushedRef] = []
    for number, line in enumerate(lines, start=1):
        words = line.split(" ", 2) if is_received else line.rsplit(" ", 3)[1:]
        if not line:
            continue
        if len(words) < 3:
            return _unclear(f"line {number} of standard input is not of a push")
        old, new, name = words if is_received else (words[2], words[0], words[1])
        if not (_ID.fullmatch(old) and _ID.fullmatch(new)):
            return _unclear(f"line {number} of standard input names no object")
        refs.append(PushedRef(name=name, new=_named(new), old=_named(old)))
    return tuple(refs)


def parse_environment(
    environ: Mapping[str, str],
) -> tuple[tuple[PushedRef, ...], str | None]:
    """What pre-commit and prek tell: of a new root commit only the branch that holds it; of nothing
    that is pushed, as when a person runs the hook, not even that.
    """
    names = ("PRE_COMMIT_TO_REF", "PRE_COMMIT_LOCAL_BRANCH")
    new = next((environ[name] for name in names if environ.get(name)), "HEAD")
    old = environ.get("PRE_COMMIT_FROM_REF") or None
    branch = environ.get("PRE_COMMIT_REMOTE_BRANCH", "")
    refs = (PushedRef(name=branch or new, new=new, old=old),)
    return refs, environ.get("PRE_COMMIT_REMOTE_NAME") or None


def objects_of(refs: tuple[PushedRef, ...]) -> Iterator[str]:
    """What shall be at the other side, and is perhaps new there."""
    yield from dict.fromkeys(ref.new for ref in refs if ref.new is not None)


def _named(text: str) -> str | None:
    """An id; the one of zeros alone names nothing."""
    return text if text.strip("0") else None


def _unclear(reason: str) -> Unchecked:
    return Unchecked(
        target="the push",
        reason=reason,
        hint="pass on what git gives the hook, unchanged, on standard input",
    )
