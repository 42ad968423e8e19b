"""Any bytes in any source file give facts, and never a crash."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.steps.env_lint.reads.reading import facts_of
from tests.unit.steps.env_lint.reads.test_languages import CASES as LANGUAGES
from tests.unit.steps.env_lint.reads.test_python import CASES as PYTHON
from tests.unit.steps.env_lint.reads.test_python import DJANGO, SETTINGS
from tests.unit.steps.env_lint.reads.test_scripts import CASES as SHELL

from launchready.facts.environment import CodeFacts

SEEDS: dict[str, list[str]] = {
    "app.py": [*(text for text, _ in PYTHON.values()), DJANGO, SETTINGS],
    "run.sh": [text for text, _ in SHELL.values()],
    "Makefile": ["A ?= 1\nall:\n\techo $(A) $(B) $$C\n"],
    "package.json": ['{"scripts": {"a": "x $A ${B:-d}"}}'],
    "bin/run": ["#!/usr/bin/env bash\necho ${A:?}"],
}
for name, (text, _) in LANGUAGES.items():
    SEEDS.setdefault(name.partition(" ")[0], []).append(text)


@st.composite
def _mutated(draw: st.DrawFn, path: str) -> bytes:
    """A file that is read elsewhere, cut, repeated, or with other bytes in it."""
    text = draw(st.sampled_from(SEEDS[path])).encode()
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 30)))
        put = draw(st.one_of(st.binary(max_size=4), st.just(text[start:end] * 2), st.just(b"")))
        text = text[:start] + put + text[end:]
    return text


@pytest.mark.parametrize("path", SEEDS)
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_any_bytes_give_facts(path: str, data: st.DataObject) -> None:
    content = data.draw(st.one_of(st.binary(max_size=60), _mutated(path)))
    facts = facts_of(path, content)
    assert isinstance(facts, CodeFacts)
    assert not facts.problem
    for read in facts.reads:
        assert read.location.line is not None
        assert read.location.line <= content.count(b"\n") + 1


HOSTILE = {
    "app.py": 'os.getenv("A") or ' * 5000,
    "a.rb": "%<" * 6000,
    "a.html.erb": "<% %<" * 6000,
    "a.go": "package a\nvar x = " + 'os.Getenv("A") + ' * 5000,
    "A.java": 'class A { String a = System.getenv("A"); }' * 3000,
}


@pytest.mark.parametrize("path", HOSTILE)
def test_what_no_person_wrote_is_given_up_and_said(path: str) -> None:
    assert facts_of(path, HOSTILE[path]).problem
