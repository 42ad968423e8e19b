"""What can be told of a regular expression without running it."""

from collections.abc import Iterable
from math import prod

from launchready.steps.secret_scan.expressions.nodes import (
    Choice,
    Edge,
    Group,
    Node,
    One,
    Ranges,
    Repeat,
    Row,
)

_MOST_LITERALS = 50
_COUNTLESS = 10**18


def longest(node: Node) -> int | None:
    """The most characters that a match has, None where there is no limit."""
    match node:
        case One():
            return 1
        case Edge():
            return 0
        case Row(items=items):
            return _sum(longest(each) for each in items)
        case Choice(options=options):
            lengths = [longest(each) for each in options]
            known = [each for each in lengths if each is not None]
            return max(known) if len(known) == len(lengths) else None
        case Repeat(item=item, most=most):
            return _times(longest(item), most)
        case Group(item=item):
            return longest(item)


def ways(node: Node) -> int:
    """An upper bound of the ways in which a backtracking engine tries it at one place."""
    match node:
        case One() | Edge():
            return 1
        case Row(items=items):
            return min(prod(map(ways, items)), _COUNTLESS)
        case Choice(options=options):
            return sum(ways(each) for each in options)
        case Repeat(item=item, least=least, most=most):
            if most is None:
                return _COUNTLESS
            inner = ways(item)
            most_ways = inner**most if most < 64 else _COUNTLESS
            return min((most_ways if inner > 1 else 1) * (most - least + 1), _COUNTLESS)
        case Group(item=item):
            return ways(item)


def literals(node: Node) -> tuple[str, ...]:
    """Texts in lower case one of which is in every match, in lower case; none if there are none.

    The best there are: those of which the shortest is longest.
    """
    return max(_required(node), key=_worth, default=())


def groups(node: Node) -> tuple[str, ...]:
    """The names of its groups."""
    match node:
        case One() | Edge():
            return ()
        case Row(items=items) | Choice(options=items):
            return tuple(name for each in items for name in groups(each))
        case Repeat(item=item):
            return groups(item)
        case Group(name=name, item=item):
            return (name, *groups(item))


def size(node: Node) -> int:
    """How many states a machine for it has, about."""
    match node:
        case One() | Edge():
            return 1
        case Row(items=items):
            return sum(size(each) for each in items)
        case Choice(options=options):
            return sum(size(each) + 1 for each in options)
        case Repeat(item=item, least=least, most=most):
            return (size(item) + 1) * (most if most is not None else least + 1)
        case Group(item=item):
            return size(item)


def _sum(lengths: Iterable[int | None]) -> int | None:
    total = 0
    for each in lengths:
        if each is None:
            return None
        total += each
    return total


def _times(length: int | None, most: int | None) -> int | None:
    if length == 0:
        return 0
    return None if most is None or length is None else most * length


def _required(node: Node) -> list[tuple[str, ...]]:
    """Sets of texts of which each match holds one of each set."""
    match node:
        case One() | Edge():
            return [(text,)] if (text := _letter(node)) else []
        case Group(item=item):
            return _required(item)
        case Repeat(item=item, least=least):
            return _required(item) if least else []
        case Choice(options=options):
            best = [max(_required(each), key=_worth, default=()) for each in options]
            every = tuple(dict.fromkeys(text for each in best for text in each))
            return [every] if all(best) and len(every) <= _MOST_LITERALS else []
        case Row():
            return _required_of_row(_flat(node))


def _required_of_row(items: list[Node]) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    run = ""
    for each in items:
        letter = _letter(each)
        if letter:
            run += letter
            continue
        if run and not isinstance(each, Edge):
            found.append((run,))
            run = ""
        if not isinstance(each, Edge):
            found += _required(each)
    return [*found, (run,)] if run else found


def _flat(node: Node) -> list[Node]:
    """The things of a row, those of inner rows and groups among them."""
    match node:
        case Row(items=items):
            return [inner for each in items for inner in _flat(each)]
        case Group(item=item):
            return _flat(item)
        case Repeat(item=One() as item, least=least, most=most) if least == most:
            return [item] * least
        case _:
            return [node]


def _letter(node: Node) -> str:
    """The one character that a node stands for, in lower case, whatever its case."""
    if not isinstance(node, One) or len(node.ranges) > 2:
        return ""
    return _single(node.ranges)


def _single(ranges: Ranges) -> str:
    if any(low != high for low, high in ranges):
        return ""
    letters = {chr(low).lower() for low, _ in ranges if low < 128}
    return letters.pop() if len(letters) == 1 and all(low < 128 for low, _ in ranges) else ""


def _worth(texts: tuple[str, ...]) -> tuple[int, int]:
    return min(map(len, texts), default=0), -len(texts)
