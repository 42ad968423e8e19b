"""The quick tests of whether a file is worth a parser lose none that is."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from launchready.steps.env_lint import loaders
from launchready.steps.env_lint.reads import holds_literal, literals

MODULES = sorted(literals._WORDS)


@pytest.mark.parametrize("module", MODULES)
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_gate_stands_in_every_file_that_may_read(module: str, data: st.DataObject) -> None:
    pattern = re.compile(literals._WORDS[module].encode())
    assert literals.may_read(module, data.draw(st.from_regex(pattern)))


@pytest.mark.parametrize("module", MODULES)
def test_each_word_opens_the_gate_that_its_language_has(module: str) -> None:
    pattern = re.compile(literals._WORDS[module])
    for literal in literals.LITERALS:
        content = f" {literal}X(".encode()
        assert literals.may_read(module, content) == bool(pattern.search(content.decode()))


@pytest.mark.parametrize("literal", literals.LITERALS)
def test_each_word_passes_the_short_ones(literal: str) -> None:
    assert literals.holds_literal(f"x{literal}y".encode())


@pytest.mark.parametrize("literal", loaders.LITERALS)
def test_each_word_of_a_loader_opens_its_gate(literal: str) -> None:
    assert loaders.may_load("a.py", f"x{literal}y".encode())


def test_a_word_of_another_language_is_none() -> None:
    assert holds_literal("a.py", b"os.environ")
    assert not holds_literal("a.rb", b"os.environ")
    assert not holds_literal("a.py", b"env.url('A')")  # none of the words that git looks for
    assert not loaders.may_load("a.py", b"the environment")
