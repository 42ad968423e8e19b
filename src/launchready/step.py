"""What a step and a rule are. Both are values; nothing registers itself."""

import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any, Generic, TypeVar

from launchready.frozen import frozen, replace
from launchready.gateways import Gateways
from launchready.model import Finding, LeftOut, RuleInfo, Severity
from launchready.regex import Regex

PAGES = "https://github.com/launchready/launchready/blob/main/docs/rules"

F = TypeVar("F")
S = TypeVar("S")


@frozen
class Rule(Generic[F, S]):
    """One named judgement. It looks only at facts of the type `facts` and yields findings.

    `of` are the kinds of what a fact is about (its step's `subject`) that it has a word for; none
    are all kinds.
    """

    info: RuleInfo
    facts: type[F]
    judge: Callable[[F, S], Iterable[Finding]]
    of: tuple[type, ...] = ()

    def findings(self, facts: F, settings: S) -> Iterator[Finding]:
        """What the rule finds in `facts`, signed with its id, severity and remedy."""
        return map(self.signed, self.judge(facts, settings))

    def signed(self, finding: Finding) -> Finding:
        """A finding with the rule's id, severity and remedy."""
        return replace(
            finding,
            rule=self.info.id,
            severity=self.info.severity,
            impact=finding.impact or self.info.why,
            fix=finding.fix or self.info.fix,
        )


def rule(
    facts: type[F], severity: Severity, *, of: tuple[type, ...] = ()
) -> Callable[[Callable[[F, S], Iterable[Finding]]], Rule[F, S]]:
    """Make a `Rule` of a function; its name becomes the id, its docstring the page.

    The docstring has, in this order: one sentence that says what is flagged; a paragraph on why it
    matters; a paragraph on what to do; a `Bad:` and a `Good:` block, indented; `Reference:` links.
    """

    def wrap(judge: Callable[[F, S], Iterable[Finding]]) -> Rule[F, S]:
        return Rule(info=_read_docstring(judge, severity), facts=facts, judge=judge, of=of)

    return wrap


def addressed(page: str, infos: Iterable[RuleInfo]) -> tuple[RuleInfo, ...]:
    """Rules with the address of each on the page docs/rules/`page`.md."""
    return tuple(replace(i, url=i.url or f"{PAGES}/{page}.md#{i.id}") for i in infos)


@frozen
class Refusal:
    """Why a setting cannot be taken, where its type alone does not tell.

    `setting` is its name inside the step's section, or inside `section`: `custom[0].shape`.
    """

    setting: str
    message: str
    section: str | None = None


Counting = Callable[[Iterable[Finding]], tuple[Finding, ...]]
"""Those findings that nothing in the settings, the baseline or a marker accepts."""


@frozen
class Step(Generic[S]):
    """What a user puts in CI: one command, one action, one section of the config.

    `observe` asks the gateways and yields facts, `Unchecked` for what it could not see, and at the
    end `Looked`, so that nobody takes a look at nothing for a pass.
    `recognises` says whether a repository without a config has anything for it; `sees_everything`
    whether a run with these settings looks at all of it, so that what is not found is gone;
    `sees_present` whether at least at all that is there now, the past aside.
    `markers` names the tools whose inline suppressions count here (see `policy.peers`). `heeds` are
    the files, at the top of the repository, in which other tools keep what they accept.
    `is_of_staged` says whether only what is staged is judged: the step looks at more than that to
    judge it, and finds faults of lines that the next commit does not touch.
    `amend` changes, before the look, what the settings ask to be changed, and says what it did;
    `answer` is what they ask for in place of a report, None where they ask for none. Both are given
    what tells the findings that count from those that are accepted, known or off.
    `judges_by_site` says that its settings have a field `site`, which is filled with that section.
    `is_live` says that it asks what is deployed, so that `check` before a merge leaves it out;
    `aimed` makes of its settings those for the site at a URL (`check --live URL`), or says why the
    step asks nothing there. `resolvers_of` are the name servers that the settings give to one that
    asks name servers itself.
    `own_rules` are the rules that a person writes in the settings, `refusals` what is wrong there.
    `subject` is what a fact is about, where rules name its kinds: see `Rule.of`.
    """

    name: str
    settings: type[S]
    observe: Callable[[S, Gateways], Iterator[object]]
    rules: tuple[Rule[Any, S], ...]
    recognises: Callable[[Gateways], bool]
    sees_everything: Callable[[S], bool]
    sees_present: Callable[[S], bool] = lambda _: True
    markers: frozenset[str] = frozenset()
    heeds: tuple[str, ...] = ()
    is_of_staged: Callable[[S], bool] = lambda _: False
    amend: Callable[[S, Gateways, Counting], Iterable[str]] = lambda *_: ()
    answer: Callable[[S, Gateways, Counting], str | None] = lambda *_: None
    judges_by_site: bool = False
    is_live: bool = False
    aimed: Callable[[S, str], S | LeftOut] | None = None
    resolvers_of: Callable[[S], tuple[str, ...]] | None = None
    own_rules: Callable[[S], tuple[Rule[Any, S], ...]] = lambda _: ()
    refusals: Callable[[S], Iterable[Refusal]] = lambda _: ()
    subject: Callable[[object], object] = lambda seen: seen

    def fitted(self, settings: S) -> "Step[S]":
        """The same step with the rules that the settings add."""
        return replace(self, rules=(*self.rules, *self.own_rules(settings)))

    def rule_infos(self) -> tuple[RuleInfo, ...]:
        """What is known of all rules of this step, with the addresses of their pages."""
        return addressed(self.name, (each.info for each in self.rules))

    def findings(self, seen: object, settings: S) -> Iterator[Finding]:
        """What all rules find in one fact."""
        for each in self._rules_of(type(seen), type(self.subject(seen))):
            for finding in each.judge(seen, settings):  # next to none is found: no call more
                yield each.signed(finding)

    def _rules_of(self, kind: type, of: type) -> "tuple[Rule[Any, S], ...]":
        known = self._by_kind.get((kind, of))
        if known is None:
            known = self._by_kind[kind, of] = tuple(
                each
                for each in self.rules
                if issubclass(kind, each.facts) and (not each.of or issubclass(of, each.of))
            )
        return known

    @cached_property
    def _by_kind(self) -> "dict[tuple[type, type], tuple[Rule[Any, S], ...]]":
        return {}


_BLOCK = Regex(r"^(Bad|Good|Reference):\n((?:[ \t]+.*\n?|\n)+)", re.MULTILINE)


def _read_docstring(judge: Callable[..., object], severity: Severity) -> RuleInfo:
    text = inspect.getdoc(judge)
    if not text:
        raise TypeError(f"rule {judge.__name__} has no docstring: it is the rule's page")
    blocks = {name: inspect.cleandoc(body) for name, body in _BLOCK.findall(text + "\n")}
    paragraphs = [" ".join(p.split()) for p in _BLOCK.sub("", text + "\n").strip().split("\n\n")]
    summary, why, fix = (*paragraphs, "", "")[:3]
    return RuleInfo(
        id=judge.__name__.replace("_", "-"),
        severity=severity,
        summary=summary,
        why=why,
        fix=fix,
        bad=blocks.get("Bad", ""),
        good=blocks.get("Good", ""),
        references=tuple(blocks.get("Reference", "").split()),
    )
