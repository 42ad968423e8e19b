"""Git repositories for tests, made by git itself; the same content gives the same commits."""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Repository:
    """A repository and its work tree at `path`."""

    path: Path

    @classmethod
    def at(cls, path: Path) -> "Repository":
        """A new, empty repository."""
        path.mkdir(parents=True, exist_ok=True)
        repository = cls(path=path)
        repository.git("init", "--quiet", "--initial-branch=main")
        return repository

    def git(self, *words: str, author: str = "A Founder", date: str = "2026-03-01") -> str:
        """What git prints. `author` and `date` are those of what the command commits."""
        done = subprocess.run(
            ["git", *words],
            cwd=self.path,
            env={**os.environ, **_identity(author, date)},
            capture_output=True,
            check=True,
        )
        return os.fsdecode(done.stdout).strip()

    def write(self, files: Mapping[str, str]) -> None:
        """Write files of the work tree, in UTF-8."""
        for name, text in files.items():
            path = self.path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def commit(
        self,
        files: Mapping[str, str],
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


def _identity(author: str, date: str) -> dict[str, str]:
    email = f"{author.rsplit(maxsplit=1)[-1].lower()}@example.com"
    return {
        f"GIT_{role}_{what}": value
        for role in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", author), ("EMAIL", email), ("DATE", f"{date}T12:00:00Z"))
    }
