"""Supabase's CLI: `supabase/migrations/<digits>_name.sql`.

A file's statements go to the server in one pipeline, which is one transaction. Since 2.109 the CLI
takes out what cannot run in one and sends it by itself.

Sources: https://supabase.com/docs/guides/deployment/database-migrations,
https://github.com/supabase/cli/pull/5156, https://github.com/supabase/cli/pull/6276
"""

from collections.abc import Iterator

from launchready.facts.migrations import (
    Framework,
    History,
    Late,
    Migration,
    Opaque,
    Script,
    Statement,
    Wrapping,
)
from launchready.facts.schema import Engine
from launchready.frozen import replace
from launchready.regex import Regex
from launchready.steps.migration_check.files import Files, folder_of
from launchready.steps.migration_check.frameworks.finding import Found, Reader
from launchready.steps.migration_check.frameworks.packages import version_of
from launchready.steps.migration_check.frameworks.sql_files import (
    begun,
    by_folder,
    is_foreign,
    last_of,
    script_of,
    words_of,
)

_NAME = Regex(r"(?P<version>\d+)_(?P<name>.*)\.sql")
_OUTSIDE = Regex(
    r"CREATE (?:UNIQUE )?INDEX CONCURRENTLY|DROP INDEX CONCURRENTLY|REINDEX\b.* CONCURRENTLY"
    r"|VACUUM\b|ALTER SYSTEM\b|CLUSTER\b"
)
_SPLITS = (2, 109)


def find(files: Files) -> Iterator[Found]:
    """`supabase/migrations`, wherever it lies."""
    names = (
        name
        for name in files.names
        if folder_of(name).endswith("supabase/migrations")
        and _NAME.fullmatch(last_of(name))
        and not is_foreign(name)
    )
    for folder, paths in by_folder(names).items():
        yield Found(
            framework=Framework.SUPABASE, folder=folder, paths=paths, engine=Engine.POSTGRESQL
        )


def read(found: Found, files: Files, engine: Engine) -> History:
    """The history, in the order of the names."""
    version = version_of(files, "supabase", found.folder)
    splits = not version or version >= _SPLITS
    return begun(
        History(
            framework=Framework.SUPABASE,
            folder=found.folder,
            engine=engine,
            migrations=tuple(
                _migration(path, files, engine, splits=splits) for path in found.paths
            ),
            has_downs=False,
            late=Late.REFUSES,
        )
    )


def _migration(path: str, files: Files, engine: Engine, *, splits: bool) -> Migration:
    version, _, name = last_of(path).removesuffix(".sql").partition("_")
    script = script_of(files, path, engine, wrapping=Wrapping.FILE)
    return Migration(
        path=path,
        version=version,
        name=name,
        up=_split(script) if splits else script,
        paths=(path,),
    )


def _split(script: Script) -> Script:
    return replace(script, items=tuple(_outside(each) for each in script.items))


def _outside(item: Statement | Opaque) -> Statement | Opaque:
    if isinstance(item, Statement) and _OUTSIDE.match(words_of(item)):
        return replace(item, is_outside=True)
    return item


READER = Reader(framework=Framework.SUPABASE, find=find, read=read)
