"""YAML, JSON and TOML: the same tree from each, places that are true, and a value or a fault."""

from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchready.config.nodes import Mapping, Node, Scalar, Sequence, UnreadableError
from launchready.documents import child, text_of
from launchready.documents.json import json_document
from launchready.documents.toml import toml_document
from launchready.documents.yaml import yaml_documents


def leaves(node: Node, path: str = "") -> Iterator[tuple[str, object, int, int]]:
    """Path, value, line and column of each single value."""
    match node:
        case Scalar(value=value, line=line, column=column):
            yield path, value, line, column
        case Sequence(items=items):
            for index, item in enumerate(items):
                yield from leaves(item, f"{path}[{index}]")
        case Mapping(items=pairs):
            for key, each in pairs:
                yield from leaves(each, f"{path}.{key.value}")


def keys(node: Node, path: str = "") -> Iterator[tuple[str, int, int]]:
    """Path, line and column of each key."""
    match node:
        case Sequence(items=items):
            for index, item in enumerate(items):
                yield from keys(item, f"{path}[{index}]")
        case Mapping(items=pairs):
            for key, value in pairs:
                yield f"{path}.{key.value}", key.line, key.column
                yield from keys(value, f"{path}.{key.value}")


def test_yaml_keeps_what_a_person_wrote() -> None:
    text = b"on: push\nport: 012\nratio: 1.0\nflag: true\nno: No\nnone: ~\nlist: [1, 'x']\n"
    (root,) = yaml_documents(text)
    assert list(leaves(root)) == [
        (".on", "push", 1, 5),
        (".port", "012", 2, 7),
        (".ratio", "1.0", 3, 8),
        (".flag", True, 4, 7),
        (".no", "No", 5, 5),
        (".none", None, 6, 7),
        (".list[0]", "1", 7, 8),
        (".list[1]", "x", 7, 11),
    ]


def test_yaml_follows_merges_and_own_keys_win() -> None:
    text = b"x: &x {A: 1, B: 2}\ny: &y {C: 3}\nz:\n  <<: [*x, *y]\n  A: own\n"
    (root,) = yaml_documents(text)
    z = child(root, "z")
    assert z is not None
    assert list(leaves(z)) == [(".A", "own", 5, 6), (".B", "2", 1, 17), (".C", "3", 2, 11)]


def test_a_tagged_value_is_not_its_text() -> None:
    (root,) = yaml_documents(b"A: !Ref Name\nB: !!str 1\nC: ! x\nD: !override {E: 1}\n")
    assert [text_of(child(root, name)) for name in "ABC"] == [None, "1", "x"]
    assert text_of(child(root, "D", "E")) == "1"


def test_all_documents_of_a_file_are_read() -> None:
    assert [list(leaves(each)) for each in yaml_documents(b"a: 1\n---\nb: 2\n---\n")] == [
        [(".a", "1", 1, 4)],
        [(".b", "2", 3, 4)],
        [("", None, 5, 1)],
    ]


def test_json_takes_comments_and_commas_too_many() -> None:
    text = b'\xef\xbb\xbf// c\n{"a": 1.50, /* x\n*/ "b": ["\\u0041", null,],\n "c": {"d": true},}\n'
    root = json_document(text)
    assert list(leaves(root)) == [
        (".a", "1.50", 2, 7),
        (".b[0]", "A", 3, 10),
        (".b[1]", None, 3, 20),
        (".c.d", True, 4, 13),
    ]
    assert list(keys(root)) == [(".a", 2, 2), (".b", 3, 4), (".c", 4, 2), (".c.d", 4, 8)]


def test_toml_knows_where_each_key_stands() -> None:
    text = b"""# top
a.b = 1
"c d" = 'x'
m = { x = "}", "\\u0079" = ["p", { z = 2.50 }] }
[env] # not [this]
K = \"\"\"
[no] = table
\"\"\"
L = true
[[bind.kv]]
name = "one"
[bind.kv.sub]
n = 1
[[bind.kv]]
name = "two"
[ "q.r" . s ]
t = 1979-05-27
"""
    root = toml_document(text)
    assert list(keys(root)) == [
        (".a", 2, 1),
        (".a.b", 2, 3),
        (".c d", 3, 1),
        (".m", 4, 1),
        (".m.x", 4, 7),
        (".m.y", 4, 16),
        (".m.y[1].z", 4, 35),
        (".env", 5, 1),
        (".env.K", 6, 1),
        (".env.L", 9, 1),
        (".bind", 1, 1),
        (".bind.kv", 1, 1),
        (".bind.kv[0].name", 11, 1),
        (".bind.kv[0].sub", 12, 1),
        (".bind.kv[0].sub.n", 13, 1),
        (".bind.kv[1].name", 15, 1),
        (".q.r", 1, 1),
        (".q.r.s", 16, 1),
        (".q.r.s.t", 17, 1),
    ]
    values = {path: value for path, value, _, _ in leaves(root)}
    assert values[".m.y[1].z"] == "2.50"
    assert values[".env.K"] == "[no] = table\n"
    assert values[".q.r.s.t"] == "1979-05-27"


@pytest.mark.parametrize(
    ("parse", "content", "line", "message"),
    [
        pytest.param(yaml_documents, b"a: 1\nb: [\n", 3, "YAML", id="yaml-not-closed"),
        pytest.param(yaml_documents, b"a: 1\nb: \x00\n", 1, "characters", id="yaml-nul"),
        pytest.param(yaml_documents, b'a: "\\UFFFFFFFF"\n', 1, "no valid YAML", id="yaml-escape"),
        pytest.param(yaml_documents, b"%YAML 1." + b"9" * 5000, 1, "YAML", id="yaml-version"),
        pytest.param(yaml_documents, b"a: 1\nb: *x\n", 2, "anchor", id="yaml-no-anchor"),
        pytest.param(yaml_documents, b"a: \xff\n", 1, "UTF-8", id="yaml-bytes"),
        pytest.param(yaml_documents, b"[" * 5000, 1, "deeper", id="yaml-deep"),
        pytest.param(json_document, b'{"a": 1,\n "b" 2}', 2, ": is missing", id="json-colon"),
        pytest.param(json_document, b'{"a": 1} x', 1, "follows", id="json-tail"),
        pytest.param(json_document, b"[" * 5000, 1, "too deep", id="json-deep"),
        pytest.param(json_document, b'{"a', 1, "JSON", id="json-cut"),
        pytest.param(json_document, b'{a: "\\x"}', 1, "quotes", id="json-bare-key"),
        pytest.param(json_document, b'["\\x"]', 1, "JSON", id="json-escape"),
        pytest.param(json_document, b"[$]", 1, "JSON", id="json-sign"),
        pytest.param(toml_document, b"a = 1\nb =\n", 2, "TOML", id="toml-cut"),
        pytest.param(toml_document, b"a = " + b"[" * 5000, 1, "nested too deep", id="toml-deep"),
        pytest.param(toml_document, b"a" + b".a" * 5000 + b"=1", 1, "too deep", id="toml-keys"),
        pytest.param(toml_document, b"[a" + b".a" * 5000 + b"]", 1, "too deep", id="toml-table"),
        pytest.param(toml_document, b"a = " + b"9" * 9000, 1, "number too long", id="toml-number"),
    ],
)
def test_what_cannot_be_read_is_a_fault_with_its_place(
    parse: Callable[[bytes], object], content: bytes, line: int, message: str
) -> None:
    with pytest.raises(UnreadableError, match=message) as caught:
        parse(content)
    assert caught.value.line == line


def test_an_alias_bomb_is_a_fault() -> None:
    text = "a0: &a0 [1, 1]\n" + "".join(
        f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]\n" for n in range(1, 40)
    )
    with pytest.raises(UnreadableError, match="aliases written out"):
        yaml_documents(text.encode())


def test_a_document_that_is_too_long_is_a_fault() -> None:
    with pytest.raises(UnreadableError, match="over the limit"):
        json_document(b" " * (3 << 20))


PIECES = st.lists(
    st.sampled_from(
        ["a", ":", " ", "\n", "- ", "{", "}", "[", "]", '"', "'", "=", ".", "#", "&x", "*x", "<<",
         "|", ",", "\\", "!t ", "//", "/*", "*/", "1", "true", '"""', "---\n", "\u00e9", "\r\n"]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@given(st.one_of(st.binary(max_size=60), PIECES.map(str.encode)))
def test_any_bytes_give_a_tree_or_a_fault(content: bytes) -> None:
    for parse in (yaml_documents, json_document, toml_document):
        with suppress(UnreadableError):
            parse(content)
