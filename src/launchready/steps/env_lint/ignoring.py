"""What a repository's .gitignore and .dockerignore files keep out.

Sources: gitignore(5); https://docs.docker.com/build/concepts/context/#dockerignore-files.
"""

from collections.abc import Iterable, Sequence

from launchready.facts.images import IgnoreFacts
from launchready.policy.paths import path_matches


def is_ignored_by_git(ignores: Sequence[IgnoreFacts], path: str) -> bool:
    """Whether git leaves an untracked file of this path alone, by the files of all folders above;
    the last line that fits in the nearest of them decides.
    """
    for each in sorted(_named(ignores, ".gitignore"), key=lambda each: -len(each.path)):
        folder = each.path.rpartition("/")[0]
        if folder and not path.startswith(folder + "/"):
            continue
        inner = path[len(folder) + 1 :] if folder else path
        verdict = _last(each.lines, inner)
        if verdict is not None:
            return verdict
    return False


def is_ignored_by_docker(lines: Sequence[str], path: str) -> bool:
    """Whether a build's context leaves a file out; patterns there count from the context's root."""
    anchored = tuple(_anchored(line) for line in lines)
    return bool(_last(anchored, path))


def _anchored(line: str) -> str:
    sign = "!" if line.startswith("!") else ""
    body = line.removeprefix("!").removeprefix("/").removeprefix("./").rstrip("/")
    return f"{sign}/{body}" if not body.startswith("**") else f"{sign}{body}"


def _last(lines: Iterable[str], path: str) -> bool | None:
    verdict: bool | None = None
    for line in lines:
        is_kept = line.startswith("!")
        pattern = line.removeprefix("!")
        if pattern and path_matches(pattern, path):
            verdict = not is_kept
    return verdict


def _named(ignores: Sequence[IgnoreFacts], name: str) -> Iterable[IgnoreFacts]:
    return (each for each in ignores if each.path.rpartition("/")[2] == name)
