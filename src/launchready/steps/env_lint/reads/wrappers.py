"""Functions of a repository that read the variable that they are told: `requireEnv("NAME")`."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from launchready.facts.environment import Call, CodeFacts, Doubt, Need, Read
from launchready.frozen import frozen
from launchready.gateways.tree import Tree
from launchready.regex import Regex
from launchready.steps.env_lint.reads import family_of

LEVELS = 3
"""How many functions may stand between a call and the read."""

_TELLING = Regex(r"env|secret|setting|variable|config|credential", re.IGNORECASE)
# Names that hold a telling word and are given to anything, without underscores.
_GENERIC = frozenset(
    [
        "env",
        "config",
        "configuration",
        "getconfig",
        "secret",
        "secrets",
        "settings",
        "setting",
        "getsetting",
        "variable",
        "environment",
        "credentials",
        "getvariable",
    ]
)
_OWN = ("index", "__init__", "mod", "main")
_MOST_NAMES = 60


@frozen
class _Wrapper:
    """A function whose parameter `number` names the variable; `path` is the file that defines it.

    `fallback` is the parameter that takes the variable's place, -1 if it has none; `fails` says
    that the function itself stops where the variable is not set.
    """

    number: int
    need: Need
    path: str
    fallback: int = -1
    fails: bool = False


@dataclass(eq=False, repr=False)
class _Known:
    """The wrappers so far, by the language's family and their name."""

    by_name: dict[tuple[str, str], list[_Wrapper]] = field(default_factory=dict)

    def add(self, path: str, name: str, wrapper: _Wrapper) -> bool:
        """Take one more, unless it is known or its name can be no function's."""
        if not name or name in ("constructor", "forEach", "map"):
            return False
        have = self.by_name.setdefault((family_of(path), name), [])
        if any(w.number == wrapper.number and w.path == path for w in have):
            return False
        have.append(wrapper)
        return True

    def of_call(self, path: str, facts: CodeFacts, call: Call) -> _Wrapper | None:
        """The wrapper that a call goes to: in the same file, by import, or by a telling name."""
        candidates = [
            each
            for each in self.by_name.get((family_of(path), call.function), ())
            if each.number == call.argument
        ]
        for each in candidates:
            if each.path == path:
                return each
        for each in candidates:
            if _is_tied(path, facts, call.function, each) or not is_generic(call.function):
                return each
        return None


def is_generic(name: str) -> bool:
    """Whether a name says so little that only an import ties a call to its definition."""
    plain = name.replace("_", "").lower()
    return plain in _GENERIC or not _TELLING.search(plain)


def resolve(
    told: Mapping[str, CodeFacts],
    read_more: Callable[[Sequence[str]], Iterator[tuple[str, CodeFacts]]],
    tree: Tree,
) -> Iterator[tuple[str, CodeFacts]]:
    """Each file with the reads that go through wrappers, those of files that hold no read too."""
    files = dict(told)
    known = _Known()
    fresh = _defined(files, known)
    for _ in range(LEVELS):
        if not fresh:
            break
        more = dict(read_more(_callers(fresh, files, known, tree)))
        files |= more
        fresh = _defined(more, known) | _passing(files, known)
    for path, facts in files.items():
        reads = tuple(_through(path, facts, known)) if known.by_name else ()
        if path in told or reads or facts.declarations or facts.problem:
            yield path, replace(facts, reads=_merged(facts.reads, reads))


def _defined(files: Mapping[str, CodeFacts], known: _Known) -> set[tuple[str, str]]:
    """Wrappers that files define; gives the names that are new, each with its file."""
    fresh = set()
    for path, facts in files.items():
        fallbacks = dict(facts.fallbacks)
        for name, number, need in facts.wrappers:
            fallback = fallbacks.get(name, -1)
            wrapper = _Wrapper(
                number=number, need=need, path=path, fallback=fallback, fails=name in facts.failing
            )
            if known.add(path, name, wrapper):
                fresh.add((path, name))
    return fresh


def _passing(files: Mapping[str, CodeFacts], known: _Known) -> set[tuple[str, str]]:
    """Functions that hand their parameter on to a wrapper."""
    fresh = set()
    for path, facts in files.items():
        for call in facts.calls:
            if not call.within:
                continue
            inner = known.of_call(path, facts, call)
            if inner is not None and call.within != call.function:
                wrapper = replace(inner, number=call.passes, path=path, fallback=call.fallback)
                if known.add(path, call.within, wrapper):
                    fresh.add((path, call.within))
    return fresh


def _callers(
    fresh: Iterable[tuple[str, str]], files: Mapping[str, CodeFacts], known: _Known, tree: Tree
) -> list[str]:
    """Files not read yet that may call the new wrappers, by the text that must stand in them."""
    literals: dict[str, None] = {}
    for path, name in sorted(fresh):
        if is_generic(name):
            literals |= dict.fromkeys(_module_texts(path))
        else:
            literals[name] = None
    if not literals:
        return []
    families = {family_of(path) for path, _ in fresh}
    others = [name for name in tree.names if name not in files and family_of(name) in families]
    return sorted(tree.holding(list(literals)[:_MOST_NAMES], others))


def _module_texts(path: str) -> Iterator[str]:
    """How an import of a file's module ends."""
    stem = _stem(path)
    if len(stem) > 1:
        yield f"/{stem}'"
        yield f'/{stem}"'


def _stem(path: str) -> str:
    """The word that imports of a file end with: its name, or its folder's for an index file."""
    *folders, name = path.split("/")
    stem = name.partition(".")[0]
    return folders[-1] if stem in _OWN and folders else stem


def _is_tied(path: str, facts: CodeFacts, function: str, wrapper: _Wrapper) -> bool:
    """Whether the file imports something from the module that defines the wrapper."""
    stem = _stem(wrapper.path)
    for _, module in facts.imports:
        last = re.split(r"[/.:]", re.sub(r"\.[cm]?[jt]sx?$", "", module))[-1]
        if last == stem:
            return True
    return False


def _through(path: str, facts: CodeFacts, known: _Known) -> Iterator[Read]:
    """The reads that calls are."""
    for call in facts.calls:
        if call.read is None:
            continue
        wrapper = known.of_call(path, facts, call)
        if wrapper is not None:
            yield _read(call, call.read, wrapper)


def _read(call: Call, read: Read, wrapper: _Wrapper) -> Read:
    """The read of a call: what takes its place by the call or the wrapper, else what both need."""
    if wrapper.fails and read.doubt is Doubt.HANDED_ON:
        read = replace(read, doubt=None)
    read = replace(read, wrapper=call.function)
    if wrapper.fallback > call.argument and call.count > wrapper.fallback:
        is_next = wrapper.fallback == call.argument + 1
        return replace(read, need=Need.DEFAULT, default=call.second if is_next else None)
    if read.need is Need.REQUIRED:
        return replace(read, need=wrapper.need)
    return read


def _merged(own: tuple[Read, ...], through: tuple[Read, ...]) -> tuple[Read, ...]:
    places = {(read.name, read.location.line, read.location.column) for read in own}
    more = [r for r in through if (r.name, r.location.line, r.location.column) not in places]
    return (*own, *dict.fromkeys(more))
