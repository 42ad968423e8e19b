"""Our entry of .pre-commit-config.yaml, which others share: it is added, or its release renewed."""

from collections.abc import Sequence

from launchready.config.nodes import Mapping, Node
from launchready.config.nodes import Sequence as Items
from launchready.documents import child, text_of
from launchready.documents.yaml import documents_of

FILE = ".pre-commit-config.yaml"
REPOSITORY = "https://github.com/launchready/launchready"

_HOOKS = {
    "secret-scan": ("launchready-secrets", "scans what is staged, as it is staged"),
    "env-lint": ("launchready-env", "reads env files, code and workflows as they are staged"),
    "migration-check": ("launchready-migrations", "judges staged migrations"),
}


def entry(steps: Sequence[str], version: str, indent: str = "  ") -> str:
    """Our item of `repos`, with the hooks of these steps."""
    hooks = [_HOOKS[step] for step in steps if step in _HOOKS]
    lines = [
        f"{indent}- repo: {REPOSITORY}",
        f"{indent}  rev: v{version}",
        f"{indent}  hooks:",
        *(f"{indent}    - id: {hook} # {what}" for hook, what in hooks),
    ]
    return "\n".join(lines) + "\n"


def with_entry(before: str | None, steps: Sequence[str], version: str) -> str | None:
    """The file with our entry; itself where it has one; None where it cannot be added safely."""
    if before is None:
        return f"repos:\n{entry(steps, version)}"
    repos = _repos(before)
    if repos is None or not repos.items:
        return None
    if any(_is_ours(each) for each in repos.items):
        return before
    lines = before.splitlines(keepends=True)
    first = lines[repos.items[0].line - 1]
    dash = first.partition("-")[0]
    if dash.strip() or not first.lstrip().startswith("- "):
        return None  # `repos: [{…}]`, or the like
    end = _end(lines, repos.items[-1].line, len(dash))
    if lines and not lines[end - 1].endswith("\n"):
        lines[end - 1] += "\n"
    return "".join([*lines[:end], entry(steps, version, dash), *lines[end:]])


def with_release(before: str, version: str) -> str:
    """The file with the present release in our entry."""
    repos = _repos(before)
    ours = next((each for each in repos.items if _is_ours(each)), None) if repos else None
    rev = child(ours, "rev")
    if rev is None:
        return before
    lines = before.splitlines(keepends=True)
    line, at = lines[rev.line - 1], rev.column - 1
    old = text_of(rev) or ""
    if line[at : at + len(old)] != old:
        return before  # quoted, or written in a way of its own
    lines[rev.line - 1] = f"{line[:at]}v{version}{line[at + len(old) :]}"
    return "".join(lines)


def _repos(text: str) -> Items | None:
    documents = documents_of(text)
    if documents is None or len(documents) != 1 or not isinstance(documents[0], Mapping):
        return None
    found = child(documents[0], "repos")
    return found if isinstance(found, Items) else None


def _is_ours(item: Node) -> bool:
    return (text_of(child(item, "repo")) or "").removesuffix(".git").rstrip("/") == REPOSITORY


def _end(lines: Sequence[str], last: int, indent: int) -> int:
    """How many lines there are up to the end of the item that begins at line `last`."""
    end = last
    for at in range(last, len(lines)):
        text = lines[at].rstrip()
        if text and len(text) - len(text.lstrip()) <= indent and not text.lstrip().startswith("#"):
            break
        if text and not text.lstrip().startswith("#"):
            end = at + 1
    return end
