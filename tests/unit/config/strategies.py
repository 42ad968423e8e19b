"""Settings of any value, and documents that are almost right, for property tests."""

import copy
import datetime
import enum
import typing
from collections.abc import Mapping
from dataclasses import is_dataclass
from typing import Any

from hypothesis import strategies as st
from tests.unit.config.samples import LAYOUT

from launchready.config.setting import Setting, SettingInfo, Surface, plain, settings_of

# What a config file may hold; without `$`, so that nothing depends on the environment.
CHARACTERS = st.characters(
    exclude_categories=("Cc", "Cs", "Cn"),
    include_characters="\n\t",
    exclude_characters="$\u2028\u2029\ufeff",
)
# Half of the texts are made of what means something to YAML.
TEXTS = st.one_of(
    st.text(CHARACTERS, max_size=8), st.text(" \n\t:-#'\"\\{}[],&*!|>%@`?0179aeo~", max_size=5)
)
KEYS = TEXTS.filter(lambda text: "\n" not in text and text != "<<")
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)

# Values at the edge of what some setting takes.
EDGES = st.sampled_from(
    [
        *(None, True, False, 0, 1, -1, 7, 8, 65_535, 65_536, 1.0, 1.5, 8080.0, 1e300, 10**20),
        *("", " ", "1", "a b", "off", "dark-blue", "dark_blue", "RED", "true", "tk-", "https://"),
        *("2026-02-28", "2026-02-29", "2026-2-1", "20260201", "2026-02-28\n", "１999-01-01"),
        *([], {}, ["red"], [""], {"name": "a"}, [{"name": "a", "days": 0}], {"a": {"name": "a"}}),
    ]
)
JSON = st.recursive(
    st.one_of(EDGES, TEXTS, st.integers(-(10**30), 10**30), NUMBERS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=4,
)


def instances(cls: type) -> st.SearchStrategy[Any]:
    """Any value of a settings dataclass that a file can give."""
    settings = settings_of(cls, surface=Surface.FILE)
    return st.builds(cls, **{each.field: _values(each) for each in settings})


def document_of(settings: object) -> dict[str, Any]:
    """A settings value as a file holds it."""
    return {
        each.name: plain(getattr(settings, each.field))
        for each in settings_of(type(settings), surface=Surface.FILE)
    }


def right_documents() -> st.SearchStrategy[dict[str, Any]]:
    """Documents in which every setting has a value that it takes."""
    sections = {
        section: st.tuples(*map(instances, classes)).map(_merged)
        for section, classes in LAYOUT.sections.items()
    }
    top = st.tuples(*map(instances, LAYOUT.root)).map(_merged)
    return st.builds(
        lambda top, sections: {"version": 1, **top, **sections},
        top,
        st.fixed_dictionaries({}, optional=sections),
    )


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """Documents that differ from a right one in at most three places."""
    document = copy.deepcopy(draw(right_documents()))
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.sampled_from(_containers(document)))
        keys: list[Any] = list(place) if isinstance(place, dict) else list(range(len(place)))
        if isinstance(place, dict):
            near = draw(st.sampled_from(["site", "deploy", "target", "name", "port", "Port", "x"]))
            keys += [near, draw(KEYS)]
        if not keys:
            continue
        key = draw(st.sampled_from(keys))
        if draw(st.booleans()) and (isinstance(place, list) or key in place):
            del place[key]
        else:
            place[key] = draw(JSON)
    return document


def _values(each: Setting) -> st.SearchStrategy[Any]:
    values = _shaped(each.shape, each.info)
    return st.none() | values if each.is_optional else values


def _shaped(shape: Any, info: SettingInfo) -> st.SearchStrategy[Any]:
    origin, arguments = typing.get_origin(shape), typing.get_args(shape)
    if origin is tuple:
        return st.lists(_shaped(arguments[0], info), max_size=3).map(tuple)
    if origin is Mapping:
        return st.dictionaries(KEYS, _shaped(arguments[1], info), max_size=3)
    if is_dataclass(shape):
        return instances(typing.cast("type", shape))
    return _single(shape, info)


def _single(shape: Any, info: SettingInfo) -> st.SearchStrategy[Any]:
    if issubclass(shape, enum.Enum):
        return st.sampled_from(shape)
    return {
        str: st.from_regex(info.pattern, alphabet=CHARACTERS) if info.pattern else TEXTS,
        int: st.integers(_whole(info.minimum, -(10**30)), _whole(info.maximum, 10**30)),
        float: st.floats(info.minimum, info.maximum, allow_nan=False, allow_infinity=False),
        bool: st.booleans(),
        datetime.date: st.dates(),
    }[shape]


def _whole(bound: float | None, otherwise: int) -> int:
    return otherwise if bound is None else int(bound)


def _merged(parts: tuple[object, ...]) -> dict[str, Any]:
    return {key: value for part in parts for key, value in document_of(part).items()}


def _containers(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [value, *(inner for item in value.values() for inner in _containers(item))]
    if isinstance(value, list):
        return [value, *(inner for item in value for inner in _containers(item))]
    return []
