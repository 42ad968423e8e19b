"""Requests of scripts to the developer's own machine or network.

Only where a request is made: libraries name such addresses in their messages, in their checks of
the address they run at, and as the defaults of settings.
"""

import re
from collections.abc import Iterator
from itertools import islice

from launchready.frozen import frozen
from launchready.regex import Regex
from launchready.steps.smoke_test.scripts.delivered import Script

_HOST = (
    r"(?:localhost|127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[::1\]|host\.docker\.internal|"
    r"10(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2})"
)
_ADDRESS = Regex(rf"(?:http|ws)s?://{_HOST}(?::\d{{1,5}})?(?=[/?#\"'`$])")
_SIGNS = (
    *("://localhost", "://host.docker", "://127.", "://0.0.0.0", "://[::1]"),
    *("://10.", "://192.168.", "://172."),
)
_QUOTE = r"[\"'`]"
# What a string may be given to, up to its opening quote. Names are as minifiers leave them.
_CALLS = (
    r"\bfetch\(\s*",
    r"\.open\(\s*[\"'`][A-Za-z]{3,7}[\"'`]\s*,\s*",
    r"\bnew\s+(?:WebSocket|EventSource)\(\s*",
    r"\baxios\(\s*",
    r"\.(?:get|post|put|patch|delete)\(\s*",
    r"\bsendBeacon\(\s*",
    r"\b(?:baseURL|prefixUrl|uri)\s*:\s*",
)
_BEFORE = 120  # characters before an address in which what it is given to is looked for
_GIVEN = Regex(
    rf"(?:{'|'.join(_CALLS)})(?:{_QUOTE}{_QUOTE}\.concat\(\s*)?{_QUOTE}(?:\$\{{{_QUOTE})?\Z"
)
# `const a="http://localhost:8000"`, and nothing that may choose another value.
_NAMED = Regex(rf"(?<![\w$.?:&|])([A-Za-z_$][\w$]{{0,60}})\s*=\s*{_QUOTE}\Z")
_REST = Regex(rf"[^\"'`\s$]*{_QUOTE}(?=\s*[,;\n}}])")
# `{apiUrl:"http://localhost:8000"}`: such names are left as they were written.
_PROPERTY = Regex(rf"[{{,\s][\"']?([A-Za-z_$][\w$]{{3,60}})[\"']?\s*:\s*{_QUOTE}\Z")
# `const u="http://localhost:8000"+path`, for a request soon after.
_JOINED = Regex(rf"[^\"'`\s]{{0,80}}(?:{_QUOTE}\s*\+|\$\{{)")
_SOON = 400
_MOST = 500


@frozen
class LocalAddress:
    """A request to a local address: the address as far as the port, and where it stands.

    `is_direct` says that the request names it; else a name that holds it stands in a request.
    """

    address: str
    line: int
    column: int
    is_direct: bool


def local_addresses(script: Script) -> Iterator[LocalAddress]:
    """Each place at which a script asks one, the sure ones first."""
    text = script.text
    if not any(sign in text for sign in _SIGNS):
        return
    named: list[LocalAddress] = []
    for found in islice(_ADDRESS.finditer(text), _MOST):
        at = found.start()
        before = text[max(0, at - _BEFORE) : at]
        if _GIVEN.search(before) and not _is_comment(text, at):
            yield _found(script, at, found[0], is_direct=True)
        elif _may_be_asked(text, before, found.end()):
            named.append(_found(script, at, found[0], is_direct=False))
    yield from named


def _is_comment(text: str, at: int) -> bool:
    """Whether the line is one of a comment, such as a library's example of its use."""
    before = text[max(text.rfind("\n", 0, at) + 1, at - 200) : at].lstrip()
    return before.startswith(("*", "/*")) or "//" in before.replace("://", "")


def _may_be_asked(text: str, before: str, end: int) -> bool:
    """Whether a name holds the address, and a request begins with that name.

    A short name alone proves nothing, as minifiers use the same ones again in every function: with
    a path after it, or soon after, it does.
    """
    if name := _NAMED.search(before):
        own = re.escape(name[1])
        if _REST.match(text, end):
            return _is_in_call(text, rf"{own}(?=\s*\+\s*{_QUOTE}/|\}}/|\s*,\s*{_QUOTE}/)")
        is_joined = _JOINED.match(text, end) is not None
        return is_joined and _is_in_call(text[end : end + _SOON], rf"{own}(?=\s*[,)])")
    if (name := _PROPERTY.search(before)) and _REST.match(text, end):
        return _is_in_call(text, rf"[\w$.]{{1,80}}\.{re.escape(name[1])}(?=[\s+}},)])")
    return False


def _is_in_call(text: str, name: str) -> bool:
    calls = "|".join(_CALLS)
    begins = rf"(?:`\$\{{|{_QUOTE}{_QUOTE}\.concat\(\s*)?"
    return re.search(rf"(?:{calls}){begins}{name}", text) is not None


def _found(script: Script, at: int, address: str, *, is_direct: bool) -> LocalAddress:
    line, column = script.place(at)
    return LocalAddress(address=address, line=line, column=column, is_direct=is_direct)
