"""What is told of Python source without running it, and that no source keeps it busy."""

import ast

import pytest

from launchready.facts.schema import Engine
from launchready.steps.migration_check.frameworks.python.engines import is_met
from launchready.steps.migration_check.frameworks.python.graphs import parents_first
from launchready.steps.migration_check.frameworks.python.modules import Module, tree_of
from launchready.steps.migration_check.frameworks.python.values import (
    UNKNOWN,
    Called,
    Named,
    is_known,
)


def module(text: str) -> Module:
    """A file of this text."""
    tree = tree_of(text)
    assert isinstance(tree, ast.Module)
    return Module("a.py", tree)


def value(text: str) -> object:
    """What `x` is worth at the end of a file."""
    return module(text).constant("x")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = 'a' 'b' + 'c'", "abc"),
        ("x = 'a%s%d' % ('b', 2)", "ab2"),
        ("x = '{} {n}'.format('a', n=1)", "a 1"),
        ("A = 'b'\nx = f'a {A} {1 + 1}'", "a b 2"),
        ("x = ', '.join(['a', 'b'])", "a, b"),
        ("import textwrap\nx = textwrap.dedent('  a')", "a"),
        ("from alembic import op\nx = op.f('ix_a')", "ix_a"),
        ("import json\nx = json.dumps({'a': []})", '{"a": []}'),
        ("x = ' A '.strip().lower()", "a"),
        ("x = [1, *[2, 3]] + [-4]", [1, 2, 3, -4]),
        ("x = {'a': 1, **{'b': 2}}.items()", [("a", 1), ("b", 2)]),
        ("A = {'k': 'v'}\nx = A['k']", "v"),
        ("x = not True", False),
        ("x = 1\nx = 2", UNKNOWN),
        ("x = f()[0]", UNKNOWN),
        ("x = 'a{0.__class__}'.format('')", UNKNOWN),
        ("x = '%99999d' % 1", UNKNOWN),
        ("x = '%(a)s' % {}", UNKNOWN),
        ("x = x", UNKNOWN),
        ("import uuid\nx = uuid.uuid4", Named(path="uuid.uuid4")),
        ("from .a import b\nx = b", Named(path=".a.b")),
    ],
)  # fmt: skip
def test_values(text: str, expected: object) -> None:
    found = value(text)
    assert not is_known(found) if expected is UNKNOWN else found == expected


def test_a_call_is_known_by_its_imports() -> None:
    found = value("from django.db import models\nx = models.CharField('a', *[1], max_length=9)")
    assert found == Called(
        path="django.db.models.CharField", args=("a", 1), kwargs={"max_length": 9}, line=2, column=5
    )
    assert isinstance(found, Called)
    assert found.argument("max_length", 0) == 9
    unknown = value("x = f(**y)")
    assert isinstance(unknown, Called)
    assert not unknown.is_whole


@pytest.mark.parametrize(
    "text",
    [
        "x0 = f(1)\n" + "".join(f"x{i + 1} = x{i} | x{i}\n" for i in range(60)) + "x = x60",
        "x0 = ['a']\n" + "".join(f"x{i + 1} = [x{i}, x{i}]\n" for i in range(60)) + "x = x60",
        "x0 = 'a'\n" + "".join(f"x{i + 1} = x{i} + x{i}\n" for i in range(60)) + "x = x60",
        "x0 = 'aa'\n"
        + "".join(f"x{i + 1} = '%s%s' % (x{i}, x{i})\n" for i in range(60))
        + "x = x60",
        "x = " + "f(" * 90 + ")" * 90,
    ],
    ids=["operators", "lists", "texts", "templates", "nesting"],
)
def test_what_grows_without_end_is_given_up(text: str) -> None:
    size = 0
    waiting = [value(text)]
    while waiting and size < 3_000_000:
        size += 1
        each = waiting.pop()
        size += len(each) if isinstance(each, str) else 0
        if isinstance(each, list):
            waiting += each
        elif isinstance(each, Called):
            waiting += each.args
    assert size < 3_000_000


@pytest.mark.parametrize("text", ["(" * 1000, "x = " + "-" * 100_000 + "1", "\0", "print 'a'"])
def test_what_is_no_python_has_a_reason(text: str) -> None:
    assert str(tree_of(text)).startswith("no valid Python")


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ("op.get_bind().dialect.name == 'postgresql'", True),
        ("op.get_context().dialect.name != 'sqlite'", True),
        ("schema_editor.connection.vendor in ('mysql', 'sqlite')", False),
        ("not context.is_offline_mode()", True),
        ("dialect == 'sqlite'", False),
        ("has_column('a')", None),
        ("name == 'postgresql'", None),
    ],
)
def test_conditions_on_the_engine(test: str, *, expected: bool | None) -> None:
    known = module("dialect = op.get_bind().dialect.name")
    known.learn("dialect", Named(path="bind.dialect.name"))
    node = ast.parse(test, mode="eval").body
    assert is_met(node, known, Engine.POSTGRESQL) is expected


def test_a_circle_is_cut() -> None:
    assert set(parents_first({"a": {"b"}, "b": {"a"}, "c": {"b"}})) == {"a", "b", "c"}
    assert parents_first({"c": {"b"}, "b": {"a"}, "a": set()}) == ("a", "b", "c")
