"""diesel: `migrations/<version>_<name>/up.sql` with `down.sql` and, perhaps, `metadata.toml`.

Source: https://docs.rs/diesel_migrations/latest/diesel_migrations/ (FileBasedMigrations,
`run_in_transaction`); the version is the folder's name up to the first `_`, hyphens left out.
"""

from collections.abc import Iterator

from launchready.facts.migrations import Framework, History, Migration, Script
from launchready.facts.schema import Engine
from launchready.regex import Regex
from launchready.steps.migration_check.files import Files, folder_of
from launchready.steps.migration_check.frameworks.finding import Found, Reader
from launchready.steps.migration_check.frameworks.sql_files import (
    begun,
    is_foreign,
    last_of,
    script_of,
    sent_whole,
)

_ALONE = Regex(r"(?m)^\s*run_in_transaction\s*=\s*false\b")


def find(files: Files) -> Iterator[Found]:
    """Folders of folders that hold an `up.sql`."""
    groups: dict[str, list[str]] = {}
    for path in files.named("up.sql", "down.sql"):
        folder = folder_of(path)
        if last_of(folder)[:1].isdigit() and not is_foreign(path):
            groups.setdefault(folder_of(folder), []).append(path)
    for folder, paths in sorted(groups.items()):
        yield Found(framework=Framework.DIESEL, folder=folder, paths=tuple(sorted(paths)))


def read(found: Found, files: Files, engine: Engine) -> History:
    """The history, in the order of the versions."""
    folders = sorted({folder_of(path) for path in found.paths}, key=lambda f: (_version(f), f))
    return begun(
        History(
            framework=Framework.DIESEL,
            folder=found.folder,
            engine=engine,
            migrations=tuple(
                _migration(folder, files, engine)
                for folder in folders
                if f"{folder}/up.sql" in files
            ),
        )
    )


def _version(folder: str) -> str:
    return last_of(folder).partition("_")[0].replace("-", "")


def _migration(folder: str, files: Files, engine: Engine) -> Migration:
    up, down, metadata = (f"{folder}/{name}" for name in ("up.sql", "down.sql", "metadata.toml"))
    is_alone = bool(_ALONE.search(files.text(metadata) or ""))
    paths = tuple(path for path in (up, down, metadata) if path in files)
    return Migration(
        path=up,
        version=_version(folder),
        name=last_of(folder).partition("_")[2],
        up=_script(files, up, engine, is_alone=is_alone),
        down=_script(files, down, engine, is_alone=is_alone) if down in files else None,
        paths=paths,
    )


def _script(files: Files, path: str, engine: Engine, *, is_alone: bool) -> Script:
    script = script_of(files, path, engine)
    return sent_whole(script) if is_alone else script


READER = Reader(framework=Framework.DIESEL, find=find, read=read)
