"""Whatever the bytes are, a file gives a tree or one fault; libyaml is the oracle of the tree."""

import re
import subprocess
import sys
import time

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.config.samples import faults_of

from launchready.config import compose
from launchready.config.document import parse_document
from launchready.config.nodes import Mapping, Node, Scalar, Sequence
from launchready.errors import ConfigError

LIBYAML = getattr(yaml, "CSafeLoader", None)

# Pieces that mean something to YAML, so that a few of them meet often.
# fmt: off
PIECES = [
    *"\n \t\r\x00\x1b\x85\u2028\ufeff:[]{}#|>%@`!'\"\\abé\U0001f680~1",
    "\n  ", "\n    ", "\r\n", "- ", ": ", "? ", ", ", " #", "|2-\n", "---\n", "...\n",
    "&a ", "*a", "!!str ", "!x!y ", "<<: ", "%YAML 1.1\n", "%TAG ! x\n",
    '"\\x1b"', '"\\ud83d"', '"\\UFFFFFFFF"', '"\\u00e9"', "''",
    "-1", "1e3", "0x1", "null", "true", "on", "2026-01-01",
    "version: 1\n", "site:\n  ", "port: ", "title: ", "windows:\n  - ", "name: ",
]
# fmt: on
TEXTS = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
BYTES = st.one_of(
    st.binary(max_size=60),
    TEXTS.map(str.encode),
    st.tuples(TEXTS.map(str.encode), st.binary(max_size=3), TEXTS.map(str.encode)).map(b"".join),
    TEXTS.map(lambda text: text.encode("utf-16")),
)


def tree(content: bytes) -> Node | None:
    try:
        return parse_document(content, "f")
    except ConfigError as error:
        (fault,) = error.faults
        assert fault.message.isprintable()
        assert fault.line >= 1
        assert fault.column >= 1
        return None


def well_formed(node: Node) -> bool:
    """Whether every text may be handed on, and no mapping has a key twice."""
    match node:
        case Scalar(value=str(text)):
            return not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff]", text)
        case Sequence(items=items):
            return all(map(well_formed, items))
        case Mapping(items=pairs):
            keys = [key.value for key, _ in pairs]
            nodes = [node for pair in pairs for node in pair]
            return len(set(keys)) == len(keys) and all(map(well_formed, nodes))
    return True


@given(BYTES)
def test_any_bytes_give_a_tree_or_one_fault(content: bytes) -> None:
    node = tree(content)
    assert node is None or well_formed(node)


@given(BYTES)
def test_any_bytes_give_settings_or_faults(content: bytes) -> None:
    for fault in faults_of(content):
        assert fault.isprintable()


@pytest.mark.skipif(LIBYAML is None, reason="PyYAML carries no libyaml here")
@given(BYTES)
def test_libyaml_sees_the_same_values(content: bytes) -> None:
    ours = tree(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compose, "_LOADER", LIBYAML)
        theirs = tree(content)
    assert ours is None or theirs is None or _values(ours) == _values(theirs)


def _values(node: Node) -> object:
    match node:
        case Scalar(value=value):
            return type(value), value
        case Sequence(items=items):
            return [_values(item) for item in items]
        case Mapping(items=pairs):
            return [(key.value, _values(value)) for key, value in pairs]


DEEP = "nested deeper than 32 levels"
PARSE = """
import sys
from launchready.config import document
try:
    document.parse_document(sys.stdin.buffer.read(), "f")
except document.ConfigError as error:
    print(error.faults[0].message)
"""


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param(b"[" * 100_000, DEEP, id="lists"),
        pytest.param(b"[" * 100_000 + b"]" * 100_000, DEEP, id="closed-lists"),
        pytest.param(b"{a: " * 100_000, DEEP, id="mappings"),
        pytest.param(b"- " * 100_000, DEEP, id="blocks"),
        pytest.param(b"".join(b" " * n + b"a:\n" for n in range(1300)), DEEP, id="indented-blocks"),
        pytest.param(b"[&a " * 100_000, DEEP, id="anchors"),
        pytest.param(b"? " * 100_000, "the name before a `:` must be one line of text", id="keys"),
    ],
)
def test_depth_does_not_end_the_process(content: bytes, told: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PARSE], input=content, capture_output=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, f"{told}\n", b"")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"# c\n" * 249_000, id="comments"),
        pytest.param(b'a: "' + b"x\n" * 498_000 + b'"', id="one-text-of-many-lines"),
        pytest.param(b"a: &" + b"x" * 999_000, id="one-anchor"),
        pytest.param(b"version: 1\n" + b"".join(b"w%d: 1\n" % n for n in range(9_000)), id="keys"),
        pytest.param(b"a" + b":" * 999_000, id="colons"),
        pytest.param(b"\n" * 999_000, id="empty-lines"),
    ],
)
def test_no_file_takes_long(content: bytes) -> None:
    """Seconds of processor time; the worst of these takes one on a usual machine."""
    before = time.process_time()
    faults_of(content)
    assert time.process_time() - before < 6
