"""Ruby: names that are joined of symbols. `Settings.fetch(:STRIPE, :KEY)` reads `STRIPE__KEY`.

The name's parts stand for the levels of nested credentials, as in Rails' own
`credentials.dig(:stripe, :key)`: https://guides.rubyonrails.org/security.html#custom-credentials.
"""

from itertools import islice

from launchready.facts.environment import Call, Need, Read
from launchready.regex import Regex
from launchready.steps.env_lint.reads.code import ancestors
from launchready.steps.env_lint.reads.surroundings import place_at
from launchready.steps.env_lint.reads.told import Told

_DEFINED = Regex(rb"\bdef\s+(?:self\.)?(\w+)[ (]\s*\*(\w+)")
_CALLED = Regex(
    rb"\b([A-Z]\w*\.(?:fetch|get|dig|require|read|env|secret|credential|config|option)!?)"
    rb"\(\s*((?::\w+\s*,\s*)*:\w+)\s*(?=\)|,\s*\w+:)"
)
_SEPARATOR = "__"
_MOST = 500


def joined(told: Told) -> None:
    """Add the methods that join their arguments to a name, and calls that may go to one."""
    for match in islice(_DEFINED.finditer(told.code.content), _MOST):
        node = told.code.node_at(*match.span(1))
        around = list(ancestors(node)) if node is not None else []
        method = next((a for a in around if a.type in ("method", "singleton_method")), None)
        holder = next((a for a in around if a.type in ("module", "class")), None)
        if method is None or holder is None:
            continue
        body = told.code.text(method)
        if ("ENV[" in body or "ENV.fetch(" in body) and _joins(told, body, match[2].decode()):
            name = told.code.text(holder.child_by_field_name("name")).rpartition("::")[2]
            told.wrappers.append((f"{name}.{match[1].decode()}", 0, Need.GUARDED))
            _forget(told, method.start_byte, method.end_byte)
    for match in islice(_CALLED.finditer(told.code.content), _MOST):
        node = told.code.node_at(*match.span(2))
        if node is not None and not told.code.is_deep(match.start()):
            _call(told, match[1].decode(), match[2].decode(), match.span(2))


def _joins(told: Told, body: str, parts: str) -> bool:
    found = _JOIN.search(body)
    if found is None or found["of"] != parts or not found["upper"]:
        return False
    given = told.code.constant(found["by"]) if found["by"] else None
    return (found["text"] or told.code.string(given)) == _SEPARATOR


_JOIN = Regex(
    r"\b(?P<of>\w+)(?:\.map\([^)]*\))?\.join\((?:[\"'](?P<text>[^\"']*)[\"']|(?P<by>\w+))\)"
    r"(?P<upper>\.upcase)?"
)


def _forget(told: Told, start: int, end: int) -> None:
    """What the method reads has a name after all."""
    first, last = told.code.location(start, start).line or 0, told.code.location(end, end).line or 0
    told.dynamic_reads[:] = [
        each for each in told.dynamic_reads if not first <= (each.location.line or 0) <= last
    ]


def _call(told: Told, function: str, symbols: str, span: tuple[int, int]) -> None:
    name = _SEPARATOR.join(part.strip(" :\n\t") for part in symbols.split(",")).upper()
    read = Read(
        name=name,
        location=told.code.location(*span),
        need=Need.GUARDED,
        language="ruby",
        place=place_at(told.code, span[0]),
    )
    told.calls.append(Call(function=function, argument=0, read=read, count=1))
