"""Reads a repository's declarations and reads of variables into one model."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from launchready.facts.environment import (
    CodeFacts,
    Declaration,
    Deed,
    DynamicRead,
    EnvFileFacts,
    EnvironmentFacts,
    HandedFile,
    Project,
    Read,
    SourceFile,
)
from launchready.gateways import Gateways
from launchready.gateways.tree import Tree, decoded
from launchready.model import Looked, Unchecked
from launchready.policy.paths import any_path_matches
from launchready.steps.env_lint.declarations import reader_of as declarations_reader
from launchready.steps.env_lint.dialects.env_file import read_env_file
from launchready.steps.env_lint.inventory import parse_inventory
from launchready.steps.env_lint.naming import Naming, is_env_file, place_of
from launchready.steps.env_lint.packing import facts_of_all
from launchready.steps.env_lint.projects import find_projects, project_of
from launchready.steps.env_lint.reads import (
    LITERALS,
    family_of,
    holds_literal,
    is_always_read,
    may_read,
)
from launchready.steps.env_lint.reads import reader_of as code_reader
from launchready.steps.env_lint.reads.constants import with_constants
from launchready.steps.env_lint.reads.wrappers import resolve
from launchready.steps.env_lint.settings import EnvLintSettings
from launchready.steps.env_lint.valuing.shown import is_no_name
from launchready.steps.env_lint.words import with_words


@dataclass(eq=False, repr=False)
class _Seen:
    """What the files told so far. `others` are facts that have rules of their own."""

    declarations: list[Declaration] = field(default_factory=list)
    reads: list[Read] = field(default_factory=list)
    dynamic_reads: list[DynamicRead] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    handed: dict[str, set[bool]] = field(default_factory=dict)
    others: list[object] = field(default_factory=list)
    unchecked: list[Unchecked] = field(default_factory=list)

    def add(self, each: object) -> None:
        """Put one thing that a file told where it belongs."""
        match each:
            case Declaration() | Read() if is_no_name(each.name):
                return
            case EnvFileFacts():
                self.others.append(_without_keys(each))
            case Declaration():
                self.declarations.append(each)
            case Read():
                self.reads.append(each)
            case DynamicRead():
                self.dynamic_reads.append(each)
            case HandedFile():
                self.handed.setdefault(each.path, set()).add(each.is_foreign)
            case Deed():
                self.deeds.append(each)
            case Unchecked():
                self.unchecked.append(each)
            case _:
                self.others.append(each)


def _without_keys(facts: EnvFileFacts) -> EnvFileFacts:
    """The facts of a file without lines whose name is rather a key, which no report may show."""
    return replace(
        facts,
        troubles=tuple(each for each in facts.troubles if not is_no_name(each.name)),
        differences=tuple(each for each in facts.differences if not is_no_name(each.name)),
    )


def observe(settings: EnvLintSettings, gateways: Gateways) -> Iterator[object]:
    """What each file tells, the one model of all of them, and how much was looked at."""
    tree = Tree(gateways.git, gateways.root, staged=settings.staged)
    names = [name for name in tree.names if not any_path_matches(settings.exclude, name)]
    naming = Naming.of(settings)
    projects = find_projects(tree, names, settings)
    seen = _Seen(unchecked=list(tree.unchecked))
    _read_declarations(seen, tree, names, naming, projects)
    _read_code(seen, tree, names, projects)
    for each in _read_inventories(tree, settings, naming):
        seen.add(each)
    yield from seen.others
    yield from facts_of_all(seen.others, seen.declarations, tree, names)
    facts = EnvironmentFacts(
        declarations=tuple(seen.declarations),
        reads=tuple(seen.reads),
        dynamic_reads=tuple(seen.dynamic_reads),
        deeds=tuple(seen.deeds),
        projects=projects,
        key=os.urandom(32),
        tracked=frozenset(name for name in tree.tracked if is_env_file(name)),
        handed=frozenset(path for path, kinds in seen.handed.items() if kinds == {True}),
        document=_document(seen, tree, settings),
    )
    yield with_words(facts, tree, settings.document_file)
    yield from _few_alike(seen.unchecked)
    yield Looked(name="files", one="file", many="files", count=len(names))


def _read_declarations(
    seen: _Seen,
    tree: Tree,
    names: Sequence[str],
    naming: Naming,
    projects: Sequence[Project],
) -> None:
    env_files = {name for name in names if is_env_file(name)}
    wanted = [name for name in names if name in env_files or declarations_reader(name)]
    for name, content in tree.read(wanted):
        if isinstance(content, Unchecked):
            seen.unchecked.append(content)
            continue
        project = project_of(projects, name)
        file = SourceFile(path=name, content=content, place=place_of(name), project=project.folder)
        if name in env_files:
            told: Iterator[object] = read_env_file(
                file, naming, project, is_tracked=name in tree.tracked
            )
        else:
            read = declarations_reader(name)
            told = read(file, naming) if read else iter(())
        for each in told:
            seen.add(each)


def _read_code(seen: _Seen, tree: Tree, names: Sequence[str], projects: Sequence[Project]) -> None:
    likely = [name for name in names if family_of(name) and not is_always_read(name)]
    holding = tree.holding(LITERALS, likely, holds_literal)
    first = [name for name in names if name in holding or is_always_read(name)]
    told = with_constants(dict(_code_facts(seen, tree, first, projects, may_read)), tree)
    for name, facts in resolve(told, lambda more: _code_facts(seen, tree, more, projects), tree):
        for each in (*facts.reads, *facts.dynamic_reads, *facts.declarations, *facts.deeds):
            seen.add(each)
        if facts.problem:
            hint = _NATIVE if facts.problem.endswith("not installed") else _EXCLUDE
            seen.add(Unchecked(target=name, reason=facts.problem, hint=hint))


_EXCLUDE = "name it in `exclude` if nobody maintains it"
_NATIVE = "run `pip install 'launchready[native]'`, or set the action's input `native: true`"


def _code_facts(
    seen: _Seen,
    tree: Tree,
    names: Sequence[str],
    projects: Sequence[Project],
    is_wanted: Callable[[str, bytes], bool] = lambda _name, _content: True,
) -> Iterator[tuple[str, CodeFacts]]:
    for name, content in tree.read([name for name in names if code_reader(name)]):
        if isinstance(content, Unchecked):
            seen.unchecked.append(content)
        elif (read := code_reader(name)) and is_wanted(name, content) and not is_built(content):
            folder = project_of(projects, name).folder
            file = SourceFile(path=name, content=content, place=place_of(name), project=folder)
            yield name, read(file)


_LARGE = 50_000
_LONG_LINE = 500


def is_built(content: bytes) -> bool:
    """Whether a program wrote this, such as a minified bundle: large, and of long lines. What it
    reads is read in the source that it was made of, or is a library's own.
    """
    return len(content) > _LARGE and len(content) > _LONG_LINE * (content.count(b"\n") + 1)


def _read_inventories(
    tree: Tree, settings: EnvLintSettings, naming: Naming
) -> Iterator[Declaration | Unchecked]:
    for given in settings.inventory:
        name, _, path = given.rpartition("=")
        found = dict(tree.read((path,)))
        if isinstance(content := found.get(path), bytes):
            environment = naming.named(name) if name else None
            yield from parse_inventory(decoded(content), path, environment, naming)
        else:
            yield content or Unchecked(
                target=path,
                reason="there is no such list of names",
                hint="write it with `gh secret list`, `vercel env ls`, `fly secrets list`, …",
            )


def _document(seen: _Seen, tree: Tree, settings: EnvLintSettings) -> str | None:
    content = dict(tree.read((settings.document_file,))).get(settings.document_file)
    if isinstance(content, Unchecked):
        seen.unchecked.append(content)
    return decoded(content) if isinstance(content, bytes) else None


def _few_alike(unchecked: Sequence[Unchecked]) -> Iterator[Unchecked]:
    """What could not be looked at for one reason, as one where it is many files."""
    by_reason: dict[tuple[str, str], list[Unchecked]] = {}
    for each in unchecked:
        by_reason.setdefault((each.reason, each.hint), []).append(each)
    for group in by_reason.values():
        first = group[0]
        count = len(group) - 1
        more = f" and {count:,} more {'file' if count == 1 else 'files'}" if count else ""
        yield replace(first, target=f"{first.target}{more}")
