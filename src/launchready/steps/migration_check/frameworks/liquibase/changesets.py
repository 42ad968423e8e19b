"""The changeSets of one changelog -> migrations."""

from collections.abc import Iterator

from launchready.facts.migrations import Migration, Opaque, Script, Statement, Wrapping
from launchready.facts.schema import Engine
from launchready.frozen import replace
from launchready.model import FileLocation
from launchready.regex import Regex
from launchready.steps.migration_check.files import Files
from launchready.steps.migration_check.frameworks.liquibase.changes import sql_of, undo_of
from launchready.steps.migration_check.frameworks.liquibase.elements import Element
from launchready.steps.migration_check.frameworks.liquibase.formatted import (
    FormattedChange,
    formatted_changes,
)
from launchready.steps.migration_check.frameworks.liquibase.including import Changelog, resolved
from launchready.steps.migration_check.parsing.scripts import statements_of

_NO_CHANGES = frozenset(
    {"rollback", "comment", "preConditions", "validCheckSum", "modifySql", "ext", "property"}
)
_ROWS = frozenset({"loadData", "loadUpdateData", "mergeColumns", "addLookupTable"})
_WITH_TEXT = frozenset({"sql", "createProcedure", "createFunction", "createTrigger"})
_PARAMETER = Regex(r"\$\{([\w.-]+)\}")
_MOST_DEPTH = 5
"""How often a parameter may stand in a parameter's value."""

Item = Statement | Opaque


class ChangeSets:
    """Reads one changelog. `properties` are those of the changelogs before it, and grow."""

    def __init__(
        self, log: Changelog, files: Files, engine: Engine, properties: dict[str, str]
    ) -> None:
        self._log = log
        self._files = files
        self._engine = engine
        self._properties = properties

    def migrations(self) -> list[Migration]:
        """Its changeSets, in order."""
        if self._log.root is None:
            text = self._files.text(self._log.path) or ""
            changes = formatted_changes(text)
            return [self._formatted(each) for each in changes if self._is_for(each.attributes)]
        return [
            self._change_set(each)
            for each in self._log.root.named("changeSet")
            if self._is_for(each.attributes)
        ]

    def take_properties(self) -> None:
        """Add its properties to those that are known; the first of a name counts."""
        for each in self._log.root.named("property") if self._log.root else ():
            if self._is_for(each.attributes):
                self._properties.setdefault(each.get("name"), each.get("value"))

    def _is_for(self, attributes: dict[str, str]) -> bool:
        """Whether `dbms` names this engine, or none, or does not leave it out."""
        named = [each.strip().lower() for each in attributes.get("dbms", "").split(",")]
        named = [each for each in named if each]
        own = self._engine.value
        if f"!{own}" in named or "none" in named:
            return False
        wanted = [each for each in named if not each.startswith("!")]
        return not wanted or own in wanted or "all" in wanted

    def _formatted(self, change: FormattedChange) -> Migration:
        path, line = self._log.path, change.line
        wrapping = _wrapping(change.attributes)

        def script(text: str) -> Script:
            return Script(
                items=self._placed(self._filled(text), line, 1),
                wrapping=wrapping,
                location=FileLocation(path=path, line=line),
            )

        down = None if change.down is None else script(change.down)
        if down is not None and not down.items:
            down = replace(down, reason="it says that no rollback is needed")
        return Migration(
            path=path,
            version=change.id,
            name=f"{change.author}:{change.id}",
            part=f"{change.author}:{change.id}",
            up=script(change.up),
            down=down,
            paths=(path,),
            is_repeatable=_is_repeatable(change.attributes),
        )

    def _change_set(self, change: Element) -> Migration:
        path = self._log.path
        place = FileLocation(path=path, line=change.line)
        wrapping = _wrapping(change.attributes)
        changes = [each for each in change.children if each.name not in _NO_CHANGES]
        if change.get("sql"):  # YAML's `- sql: …` is a child, a bare key an attribute
            changes.append(_of_attribute(change, "sql"))
        items = tuple(item for each in changes for item in self._items(each))
        files = (found for e in changes if (found := resolved(e, "path", path, self._files)))
        title = f"{change.get('author')}:{change.get('id')}"
        return Migration(
            path=path,
            version=change.get("id"),
            name=title,
            part=title,
            up=Script(items=items, wrapping=wrapping, location=place),
            down=self._down(change, changes, wrapping),
            paths=(path, *dict.fromkeys(files)),
            is_repeatable=_is_repeatable(change.attributes),
        )

    def _down(self, change: Element, changes: list[Element], wrapping: Wrapping) -> Script | None:
        written = list(change.named("rollback"))
        if "rollback" in change.attributes:
            written.append(_of_attribute(change, "rollback"))
        if written:
            items = tuple(item for each in written for item in self._rollback(each))
            place = FileLocation(path=self._log.path, line=written[0].line)
            reason = "" if items else "it says that no rollback is needed"
            return Script(items=items, wrapping=wrapping, location=place, reason=reason)
        undone: list[Item] = []
        for each in reversed(changes):
            sql = undo_of(each, self._engine)
            if sql is None:
                return None
            undone += self._statements(each, sql)
        place = FileLocation(path=self._log.path, line=change.line)
        return Script(items=tuple(undone), wrapping=wrapping, location=place, is_written=False)

    def _rollback(self, rollback: Element) -> Iterator[Item]:
        if rollback.text.strip():
            yield from self._text(rollback)
        for each in rollback.children:
            yield from self._items(each)
        if rollback.get("sql"):
            yield from self._text(_of_attribute(rollback, "sql"))

    def _items(self, change: Element) -> Iterator[Item]:
        if not self._is_for(change.attributes):
            return
        place = FileLocation(path=self._log.path, line=change.line)
        if change.name in _WITH_TEXT and not change.get("path"):
            text = change if change.text else _of_attribute(change, "sql")
            yield from self._text(text if text.text else _of_attribute(change, "procedureText"))
        elif change.name == "sqlFile" or change.name in _WITH_TEXT:
            yield from self._file(change, place)
        elif change.name in _ROWS:
            tables = tuple(filter(None, (change.get("tableName"),)))
            yield Opaque(place=place, what=change.name, changes_rows=True, tables=tables)
        elif (sql := sql_of(change, self._engine)) is not None:
            yield from self._statements(change, sql)
        else:
            yield Opaque(place=place, what=f"a change of type {change.name}")

    def _file(self, change: Element, place: FileLocation) -> Iterator[Item]:
        path = resolved(change, "path", self._log.path, self._files)
        text = self._files.text(path) if path else None
        if text is None:
            yield Opaque(place=place, what=f"the file {change.get('path')!r}, which is not there")
            return
        yield from statements_of(path, text, self._engine)

    def _statements(self, change: Element, sql: tuple[str, ...]) -> Iterator[Statement]:
        place = FileLocation(path=self._log.path, line=change.line)
        for each in sql:
            text = self._filled(each)
            yield Statement(sql=text, place=place, is_written=False, operation=change.name)

    def _text(self, element: Element) -> Iterator[Item]:
        line, column = element.text_line or element.line, element.text_column or 1
        call = FileLocation(path=self._log.path, line=element.line)
        for found in self._placed(self._filled(element.text), line, column):
            each = replace(found, call=call)
            yield each if element.is_verbatim else replace(each, is_written=False)

    def _placed(self, text: str, line: int, column: int) -> tuple[Statement, ...]:
        """The statements of a text that begins at a place of the changelog."""
        found = statements_of(self._log.path, text, self._engine)
        return tuple(replace(each, place=_moved(each.place, line, column)) for each in found)

    def _filled(self, text: str) -> str:
        """The text with the values of the changelog's parameters, which change no line's number."""
        for _ in range(_MOST_DEPTH if "${" in text else 0):
            filled = _PARAMETER.sub(
                lambda match: self._properties.get(match[1], match[0]).replace("\n", " "), text
            )
            if filled == text:
                break
            text = filled[: 4 * len(text) + 10_000]
        return text


def _moved(place: FileLocation, line: int, column: int) -> FileLocation:
    """A place of a piece as a place of the file, in which the piece begins there."""
    moved = replace(place, line=(place.line or 1) + line - 1)
    if place.line == 1 and place.column:
        moved = replace(moved, column=place.column + column - 1)
    if place.end_line:
        moved = replace(moved, end_line=place.end_line + line - 1)
        if place.end_line == 1 and place.end_column:
            moved = replace(moved, end_column=place.end_column + column - 1)
    return moved


def _of_attribute(element: Element, name: str) -> Element:
    """An attribute that holds SQL, as an element of its own."""
    return Element(
        name=name,
        line=element.text_line or element.line,
        text=element.get(name),
        text_line=element.text_line,
        text_column=element.text_column,
    )


def _wrapping(attributes: dict[str, str]) -> Wrapping:
    is_alone = attributes.get("runInTransaction", "").lower() == "false"
    return Wrapping.NONE if is_alone else Wrapping.FILE


def _is_repeatable(attributes: dict[str, str]) -> bool:
    return any(attributes.get(each, "").lower() == "true" for each in ("runOnChange", "runAlways"))
