"""The models of a project at one moment of its history, as Django's own `ProjectState` has them."""

from collections.abc import Mapping
from dataclasses import field

from launchready.facts.schema import Engine
from launchready.frozen import frozen, replace
from launchready.steps.migration_check.frameworks.django import names
from launchready.steps.migration_check.frameworks.django.fields import Field
from launchready.steps.migration_check.frameworks.python.values import Called, Named

Key = tuple[str, str]
"""A model: the label of its app, and its name in lower case."""


@frozen
class Model:
    """A model. `made` are the names of what was made for its fields, by (what, column): an index
    and a constraint keep theirs when table or column are renamed.
    """

    app: str
    name: str
    fields: Mapping[str, Field] = field(default_factory=dict)
    options: Mapping[str, object] = field(default_factory=dict)
    made: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        """What it is known by."""
        return self.app, self.name.lower()

    def field_named(self, name: str) -> Field:
        """A field by its name; one of unknown kind where there is none."""
        if name == "pk":
            return self.primary_key
        found = self.fields.get(name)
        if found is None and name.endswith("_id"):
            found = self.fields.get(name.removesuffix("_id"))
        return found or Field(name=name)

    @property
    def primary_key(self) -> Field:
        """The field that is its primary key."""
        for each in self.fields.values():
            if each.is_key:
                return each
        return Field(name="id", kind="AutoField", given={"primary_key": True})

    @property
    def composite_key(self) -> tuple[str, ...]:
        """The fields of a composite primary key, if it has one."""
        for each in self.fields.values():
            if each.kind == "CompositePrimaryKey":
                args = each.given.get("()", ())
                return (
                    tuple(a for a in args if isinstance(a, str)) if isinstance(args, tuple) else ()
                )
        return ()

    def with_field(self, new: Field, old: str = "") -> "Model":
        """It with a field more, or with that field in the place of the one named `old`."""
        fields = dict(self.fields)
        if old in fields:
            fields = {
                new.name if n == old else n: new if n == old else f for n, f in fields.items()
            }
        else:
            fields[new.name] = new
        return replace(self, fields=fields)


@frozen
class World:
    """What a project's settings say that its migrations depend on."""

    engine: Engine = Engine.POSTGRESQL
    user_model: Key = ("auth", "user")
    auto_field: str = "AutoField"

    @property
    def longest(self) -> int:
        """The longest name that the database takes."""
        return 64 if self.engine in (Engine.MYSQL, Engine.MARIADB) else 63

    def quote(self, name: str) -> str:
        """A name in the engine's quotes; one that has quotes already (`a"."b`) keeps them."""
        mark = "`" if self.engine in (Engine.MYSQL, Engine.MARIADB) else '"'
        if name.startswith(mark) and name.endswith(mark):
            return name
        return f"{mark}{name}{mark}"


@frozen
class State:
    """All models at one moment: a value, of which every operation makes another one.

    `joined` are the names of what was made for models that Django makes itself, to join others.
    """

    world: World
    models: Mapping[Key, Model] = field(default_factory=dict)
    joined: Mapping[Key, Mapping[tuple[str, str], str]] = field(default_factory=dict)

    def named(self, made: Mapping[Key, Mapping[tuple[str, str], str]]) -> "State":
        """It with the names that a migration has left."""
        models = {
            key: replace(self.models[key], made=each)
            for key, each in made.items()
            if key in self.models
        }
        joined = {key: each for key, each in made.items() if key not in self.models}
        return replace(self, models={**self.models, **models}, joined={**self.joined, **joined})

    def model(self, key: Key) -> Model:
        """A model; one of another library's where the history does not have it."""
        return self.models.get(key) or _external(key, self.world)

    def with_model(self, model: Model, old: Key | None = None) -> "State":
        """It with a model, in the place of another if that has a new name."""
        models = dict(self.models)
        if old is not None:
            models.pop(old, None)
        models[model.key] = model
        return replace(self, models=models)

    def without(self, key: Key) -> "State":
        """It without a model."""
        return replace(self, models={k: each for k, each in self.models.items() if k != key})

    def table_of(self, model: Model) -> str:
        """The name of a model's table, unquoted."""
        given = model.options.get("db_table")
        if isinstance(given, str) and given:
            return names.cut(given, self.world.longest)
        return names.cut(f"{model.app}_{model.name.lower()}", self.world.longest)

    def has_table(self, model: Model) -> bool:
        """Whether Django makes a table for it."""
        options = model.options
        swapped = (
            options.get("swappable") == "AUTH_USER_MODEL" and self.world.user_model != model.key
        )
        return not (options.get("proxy") is True or options.get("managed") is False or swapped)

    def target_of(self, model: Model, related: Field) -> Model:
        """The model that a relation points to."""
        key = self.key_of(related.given.get("to"), model)
        return model if key == model.key else self.model(key)

    def target_field(self, model: Model, related: Field) -> Field:
        """The field that a foreign key points to."""
        target = self.target_of(model, related)
        name = related.given.get("to_field")
        return target.field_named(name) if isinstance(name, str) else target.primary_key

    def key_of(self, to: object, model: Model) -> Key:
        """The model that `to` says: `app.Model`, `Model`, `self` or the user model's setting."""
        if isinstance(to, Named) and to.last == "AUTH_USER_MODEL":
            return self.world.user_model
        if isinstance(to, Named):
            parts = to.path.split(".")
            app = parts[-3] if len(parts) > 2 and parts[-2] == "models" else model.app
            return app, parts[-1].lower()
        if isinstance(to, Called):
            return self.world.user_model if "AUTH_USER_MODEL" in map(str, to.args) else ("?", "?")
        if not isinstance(to, str):
            return "?", "?"
        if to == "self":
            return model.key
        app, _, name = to.rpartition(".")
        return app or model.app, name.lower()


_KEYS: Mapping[Key, Field] = {
    ("sessions", "session"): Field(
        name="session_key", kind="CharField", given={"max_length": 40, "primary_key": True}
    ),
    ("authtoken", "token"): Field(
        name="key", kind="CharField", given={"max_length": 40, "primary_key": True}
    ),
}
_CONTRIB = frozenset({"auth", "contenttypes", "sites", "admin", "flatpages", "redirects"})
_TABLES: Mapping[str, str] = {
    "contenttypes": "django_content_type", "sites": "django_site", "sessions": "django_session",
    "admin": "django_admin_log", "flatpages": "django_flatpage", "redirects": "django_redirect",
}  # fmt: skip


def _external(key: Key, world: World) -> Model:
    """A model of a library: its key is a number, as the project's own setting has them."""
    app, name = key
    auto = "AutoField" if app in _CONTRIB else world.auto_field
    own = _KEYS.get(key, Field(name="id", kind=auto, given={"primary_key": True}))
    options: dict[str, object] = {"db_table": _TABLES[app]} if app in _TABLES else {}
    return Model(app=app, name=name, fields={own.name: own}, options=options)
