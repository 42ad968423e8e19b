"""A file may not take for ever to parse, and one that does spoils no other."""

import pytest

from launchready import trees
from launchready.facts.environment import CodeFacts, Place, SourceFile
from launchready.steps.env_lint.reads import bounded

HOSTILE = b"{{ env " * 500
HARMLESS = b"const port = process.env.PORT;\n" * 200


@pytest.mark.parametrize("language", ["typescript", "tsx", "python", "bash"])
def test_what_takes_too_long_is_given_up(language: str) -> None:
    with pytest.raises(trees.TooSlowError):
        trees.parse(language, HOSTILE, most_seconds=0)


def test_the_next_file_begins_at_its_beginning() -> None:
    whole = str(trees.parse("tsx", HARMLESS).root_node)
    with pytest.raises(trees.TooSlowError):
        trees.parse("tsx", HOSTILE, most_seconds=0)
    assert str(trees.parse("tsx", HARMLESS).root_node) == whole


def test_a_file_of_more_than_one_piece_is_parsed_whole() -> None:
    content = b"a = 1\n" * 200_000
    assert trees.parse("python", content).root_node.child_count == 200_000


def test_it_is_said_of_the_file() -> None:
    def read(file: SourceFile) -> CodeFacts:
        trees.parse("tsx", file.content, most_seconds=0)
        return CodeFacts()

    file = SourceFile(path="a.tsx", content=HOSTILE, place=Place.CODE, project="")
    assert bounded(read, file).problem == "it takes too long to parse"
