"""Rails: migrations in Ruby, read by their syntax trees (tree-sitter, of the extra `native`).

Source: ActiveRecord 8.1 (migration.rb, migration/{command_recorder,compatibility}.rb,
connection_adapters).
"""

from dataclasses import replace

from launchready.facts.migrations import Framework, History, Migration, Opaque, Script, Wrapping
from launchready.facts.schema import Engine
from launchready.model import FileLocation
from launchready.steps.migration_check.files import Files
from launchready.steps.migration_check.frameworks.finding import Found, Reader
from launchready.steps.migration_check.frameworks.rails.commands import Step, undone
from launchready.steps.migration_check.frameworks.rails.editor import Editor
from launchready.steps.migration_check.frameworks.rails.evaluating import Evaluator
from launchready.steps.migration_check.frameworks.rails.finding import find, tables_in, version_of
from launchready.steps.migration_check.frameworks.rails.performers import PERFORMERS
from launchready.steps.migration_check.frameworks.rails.sources import Source, learn, source_of
from launchready.steps.migration_check.frameworks.rails.tables import Tables
from launchready.steps.migration_check.frameworks.rails.types import Dialect
from launchready.steps.migration_check.frameworks.rails.walking import Walker
from launchready.steps.migration_check.frameworks.syntax.code import Code

_UPS, _DOWNS = ("change", "up"), ("change", "down")


def read(found: Found, files: Files, engine: Engine) -> History:
    """All migrations of a folder, in the order of their versions."""
    project = Project(found, files, engine)
    migrations = tuple(project.migration(path) for path in found.paths)
    return History(
        framework=Framework.RAILS,
        folder=found.folder,
        engine=engine,
        migrations=migrations,
        is_whole=project.is_whole(migrations),
    )


class Project:
    """Reads migrations one after the other, and keeps what they have made so far."""

    def __init__(self, found: Found, files: Files, engine: Engine) -> None:
        self._found, self._files, self._engine = found, files, engine
        self._tables = Tables()

    def migration(self, path: str) -> Migration:
        """The next migration."""
        version, name = version_of(path)
        code = Code(path, self._files.text(path) or "", "ruby")
        source = source_of(code)
        place = FileLocation(path=path, line=1, column=1)
        if source is None:
            problem = code.problem or "it has no class with `change` or `up`"
            up, down = Script(problem=problem, location=place), None
        else:
            datetime = self._found.options.get("datetime", "timestamp")
            on = Dialect(engine=self._engine, version=source.version, datetime=datetime)
            up = self._script(source, on, _UPS) or Script(location=place)
            down = self._script(source, on, _DOWNS)
        return Migration(path=path, version=version, name=name, up=up, down=down, paths=(path,))

    def _script(self, source: Source, on: Dialect, names: tuple[str, str]) -> Script | None:
        name = next((each for each in names if each in source.methods), None)
        if name is None:
            return None
        is_down, node = names is _DOWNS, source.methods[name]
        is_reverting = is_down and name == "change"
        tables = self._tables.copy() if is_down else self._tables
        editor = Editor(source.code, on, tables, PERFORMERS, self._sql_file)
        place = source.code.place(node)
        refusal = ""
        try:
            steps, refusal = self._steps(source, on, name, is_reverting=is_reverting)
            editor.run(undone(steps) if is_reverting else steps)
        except RecursionError:
            editor.items.append(Opaque(place=place, what="code nested too deep", changes_rows=True))
        is_free = source.is_outside or on.is_mysql
        script = Script(
            items=tuple(editor.items),
            wrapping=Wrapping.NONE if is_free else Wrapping.FILE,
            location=place,
            is_written=not is_reverting,
        )
        reason = refusal or editor.refusal
        return replace(script, is_irreversible=True, reason=reason) if reason else script

    def _steps(
        self, source: Source, on: Dialect, name: str, *, is_reverting: bool
    ) -> tuple[list[Step], str]:
        known = Evaluator(source.code, on, self._tables.__contains__)
        known.key = self._found.options.get("key", "")
        walker = Walker(
            known, source.methods, is_reverting=is_reverting, is_outside=source.is_outside
        )
        learn(source, known)
        walker.run(name)
        return walker.calls.steps, walker.calls.refusal

    def _sql_file(self, end: str) -> str | None:
        """The text of an SQL file of the project, by the end of its path."""
        root = self._found.folder.rpartition("db/")[0]
        return self._files.text(f"{root}db/{end}")

    def is_whole(self, migrations: tuple[Migration, ...]) -> bool:
        """Whether all tables of the database's dump come from these migrations; without one, all
        that they touch.
        """
        path = self._found.options.get("schema", "")
        schema = self._files.text(path) or ""
        if not path:
            return not self._tables.strangers
        missing = [name for name in tables_in(schema) if name not in self._tables]
        if not missing:
            return True
        written = "\n".join(
            each.sql
            for migration in migrations
            for each in migration.up.statements
            if "create" in each.sql.lower()
        )
        return all(name in written for name in missing)


READER = Reader(framework=Framework.RAILS, find=find, read=read)

__all__ = ["READER", "find", "read"]
