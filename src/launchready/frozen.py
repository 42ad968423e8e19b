"""Frozen, keyword-only dataclasses that cost next to nothing to define.

`dataclass(frozen=True)` writes and compiles six functions for every class: 0.6 ms each with
Python 3.11, a quarter of what a pre-commit hook takes in all. Here they share theirs, and what
`dataclasses.fields` tells is made when somebody asks for it.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, dataclass_transform

T = TypeVar("T")

if TYPE_CHECKING:  # whose fields the type checker knows
    from dataclasses import replace as replace  # noqa: PLC0414 - so that it is ours to import
else:

    def replace(value, /, **changes):
        """What `dataclasses.replace` makes of a value of a class that is `frozen`, in a tenth of
        its time: the fields are taken over together, and no default is made to be replaced.
        """
        names = value.__declared__
        if not changes.keys() <= names.keys():
            wrong = ", ".join(sorted(changes.keys() - names.keys()))
            raise TypeError(f"{type(value).__qualname__}() does not know: {wrong}")
        made = object.__new__(type(value))
        held = made.__dict__
        held.update(value.__dict__)
        if len(held) > len(names):  # what was worked out of the fields is of the old value
            for name in held.keys() - names.keys():
                del held[name]
        held.update(changes)
        return made


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[T]) -> type[T]:
    """What `dataclass(frozen=True, kw_only=True)` makes, for `fields` and `replace` too.

    There is no `__post_init__`, no signature to inspect, and no field from the class it is derived
    from.
    """
    made: Any = cls
    declared = {name: cls.__dict__.get(name, MISSING) for name in _hints(cls)}
    made.__declared__, made.__dataclass_fields__ = declared, _Fields()
    for name, given in declared.items():
        if isinstance(given, Field):
            if given.default is MISSING:
                delattr(cls, name)
            else:
                setattr(cls, name, given.default)
    if "__init__" not in cls.__dict__:
        made.__init__ = _init(cls.__qualname__, declared)
    if "__repr__" not in cls.__dict__:
        made.__repr__ = _repr
    key = _key([name for name, given in declared.items() if _is(given, "compare")])
    made.__eq__, made.__hash__ = _eq(key), lambda self: hash(key(self))
    made.__setattr__ = made.__delattr__ = _refuse
    return cls


class _Fields:
    """What `dataclasses` reads of a class, made when it first does: few classes are ever asked."""

    def __get__(self, instance: object, owner: Any) -> dict[str, Field[Any]]:
        declared: dict[str, Any] = owner.__declared__
        given = {name: value for name, value in declared.items() if value is not MISSING}
        as_declared = type(owner.__name__, (), {"__annotations__": _hints(owner), **given})
        as_declared.__doc__ = owner.__name__  # else one is made of the signature, at length
        told: Any = dataclass(init=False, repr=False, eq=False, kw_only=True)(as_declared)
        known: dict[str, Field[Any]] = told.__dataclass_fields__
        owner.__dataclass_fields__ = known
        return known


def _init(title: str, declared: Mapping[str, Any]) -> Callable[..., None]:
    names = declared.keys()
    defaults = {name: _default(given) for name, given in declared.items()}
    defaults = {name: default for name, default in defaults.items() if default is not MISSING}
    makers = [
        (name, given.default_factory)
        for name, given in declared.items()
        if isinstance(given, Field) and given.default_factory is not MISSING
    ]
    count = len(names)

    def __init__(self: object, **given: Any) -> None:  # noqa: N807 - it becomes the class's own
        held = self.__dict__
        if len(given) < count:
            held.update(defaults)
            for name, make in makers:
                if name not in given:
                    held[name] = make()
        held.update(given)
        if held.keys() != names:
            wrong = held.keys() ^ names
            raise TypeError(f"{title}() lacks or does not know: {', '.join(sorted(wrong))}")

    return __init__


def _hints(cls: type) -> dict[str, Any]:
    hints: dict[str, Any] = cls.__dict__.get("__annotations__", {})  # noqa: RUF063 - 10 ms to import
    return hints


def _default(given: Any) -> Any:
    return given.default if isinstance(given, Field) else given


def _is(given: Any, trait: str) -> bool:
    return not isinstance(given, Field) or bool(getattr(given, trait))


def _key(names: list[str]) -> Callable[[object], Any]:
    return attrgetter(*names) if names else lambda _: ()


def _eq(key: Callable[[object], Any]) -> Callable[[object, object], Any]:
    def __eq__(self: object, other: object) -> Any:  # noqa: N807 - it becomes the class's own
        return key(self) == key(other) if other.__class__ is self.__class__ else NotImplemented

    return __eq__


def _repr(self: Any) -> str:
    told = self.__declared__.items()
    shown = (f"{name}={getattr(self, name)!r}" for name, given in told if _is(given, "repr"))
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _refuse(self: object, name: str, value: object = None) -> NoReturn:
    del self, value
    raise FrozenInstanceError(f"cannot change {name!r}: the value is frozen")
