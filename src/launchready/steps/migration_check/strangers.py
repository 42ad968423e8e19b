"""Migrations of tools that are not read yet: they are told as unchecked, never passed over."""

from collections.abc import Iterator

from launchready.model import Unchecked
from launchready.regex import Regex
from launchready.steps.migration_check.bases import Base
from launchready.steps.migration_check.files import Files, folder_of

_SCRIPT = Regex(r"(?:^|/)migrations?/(?:.*/)?[^/]+\.(?:js|cjs|mjs|ts|cts|mts)\Z")
_SIGNS = (
    ("MikroORM", Regex(r"@mikro-orm/migrations")),
    ("Kysely", Regex(r"\bKysely\b")),
    ("Payload", Regex(r"@payloadcms/")),
    ("db-migrate", Regex(r"\bdb-migrate\b|\bdbm\b")),
)
_MOST_READ = 200
"""Scripts that are looked into for the signs of their tool."""


def strangers(files: Files, base: Base | None) -> Iterator[Unchecked]:
    """One for each tool and folder that has migrations which the base does not have."""
    new: dict[tuple[str, str], list[str]] = {}
    for path in files.names:
        if base is not None and path in base.unchanged:
            continue
        if tool := _tool_of(path, files, len(new)):
            new.setdefault((tool, folder_of(path)), []).append(path)
    for (tool, _), paths in new.items():
        more = f" and {len(paths) - 1:,} more" if len(paths) > 1 else ""
        yield Unchecked(
            target=f"{paths[0]}{more}",
            reason=f"migrations of {tool} are not read yet",
            hint="read them for locks, lost data and rollback yourself, or name the folder in"
            " `exclude`",
        )


def _tool_of(path: str, files: Files, count: int) -> str:
    if count > _MOST_READ or not _SCRIPT.search(path):
        return ""
    text = files.text(path) or ""
    return next((tool for tool, sign in _SIGNS if sign.search(text)), "")
