"""What files that no reader knows say of variables, by the words that stand in them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from launchready.facts.environment import EnvironmentFacts, Kind, Read
from launchready.gateways.tree import Tree
from launchready.regex import Regex
from launchready.steps.env_lint.index import index_of
from launchready.steps.env_lint.naming import is_env_file, kind_of
from launchready.steps.env_lint.reads import reader_of as code_reader

_LONG_WORD = 6
_PROSE = (".md", ".mdx", ".rst", ".txt", ".adoc")
_HISTORY = Regex(r"change|history|release|migrat|upgrad|license", re.IGNORECASE)
"""In names of documents that tell what was once."""
_OURS = (".launchready/", "launchready-reports/")
"""Folders of the baseline and of reports, which quote the names that findings are about."""
_CONFIGURATION = (
    ".tf", ".tfvars", ".hcl", ".nix", ".ini", ".cfg", ".conf", ".properties", ".bicep", ".cue",
    ".jsonnet", ".libsonnet", ".json", ".yml", ".yaml", ".toml", ".tpl", ".j2", ".ps1", ".service",
)  # fmt: skip


_INFRASTRUCTURE = Regex(
    r"(?:^|/)(?:infra(?:structure)?|infra-[\w-]+|cdk|iac|pulumi)/(?:[^/]+/)*[^/]+\.(?:[cm]?[jt]s|py|go)$"
    r"|(?:^|/)sst\.config\.ts$"
)
"""Programs that describe what runs where, and with which variables: the AWS CDK, Pulumi, SST."""


def with_words(facts: EnvironmentFacts, tree: Tree, table: str) -> EnvironmentFacts:
    """The facts with what other files say of names that are only declared, or only read. The
    `table` of variables, which is made of these facts, tells nothing more.
    """
    index = index_of(facts)
    unread = frozenset(index.unread)
    undeclared = frozenset(name for name in index.read if not index.is_declared(name))
    if not (names := sorted(unread | undeclared)):
        return facts
    nested = _nested(unread)
    unread |= nested.keys()
    names = sorted({*names, *nested})
    mentioned: set[str] = set()
    configured: set[str] = set()
    documented: set[str] = set()
    for path, words in tree.words(names, partial(_asked_of, unread, undeclared)):
        if is_env_file(path) or path == table:
            continue
        if not path.lower().endswith(_PROSE):
            mentioned |= words & unread
        elif not _HISTORY.search(path):
            documented |= words & undeclared
        if kind_of(path) is Kind.TEMPLATE and code_reader(path) is None:
            documented |= {n for n in words & undeclared if not _is_read_at(path, index.read[n])}
        if path.lower().endswith(_CONFIGURATION) or _INFRASTRUCTURE.search(path):
            configured |= {n for n in words & undeclared if not _is_read_at(path, index.read[n])}
    return replace(
        facts,
        mentioned=frozenset(mentioned).union(*(nested.get(word, ()) for word in mentioned)),
        configured=frozenset(configured),
        documented=frozenset(documented),
    )


def _nested(names: frozenset[str]) -> Mapping[str, frozenset[str]]:
    """The last part of names such as `STRIPE__ENDPOINT_SECRET`, as code that loads nested settings
    writes it, with the names: `settings.stripe.endpoint_secret`, `of(:STRIPE, :ENDPOINT_SECRET)`.
    """
    found: dict[str, set[str]] = {}
    for name in names:
        before, _, last = name.rpartition("__")
        if before and len(last) >= _LONG_WORD:
            for spelling in (last, last.lower()):
                found.setdefault(spelling, set()).add(name)
    return {word: frozenset(each) for word, each in found.items()}


def _asked_of(unread: frozenset[str], undeclared: frozenset[str], path: str) -> frozenset[str]:
    """The names of which it matters whether a file of this path has them."""
    if is_env_file(path) or path.startswith(_OURS):
        return frozenset()
    lowered = path.lower()
    if lowered.endswith(_CONFIGURATION) or (
        kind_of(path) is Kind.TEMPLATE and code_reader(path) is None
    ):
        return undeclared if lowered.endswith(_PROSE) else unread | undeclared
    if not lowered.endswith(_PROSE):
        return unread | undeclared if _INFRASTRUCTURE.search(path) else unread
    return frozenset() if _HISTORY.search(path) else undeclared


def _is_read_at(path: str, reads: Sequence[Read]) -> bool:
    """Whether a configuration file itself reads a name, so that its standing there sets nothing."""
    return any(read.path == path for read in reads)
