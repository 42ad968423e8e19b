"""How values fail to be what their names or readers take them for."""

import json
import re
from collections.abc import Callable, Mapping

from launchready.catalog.environment.names import EMAIL_NAMES
from launchready.regex import Regex
from launchready.steps.env_lint.queries import Given
from launchready.steps.env_lint.valuing.names import words_of

_SCHEME = Regex(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_REFERENCE = Regex(r"\$\{[^{}]*\}|\$\{\{[^{}]*\}\}|\{\{[^{}]*\}\}|\$\w+|<[^<>]*>")
_TWICE = Regex(r"^[A-Za-z][A-Za-z0-9+.\-]*://[A-Za-z][A-Za-z0-9+.\-]*://")
_HOST_FIRST = Regex(
    r"(?:www\.|api\.|localhost(?::\d+)?(?:/|$)|[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,10}"
    r"(?::\d+)?(?:/|$))"
)
_HOST_AND_PORT = Regex(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*:\d{2,5}")
_OF_THE_WEB = frozenset(
    {"api", "app", "site", "web", "website", "frontend", "backend", "base", "callback", "redirect"}
    | {"webhook", "auth", "nextauth", "public", "host", "domain", "cdn", "docs", "home", "return"}
)
"""Words of names of what is reached by HTTP."""
_INTEGER = Regex(r"[+-]?\d+")
_WITH_UNIT = Regex(
    r"[+-]?\d+(?:\.\d+)?\s?(?:ms|s|sec|secs|seconds?|m|mins?|minutes?|h|hours?|d|days?|[kmgt]i?b?|%|px)"
    r"|[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[+-]?\d+,\d+",
    re.IGNORECASE,
)
_MAIL = Regex(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+|[^\s@<>,;]+@localhost")
_PEM = Regex(r"-----BEGIN [A-Z0-9 ]{3,40}-----")
_BOOLEANS = frozenset({"true", "false", "1", "0", "yes", "no", "on", "off", "t", "f", "y", "n", ""})
_NEED_DATABASE = frozenset({"postgres", "mysql"})


def is_port_name(name: str) -> bool:
    """Whether the name is that of a port: `PORT`, `DB_PORT`."""
    return words_of(name)[-1:] == ("port",) and words_of(name)[:1] not in (("is",), ("has",))


def is_url_name(name: str) -> bool:
    """Whether the name is that of an address: `API_URL`, `REDIRECT_URI`."""
    return words_of(name)[-1:] in (("url",), ("uri",))


def is_mail_name(name: str) -> bool:
    """Whether the name is that of a mail address."""
    return name.upper() in EMAIL_NAMES


def port_trouble(text: str) -> str:
    """What is wrong with a port; empty where nothing is. 0 lets the system choose."""
    if not text.isascii() or not text.isdigit():
        is_address = bool(_SCHEME.match(text)) or any(sign in text for sign in "/:${")
        return "" if is_address else "no number"
    return "over 65535" if int(text[:10]) > 65535 else ""


def url_trouble(text: str) -> str:
    """What is wrong with an address; empty where nothing is."""
    text = _REFERENCE.sub("x", text)
    if _TWICE.match(text):
        return "has two schemes"
    if re.match(r"https?:/[^/]|https?//", text):
        return "has a broken scheme"
    if re.search(r"\s", text):
        return "has a blank inside" if "://" in text and "," not in text else ""
    if "://" not in text and not text.startswith(("/", ".", "#", "?")):
        is_bare = _HOST_FIRST.match(text) and not re.match(r"[\w.+-]+@", text)
        return "has no scheme such as 'https://'" if is_bare else ""
    return ""


def is_dialled(name: str, text: str) -> bool:
    """Whether a host with a port is what the reader wants: clients of brokers, caches and gRPC dial
    it. What a browser or an HTTP client goes to has a scheme.
    """
    return bool(_HOST_AND_PORT.fullmatch(text)) and _OF_THE_WEB.isdisjoint(words_of(name)[:-1])


def has_unit(text: str) -> bool:
    """Whether the text is a number with a unit or a comma: `30s`, `1,000`."""
    return bool(_WITH_UNIT.fullmatch(text))


def is_json(text: str) -> bool:
    """Whether the text is a JSON document."""
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def is_mail(text: str) -> bool:
    """Whether a mail address, with or without a name, or a list of them, stands there."""
    return all(_MAIL.search(part) for part in re.split(r"[,;]", text) if part.strip())


def is_escaped_pem(text: str) -> bool:
    r"""Whether a key's lines are parted by the two signs `\n` and not by line ends."""
    return bool(_PEM.match(text)) and "\\n" in text and "\n" not in text.strip()


def lacks_database(one: Given) -> bool:
    """Whether the address of a database server names no database."""
    url = one.weight.url
    if url is None or url.family not in _NEED_DATABASE or url.database or not url.host:
        return False
    rest = one.text.rpartition("@")[2]
    path = re.split(r"[?#]", rest.partition("://")[2] or rest, maxsplit=1)[0]
    return path.partition("/")[2] in ("", "/")


def breaks(kind: str, text: str) -> str:
    """What a schema that takes `kind` refuses of a text, in words; empty where it takes it."""
    if kind not in _SCHEMAS:
        return ""
    is_right, trouble = _SCHEMAS[kind]
    return "" if is_right(text) else trouble


def _is_url(text: str) -> bool:
    return bool(_SCHEME.match(text)) and not _TWICE.match(text) and not re.search(r"\s", text)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


_SCHEMAS: Mapping[str, tuple[Callable[[str], bool], str]] = {
    "integer": (lambda text: bool(_INTEGER.fullmatch(text)), "no whole number"),
    "number": (_is_number, "no number"),
    "port": (lambda text: text.isdigit() and not port_trouble(text), "no port"),
    "boolean": (lambda text: text.lower() in _BOOLEANS, "no boolean"),
    "url": (_is_url, "no address with a scheme"),
    "email": (is_mail, "no mail address"),
    "json": (is_json, "no JSON"),
}
