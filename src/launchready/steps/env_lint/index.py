"""The model of a repository by the names of its variables: who declares each, who reads it."""

import functools
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from launchready.facts.environment import (
    Declaration,
    EnvironmentFacts,
    Kind,
    Need,
    Place,
    Project,
    Read,
)
from launchready.steps.env_lint.near import Names
from launchready.steps.env_lint.projects import project_of
from launchready.steps.env_lint.settings import EnvLintSettings
from launchready.steps.env_lint.supplied import supplier_of

_FEW = 4
"""Needed names below which a part of the repository is judged with all others."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Index:
    """`declared` and `read` are by name. `folded` are the names that some declaration has, in upper
    case, for loaders that take any case. `referred` are the names that other declarations are made
    of: `${NAME}` in a value, `secrets.NAME` in a workflow.
    """

    facts: EnvironmentFacts
    declared: Mapping[str, tuple[Declaration, ...]]
    read: Mapping[str, tuple[Read, ...]]
    folded: frozenset[str]
    referred: frozenset[str]

    def is_declared(self, name: str) -> bool:
        """Whether any file of the repository gives or documents a variable."""
        if name in self.declared:
            return True
        return any(read.folds_case for read in self.read.get(name, ())) and (
            name.upper() in self.folded
        )

    def required_reads(self, name: str) -> tuple[Read, ...]:
        """The reads of a variable, in what customers run, that fail where it is not set. What runs
        only where another variable is set, of which nothing tells either, is as optional as that;
        and what the program's own schema calls optional, is.
        """
        if name in self.optional:
            return ()
        return tuple(
            read
            for read in self.read.get(name, ())
            if read.need is Need.REQUIRED
            and read.place is Place.CODE
            and (not read.beside or self._is_told_of(read.beside))
        )

    def certain_reads(self, name: str) -> tuple[Read, ...]:
        """Of the required reads those of which the code shows that they fail, in every setup. Where
        the product elsewhere does without the variable, nothing shows that it ever comes there.
        """
        reads = self.read.get(name, ())
        if any(read.need is not Need.REQUIRED and read.place is Place.CODE for read in reads):
            return ()
        return tuple(read for read in self.required_reads(name) if read.doubt is None)

    def is_covered(self, read: Read) -> bool:
        """Whether files of the repository tell of the variables of the part that a read stands in:
        of a third of those that it certainly needs, or, where these are few, by an env file or
        template in a folder above it. A part that is told of nowhere is set up by what lies
        elsewhere, so that one more name that is missing here is missing for nobody.
        """
        return self._covers(read, lambda each: each.kind not in (Kind.SCHEMA, Kind.IMAGE))

    def is_covered_by(self, template: str, read: Read) -> bool:
        """Whether one file does."""
        return self._covers(read, lambda each: each.path == template)

    def _covers(self, read: Read, tells: Callable[[Declaration], bool]) -> bool:
        names = self._needed[self._part(read)]
        if len(names) < _FEW:
            names = self._every_needed
        if len(names) < _FEW:
            return any(tells(each) for each in self._listed if _is_above(each, read))
        told = sum(1 for name in names if any(map(tells, self.declared.get(name, ()))))
        return told * 3 >= len(names) and told > 0

    def _part(self, read: Read) -> str:
        every = self.facts.projects
        return project_of(every, read.path).folder if every else ""

    @functools.cached_property
    def _needed(self) -> Mapping[str, frozenset[str]]:
        """The names that each project certainly needs, by its folder."""
        from launchready.catalog.environment.provided import is_provided

        found: dict[str, set[str]] = defaultdict(set)
        for name in self.read:
            if is_provided(name):
                continue
            for read in self.certain_reads(name):
                found[self._part(read)].add(name)
        return defaultdict(frozenset, {part: frozenset(names) for part, names in found.items()})

    @functools.cached_property
    def _listed(self) -> tuple[Declaration, ...]:
        """One declaration of each env file and template."""
        return tuple({d.path: d for d in self.facts.declarations if d.source == "dotenv"}.values())

    @functools.cached_property
    def _every_needed(self) -> frozenset[str]:
        return frozenset().union(*self._needed.values())

    @functools.cached_property
    def optional(self) -> frozenset[str]:
        """The names that some schema of the program says may be left out, and none says not."""
        schemas = {
            name
            for name, declarations in self.declared.items()
            if any(d.kind is Kind.SCHEMA and d.source != "assignment" for d in declarations)
        }
        return frozenset(name for name in schemas if _is_optional(self.read.get(name, ())))

    def _is_told_of(self, name: str) -> bool:
        """Whether somebody who sets the program up gives a variable, or is told of it."""
        if name in self.optional:
            return any(each.kind is not Kind.SCHEMA for each in self.declared[name])
        return self.is_declared(name)

    def undeclared(self, settings: EnvLintSettings) -> Iterator[tuple[str, tuple[Read, ...]]]:
        """Every name that is read, and that neither a file nor a platform is known to give."""
        for name, reads in self.read.items():
            if self.is_declared(name) or name in self.facts.configured:
                continue
            if not supplier_of(name, settings):
                yield name, reads

    def packages(self, reads: Sequence[Read | Declaration]) -> frozenset[str]:
        """What the projects that these stand in, and the top one, depend on."""
        found: frozenset[str] = frozenset()
        for project in self.projects(reads):
            found |= project.packages
        return found

    def projects(self, reads: Sequence[Read | Declaration]) -> tuple[Project, ...]:
        """The projects that these stand in, and the one at the top."""
        every = self.facts.projects
        near = dict.fromkeys(project_of(every, each.path) for each in reads) if every else {}
        return tuple(dict.fromkeys((*near, *(p for p in every if not p.folder))))

    @functools.cached_property
    def unread(self) -> tuple[str, ...]:
        """The names that env files declare and nothing reads, as far as the readers can tell."""
        folded = {name.upper() for name, reads in self.read.items() if reads[0].folds_case}
        return tuple(
            name
            for name, declarations in self.declared.items()
            if name not in self.read
            and name.upper() not in folded
            and name not in self.referred
            and any(each.source == "dotenv" for each in declarations)
        )

    @functools.cached_property
    def unread_names(self) -> Names:
        """The same, to be asked for the one that was meant."""
        return Names(self.unread)

    @functools.cached_property
    def followed(self) -> re.Pattern[str]:
        """What matches a name that some read makes at run time, where part of it is known."""
        parts = {
            f"{re.escape(read.begins)}.*{re.escape(read.ends)}"
            for read in self.facts.dynamic_reads
            if len(read.begins) + len(read.ends) > 2
        }
        return re.compile("|".join(sorted(parts)) or r"(?!)")


@functools.lru_cache(maxsize=1)
def index_of(facts: EnvironmentFacts) -> Index:
    """The index of a model; made once for all rules."""
    declared: dict[str, list[Declaration]] = defaultdict(list)
    referred: set[str] = set()
    for each in facts.declarations:
        declared[each.name].append(each)
        referred.update(name for name in each.references if name != each.name)
        if each.origin and each.origin.name:
            referred.add(each.origin.name)
    read: dict[str, list[Read]] = defaultdict(list)
    for one in facts.reads:
        read[one.name].append(one)
    return Index(
        facts=facts,
        declared={name: tuple(sorted(found, key=_place)) for name, found in declared.items()},
        read={name: tuple(sorted(found, key=_weight)) for name, found in read.items()},
        folded=frozenset(name.upper() for name in declared),
        referred=frozenset(referred),
    )


def _is_above(each: Declaration, read: Read) -> bool:
    folder, slash, _ = each.path.rpartition("/")
    return read.path.startswith(folder + slash)


def _is_optional(reads: Sequence[Read]) -> bool:
    needs = {read.need for read in reads if read.is_exact and read.place is Place.CODE}
    return bool(needs) and Need.REQUIRED not in needs


def _place(each: Declaration) -> tuple[bool, str, int]:
    return not each.kind.is_documentation, each.path, each.location.line or 0


def _weight(read: Read) -> tuple[int, int, str, int]:
    """What customers run before tests and tools, what fails before what does not."""
    place = (Place.CODE, Place.SCRIPT, Place.TEST).index(read.place)
    need = (Need.REQUIRED, Need.DEFAULT, Need.GUARDED).index(read.need)
    return place, need, read.path, read.location.line or 0


def is_given(each: Declaration) -> bool:
    """Whether a declaration gives a variable to a program, or a secret store does for it."""
    return each.kind in (Kind.REAL, Kind.CI, Kind.PLATFORM, Kind.IMAGE)
