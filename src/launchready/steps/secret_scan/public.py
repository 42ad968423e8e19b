"""Masks tokens in names: a file, a branch or an author may be called by a secret."""

import functools
import re
from dataclasses import replace

from launchready.catalog import shapes
from launchready.catalog.kinds import Token
from launchready.catalog.secrets import KINDS
from launchready.facts.secret import MASK, CommitFacts, SecretFacts
from launchready.model import FileLocation, Location, Unchecked
from launchready.regex import Regex

# A token has a run of this length, and a digit; most names have not.
_LONG = Regex(r"[A-Za-z0-9_=~\-]{16}")
_DIGIT = Regex(r"[0-9]")


@functools.lru_cache(maxsize=4096)
def public(name: str) -> str:
    """The name without the tokens in it; of each the prefix stays that its provider publishes."""
    if not (_LONG.search(name) and _DIGIT.search(name)):
        return name
    regex, prefixes = _tokens()
    return regex.sub(lambda found: f"{prefixes[found.lastindex or 0]}{MASK}", name)


def public_fact(fact: SecretFacts) -> SecretFacts:
    """The fact with every name in it public."""
    return replace(
        fact,
        location=_location(fact.location),
        others=tuple(map(_location, fact.others)),
        present=tuple(map(public, fact.present)),
        introduced=_commit(fact.introduced) if fact.introduced else None,
        delivered_in=public(fact.delivered_in),
        left_in=public(fact.left_in),
        branches=tuple(map(public, fact.branches)),
        markers=tuple(replace(each, path=public(each.path)) for each in fact.markers),
    )


def public_gap(gap: Unchecked) -> Unchecked:
    """The same with public names."""
    return replace(gap, target=public(gap.target), reason=public(gap.reason), hint=public(gap.hint))


def _location(location: Location) -> Location:
    if isinstance(location, FileLocation):
        return replace(location, path=public(location.path))
    return location


def _commit(commit: CommitFacts) -> CommitFacts:
    return replace(commit, author=public(commit.author))


@functools.cache
def _tokens() -> tuple[re.Pattern[str], tuple[str, ...]]:
    """Every published shape, each in a group of its own, and how each group's values begin.

    What goes on behind a match may be the rest of a longer shape.
    """
    forms = dict.fromkeys(
        form for kind in KINDS if isinstance(kind.format, Token) for form in kind.format.shapes
    )
    bodies = "|".join(f"({shapes.regex(form)})" for form in forms)
    regex = re.compile(rf"(?:{bodies})[A-Za-z0-9_=~\-]*")
    return regex, ("", *map(shapes.prefix, forms))
