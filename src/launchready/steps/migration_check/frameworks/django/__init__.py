"""Django: `*/migrations/NNNN_name.py`, read by syntax, replayed as Django's own state is.

Source: Django 5.2 (django/db/migrations, django/db/backends).
"""

from launchready.facts.migrations import Framework, History, Migration, Opaque, Script, Wrapping
from launchready.facts.schema import Engine
from launchready.model import FileLocation
from launchready.steps.migration_check.files import Files, folder_of
from launchready.steps.migration_check.frameworks.django.contexts import Context
from launchready.steps.migration_check.frameworks.django.editor import Editor
from launchready.steps.migration_check.frameworks.django.graph import ordered
from launchready.steps.migration_check.frameworks.django.migrations import (
    MigrationFile,
    Node,
    read_file,
)
from launchready.steps.migration_check.frameworks.django.operations import backwards, forwards
from launchready.steps.migration_check.frameworks.django.own_fields import OwnFields
from launchready.steps.migration_check.frameworks.django.projects import (
    find,
    labels,
    migrations_of,
    world_of,
)
from launchready.steps.migration_check.frameworks.django.state import State
from launchready.steps.migration_check.frameworks.finding import Found, Reader
from launchready.steps.migration_check.frameworks.python.values import items_of


def read(found: Found, files: Files, engine: Engine) -> History:
    """All migrations of a project, in the order in which Django runs them."""
    world = world_of(found, files, engine)
    labelled = labels(found, files)
    own = OwnFields(files)
    read_files: dict[Node, MigrationFile] = {}
    for path in migrations_of(found):
        each = read_file(path, labelled[folder_of(path)], files, world.user_model[0], own)
        if each is not None:
            read_files[each.node] = each
    order, idle, is_open = ordered(read_files)
    state = State(world=world)
    migrations = []
    for node in order:
        migration, state = _migration(read_files[node], state, is_idle=node in idle)
        migrations.append(migration)
    return History(
        framework=Framework.DJANGO,
        folder=found.folder,
        engine=engine,
        migrations=tuple(migrations),
        is_whole=not is_open,
        problems=tuple((each.path, each.problem) for each in read_files.values() if each.problem),
    )


def _migration(each: MigrationFile, state: State, *, is_idle: bool) -> tuple[Migration, State]:
    location = each.location or FileLocation(path=each.path, line=1, column=1)
    up = Script(problem=each.problem, location=location)
    down: Script | None = None
    if each.context is not None and not is_idle:
        up, down, state = _scripts(each, each.context, location, state)
    elif not each.problem:
        up, down = Script(location=location), Script(location=location, is_written=False)
    migration = Migration(
        path=each.path,
        version=".".join(each.node),
        name=each.node[1],
        up=up,
        down=down,
        paths=(each.path,),
        after=tuple(".".join(node) for node in each.after),
        notes=each.notes,
    )
    return migration, state


def _scripts(
    each: MigrationFile, context: Context, location: FileLocation, state: State
) -> tuple[Script, Script, State]:
    is_wrapped = each.is_atomic and state.world.engine in (Engine.POSTGRESQL, Engine.SQLITE)
    wrapping = Wrapping.FILE if is_wrapped else Wrapping.NONE
    operations = items_of(each.operations)
    if operations is None:
        opaque = Opaque(place=location, what="operations that code builds", changes_rows=True)
        script = Script(items=(opaque,), wrapping=wrapping, location=location)
        return script, script, state
    up = Editor(location)
    state, done = forwards(operations, context, state, up)
    statements = up.finish()
    down = Editor(location, up.made)
    backwards(done, context, down)
    return (
        Script(items=statements, wrapping=wrapping, location=location),
        Script(
            items=down.finish(), wrapping=wrapping, location=location, is_written=False,
            is_irreversible=bool(down.irreversible), reason="; ".join(down.irreversible),
        ),
        state.named(up.made),
    )  # fmt: skip


READER = Reader(framework=Framework.DJANGO, find=find, read=read)

__all__ = ["READER", "find", "read"]
