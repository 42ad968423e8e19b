"""Alembic: revisions in Python files, read by syntax.

Source: Alembic 1.20 (alembic/script, alembic/operations, alembic/ddl).
"""

from collections.abc import Mapping

from launchready.facts.migrations import Framework, History, Migration, Opaque, Script, Wrapping
from launchready.facts.schema import Engine
from launchready.frozen import frozen, replace
from launchready.model import FileLocation
from launchready.regex import Regex
from launchready.steps.migration_check.files import Files, stem_of
from launchready.steps.migration_check.frameworks.alembic.finding import find
from launchready.steps.migration_check.frameworks.alembic.running import Runner
from launchready.steps.migration_check.frameworks.finding import Found, Reader
from launchready.steps.migration_check.frameworks.python.graphs import parents_first
from launchready.steps.migration_check.frameworks.python.modules import Module, tree_of
from launchready.steps.migration_check.frameworks.python.sql import Source
from launchready.steps.migration_check.frameworks.python.values import texts_of

_PER_MIGRATION = Regex(r"transaction_per_migration\s*=\s*True\b")


@frozen
class Revision:
    """A file of one revision. `module` is None where it could not be read."""

    path: str
    text: str
    module: Module | None = None
    problem: str = ""
    revision: str = ""
    after: tuple[str, ...] = ()
    depends: tuple[str, ...] = ()


def read(found: Found, files: Files, engine: Engine) -> History:
    """All revisions, in an order in which Alembic can run them."""
    revisions: dict[str, Revision] = {}
    for path in found.paths:
        each = _revision(path, files)
        key = each.revision if each.revision not in revisions else f"{each.revision}#{path}"
        revisions[key] = each
    parents, is_open = _parents(revisions)
    env = files.text(found.options.get("env", "")) or ""
    wrapping = Wrapping.FILE if _PER_MIGRATION.search(env) else Wrapping.ALL
    if engine in (Engine.MYSQL, Engine.MARIADB):
        wrapping = Wrapping.NONE
    return History(
        framework=Framework.ALEMBIC,
        folder=found.folder,
        engine=engine,
        migrations=tuple(
            _migration(revisions[key], engine, wrapping) for key in parents_first(parents)
        ),
        is_whole=not is_open,
        problems=tuple((each.path, each.problem) for each in revisions.values() if each.problem),
    )


def _revision(path: str, files: Files) -> Revision:
    text = files.text(path) or ""
    tree = tree_of(text)
    if isinstance(tree, str):
        return Revision(path=path, text=text, problem=tree, revision=stem_of(path))
    module = Module(path, tree)
    revision = module.constant("revision")
    return Revision(
        path=path,
        text=text,
        module=module,
        revision=revision if isinstance(revision, str) else stem_of(path),
        after=_names(module.constant("down_revision")),
        depends=_names(module.constant("depends_on")),
    )


def _names(value: object) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else texts_of(value) or ()


def _parents(revisions: Mapping[str, Revision]) -> tuple[dict[str, set[str]], bool]:
    """What each follows, and whether one follows a revision that is not there."""
    parents: dict[str, set[str]] = {}
    is_open = False
    for key, each in revisions.items():
        parents[key] = set()
        for name in (*each.after, *each.depends):
            if name in revisions:
                parents[key].add(name)
            else:
                is_open = is_open or name in each.after
    return parents, is_open


def _migration(each: Revision, engine: Engine, wrapping: Wrapping) -> Migration:
    name = stem_of(each.path)
    title = (name.partition("_")[2] or name).replace("_", " ")
    return Migration(
        path=each.path,
        version=each.revision,
        name=title,
        up=_script(each, "upgrade", engine, wrapping) or _nothing(each),
        down=_script(each, "downgrade", engine, wrapping),
        paths=(each.path,),
        after=each.after,
    )


def _nothing(each: Revision) -> Script:
    problem = each.problem or "it has no function upgrade"
    return Script(problem=problem, location=FileLocation(path=each.path, line=1, column=1))


def _script(each: Revision, name: str, engine: Engine, wrapping: Wrapping) -> Script | None:
    function = each.module.functions.get(name) if each.module is not None else None
    if function is None or each.module is None:
        return None
    # Variables of one function are none of the other's.
    module = Module(each.path, each.module.tree)
    place = module.place(function)
    runner = Runner(module, Source(each.path, each.text), engine)
    try:
        runner.run(function)
    except RecursionError:
        runner.items.append(Opaque(place=place, what="code nested too deep", changes_rows=True))
    script = Script(items=tuple(runner.items), wrapping=wrapping, location=place)
    reason = runner.refusal
    return replace(script, is_irreversible=True, reason=reason) if reason else script


READER = Reader(framework=Framework.ALEMBIC, find=find, read=read)

__all__ = ["READER", "find", "read"]
