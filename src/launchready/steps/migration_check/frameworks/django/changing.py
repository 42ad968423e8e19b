"""What every step of altering a field's column works with."""

from launchready.facts.schema import Engine
from launchready.frozen import replace
from launchready.steps.migration_check.frameworks.django.editor import Deferred, Editor
from launchready.steps.migration_check.frameworks.django.fields import Field
from launchready.steps.migration_check.frameworks.django.state import Model, State
from launchready.steps.migration_check.frameworks.django.templates import TEMPLATES
from launchready.steps.migration_check.frameworks.django.types import type_of


class Changing:
    """One field, `old`, that becomes another, `new`. `filled` is that with a default for old rows.

    `model` is that of the state `after`, with the names that things have before; `made` are those
    as the statements sent so far leave them.
    """

    def __init__(
        self, editor: Editor, fields: tuple[Field, Field], model: Model,
        states: tuple[State, State], filled: Field,
    ) -> None:  # fmt: skip
        self.editor, self.model, self.filled = editor, model, filled
        self.old, self.new = fields
        self.before, self.after = states
        self.table = self.after.table_of(model)
        self.made = editor.names_of(model, self.after)
        self.quote = self.after.world.quote
        self.is_postgres = self.after.world.engine is Engine.POSTGRESQL
        self.types = (type_of(self.old, model, self.before), type_of(self.new, model, self.after))

    @property
    def became_key(self) -> bool:
        """Whether the column becomes the primary key."""
        return self.new.is_key and not self.old.is_key

    def send(self, template: str, **given: str) -> None:
        """Send one of the engine's statements, for this table unless it says another."""
        words = TEMPLATES[self.after.world.engine][template]
        known = {"table": self.quote(self.table), "type": self.types[1]}
        self.editor.send(words.format(**{**known, **given}))

    def drop(self, template: str, what: str, column: str) -> None:
        """Drop what was made for a column, if it is known."""
        if name := self.made.pop((what, column), ""):
            self.send(template, name=self.quote(name))

    def waiting(self, column: str, to: tuple[str, str] = ("", ""), table: str = "") -> Deferred:
        """What a statement on a column is written from."""
        return Deferred(
            table=table or self.table, columns=(column,), make=lambda _: "",
            place=self.editor.place, operation=self.editor.operation, to_table=to[0],
            to_columns=(to[1],),
        )  # fmt: skip

    def altered(self) -> Model:
        """The model with the names that are left."""
        self.editor.made[self.model.key] = self.made
        return replace(self.model, made=self.made)


def family(type_name: str) -> str:
    """What Django compares to know whether it must cast: the type without its size."""
    return type_name.partition("(")[0] if "[" not in type_name else type_name
