"""Bytes that are no config file: one fault, at the right place, that says what to do."""

import pytest

from launchready.config.compose import MAX_DEPTH, MAX_VALUES
from launchready.config.decode import MAX_BYTES
from launchready.config.document import parse_document
from launchready.config.nodes import Mapping, Node, Scalar, Sequence
from launchready.errors import ConfigError


def plain(node: Node) -> object:
    """A node without its places."""
    match node:
        case Scalar(value=value):
            return value
        case Sequence(items=items):
            return [plain(item) for item in items]
        case Mapping(items=pairs):
            return {str(key.value): plain(value) for key, value in pairs}


def parsed(content: bytes) -> object:
    return plain(parse_document(content, "f"))


def fault_of(content: bytes) -> str:
    with pytest.raises(ConfigError) as caught:
        parse_document(content, "f")
    (fault,) = caught.value.faults
    assert fault.path == "f"
    assert not fault.setting
    return f"{fault.line}:{fault.column}: {fault.message}"


COLON = (
    "not valid YAML: this colon is one too many; look for a line above that lacks its own, a wrong"
    " indentation, or text with a colon that needs quotes"
)
TAB = "not valid YAML: a tab stands here; use spaces, and put text that holds tabs in quotes"
FIT = (
    "not valid YAML: this does not fit the lines above; check the indentation, and quotes that"
    " close too early"
)
NAME_VALUE = "not valid YAML: write `name: value`, with a colon and a space after the name"
LIST = "not valid YAML: every line of this list must begin with `- ` in one column"
LIST_IN_LINE = (
    "not valid YAML: a list begins on a line of its own; put text that begins with `- ` in quotes"
)
TAG = "tags have no meaning here; put text that begins with ! in quotes"
MERGE = "merge keys are not part of YAML 1.2; write the settings out"
ALIAS = "no anchor of this name above; put text that begins with * in quotes"
KEY = "the name before a `:` must be one line of text"
BACKSLASH = (
    "not valid YAML: a backslash has a meaning of its own in double quotes; use single quotes"
)

NOT_YAML = {
    "tab-indents": (b"a:\n\tb: 1\n", f"2:1: {TAB}"),
    "tab-after-colon": (b"a:\t1\n", f"1:3: {TAB}"),
    "tab-at-end": (b"a: 1\t\n", f"1:5: {TAB}"),
    "tab-in-list": (b"a:\n-\tb\n", f"2:2: {TAB}"),
    "tab-in-brackets": (b"a: [\n\t1]\n", f"2:1: {TAB}"),
    "quote-open": (b"a: 1\nb: 'x\nc: 1\n", "2:4: not valid YAML: this quote is not closed"),
    "double-quote-open": (b'b: "x\nc: 1\n', "1:4: not valid YAML: this quote is not closed"),
    "quote-open-to-next-document": (
        b"b: 'x\n---\n",
        "1:4: not valid YAML: this quote is not closed",
    ),
    "bracket-open": (
        b"a: [1, 2\nb: 1\n",
        "1:4: not valid YAML: this [ is not closed, or a comma is missing after it",
    ),
    "brace-open": (
        b"a: {x: 1\nb: 1\n",
        "1:4: not valid YAML: this { is not closed, or a comma is missing after it",
    ),
    "comma-missing": (
        b'{"a": 1 "b": 2}',
        "1:1: not valid YAML: this { is not closed, or a comma is missing after it",
    ),
    "comma-twice": (b"a: [1,,2]\n", "1:7: not valid YAML: a value is missing before this"),
    "bracket-alone": (b"a: ]\n", "1:4: not valid YAML: a value is missing before this"),
    "colon-missing": (b"a: 1\nb\nc: 1\n", f"2:1: {NAME_VALUE}"),
    "no-space-after-colon": (b"a: 1\nb:1\nc: 1\n", f"2:1: {NAME_VALUE}"),
    "colon-missing-in-first-line": (b"version 1\nb: 1\n", f"2:2: {COLON}"),
    "colon-in-text": (b"a: b: c\n", f"1:5: {COLON}"),
    "indented-too-far": (b"a: 1\n b: 2\n", f"2:3: {COLON}"),
    "name-of-two-thousand-letters": (b"a" * 2000 + b": 1\n", f"1:2001: {COLON}"),
    "indented-too-little": (b"a:\n    b: 1\n  c: 2\n", f"3:3: {FIT}"),
    "text-after-quote": (b"a: 'x' y\n", f"1:8: {FIT}"),
    "list-after-settings": (b"a: 1\n- b\n", f"2:1: {FIT}"),
    "no-name-before-colon": (b": b\n", f"1:1: {FIT}"),
    "settings-after-list": (b"a:\n  - 1\n  b: 2\n", f"3:3: {LIST}"),
    "list-in-line": (
        b"a: - 1\n",
        f"1:4: {LIST_IN_LINE}",
    ),
    "at-sign": (
        b"a: @team\n",
        "1:4: not valid YAML: text that begins with this character must be in quotes",
    ),
    "backtick": (
        b"a: `x`\n",
        "1:4: not valid YAML: text that begins with this character must be in quotes",
    ),
    "glob": (b"a:\n  - *.py\n", "2:5: not valid YAML: text that begins with * must be in quotes"),
    "ampersand": (b"a: &&\n", "1:4: not valid YAML: text that begins with & must be in quotes"),
    "pipe": (b"a: |x\n", "1:4: not valid YAML: text that begins with | or > must be in quotes"),
    "exclamation": (
        b"a: !x!y z\n",
        "1:4: not valid YAML: text that begins with ! must be in quotes",
    ),
    "exclamation-brace": (
        b"a: !{x}\n",
        "1:4: not valid YAML: text that begins with ! must be in quotes",
    ),
    "windows-path": (b'a: "C:\\Users"\n', f"1:9: {BACKSLASH}"),
    "regular-expression": (b'a: "\\d+"\n', f"1:6: {BACKSLASH}"),
    "percent-line": (b"%TAG x\n---\na: 1\n", "1:1: not valid YAML: a line must not begin with %"),
    "text-after-the-end": (
        b"a: 1\n...\nb\n",
        "3:1: not valid YAML: nothing may follow here; the document has ended",
    ),
    "yaml-of-the-future": (
        b"%YAML 2.0\n---\na: 1\n",
        "1:1: not valid YAML: check the indentation and the quotes",
    ),
    "question-mark": (
        b"a: ? b\n",
        "1:4: not valid YAML: check the indentation and the quotes",
    ),
}

NOT_A_CONFIG = {
    "two-documents": (
        b"a: 1\n---\nb: 1\n",
        "2:1: a second document begins here; keep one per file",
    ),
    "empty-documents": (b"---\n---\n", "2:1: a second document begins here; keep one per file"),
    "name-twice": (
        b"a: 1\nb: 1\na: 2\n",
        "3:1: this name stands already in line 1; keep one of the two",
    ),
    "name-twice-in-quotes": (
        b"a: {'b': 1, b: 2}\n",
        "1:13: this name stands already in line 1; keep one of the two",
    ),
    "merge-key": (b"a: &a {b: 1}\nc:\n  <<: *a\n", f"3:3: {MERGE}"),
    "list-as-key": (b"? [a]\n: b\n", f"1:3: {KEY}"),
    "alias-as-key": (b"a: &a b\n*a : 1\n", f"2:1: {KEY}"),
    "key-of-two-lines": (b'"a\\n::error::b": 1\n', f"1:1: {KEY}"),
    "own-tag": (b"a: !secret x\n", f"1:4: {TAG}"),
    "ignore-pattern-is-no-tag": (b"a:\n  - !tests/\n", f"2:5: {TAG}"),
    "python-tag": (b"!!python/object/apply:os.system ['true']\n", f"1:1: {TAG}"),
    "yaml-tag": (b"a: !!str 1\n", f"1:4: {TAG}"),
    "tagged-list": (b"a: !!seq []\n", f"1:4: {TAG}"),
    "tagged-key": (b"!x a: 1\n", f"1:1: {TAG}"),
    "tag-without-a-name": (b"a: ! 1\n", f"1:4: {TAG}"),
    "alias-of-nothing": (b"a: *b\n", f"1:4: {ALIAS}"),
    "alias-of-itself": (b"a: &a [*a]\n", f"1:8: {ALIAS}"),
    "utf-16": ("a: 1\n".encode("utf-16"), "1:1: the file is UTF-16; save it as UTF-8"),
    "utf-16-big-endian": (b"\xfe\xff\x00a", "1:1: the file is UTF-16; save it as UTF-8"),
    "utf-16-without-mark": (
        "a: 1\n".encode("utf-16-le"),
        "1:2: character U+0000 may not stand here",
    ),
    "latin-1": (
        "a: 1\nb: café\n".encode("latin-1"),
        "2:7: this is not UTF-8; save the file as UTF-8",
    ),
    "latin-1-after-bom": (
        b"\xef\xbb\xbfa: \xe9\n",
        "1:4: this is not UTF-8; save the file as UTF-8",
    ),
    "half-a-bom": (b"\xef\xbba: 1\n", "1:1: this is not UTF-8; save the file as UTF-8"),
    "surrogate": (b"a: \xed\xa0\x80\n", "1:4: this is not UTF-8; save the file as UTF-8"),
    "surrogate-escape": (
        b'a: "\\ud800"\n',
        "1:4: an escape makes character U+D800, which may not stand here",
    ),
    "nul": (b"a: 1\nb: x\x00y\n", "2:5: character U+0000 may not stand here"),
    "nul-escape": (
        b'a: "\\0"\n',
        "1:4: an escape makes character U+0000, which may not stand here",
    ),
    "terminal-escape": (b"a: \x1b[31m\n", "1:4: character U+001B may not stand here"),
    "terminal-escape-in-a-comment": (
        b"# \x1b]0;x\x07\n",
        "1:3: character U+001B may not stand here",
    ),
    "terminal-escape-by-escape-in-a-key": (
        b'"\\e[31m": 1\n',
        "1:1: an escape makes character U+001B, which may not stand here",
    ),
    "line-end-of-yaml-1-1": (
        "a: x\u2028b: 1\n".encode(),
        "1:5: character U+2028 may not stand here",
    ),
    "bom-in-the-middle": (
        "a: 1\n\ufeffb: 1\n".encode(),
        "2:1: character U+FEFF may not stand here",
    ),
    "column-counts-characters-not-bytes": (
        "a: [\U0001f680\U0001f680, \x7f]\n".encode(),
        "1:9: character U+007F may not stand here",
    ),
    "lines-end-alike-everywhere": (
        b"a: 1\r\nb: 2\rc: \x00",
        "3:4: character U+0000 may not stand here",
    ),
    "escape-of-no-character": (
        b'a: 1\nb: "\\U00110000"\n',
        "2:7: this escape or number is too great",
    ),
    "escape-past-all-bounds": (b'a: "\\UFFFFFFFF"\n', "1:7: this escape or number is too great"),
    "version-past-all-bounds": (
        b"%YAML 1." + b"9" * 5000 + b"\n---\na: 1\n",
        "1:9: this escape or number is too great",
    ),
    "ten-megabytes": (b"#" * 10_000_000, "1:1: the file is over the limit of 1,000,000 bytes"),
}


@pytest.mark.parametrize(("content", "expected"), NOT_YAML.values(), ids=NOT_YAML)
def test_what_is_not_yaml_says_what_to_do(content: bytes, expected: str) -> None:
    assert fault_of(content) == expected


@pytest.mark.parametrize(("content", "expected"), NOT_A_CONFIG.values(), ids=NOT_A_CONFIG)
def test_yaml_that_is_no_config(content: bytes, expected: str) -> None:
    assert fault_of(content) == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param(b"", None, id="nothing"),
        pytest.param(b"~", None, id="tilde"),
        pytest.param(b"null", None, id="null"),
        pytest.param(b"NULL", None, id="null-in-capitals"),
        pytest.param(b"true", True, id="true"),
        pytest.param(b"False", False, id="false-with-a-capital"),
        pytest.param(b"on", "on", id="on-is-text"),
        pytest.param(b"No", "No", id="norway"),
        pytest.param(b"y", "y", id="y-is-text"),
        pytest.param(b"12", 12, id="whole-number"),
        pytest.param(b"-0", 0, id="minus-zero"),
        pytest.param(b"+7", 7, id="plus"),
        pytest.param(b"012", "012", id="no-octal"),
        pytest.param(b"0o14", "0o14", id="no-octal-of-yaml-1-2-either"),
        pytest.param(b"0x10", "0x10", id="no-hexadecimal"),
        pytest.param(b"1_000", "1_000", id="no-underscores"),
        pytest.param(b"12:30", "12:30", id="time-is-text"),
        pytest.param(b"2026-01-01", "2026-01-01", id="date-is-text"),
        pytest.param(b"1.5", 1.5, id="float"),
        pytest.param(b".5", 0.5, id="float-without-a-zero"),
        pytest.param(b"5.", 5.0, id="float-without-a-fraction"),
        pytest.param(b"1e3", 1000.0, id="exponent-without-a-point"),
        pytest.param(b"1E-300", 1e-300, id="small"),
        pytest.param(b"1e999", "1e999", id="too-great-for-a-float"),
        pytest.param(b"1" * 300, int("1" * 300), id="long-but-a-number"),
        pytest.param(b"1" * 301, "1" * 301, id="too-long-for-a-number"),
        pytest.param(b".inf", ".inf", id="no-infinity"),
        pytest.param(b".nan", ".nan", id="no-nan"),
        pytest.param(b"1.2.3", "1.2.3", id="version"),
        pytest.param(b"'1'", "1", id="quoted-number-is-text"),
        pytest.param(b'"true"', "true", id="quoted-true-is-text"),
        pytest.param(b"''", "", id="quoted-nothing-is-text"),
        pytest.param(b"|\n 1", "1", id="block-is-text"),
        pytest.param(b"=", "=", id="equals-sign"),
        pytest.param("\U0001f680".encode(), "\U0001f680", id="emoji"),
    ],
)
def test_scalars(text: bytes, value: object) -> None:
    found = parsed(b"a: " + text)
    assert found == {"a": value}
    assert isinstance(found, dict)
    assert type(found["a"]) is type(value)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(b"", None, id="empty-file"),
        pytest.param(b"# only a comment\n", None, id="comment"),
        pytest.param(b"\xef\xbb\xbfa: 1\n", {"a": 1}, id="bom"),
        pytest.param(b"a: 1\r\nb:\r\n  - x\r\n", {"a": 1, "b": ["x"]}, id="crlf"),
        pytest.param(b"---\na: 1\n...\n", {"a": 1}, id="document-marks"),
        pytest.param(b"%YAML 1.2\n---\na: 1\n", {"a": 1}, id="version-of-yaml"),
        pytest.param(
            b"on: 1\n1: 2\nnull: 3\n~: 4\n'': 5\n",
            {"on": 1, "1": 2, "null": 3, "~": 4, "": 5},
            id="keys-are-text",
        ),
        pytest.param(b"a: &x [1]\nb: *x\n", {"a": [1], "b": [1]}, id="alias"),
        pytest.param(
            b"a: &x {k: v}\nb: *x\n", {"a": {"k": "v"}, "b": {"k": "v"}}, id="alias-of-settings"
        ),
        pytest.param(b"&k a: 1\nb: *k\n", {"a": 1, "b": "a"}, id="alias-of-a-key"),
        pytest.param(b"a: &x 1\nb: &x 2\nc: *x\n", {"a": 1, "b": 2, "c": 2}, id="anchor-again"),
        pytest.param(b'{"a": "b\\/\\u00e9", "c": [null]}', {"a": "b/é", "c": [None]}, id="json"),
        pytest.param(b"a: |\n  \tx\n", {"a": "\tx\n"}, id="tab-in-text"),
    ],
)
def test_documents(content: bytes, expected: object) -> None:
    assert parsed(content) == expected


def test_every_value_knows_its_place() -> None:
    assert parse_document("é: [\U0001f680, x]\nb:\n  c: 'd'\n".encode(), "f") == Mapping(
        items=(
            (
                Scalar(value="é", line=1, column=1),
                Sequence(
                    items=(
                        Scalar(value="\U0001f680", line=1, column=5),
                        Scalar(value="x", line=1, column=8),
                    ),
                    line=1,
                    column=4,
                ),
            ),
            (
                Scalar(value="b", line=2, column=1),
                Mapping(
                    items=(
                        (
                            Scalar(value="c", line=3, column=3),
                            Scalar(value="d", line=3, column=6),
                        ),
                    ),
                    line=3,
                    column=3,
                ),
            ),
        ),
        line=1,
        column=1,
    )


def nested(levels: int) -> bytes:
    return b"[" * (levels - 1) + b"x" + b"]" * (levels - 1)


def lists(count: int) -> bytes:
    return b"[" + b"x," * count + b"]"


BOMB = b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (name, name, b",".join([b"*%c" % (name - 1)] * 9)) for name in b"bcdefghi"
)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(nested(MAX_DEPTH), id="as-deep-as-may-be"),
        pytest.param(lists(MAX_VALUES - 1), id="as-many-as-may-be"),
        pytest.param(b"#" * MAX_BYTES, id="as-large-as-may-be"),
    ],
)
def test_up_to_the_limits(content: bytes) -> None:
    parse_document(content, "f")


DEEP = f"nested deeper than {MAX_DEPTH} levels"
MANY = f"more than {MAX_VALUES:,} values, aliases written out"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(nested(MAX_DEPTH + 1), f"1:{MAX_DEPTH + 1}: {DEEP}", id="a-level-too-deep"),
        pytest.param(
            b"- &a " + nested(20) + b"\n- &b " + b"[" * 20 + b"*a" + b"]" * 20,
            f"2:26: {DEEP}",
            id="depth-by-alias",
        ),
        pytest.param(lists(MAX_VALUES), f"1:{2 * MAX_VALUES}: {MANY}", id="a-value-too-many"),
        pytest.param(
            b"{" + b",".join(b"%d: 1" % n for n in range(MAX_VALUES)) + b"}",
            f"1:78890: {MANY}",
            id="keys-count",
        ),
        pytest.param(BOMB, f"5:11: {MANY}", id="billion-laughs"),
        pytest.param(
            b"a: &a {" + b",".join(b"%d: 1" % n for n in range(MAX_VALUES // 4)) + b"}\nb: [*a]\n",
            f"2:5: {MANY}",
            id="alias-of-settings",
        ),
        pytest.param(
            b"a: &a " + lists(MAX_VALUES // 2) + b"\nb: *a\n", f"2:4: {MANY}", id="one-great-alias"
        ),
    ],
)
def test_past_the_limits(content: bytes, expected: str) -> None:
    assert fault_of(content) == expected
