"""Frozen, keyword-only dataclasses that cost next to nothing to define.

`dataclass(frozen=True)` writes and compiles six functions for every class: 0.6 ms each with
Python 3.11, a quarter of what a pre-commit hook takes in all. Here they share theirs.
"""

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
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
        names = value.__dataclass_fields__
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

    There is no `__post_init__`, and no signature to inspect.
    """
    if not cls.__doc__:  # else one is made of the signature, which takes longer than all the rest
        cls.__doc__ = cls.__name__
    made: Any = dataclass(init=False, repr=False, eq=False, kw_only=True)(cls)
    declared = fields(made)
    if "__init__" not in cls.__dict__:
        made.__init__ = _init(cls.__qualname__, declared)
    if "__repr__" not in cls.__dict__:
        made.__repr__ = _repr
    key = _key([each.name for each in declared if each.compare])
    made.__eq__, made.__hash__ = _eq(key), lambda self: hash(key(self))
    made.__setattr__ = made.__delattr__ = _refuse
    return cls


def _init(title: str, declared: tuple[Field[Any], ...]) -> Callable[..., None]:
    names = {each.name for each in declared}
    defaults = {each.name: each.default for each in declared if each.default is not MISSING}
    makers = [
        (each.name, each.default_factory)
        for each in declared
        if each.default_factory is not MISSING
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


def _key(names: list[str]) -> Callable[[object], Any]:
    return attrgetter(*names) if names else lambda _: ()


def _eq(key: Callable[[object], Any]) -> Callable[[object, object], Any]:
    def __eq__(self: object, other: object) -> Any:  # noqa: N807 - it becomes the class's own
        return key(self) == key(other) if other.__class__ is self.__class__ else NotImplemented

    return __eq__


def _repr(self: Any) -> str:
    shown = (f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _refuse(self: object, name: str, value: object = None) -> NoReturn:
    del self, value
    raise FrozenInstanceError(f"cannot change {name!r}: the value is frozen")
