"""A field of a model: its column, and what Django makes for it."""

from collections.abc import Callable, Mapping
from dataclasses import field

from launchready.frozen import frozen
from launchready.steps.migration_check.frameworks.django.kinds import (
    NO_COLUMN,
    RELATIONS,
    kind_of,
)
from launchready.steps.migration_check.frameworks.python.values import Called


@frozen
class Field:
    """A field of a model. `kind` is Django's own class for it (`CharField`), `?` for another's;
    `given` are the arguments that it has, those that its class sets itself among them.
    """

    name: str
    kind: str = "?"
    path: str = ""
    given: Mapping[str, object] = field(default_factory=dict)

    @property
    def is_relation(self) -> bool:
        """Whether it is a foreign key."""
        return self.kind in RELATIONS

    @property
    def is_many(self) -> bool:
        """Whether it is a relation to many, which has no column."""
        return self.kind == "ManyToManyField"

    @property
    def has_column(self) -> bool:
        """Whether the table has a column for it."""
        return self.kind not in NO_COLUMN and self.kind != "CompositePrimaryKey"

    @property
    def column(self) -> str:
        """The name of its column."""
        given = self.given.get("db_column")
        if isinstance(given, str) and given:
            return given
        return f"{self.name}_id" if self.is_relation else self.name

    @property
    def is_null(self) -> bool:
        """Whether its column takes NULL."""
        return self.given.get("null") is True or self.kind == "NullBooleanField"

    @property
    def is_key(self) -> bool:
        """Whether it is the primary key."""
        return self.given.get("primary_key") is True

    @property
    def is_unique(self) -> bool:
        """Whether its values are unique, as those of a key are too."""
        return self.is_key or self.kind == "OneToOneField" or self.given.get("unique") is True

    @property
    def is_indexed(self) -> bool:
        """Django's `db_index`, which foreign keys and slugs have unless they say otherwise."""
        usual = self.kind in ("ForeignKey", "OneToOneField", "SlugField")
        return bool(self.given.get("db_index", usual))

    @property
    def has_constraint(self) -> bool:
        """Whether a relation has a foreign key in the database."""
        return self.given.get("db_constraint", True) is not False


def field_of(
    name: str,
    value: object,
    kind_of: Callable[[str], tuple[str, Mapping[str, object]]] = kind_of,
) -> Field:
    """The field that a call makes. `kind_of` says which field of Django's a class is."""
    if not isinstance(value, Called):
        return Field(name=name)
    kind, own = kind_of(value.path)
    given = {**own, **value.kwargs}
    if kind in RELATIONS or kind == "ManyToManyField":
        given.setdefault("to", value.argument("to", 0))
    if kind == "ArrayField":
        given.setdefault("base_field", value.argument("base_field", 0))
    if kind == "CompositePrimaryKey":
        given["()"] = value.args
    if not value.is_whole:
        kind = "?"
    return Field(name=name, kind=kind, path=value.path, given=given)
