"""Reads a repository's migrations, replays them, and runs the new ones in the mind."""

from collections.abc import Iterator, Sequence

from launchready.facts.acts import Act, Do, Unread
from launchready.facts.catalogue import Catalogue, Effect, Server
from launchready.facts.migrations import (
    ActFacts,
    HistoryFacts,
    Migration,
    MigrationFacts,
    Opaque,
    OpaqueFacts,
    Statement,
)
from launchready.facts.schema import Engine
from launchready.frozen import replace
from launchready.gateways import Gateways
from launchready.gateways.git import Git
from launchready.gateways.tree import Tree
from launchready.model import Looked, Told, Unchecked
from launchready.policy.paths import any_path_matches
from launchready.steps.migration_check.bases import Base, base_of, compare
from launchready.steps.migration_check.deliver.rollback import rollback_of
from launchready.steps.migration_check.effects import effect_of
from launchready.steps.migration_check.effects.lasting import lasting
from launchready.steps.migration_check.effects.undone import Moments, undone
from launchready.steps.migration_check.engines import server_of
from launchready.steps.migration_check.files import Files
from launchready.steps.migration_check.frameworks import Found, Reader, readers_for
from launchready.steps.migration_check.frameworks.plain import READER as PLAIN
from launchready.steps.migration_check.frameworks.plain import found_in
from launchready.steps.migration_check.gaps import not_parsed, place_in, unread, with_gaps
from launchready.steps.migration_check.parsing import parse, why_not
from launchready.steps.migration_check.replay import after, settled
from launchready.steps.migration_check.replay.calls import called
from launchready.steps.migration_check.sessions import Session
from launchready.steps.migration_check.settings import MigrationCheckSettings
from launchready.steps.migration_check.strangers import strangers

_NATIVE = "run `pip install 'launchready[native]'`, or set the action's input `native: true`"


def observe(settings: MigrationCheckSettings, gateways: Gateways) -> Iterator[object]:
    """Each history beside its base, each new migration with all that it does, and how much."""
    tree = Tree(gateways.git, gateways.root, staged=settings.staged)
    yield from tree.unchecked
    names = [name for name in tree.names if not any_path_matches(settings.exclude, name)]
    files = Files.of(tree, names)
    base = None if settings.all else base_of(gateways, settings, tree)
    if isinstance(base, Unchecked):
        yield base
        base = None
    read = new = 0
    seen: list[object] = []
    folders = []
    for reader, found in find_all(files, settings.folders):
        files.fetch(found.paths)
        server = server_of(found, files, settings)
        history = reader.read(found, files, server.engine)
        facts = compare(history, found, reader, base, files=files, git=gateways.git)
        seen.append(facts)
        seen.extend(unread(facts))
        if reason := why_not(server.engine):
            yield Unchecked(target=found.folder or ".", reason=reason, hint=_NATIVE)
        else:
            seen.extend(Replayed(facts, server, settings).all())
        folders.append(found.folder)
        read += len(history.migrations)
        new += len(facts.new)
    seen = list(_with_released(seen, gateways.git, base, folders))
    if settings.rehearse:
        from launchready.steps.migration_check.rehearsal.joining import rehearsed

        seen = list(rehearsed(seen, settings, files, gateways))
    yield from with_gaps(seen, files)
    if (verdict := rollback_of(seen, has_base=base is not None)) is not None:
        yield verdict
    if read and not settings.staged:
        from launchready.steps.migration_check.startup import startup_of

        startup = startup_of(files)
        yield startup
        yield from startup.pipelines
    yield from strangers(files, base)
    yield from files.unread.values()
    judged = _judged(new, base, is_staged=settings.staged) if read else ""
    yield Looked(name="migrations", one="migration", many="migrations", count=read, rest=judged)
    yield Told(name="new_migrations", value=new)


def _with_released(
    seen: Sequence[object], git: Git, base: Base | None, folders: Sequence[str]
) -> Iterator[object]:
    """The facts, with what the running release says of what is lost."""
    losses = [lost for each in seen if isinstance(each, ActFacts) for lost in each.effect.losses]
    if base is None or not losses:
        yield from seen
        return
    from launchready.steps.migration_check.references import released

    says = released(git, base, losses, folders)
    for each in seen:
        is_loss = isinstance(each, ActFacts) and each.effect.losses
        yield replace(each, released=says) if isinstance(each, ActFacts) and is_loss else each


def find_all(files: Files, folders: Sequence[str] = ()) -> Iterator[tuple[Reader, Found]]:
    """Every folder of migrations, each for the reader that is surest of it; `folders` are those
    that the settings name.
    """
    taken: set[str] = set()
    for folder in folders:
        if (named := found_in(folder, files)) is not None and taken.isdisjoint(named.paths):
            taken.update(named.paths)
            yield PLAIN, named
    for reader in readers_for(files.names):
        for found in reader.find(files):
            if taken.isdisjoint(found.paths):
                taken.update(found.paths)
                yield reader, found


def _judged(new: int, base: Base | None, *, is_staged: bool) -> str:
    """How many of the migrations were judged, and why no more; nothing where all were."""
    if base is None:
        return ""
    since = base.branch or base.commit[:12]
    if new:
        return f"{new} new since {since}"
    others = "" if is_staged else "; `migration-check --all` judges those that are there"
    return f"none is new since {since}, so none was judged{others}"


class Replayed:
    """A history, replayed from its first migration to its last."""

    def __init__(
        self, facts: HistoryFacts, server: Server, settings: MigrationCheckSettings
    ) -> None:
        self._facts = facts
        self._settings = settings
        self._engine = server.engine
        self._catalogue = Catalogue(server=server, is_whole=facts.history.is_whole)
        self._moments = Moments(self._catalogue)
        self._takes_back = server.engine in (Engine.POSTGRESQL, Engine.SQLITE)

    def all(self) -> Iterator[object]:
        """The facts of each new migration, in order; those of the others only change the state."""
        session = Session(self._settings, self._engine)
        for migration in self._facts.history.migrations:
            if self._facts.is_new(migration):
                yield from self._judge(migration, session)
            else:
                self._pass_over(migration)
            if self._settings.all:  # each as if it were deployed by itself
                self._catalogue = settled(self._catalogue)
                session = Session(self._settings, self._engine)

    def _pass_over(self, migration: Migration) -> None:
        for statement in migration.up.statements:
            for _, act, is_conditional in self._every(parse(statement.sql, self._engine)):
                if not isinstance(act, Do):
                    self._catalogue = after(
                        self._catalogue,
                        act,
                        version=migration.version,
                        is_conditional=is_conditional or statement.is_conditional,
                    )

    def _judge(self, migration: Migration, session: Session) -> Iterator[object]:
        acts: list[ActFacts] = []
        self._moments = Moments(self._catalogue)
        session.enter(migration.up)
        for item in migration.up.items:
            if isinstance(item, Opaque):
                yield OpaqueFacts(
                    history=self._facts.history,
                    migration=migration,
                    opaque=item,
                    before=self._catalogue,
                    session=session.facts(),
                )
                continue
            for each in self._run(migration, item, session):
                if isinstance(each, Unchecked):
                    yield each
                else:
                    acts.append(each)
        end = self._catalogue
        acts = [_ended(each, end) for each in self._kept(acts)]
        yield from acts
        yield MigrationFacts(history=self._facts.history, migration=migration, acts=tuple(acts))

    def _run(
        self, migration: Migration, statement: Statement, session: Session
    ) -> Iterator[ActFacts | Unchecked]:
        parsed = parse(statement.sql, self._engine)
        acts = tuple(act for _, act in parsed)
        for offset, act, is_conditional in self._every(parsed):
            place = place_in(statement, offset)
            if isinstance(act, Unread):
                yield not_parsed(statement, act)
                continue
            is_guarded = is_conditional or statement.is_conditional
            state = session.facts(statement)
            before = self._catalogue
            if isinstance(act, Do):  # what it does is done by the acts in it, which follow
                effect = Effect(doubts=(act.opaque,) if act.opaque else ())
            else:
                effect = effect_of(act, before, state, is_conditional=is_guarded)
                self._catalogue = after(
                    before,
                    act,
                    is_new=True,
                    version=migration.version,
                    is_conditional=is_guarded,
                )
            if self._takes_back:  # the others commit whatever changes the schema
                self._catalogue = self._moments.after(act, self._catalogue)
            yield ActFacts(
                history=self._facts.history,
                migration=migration,
                statement=statement,
                act=act,
                place=place,
                before=before,
                after=self._catalogue,
                end=self._catalogue,
                effect=effect,
                session=state,
                is_conditional=is_guarded,
                beside=acts,
            )
            session.record(act, effect, place, statement)

    def _kept(self, acts: list[ActFacts]) -> Iterator[ActFacts]:
        """The acts, without the losses of those that the migration takes back itself."""
        taken = undone(each.act for each in acts) if self._takes_back else ()
        if not taken:
            yield from acts
            return
        for at, each in enumerate(acts):
            effect = replace(each.effect, losses=(), changes=()) if at in taken else each.effect
            yield replace(each, effect=effect) if at in taken else each

    def _every(self, parsed: Sequence[tuple[int, Act]]) -> Iterator[tuple[int, Act, bool]]:
        """The acts of a statement, those of blocks and of the functions that it calls too."""
        for offset, act, is_conditional in _flat(parsed):
            yield offset, act, is_conditional
            for inner, is_guarded in called(self._catalogue, act):
                yield offset, inner, is_conditional or is_guarded


def _ended(facts: ActFacts, end: Catalogue) -> ActFacts:
    """The facts with the catalogue at the migration's end, and with the losses that are left then.

    They were made for this migration and nobody has them yet.
    """
    return replace(facts, end=end, effect=lasting(facts.effect, end))


def _flat(parsed: Sequence[tuple[int, Act]]) -> Iterator[tuple[int, Act, bool]]:
    """Acts with those inside blocks, each with its offset and whether it runs for certain."""
    for offset, act in parsed:
        yield offset, act, False
        if isinstance(act, Do):
            for inner in act.acts:
                yield inner[0], inner[1], any(inner[2:])
