"""Reads what a change adds: the lines of each file, from a diff without context lines.

Source: https://git-scm.com/docs/diff-format, "Generating patch text with -p".
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from launchready.facts.changes import LineRange
from launchready.gateways.git_process import GitProcess, decode_path, records
from launchready.regex import Regex

CONTEXT_LINES = 3

Lines = Mapping[str, tuple[LineRange, ...]]

_SWITCHES = (
    "-M",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "--no-relative",
    "--ignore-submodules=all",
)
_PATCH = ("-p", "-U0", "--inter-hunk-context=0", "--text", "--src-prefix=a/", "--dst-prefix=b/")
_HUNK = Regex(rb"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_ESCAPE = Regex(rb"\\([0-7]{3}|.)", re.DOTALL)
_LETTERS = {
    b"a": b"\a",
    b"b": b"\b",
    b"t": b"\t",
    b"n": b"\n",
    b"v": b"\v",
    b"f": b"\f",
    b"r": b"\r",
}


def read_lines(git: GitProcess, *revisions: str) -> tuple[Lines, Lines]:
    """The added lines, and the same with the diff's context, by path. Raises GitError.

    `revisions` are `git diff`'s: one for the work tree against it, two, or `--cached` and one.
    Every file that the new side has is a key, also where no line was added.
    """
    touched = dict.fromkeys(_touched(git, revisions))
    added: dict[str, list[LineRange]] = {path: [] for path in touched}
    near: dict[str, list[LineRange]] = {path: [] for path in touched}
    with git.stream("diff", *_SWITCHES, *_PATCH, *revisions, "--") as (output, finish):
        for path, first, count in _parse_patch(records(output, b"\n")):
            if path not in touched:
                continue
            if count:
                added[path].append((first, first + count - 1))
            start = first if count else first + 1  # `+4,0` stands between lines 4 and 5
            near[path].append((max(1, start - CONTEXT_LINES), start + count - 1 + CONTEXT_LINES))
        finish()
    return _joined(added), _joined(near)


def read_edited(git: GitProcess, base: str, paths: Iterable[str]) -> Mapping[str, str]:
    """Those of these paths that the work tree has otherwise than `base`, by git's letter for how: A
    for added, D for deleted, else edited. Raises GitError.
    """
    listing = git.run("ls-files", "-z", "--others", "--", *paths)
    new = {decode_path(path): "A" for path in listing.split(b"\0") if path}
    return read_changed(git, base, paths) | new


def read_changed(git: GitProcess, base: str, paths: Iterable[str] = ()) -> dict[str, str]:
    """The same without those that git does not track; of all paths where none are named."""
    words = ("diff", *_SWITCHES, "--no-renames", "--name-status", "-z", base, "--", *paths)
    pieces = git.run(*words).split(b"\0")
    return {
        decode_path(path): status.decode("ascii", "replace")
        for status, path in zip(pieces[::2], pieces[1::2], strict=False)
    }


def _touched(git: GitProcess, revisions: Iterable[str]) -> Iterator[str]:
    """Paths of the new side: of files, not of submodules, and not what was deleted."""
    pieces = iter(git.run("diff", *_SWITCHES, "--raw", "-z", *revisions, "--").split(b"\0"))
    for entry in pieces:
        if not entry:
            continue
        status = entry.rpartition(b" ")[2]
        path = next(pieces)
        if status[:1] in (b"R", b"C"):
            path = next(pieces)
        if status[:1] not in (b"D", b"U"):
            yield decode_path(path)


def _parse_patch(lines: Iterator[bytes]) -> Iterator[tuple[str, int, int]]:
    """Path, first line and number of lines of each hunk, as the new side counts them.

    Bodies are skipped by the counts in the hunk's head, so that no content reads as a head.
    """
    path = ""
    for line in lines:
        if line.startswith(b"+++ "):
            path = decode_path(_unquoted(line[4:].removesuffix(b"\t"))[2:])
        elif hunk := _HUNK.match(line):
            removed, first, count = (int(one) if one else 1 for one in hunk.groups())
            _skip(lines, removed + count)
            yield path, first, count


def _skip(lines: Iterator[bytes], count: int) -> None:
    """Pass over a hunk's body; "\\ No newline at end of file" is no line of it."""
    while count:
        line = next(lines, None)
        if line is None:
            return
        if not line.startswith(b"\\"):
            count -= 1


def _unquoted(name: bytes) -> bytes:
    """A path of a patch, which stands in quotes with escapes if it has odd characters."""
    if not name.startswith(b'"'):
        return name
    return _ESCAPE.sub(_unescaped, name[1:-1])


def _unescaped(escape: re.Match[bytes]) -> bytes:
    code = escape[1]
    return bytes([int(code, 8) & 0xFF]) if code.isdigit() else _LETTERS.get(code, code)


def _joined(ranges: Mapping[str, list[LineRange]]) -> Lines:
    """Ranges in ascending order that neither touch nor overlap."""
    return {path: tuple(_merge(sorted(its))) for path, its in sorted(ranges.items())}


def _merge(ranges: Iterable[LineRange]) -> Iterator[LineRange]:
    current: LineRange | None = None
    for first, last in ranges:
        if current and first <= current[1] + 1:
            current = (current[0], max(current[1], last))
            continue
        if current:
            yield current
        current = (first, last)
    if current:
        yield current
