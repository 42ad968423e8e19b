"""Git repositories for tests, made by git itself; the same content gives the same commits."""

import os
import random
import string
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Repository:
    """A repository and its work tree at `path`."""

    path: Path

    @classmethod
    def at(cls, path: Path, *options: str) -> "Repository":
        """A new, empty repository; `options` are those of `git init`."""
        path.mkdir(parents=True, exist_ok=True)
        repository = cls(path=path)
        repository.git("init", "--quiet", "--initial-branch=main", *options)
        return repository

    def git(
        self,
        *words: str,
        author: str = "A Founder",
        date: str = "2026-03-01",
        text: str | bytes = b"",
    ) -> str:
        """What git prints, given `text`. `author` and `date` are those of what is committed."""
        done = subprocess.run(
            ["git", *words],
            cwd=self.path,
            env={**os.environ, **_identity(author, date)},
            input=text.encode() if isinstance(text, str) else text,
            capture_output=True,
            check=True,
        )
        return os.fsdecode(done.stdout).strip()

    def write(self, files: Mapping[str, str | bytes]) -> None:
        """Write files of the work tree, text in UTF-8."""
        for name, content in files.items():
            path = self.path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)

    def commit(
        self,
        files: Mapping[str, str | bytes],
        message: str = "Change",
        *,
        author: str = "A Founder",
        date: str = "2026-03-01",
    ) -> str:
        """Write files, commit all there is, and name the commit."""
        self.write(files)
        self.git("add", "--all")
        self.git(
            "commit", "--quiet", "--allow-empty", "--message", message, author=author, date=date
        )
        return self.git("rev-parse", "HEAD")

    def stage(self, files: Mapping[str, str | bytes]) -> None:
        """Write files and stage all there is."""
        self.write(files)
        self.git("add", "--all")

    def branch(self, name: str, start: str = "HEAD") -> None:
        """Make a branch and go there."""
        self.git("checkout", "--quiet", "-b", name, start)

    def merge(
        self, branch: str, files: Mapping[str, str | bytes], *, date: str = "2026-03-01"
    ) -> str:
        """Merge a branch, with these files as what the person who merged made of it."""
        self.git("merge", "--quiet", "--no-ff", "--no-commit", "-s", "ours", branch)
        return self.commit(files, "Merge", date=date)

    def store(self, content: str | bytes) -> str:
        """Store a blob that nothing names yet; its id."""
        return self.git("hash-object", "-w", "--stdin", text=content)

    def object_file(self, name: str) -> Path:
        """Where a loose object lies."""
        return self.path / ".git" / "objects" / name[:2] / name[2:]

    def corrupt(self, name: str) -> None:
        """Make a loose object unreadable."""
        file = self.object_file(name)
        file.chmod(0o644)
        file.write_bytes(file.read_bytes()[:-8] + bytes(8))


def live_key(seed: int = 0) -> str:
    """A payment key that looks genuine, made when it is needed: no file of ours holds one."""
    chance = random.Random(seed)
    letters = chance.choices(string.ascii_letters + string.digits, k=24)
    return "_".join(("sk", "live", "".join(letters)))


def _identity(author: str, date: str) -> dict[str, str]:
    email = f"{author.rsplit(maxsplit=1)[-1].lower()}@example.com"
    return {
        f"GIT_{role}_{what}": value
        for role in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", author), ("EMAIL", email), ("DATE", f"{date}T12:00:00Z"))
    }
