"""`Regex` does what `re` does, from its first use on."""

import re

from launchready.regex import Regex


def test_nothing_is_compiled_before_it_is_used() -> None:
    wrong = Regex("(")
    try:
        wrong.search("a")
    except re.error:
        return
    raise AssertionError("an expression that is wrong was never compiled")


def test_finds_what_re_finds() -> None:
    regex, plain = Regex(r"(?P<word>[a-c]+)(\d)", re.IGNORECASE), re.compile(r"(?i)([a-c]+)(\d)")
    text = "x Ab1 c2 b"
    assert regex.pattern == r"(?P<word>[a-c]+)(\d)"
    assert (found := regex.search(text)) is not None
    assert found["word"] == "Ab"
    assert regex.match(text) is None
    assert regex.fullmatch("aB7") is not None
    assert [each.span() for each in regex.finditer(text)] == [
        each.span() for each in plain.finditer(text)
    ]
    assert regex.findall(text) == plain.findall(text)
    assert regex.sub("-", text) == "x - - b"
    assert regex.split(text, maxsplit=1) == plain.split(text, maxsplit=1)


def test_takes_bytes() -> None:
    assert Regex(rb"\d+").findall(b"1 22") == [b"1", b"22"]
