"""Expressions that others wrote: the same answers as `re`, in bounded time, and no crash."""

import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from launchready.steps.secret_scan.expressions import measure
from launchready.steps.secret_scan.expressions.parse import ExpressionError, parse
from launchready.steps.secret_scan.expressions.search import (
    MOST_TEXT,
    Searcher,
    compile_machine,
)
from launchready.steps.secret_scan.expressions.write import write


def finds(expression: str, text: str) -> bool:
    return Searcher().finds(compile_machine(expression), text)


@pytest.mark.parametrize(
    ("expression", "hits", "misses"),
    [
        pytest.param("abc", ["xabcx"], ["ab c"], id="plain"),
        pytest.param(
            "(^|/)node_modules/",
            ["node_modules/a", "a/node_modules/b"],
            ["my_node_modules/"],
            id="a-path",
        ),
        pytest.param(
            r"\.(?i)(?:png|jpe?g)$", ["a.PNG", "a.jpeg"], ["a.png.txt"], id="a-flag-in-the-middle"
        ),
        pytest.param(r"(?i:A)b", ["ab", "Ab"], ["aB"], id="a-flag-of-a-group"),
        pytest.param(
            r"^\$(?:\d+|{\d+})$", ["$12", "${12}"], ["$", "x$1"], id="a-brace-that-is-no-repeat"
        ),
        pytest.param(r"a\z", ["ba"], ["a\n"], id="the-end-of-go"),
        pytest.param("a$", ["ba"], ["a\n"], id="no-line-end-is-forgiven"),
        pytest.param("(?m)^b$", ["a\nb\nc"], ["a\nbc"], id="lines"),
        pytest.param("a.b", ["a-b"], ["a\nb"], id="a-dot-is-no-line-end"),
        pytest.param("(?s)a.b", ["a\nb"], [], id="a-dot-is-anything"),
        pytest.param(r"\Qa.b*\Ec", ["a.b*c"], ["axbc"], id="quoted"),
        pytest.param(r"[[:xdigit:]]{4}", ["beef"], ["geef"], id="posix-class"),
        pytest.param(r"[[:^digit:]a]x", ["bx"], ["1x"], id="posix-class-inverted"),
        pytest.param(r"[]a]", ["]"], ["["], id="a-bracket-first"),
        pytest.param(r"[^a-c\d]", ["d"], ["a1"], id="inverted-class"),
        pytest.param(r"[a\-z]", ["-"], ["b"], id="an-escaped-dash"),
        pytest.param(r"[a-]", ["-"], ["b"], id="a-dash-last"),
        pytest.param(r"\x41\x{1F600}", ["A\U0001f600"], ["A"], id="hex"),
        pytest.param(r"\bkey\b", ["a key."], ["monkey"], id="word-edges"),
        pytest.param(r"\Bey", ["key"], ["ey"], id="no-word-edge"),
        pytest.param(r"a{2,3}b", ["aab", "aaab"], ["ab"], id="counted"),
        pytest.param(r"^a{2}$", ["aa"], ["aaa"], id="counted-exactly"),
        pytest.param(r"^a{2,}?$", ["aaaaa"], ["a"], id="at-least"),
        pytest.param(r"(?P<x>a)(?<y>b)", ["ab"], ["b"], id="names"),
        pytest.param("", ["", "x"], [], id="nothing-is-everywhere"),
        pytest.param("|a", ["x"], [], id="an-empty-option"),
        pytest.param(r"\W\S\D", ["-ab"], ["aab"], id="outside-of-sets"),
        pytest.param(r"\a\f\t\n\r\v", ["\a\f\t\n\r\v"], [], id="signs"),
    ],
)
def test_it_finds(expression: str, hits: list[str], misses: list[str]) -> None:
    assert [text for text in hits if not finds(expression, text)] == []
    assert [text for text in misses if finds(expression, text)] == []


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        (r"(?=a)", "looks ahead or behind"),
        (r"(?<!a)b", "looks ahead or behind"),
        (r"(a)\1", "an escape that is not known"),
        (r"\pL", "an escape that is not known"),
        ("a\\", "an escape that is not known"),
        ("(?U)a*", "a flag that is not known"),
        ("(a", "is not closed"),
        ("a)", "closes nothing"),
        ("[a", "a `[` is not closed"),
        ("[[:cat:]]", "a class that is not known"),
        ("[z-a]", "runs backwards"),
        (r"[\d-z]", "begins or ends in a class"),
        ("*a", "nothing before it"),
        ("a**", "follows a repeat"),
        ("a++", "follows a repeat"),
        ("a{2}{3}", "follows a repeat"),
        ("a{3,2}", "a greater number before"),
        ("a{1001}", "more than 1,000 times"),
        (r"\x{110000}", "a character that there is not"),
        ("(" * 50 + ")" * 50, "nested deeper"),
        ("a" * 5000, "longer than"),
        ("((a{100}){100}){100}", "too large"),
    ],
)
def test_what_cannot_be_read_is_told(expression: str, reason: str) -> None:
    with pytest.raises(ExpressionError, match=re.escape(reason)):
        compile_machine(expression)


@pytest.mark.parametrize(
    "expression",
    ["(a+)+$", "(a|a)*$", "(.*a){20}x", "(x+x+)+y", "a?" * 200 + "a" * 200, "(a{0,30}){0,30}b"],
)
def test_a_trap_for_backtracking_costs_little(expression: str) -> None:
    began = time.perf_counter()
    finds(expression, "a" * 300 + "!")
    assert time.perf_counter() - began < 20


def test_the_steps_are_counted_over_all_searches() -> None:
    searcher = Searcher(steps_left=2000)
    machine = compile_machine("a.*b.*c.*z?$")
    assert searcher.finds(machine, "abc")
    searcher.finds(machine, "abc" * 500)
    assert searcher.is_exhausted
    assert not searcher.finds(machine, "abc")


def test_what_is_too_long_to_be_read_is_not_accepted() -> None:
    assert finds("a", "a" * MOST_TEXT)
    assert not finds("a", "a" * (MOST_TEXT + 1))


_ATOMS = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", "^", "$", r"\b", "(?:a|b)", r"\d", "1"])
_SUFFIX = st.sampled_from(["", "", "*", "+?", "?", "{2}", "{1,2}", "{0,1}?"])
_PIECE = st.builds(lambda atom, suffix: atom + suffix, _ATOMS, _SUFFIX).filter(
    lambda piece: piece[0] not in "^$\\" or piece[-1] in "^$bd"
)
EXPRESSIONS = st.lists(_PIECE, max_size=6).map("".join) | st.lists(
    st.lists(_PIECE, max_size=3).map("".join), min_size=2, max_size=3
).map("|".join)


@given(EXPRESSIONS, st.text("ab1 \n", max_size=12))
def test_the_answer_is_that_of_re(expression: str, text: str) -> None:
    same = re.compile(expression.replace("$", r"\Z"), re.ASCII)
    assert finds(expression, text) == bool(same.search(text))


@given(EXPRESSIONS, st.text("ab1 \n", max_size=12))
def test_what_is_written_for_re_means_the_same(expression: str, text: str) -> None:
    written = re.compile(write(parse(expression)).encode())
    assert bool(written.search(text.encode())) == finds(expression, text)


@given(EXPRESSIONS, st.text("ab1", max_size=12))
def test_what_is_measured_holds_of_every_match(expression: str, text: str) -> None:
    tree = parse(expression)
    most, texts = measure.longest(tree), measure.literals(tree)
    for match in re.finditer(expression, text):
        assert most is None or len(match[0]) <= most
        assert not texts or any(each in match[0].lower() for each in texts)


@given(st.text(max_size=60))
@example("[\\")
@example("(?P<")
@example("[a-")
@example("x{")
def test_any_text_is_a_machine_or_refused(text: str) -> None:
    try:
        machine = compile_machine(text)
    except ExpressionError:
        return
    Searcher().finds(machine, text)
    re.compile(write(parse(text)).encode())


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("abc[0-9]+def", ("abc",)),
        ("ab(?:cd|ef)gh", ("ab",)),
        ("(?:foo1|bar2)[a-z]", ("foo1", "bar2")),
        ("(?i)KEY_x{3}", ("key_xxx",)),
        ("(?:abc)?d", ("d",)),
        ("[0-9]{4}", ()),
        ("(abc){2}", ("abc",)),
        ("a(?:|b)", ("a",)),
    ],
)
def test_the_text_that_every_match_holds(expression: str, expected: tuple[str, ...]) -> None:
    assert measure.literals(parse(expression)) == expected


@pytest.mark.parametrize(
    ("expression", "ways"),
    [("abc", 1), ("a{1,5}b{1,5}", 25), ("(?:a|b)c", 2), ("(?:a{1,2}){1,2}", 8), ("a*", 10**18)],
)
def test_the_ways_of_a_backtracking_engine(expression: str, ways: int) -> None:
    assert measure.ways(parse(expression)) == ways


def test_names_of_groups() -> None:
    assert measure.groups(parse("(?P<a>x(?P<b>y)*)|(?:z)")) == ("a", "b")
