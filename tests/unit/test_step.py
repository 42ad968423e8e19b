"""A rule is made of a function and its docstring; a step asks the rules that know its facts."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from launchready.gateways import Gateways
from launchready.model import FileLocation, Finding, Severity
from launchready.step import Step, rule


@dataclass(frozen=True, kw_only=True)
class LineFacts:
    text: str


@dataclass(frozen=True, kw_only=True)
class OfNumber(LineFacts):
    of: int = 1


@dataclass(frozen=True, kw_only=True)
class OtherFacts:
    text: str


@dataclass(frozen=True, kw_only=True)
class NoSettings:
    pass


@rule(LineFacts, Severity.WARNING)
def trailing_shout(facts: LineFacts, settings: NoSettings) -> Iterator[Finding]:
    """A line ends in an exclamation mark.

    Customers read it as
    shouting.

    Write a full stop.

    Bad:
        Buy now!
    Good:
        Buy now.
    Reference:
        https://example.com/tone
        https://example.com/style
    """
    del settings
    if facts.text.endswith("!"):
        where = FileLocation(path="copy.txt", line=1)
        yield Finding(message="ends in !", location=where, identity=facts.text)


def observe(settings: NoSettings, gateways: Gateways) -> Iterator[object]:
    del settings, gateways
    yield LineFacts(text="Hi!")


STEP = Step(
    name="tone",
    settings=NoSettings,
    observe=observe,
    rules=(trailing_shout,),
    recognises=lambda gateways: gateways.root == Path(),
    sees_everything=lambda settings: True,
)


def test_the_docstring_is_the_page() -> None:
    info = trailing_shout.info
    assert info.id == "trailing-shout"
    assert info.severity is Severity.WARNING
    assert info.summary == "A line ends in an exclamation mark."
    assert info.why == "Customers read it as shouting."
    assert info.fix == "Write a full stop."
    assert (info.bad, info.good) == ("Buy now!", "Buy now.")
    assert info.references == ("https://example.com/tone", "https://example.com/style")


def test_the_rule_signs_its_findings() -> None:
    (finding,) = STEP.findings(LineFacts(text="Hi!"), NoSettings())
    assert finding.rule == "trailing-shout"
    assert finding.severity is Severity.WARNING
    assert finding.impact == "Customers read it as shouting."
    assert finding.fix == "Write a full stop."


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param(LineFacts(text="Hi."), id="nothing-wrong"),
        pytest.param(OtherFacts(text="Hi!"), id="facts-of-another-rule"),
    ],
)
def test_silent(facts: object) -> None:
    assert list(STEP.findings(facts, NoSettings())) == []


def test_a_rule_may_have_a_word_for_some_kinds_of_subject_only() -> None:
    of_numbers = replace(trailing_shout, of=(int,))
    step = replace(STEP, rules=(of_numbers,), subject=lambda seen: getattr(seen, "of", ""))
    found = [*step.findings(OfNumber(text="Hi!"), NoSettings())]
    assert [each.rule for each in found] == ["trailing-shout"]
    assert list(step.findings(LineFacts(text="Hi!"), NoSettings())) == []


def test_pages_have_addresses() -> None:
    (info,) = STEP.rule_infos()
    assert info.url.endswith("/docs/rules/tone.md#trailing-shout")


def test_a_rule_without_a_page_is_refused() -> None:
    def nameless(facts: LineFacts, settings: NoSettings) -> Iterator[Finding]:
        del facts, settings
        yield from ()

    decorate = rule(LineFacts, Severity.NOTE)
    with pytest.raises(TypeError, match="nameless has no docstring"):
        decorate(nameless)
