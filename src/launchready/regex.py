"""Regular expressions that are compiled when they are first used.

Python takes half a millisecond to compile a long one; most runs ask few of the hundreds there are.
"""

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, AnyStr, Generic, TypeAlias


class Regex(Generic[AnyStr]):
    """What `re.compile` gives, later: its methods are looked up once, and are then `re`'s own."""

    def __init__(self, pattern: AnyStr, flags: int = 0) -> None:
        self.pattern: AnyStr = pattern
        self._flags = flags

    @cached_property
    def compiled(self) -> re.Pattern[AnyStr]:
        """The compiled expression."""
        return re.compile(self.pattern, self._flags)

    @cached_property
    def search(self) -> Callable[..., re.Match[AnyStr] | None]:
        """See `re.Pattern`."""
        return self.compiled.search

    @cached_property
    def match(self) -> Callable[..., re.Match[AnyStr] | None]:
        """See `re.Pattern`."""
        return self.compiled.match

    @cached_property
    def fullmatch(self) -> Callable[..., re.Match[AnyStr] | None]:
        """See `re.Pattern`."""
        return self.compiled.fullmatch

    @cached_property
    def finditer(self) -> Callable[..., Iterator[re.Match[AnyStr]]]:
        """See `re.Pattern`."""
        return self.compiled.finditer

    @cached_property
    def findall(self) -> Callable[..., list[Any]]:
        """See `re.Pattern`."""
        return self.compiled.findall

    @cached_property
    def sub(self) -> Callable[..., AnyStr]:
        """See `re.Pattern`."""
        return self.compiled.sub

    @cached_property
    def split(self) -> Callable[..., list[AnyStr]]:
        """See `re.Pattern`."""
        return self.compiled.split


AnyRegex: TypeAlias = re.Pattern[AnyStr] | Regex[AnyStr]
"""One that is compiled, or will be."""
