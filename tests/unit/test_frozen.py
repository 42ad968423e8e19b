"""`frozen` makes what `dataclass(frozen=True, kw_only=True)` makes."""

import pickle
from dataclasses import FrozenInstanceError, dataclass, field, fields, is_dataclass, replace
from functools import cached_property
from typing import Any

import pytest

from launchready.frozen import frozen
from launchready.frozen import replace as replaced


@frozen
class Place:
    """A value with every kind of field."""

    path: str
    line: int = 1
    names: list[str] = field(default_factory=list)
    hidden: str = field(default="h", repr=False)
    ignored: int = field(default=0, compare=False)

    @property
    def text(self) -> str:
        """What a class may hold besides."""
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, kw_only=True)
class Twin:
    """The same as Python makes it."""

    path: str
    line: int = 1
    names: list[str] = field(default_factory=list)
    hidden: str = field(default="h", repr=False)
    ignored: int = field(default=0, compare=False)


@frozen
class Empty:
    """A value without a field."""


@frozen
class Spoken:
    """A value with a text of its own."""

    word: str

    def __repr__(self) -> str:
        return self.word


@frozen
class Shouted:
    """A value that works something out when it is first asked."""

    word: str

    @cached_property
    def loud(self) -> str:
        """What is worked out."""
        return self.word.upper()


@pytest.mark.parametrize(
    "given", [{"path": "a"}, {"path": "a", "line": 2}, {"path": "a", "names": ["x"], "hidden": "y"}]
)
def test_holds_and_shows_what_a_dataclass_does(given: dict[str, Any]) -> None:
    place, twin = Place(**given), Twin(**given)
    assert {f.name: getattr(place, f.name) for f in fields(place)} == twin.__dict__
    assert repr(place) == repr(twin).replace("Twin", "Place")
    assert is_dataclass(Place)
    assert Place.__doc__ == "A value with every kind of field."


def test_a_default_is_made_anew() -> None:
    assert Place(path="a").names is not Place(path="a").names


def test_equal_where_class_and_fields_are() -> None:
    assert Place(path="a") == Place(path="a", ignored=5)
    assert Place(path="a") != Place(path="b")
    twin: object = Twin(path="a")
    assert Place(path="a") != twin
    assert Empty() == Empty()
    assert len({Spoken(word="a"), Spoken(word="a"), Spoken(word="b"), Empty(), Empty()}) == 3


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({}, r"^Place\(\) lacks or does not know: path$"),
        ({"path": "a", "way": "b"}, r"^Place\(\) lacks or does not know: way$"),
        ({"line": 1, "way": "b"}, r"^Place\(\) lacks or does not know: path, way$"),
    ],
)
def test_takes_its_fields_and_no_others(given: dict[str, Any], complaint: str) -> None:
    with pytest.raises(TypeError, match=complaint):
        Place(**given)


def test_takes_nothing_by_position() -> None:
    make: Any = Place
    with pytest.raises(TypeError):
        make("a")


def test_cannot_be_changed() -> None:
    place: Any = Place(path="a")
    with pytest.raises(FrozenInstanceError, match="cannot change 'path'"):
        place.path = "b"
    with pytest.raises(FrozenInstanceError, match="cannot change 'line'"):
        del place.line
    assert place.text == "a:1"


def test_can_be_replaced_and_sent() -> None:
    place = Place(path="a", names=["x"])
    assert replace(place, line=3) == Place(path="a", line=3, names=["x"])
    assert pickle.loads(pickle.dumps(place)) == place  # noqa: S301 - our own bytes
    assert repr(Spoken(word="a")) == "a"


def test_is_replaced_as_a_dataclass_is() -> None:
    place = Place(path="a", names=["x"], ignored=3)
    assert replaced(place, line=3).__dict__ == replace(place, line=3).__dict__
    assert place.line == 1
    with pytest.raises(TypeError, match=r"^Place\(\) does not know: way$"):
        replaced(place, line=2, way="b")  # type: ignore[call-arg]


def test_what_was_worked_out_of_the_fields_is_not_taken_over() -> None:
    spoken = Shouted(word="a")
    assert spoken.loud == "A"
    assert replaced(spoken, word="b").loud == "B"


def test_what_dataclasses_ask_of_a_class_is_told_of_each_alone() -> None:
    assert [each.name for each in fields(Place)] == [each.name for each in fields(Twin)]
    assert [each.default for each in fields(Place)] == [each.default for each in fields(Twin)]
    assert fields(Empty) == ()
    assert fields(Spoken)[0].name == "word"
