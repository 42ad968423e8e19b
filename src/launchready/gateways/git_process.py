"""Runs the git binary so that nothing a repository says can run a program or reach the network.

The switches come from git's own pages: https://git-scm.com/docs/git#_environment_variables and
https://git-scm.com/docs/git-config.
"""

import io
import itertools
import os
import subprocess
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import field
from pathlib import Path
from typing import IO, cast

from launchready.frozen import frozen
from launchready.model import Unchecked

NO_REPOSITORY = "this folder is in no git repository"
_CHUNK = 1 << 20
_PIPE_BYTES = 1 << 20
_FEED_BYTES = 1 << 16
_FEED_LINES = 4096
_F_SETPIPE_SZ = 1031  # Linux, fcntl(2): how much a pipe holds

_ENVIRONMENT = {
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",  # for git before 2.45, which fetches missing objects unasked
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,  # grafts, like replacements, hide commits
    "GIT_PAGER": "cat",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_FLUSH": "0",  # what is read to its end need not be written a commit at a time
}
_DROPPED = ("GIT_EXTERNAL_DIFF", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_TRACE")

# Each of these either runs a program or changes what git prints.
_CONFIG = (
    "core.fsmonitor=false",
    "core.quotePath=false",
    f"core.hooksPath={os.devnull}",
    f"core.attributesFile={os.devnull}",
    "core.untrackedCache=false",
    "submodule.recurse=false",
    "log.showSignature=false",
    "log.showRoot=true",
    "diff.orderFile=/dev/null",
    "diff.noprefix=false",
    "diff.mnemonicPrefix=false",
    "diff.suppressBlankEmpty=false",
    "grep.fullName=false",
    "color.ui=false",
)


_Pipes = tuple[IO[bytes], IO[bytes], IO[bytes]]


class GitError(Exception):
    """git could not answer. `unchecked` says it to the user; public methods return that value."""

    def __init__(self, unchecked: Unchecked) -> None:
        super().__init__(unchecked.reason)
        self.unchecked = unchecked


@frozen
class GitProcess:
    """The git binary in one folder. `trust_owner` accepts a repository of another user.

    `config` are further settings, (key, value), that silence the repository's own, and `environ`
    further variables, whatever the caller's or ours say.
    """

    folder: Path
    trust_owner: bool = False
    config: tuple[tuple[str, str], ...] = field(default=())
    environ: tuple[tuple[str, str], ...] = field(default=())

    def run(self, *arguments: str, text: bytes = b"") -> bytes:
        """What git prints, given `text` on its standard input. Raises GitError."""
        code, output, errors = self.attempt(*arguments, text=text)
        if code:
            raise GitError(explain(self.folder, errors))
        return output

    def attempt(self, *arguments: str, text: bytes = b"") -> tuple[int, bytes, str]:
        """Exit code, what git prints, and what it complains of. Raises GitError without git."""
        with self._started(arguments) as process:
            output, errors = process.communicate(text)
        return process.returncode, output, errors.decode("utf-8", "replace")

    @contextmanager
    def stream(
        self, *arguments: str, lines: Iterable[bytes] = ()
    ) -> Iterator[tuple[IO[bytes], Callable[[], str]]]:
        """git's output as it comes, fed with `lines`; and a call that, at its end, raises GitError
        or gives what git complains of.

        Leaving the block early ends git.
        """
        with self._started(arguments) as process:
            stdin, stdout, stderr = _pipes(process)
            complaints: list[bytes] = []
            failures: list[Exception] = []
            feeder = threading.Thread(target=_feed, args=(stdin, lines, failures), daemon=True)
            listener = threading.Thread(
                target=lambda: complaints.append(stderr.read()), daemon=True
            )
            feeder.start()
            listener.start()

            def finish() -> str:
                feeder.join()
                listener.join()
                if failures:
                    raise failures[0]
                said = b"".join(complaints).decode("utf-8", "surrogateescape")
                if process.wait():
                    raise GitError(explain(self.folder, said))
                return said

            try:
                yield stdout, finish
            finally:
                process.kill()
                stdout.close()
                feeder.join()
                listener.join()

    @contextmanager
    def _started(self, arguments: tuple[str, ...]) -> Iterator[subprocess.Popen[bytes]]:
        try:
            process = subprocess.Popen(
                [*self._command(), *arguments],
                cwd=self.folder,
                env=self._environment(os.environ),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                bufsize=0,
            )
        except OSError as error:
            raise GitError(_not_started(self.folder, error)) from error
        _widen(_pipes(process)[1])
        with process:
            yield process

    def _command(self) -> list[str]:
        settings = list(_CONFIG)
        if self.trust_owner:  # the top of the repository is this folder or one above it
            above = (self.folder, *self.folder.parents)
            settings.extend(f"safe.directory={folder.as_posix()}" for folder in above)
        return ["git", "--no-pager", *(word for one in settings for word in ("-c", one))]

    def _environment(self, environ: Mapping[str, str]) -> dict[str, str]:
        """The caller's environment (a hook's GIT_DIR and GIT_INDEX_FILE stay), made harmless."""
        kept = {key: value for key, value in environ.items() if key not in _DROPPED}
        count = int(kept["GIT_CONFIG_COUNT"]) if kept.get("GIT_CONFIG_COUNT", "").isdigit() else 0
        for number, (key, value) in enumerate(self.config, start=count):
            kept[f"GIT_CONFIG_KEY_{number}"] = key
            kept[f"GIT_CONFIG_VALUE_{number}"] = value
        if self.config:
            kept["GIT_CONFIG_COUNT"] = str(count + len(self.config))
        return {**kept, **_ENVIRONMENT, **dict(self.environ)}


def records(stream: IO[bytes], separator: bytes = b"\0") -> Iterator[bytes]:
    """The pieces of git's output between `separator`s, the last one too if it has no end."""
    return itertools.chain.from_iterable(_split(stream, separator))


def _split(stream: IO[bytes], separator: bytes) -> Iterator[list[bytes]]:
    rest = b""
    while chunk := stream.read(_CHUNK):
        pieces = (rest + chunk).split(separator)
        rest = pieces.pop()
        yield pieces
    if rest:
        yield [rest]


def decode_path(path: bytes) -> str:
    """A path as git stores it; bytes that are not UTF-8 survive as surrogates (PEP 383)."""
    return path.decode("utf-8", "surrogateescape")


def explain(folder: Path, errors: str) -> Unchecked:
    """git's complaint as a reason and a hint. The words are those of git's C locale."""
    lowered = errors.lower()
    for sign, reason, hint in _COMPLAINTS:
        if sign in lowered:
            return Unchecked(target="git", reason=reason, hint=hint.format(folder=folder))
    said = [line.strip() for line in errors.splitlines() if line.strip()]
    fatal = [line for line in said if line.startswith(("fatal:", "error:"))]
    return Unchecked(
        target="git",
        reason=f"git failed: {(fatal or said or ['it gave no reason'])[0][:300]}",
        hint="`git fsck` in the repository says what is broken; a fresh clone mends it",
    )


_COMPLAINTS = (
    (
        "not a git repository:",
        "GIT_DIR, or the .git file of this folder, names a repository that is not there",
        "unset GIT_DIR; `git worktree repair` or `git submodule update --init` mends a .git file",
    ),
    (
        "not a git repository",
        NO_REPOSITORY,
        "run `git init` here, or name the files and folders to examine",
    ),
    (
        "dubious ownership",
        "the repository belongs to another user, so git refuses to read it",
        "run `git config --global --add safe.directory {folder}`",
    ),
    (
        "promisor remote",
        "this is a partial clone: git left out objects that are needed",
        "clone the repository again without --filter",
    ),
)


def _not_started(folder: Path, error: OSError) -> Unchecked:
    if not folder.is_dir():
        return Unchecked(
            target=str(folder), reason="there is no such folder", hint="name a folder that exists"
        )
    return Unchecked(
        target="git",
        reason="git is not on the PATH"
        if isinstance(error, FileNotFoundError)
        else f"git cannot be started: {error.strerror}",
        hint="install git (https://git-scm.com/downloads) and run again",
    )


def _pipes(process: subprocess.Popen[bytes]) -> _Pipes:
    return cast("_Pipes", (process.stdin, process.stdout, process.stderr))


def _feed(stdin: IO[bytes], lines: Iterable[bytes], failures: list[Exception]) -> None:
    """Write the lines; why they could not be made is kept for the one who reads the answer.

    They may come from another process, which one who leaves early has closed by then.
    """
    try:
        with io.BufferedWriter(cast("io.RawIOBase", stdin), _FEED_BYTES) as writer:
            left = iter(lines)
            while some := list(itertools.islice(left, _FEED_LINES)):
                some.append(b"")
                writer.write(b"\n".join(some))
    except OSError:
        pass  # git ended early; its exit code and its complaint say why
    except Exception as failure:  # noqa: BLE001 - told by finish(), where someone waits for it
        failures.append(failure)


def _widen(pipe: IO[bytes]) -> None:
    """Let the pipe hold a whole buffer, where the system can: fewer turns between the processes."""
    try:
        import fcntl

        fcntl.fcntl(pipe.fileno(), _F_SETPIPE_SZ, _PIPE_BYTES)
    except (ImportError, OSError):
        pass  # Windows and macOS have no such call; a full pipe only waits more often
