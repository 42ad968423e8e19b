"""Other files of the repository that a migration reads: modules, SQL and JSON beside it."""

import json
import posixpath

from launchready.steps.migration_check.files import Files, folder_of
from launchready.steps.migration_check.frameworks.javascript.values import UNKNOWN
from launchready.steps.migration_check.frameworks.syntax.code import Code

LANGUAGES = {
    "js": "javascript", "cjs": "javascript", "mjs": "javascript", "jsx": "javascript",
    "ts": "typescript", "cts": "typescript", "mts": "typescript", "tsx": "tsx",
}  # fmt: skip
"""The grammar for each ending of a file."""
_TEXTS = ("sql", "txt", "md", "graphql")


def ending_of(path: str) -> str:
    """What stands behind the last dot of a path."""
    return path.rpartition(".")[2].lower()


def code_of(path: str, files: Files) -> Code | None:
    """A file with its tree; None where it is no code or cannot be read."""
    text = files.text(path) if ending_of(path) in LANGUAGES else None
    return None if text is None else Code(path, text, LANGUAGES[ending_of(path)])


def loaded(name: str, beside: str, files: Files) -> object:
    """A file that another one names: its `Code`, its text, what its JSON says; else UNKNOWN."""
    where = posixpath.normpath(posixpath.join(folder_of(beside), name))
    if not name.startswith("."):
        where = posixpath.normpath(name)
    elif (found := _module(where, files)) is not None:
        return found
    if where not in files:
        return UNKNOWN
    if ending_of(where) == "json":
        try:
            return json.loads(files.text(where) or "")
        except (ValueError, RecursionError):
            return UNKNOWN
    return (files.text(where) or "") if ending_of(where) in _TEXTS else UNKNOWN


def _module(where: str, files: Files) -> Code | None:
    stem = where.removesuffix(".js")  # TypeScript's modules are imported by what they become
    for each in (where, *(f"{stem}.{end}" for end in LANGUAGES), f"{where}/index.js",
                 f"{where}/index.ts"):  # fmt: skip
        if each in files and (found := code_of(each, files)) is not None:
            return found
    return None
