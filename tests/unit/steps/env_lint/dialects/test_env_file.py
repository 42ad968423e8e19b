"""What an env file declares, whatever its bytes, and what is said of its writing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchready.facts.environment import (
    Declaration,
    EnvFileFacts,
    Kind,
    Loading,
    Place,
    Project,
    SourceFile,
    Stage,
)
from launchready.model import Unchecked
from launchready.steps.env_lint.dialects.env_file import read_env_file
from launchready.steps.env_lint.naming import Naming
from launchready.steps.env_lint.settings import EnvLintSettings

SUBSTITUTED = "with something in place of what begins with `$`"
NAMING = Naming.of(EnvLintSettings())


def told(
    content: str | bytes,
    path: str = ".env",
    *loaders: str,
    packages: frozenset[str] = frozenset(),
    place: Place = Place.CODE,
) -> list[Declaration | EnvFileFacts | Unchecked]:
    """All that a file tells, read by these loaders."""
    file = SourceFile(
        path=path, content=content.encode() if isinstance(content, str) else content, place=place
    )
    loadings = tuple(Loading(loader=each, evidence="a test", path="*") for each in loaders)
    project = Project(folder="", packages=packages, loadings=loadings)
    return list(read_env_file(file, NAMING, project, is_tracked=True))


def declared(content: str | bytes, path: str = ".env", *loaders: str) -> list[Declaration]:
    """The declarations alone."""
    return [each for each in told(content, path, *loaders) if isinstance(each, Declaration)]


def facts(content: str | bytes, path: str = ".env", *loaders: str) -> EnvFileFacts:
    """What is said of the writing."""
    (found,) = (each for each in told(content, path, *loaders) if isinstance(each, EnvFileFacts))
    return found


def troubles(content: str | bytes, path: str = ".env", *loaders: str) -> list[tuple[str, int]]:
    """The troubles and their lines, the missing line end left out."""
    found = facts(content, path, *loaders).troubles
    return [(t.trouble, t.line) for t in found if t.trouble != "missing-final-newline"]


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        pytest.param("A=b", "A", "b", id="plain"),
        pytest.param("export A=b", "A", "b", id="exported"),
        pytest.param('A="b # c" # d', "A", "b # c", id="quotes"),
        pytest.param("A=b # c", "A", "b", id="comment"),
        pytest.param("A= # c", "A", "", id="comment for a value"),
        pytest.param("A=b#c", "A", "b#c", id="a hash inside"),
        pytest.param('A="b\nc"', "A", "b\nc", id="several lines"),
        pytest.param('A="b\\nc"', "A", "b\nc", id="escaped line break"),
        pytest.param("A=it's", "A", "it's", id="apostrophe"),
        pytest.param('A={"b": "c"}', "A", '{"b": "c"}', id="JSON"),
        pytest.param("A: b", "A", "b", id="colon"),
        pytest.param("  A = b", "A", "b", id="blanks"),
        pytest.param("\ufeffA=b", "A", "b", id="byte order mark"),
        pytest.param("A=b\r\nC=d\r\n", "A", "b", id="Windows' line ends"),
        pytest.param("A.B-C=d", "A.B-C", "d", id="odd name"),
        pytest.param('A="b', "A", '"b', id="open quote"),
    ],
)
def test_names_and_values(line: str, name: str, value: str) -> None:
    first, *_ = declared(line)
    assert first.value is not None
    assert (first.name, first.value.reveal(), first.kind) == (name, value, Kind.REAL)


def test_the_place_of_a_name() -> None:
    *_, last = declared('A="1\n2"\n\n  export LONG=3\n')
    assert (last.location.line, last.location.column, last.location.end_column) == (4, 10, 14)


def test_environment_kind_and_override_are_the_path_s() -> None:
    (real,) = declared("A=b", "deploy/.env.production.local")
    assert real.environment is not None
    assert (real.environment.stage, real.is_override) == (Stage.PRODUCTION, True)
    assert declared("A=b", ".env.example")[0].kind is Kind.TEMPLATE


@pytest.mark.parametrize(
    ("line", "names"),
    [
        pytest.param("# KEY=value", ["KEY"], id="commented"),
        pytest.param("#KEY=", ["KEY"], id="without a blank and a value"),
        pytest.param("# export API_KEY='a b'", ["API_KEY"], id="exported"),
        pytest.param("# database_url=x", ["database_url"], id="small letters"),
        pytest.param("# Set KEY=value to switch it on", [], id="prose"),
        pytest.param("# a == b", [], id="comparison"),
        pytest.param("# ===== Mail =====", [], id="heading"),
        pytest.param("# see https://a.example/?b=c", [], id="address"),
    ],
)
def test_commented_lines_document(line: str, names: list[str]) -> None:
    found = declared(line)
    assert [each.name for each in found] == names
    assert all(each.kind is Kind.COMMENTED for each in found)


def test_a_bare_name_comes_from_the_shell() -> None:
    (found,) = declared("API_KEY\n", ".env", "docker")
    assert found.origin is not None
    assert (found.origin.store, found.value) == ("shell", None)


@pytest.mark.parametrize("value", ["encrypted:BAS", "ENC[AES256_GCM,data:x]"])
def test_an_encrypted_value_is_none(value: str) -> None:
    (found,) = declared(f"A={value}")
    assert found.origin is not None
    assert (found.origin.store, found.value) == ("encrypted", None)


def test_references_in_apostrophes_count_where_the_loader_heeds_none() -> None:
    assert declared("A='${B}'", ".env", "bash")[0].references == ()
    assert declared("A='${B}'", ".env", "next")[0].references == ("B",)
    assert declared("A=${B}-$C-\\$D-$$E")[0].references == ("B", "C")


@pytest.mark.parametrize("path", [".envrc", "docker/setup_env"])
def test_of_a_script_only_what_it_exports_counts(path: str) -> None:
    found = told("#!/bin/sh\nuse nix\nlocal=1\nexport A=b\nif x; then\n", path)
    assert [each.name for each in found if isinstance(each, Declaration)] == ["A"]
    assert len(found) == 1


def test_a_fixture_is_not_judged() -> None:
    assert not [e for e in told('A="b', place=Place.TEST) if isinstance(e, EnvFileFacts)]


@pytest.mark.parametrize("start", [b"\x00GITCRYPT\x00", b"age-encryption.org/v1\n"])
def test_a_sealed_file_is_unchecked(start: bytes) -> None:
    (only,) = told(start + b"\x01\x02")
    assert isinstance(only, Unchecked)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_wide_encodings_are_read_and_told_of(encoding: str) -> None:
    content = "A=b\n".encode(encoding)
    assert [each.name for each in declared(content)] == ["A"]
    assert troubles(content) == [("invisible-characters", 1)]


@pytest.mark.parametrize(
    ("content", "loaders", "found"),
    [
        pytest.param('A="b\nC=d\n', (), [("unterminated-quote", 1)], id="open quote"),
        pytest.param("A=it's\n", (), [], id="apostrophe"),
        pytest.param("A=it's\n", ("next",), [], id="apostrophe, with a loader"),
        pytest.param("some prose\n", (), [("unparsable-line", 1)], id="prose"),
        pytest.param("-----\n", (), [], id="a line of dashes"),
        pytest.param("=====\n", ("compose",), [("unparsable-line", 1)], id="dashes refused"),
        pytest.param("set -a\n. ./x\n", (), [], id="words of a shell"),
        pytest.param("API_KEY\n", ("docker",), [], id="a bare name, passed on"),
        pytest.param(
            "API_KEY\n", ("godotenv",), [("unparsable-line", 1)], id="a bare name, refused"
        ),
        pytest.param("A=1\nA=2\n", (), [("conflicting-duplicate-key", 2)], id="two values"),
        pytest.param("A=1\nA=1\n", (), [("repeated-key", 2)], id="the same value"),
        pytest.param("# A=1\nA=2\n# A=3\n", (), [], id="commented alternatives"),
        pytest.param("P=/bin\nP=$P:/x\n", (), [], id="added to"),
        pytest.param("A = b\n", (), [("space-around-equals", 1)], id="blanks, loader unknown"),
        pytest.param("A = b\n", ("next", "python-dotenv"), [], id="blanks that nobody minds"),
        pytest.param("A = b\n", ("docker",), [("space-around-equals", 1)], id="blanks, minded"),
        pytest.param("A= \n", ("docker",), [], id="blank for a value"),
        pytest.param("A-B=c\n", (), [("odd-variable-name", 1)], id="dash"),
        pytest.param("1A=c\n", (), [("odd-variable-name", 1)], id="digit"),
        pytest.param("a_b=c\n", (), [], id="small letters throughout"),
        pytest.param(
            "A=1\nB=1\nC=1\nD=1\nE=1\nf=1\n", (), [("odd-variable-name", 6)], id="one small"
        ),
        pytest.param("A=1\r\n", ("next",), [], id="Windows' line ends, not kept"),
        pytest.param("A=1\r\n", ("bash",), [("invisible-characters", 1)], id="kept by the shell"),
        pytest.param("\ufeffA=1\n", ("next",), [], id="mark, not minded"),
        pytest.param("\ufeffA=1\n", ("vite",), [("invisible-characters", 1)], id="mark, minded"),
        pytest.param("A=“b”\n", (), [("invisible-characters", 1)], id="typographic quotes"),
        pytest.param('A="„b“ c"\n', (), [], id="typographic quotes inside"),
        pytest.param("A=b\u200b\n", (), [("invisible-characters", 1)], id="zero width"),
        pytest.param("A=\u00a0b\n", (), [("invisible-characters", 1)], id="no-break space"),
        pytest.param("A=b\0\n", (), [("invisible-characters", 1)], id="NUL"),
        pytest.param('A="b\\n"\n', (), [("mangled-value", 1)], id="line break at the end"),
        pytest.param('A="-----END X-----\\n"\n', (), [], id="PEM ends so"),
        pytest.param("A=' b'\n", (), [("mangled-value", 1)], id="blanks inside the quotes"),
        pytest.param("A=' '\n", (), [], id="a blank that is meant"),
        pytest.param("A=undefined\n", (), [("mangled-value", 1)], id="undefined"),
        pytest.param("A=$(x)\n", (), [("command-substitution", 1)], id="command, loader unknown"),
        pytest.param("A=$(x)\n", ("next",), [], id="nobody runs it"),
        pytest.param("A=$(x)\n", ("bash",), [], id="a script"),
        pytest.param("A='$(x)'\n", (), [], id="in apostrophes"),
    ],
)
def test_troubles(content: str, loaders: tuple[str, ...], found: list[tuple[str, int]]) -> None:
    assert troubles(content, ".env", *loaders) == found


@pytest.mark.parametrize(
    "content",
    ['A="b\n', "some prose\n", "A = b\n", "A=undefined\n", "A=$(x)\n", "\ufeffA=1\n", "A=' b'\n"],
)
def test_a_template_is_judged_as_its_readers_would_read_a_copy(content: str) -> None:
    assert troubles(content, ".env.example") == []


def test_two_values_in_a_template_are_alternatives_that_a_copy_has_too() -> None:
    assert troubles("A=1\nA=2\n", ".env.example") == [("repeated-key", 2)]


def test_laravel_reads_null_as_nothing() -> None:
    laravel = frozenset({"laravel/framework"})
    for packages, count in ((laravel, 0), (frozenset[str](), 1)):
        (found,) = (
            each for each in told("A=null\n", packages=packages) if isinstance(each, EnvFileFacts)
        )
        assert len(found.troubles) == count


@pytest.mark.parametrize(
    ("line", "loaders", "readings"),
    [
        pytest.param(
            'A="b"', ("next", "docker"), {"as it is meant", "with the quotes"}, id="quotes"
        ),
        pytest.param("A=b#c", ("next", "bash"), {"cut at `#`", "as it is meant"}, id="hash"),
        pytest.param("A=b$c", ("dotenv", "next"), {"as it is meant", "cut at `$`"}, id="dollar"),
        pytest.param(
            "A=b # c", ("next", "decouple"), {"as it is meant", "with the comment"}, id="comment"
        ),
        pytest.param(
            'A="b\nc"',
            ("next", "docker"),
            {"as it is meant", "only its first line, with the quote"},
            id="lines",
        ),
        pytest.param(
            "A= # b",
            ("next", "docker"),
            {"as it is meant", "with the comment"},
            id="only a comment",
        ),
        pytest.param("A=b c", ("next", "bash"), {"as it is meant", "does not see it"}, id="blank"),
        pytest.param(
            "A=$(c)", ("next", "bash"), {"as it is meant", "runs a command of it"}, id="command"
        ),
        pytest.param(
            "A=b  ",
            ("next", "docker"),
            {"as it is meant", "with the blanks around it"},
            id="blanks",
        ),
        pytest.param(
            'A="b" c', ("vite", "docker"), {"cut at an inner quote", "as it is meant"}, id="rest"
        ),
        pytest.param("A=b$C.d", ("next", "dotenv"), {SUBSTITUTED, "as it is meant"}, id="inside"),
    ],
)
def test_differences_in_words(line: str, loaders: tuple[str, ...], readings: set[str]) -> None:
    (found,) = facts(line + "\n", ".env", *loaders).differences
    assert {words for _, words in found.readings} == readings


def test_the_line_for_which_a_loader_refuses_the_file_is_no_difference() -> None:
    assert facts("A=b c\nD=e\n", ".env", "next", "direnv").differences == ()


def test_of_a_refused_file_the_other_lines_are_compared() -> None:
    (found,) = facts('A = b\nC="d"\n', ".env", "next", "docker").differences
    assert (found.name, found.line) == ("C", 2)


@given(content=st.binary(max_size=80) | st.text(max_size=80).map(str.encode))
def test_any_bytes_give_facts(content: bytes) -> None:
    found = told(content, ".env", "next", "docker", "bash", "compose")
    lines = content.count(b"\n") + content.count(b"\r") + 1
    for each in found:
        if isinstance(each, Declaration):
            assert 1 <= (each.location.line or 0) <= lines
            assert "Value()" in repr(each) or each.value is None


@pytest.mark.parametrize("piece", ['A="b\n', "a=b\n", "\n", "prose\n", "A=$B\n", "# A=b\n", " \t"])
def test_a_large_file_is_read_in_time(piece: str) -> None:
    """With time that grows with the square of the size, this would not end."""
    told("A=1\nB=1\n" + piece * (60_000 // len(piece)), ".env", "next", "docker")


def test_bytes_that_are_no_text_stay_out_of_reports() -> None:
    (found,) = declared(b"A=\xff\n", ".env", "next", "bash")
    assert found.value is not None
    assert found.value.reveal().encode()
    assert troubles(b"A=\xff\n") == [("invisible-characters", 1)]
