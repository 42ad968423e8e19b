"""Writes a tree as an expression of Python's `re`, for matching bytes of UTF-8."""

from launchready.steps.secret_scan.expressions.nodes import (
    LAST,
    Choice,
    Edge,
    Group,
    Node,
    One,
    Ranges,
    Repeat,
    Row,
)

_BEYOND_ASCII = r"\x80-\xff"


def write(node: Node) -> str:
    """The same as a pattern for `re` on bytes, in ASCII. Of characters beyond ASCII, a class that
    holds any takes every byte of theirs."""
    match node:
        case One(ranges=ranges):
            return _class(ranges)
        case Edge(at=at):
            return at.value
        case Row(items=items):
            return "".join(map(write, items))
        case Choice(options=options):
            return f"(?:{'|'.join(map(write, options))})"
        case Group(name=name, item=item):
            return f"(?P<{name}>{write(item)})"
        case Repeat(item=item, least=least, most=most, is_lazy=is_lazy):
            times = f"{{{least},{'' if most is None else most}}}"
            return f"(?:{write(item)}){times}{'?' if is_lazy else ''}"


def _class(ranges: Ranges) -> str:
    if ranges == ((0, LAST),):
        return r"[\x00-\xff]"
    ascii_ = [(low, min(high, 0x7F)) for low, high in ranges if low < 0x80]
    inside = "".join(_sign(low) + (f"-{_sign(high)}" if high > low else "") for low, high in ascii_)
    if any(high >= 0x80 for _, high in ranges):
        inside += _BEYOND_ASCII
    return f"[{inside}]" if inside else "(?!)"


def _sign(code: int) -> str:
    return chr(code) if chr(code).isalnum() and code < 0x80 else f"\\x{code:02x}"
