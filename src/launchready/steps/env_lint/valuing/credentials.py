"""Whose credential a value is, what it may do, and in which mode, by its look or its claims."""

import base64
import binascii
import functools
import json
import re
from collections.abc import Mapping

from launchready.catalog import shapes
from launchready.catalog.environment.credentials import BEGINNINGS, Beginning, Mode, Role
from launchready.catalog.kinds import Token
from launchready.frozen import frozen
from launchready.regex import Regex
from launchready.steps.env_lint.valuing.names import words_of

_JWT = Regex(r"eyJ[A-Za-z0-9_\-]{5,}\.eyJ[A-Za-z0-9_\-]{3,}\.[A-Za-z0-9_\-]{8,}")
_PEM = Regex(r"-----BEGIN ([A-Z0-9 ]{3,40})-----")
_NO_KEY = Regex(r"(?:\\+n|\s)*+(?:\.{2,}|…|[xX*]{3,}|[<\[{]|your\b|your[-_])")
"""What stands in place of a key's lines in a template."""
_TOKEN = Regex(r"(?=.*[A-Za-z])(?=.*\d)[^:\s]{16,}|.{3,}:[\w:/+=-]{16,}")
_BODY = Regex(r"[A-Za-z0-9_\-+/=.$]+\Z")
_SERVICE_ACCOUNT = Regex(r'"type"\s*:\s*"service_account"')
_LONGEST = 64_000  # characters; a longer value is judged by its beginning


@frozen
class Credential:
    """`provider` is empty where nothing tells it. `reference` is the account or project that a key
    names of itself (a Supabase project's), `expires` the second after which it opens nothing.
    `is_demo` says that everybody has it: the keys of a local Supabase.
    """

    provider: str
    role: Role
    mode: Mode | None = None
    kind: str = ""
    project: str = ""
    expires: int | None = None
    is_demo: bool = False

    @property
    def opens(self) -> bool:
        """Whether it must not be known to others."""
        return self.role in (Role.SECRET, Role.WEBHOOK) and not self.is_demo


def credential_of(name: str, text: str) -> Credential | None:
    """What the value is as a credential; None where its look does not tell."""
    text = text[:_LONGEST]
    if pem := _PEM.search(text):
        return None if _NO_KEY.match(text, pem.end()) else _of_pem(pem[1])
    if text.startswith("{") and _SERVICE_ACCOUNT.search(text):
        return Credential(provider="Google Cloud", role=Role.SECRET, kind="service account key")
    if _JWT.fullmatch(text):
        return _of_jwt(text)
    if not 8 <= len(text) <= 1024 or not text.isascii() or any(c.isspace() for c in text):
        return None
    for beginning in BEGINNINGS:
        if text.startswith(beginning.text) and _fits(beginning, name, text):
            return Credential(
                provider=_provider(beginning, name, text), role=beginning.role, mode=beginning.mode
            )
    return _of_kinds(text) if _TOKEN.fullmatch(text) else None


def _fits(beginning: Beginning, name: str, text: str) -> bool:
    body = text[len(beginning.text) :]
    if len(body) < beginning.rest or not _BODY.match(body):
        return False
    return not beginning.words or not set(beginning.words).isdisjoint(words_of(name))


def _provider(beginning: Beginning, name: str, text: str) -> str:
    """Clerk's keys begin as Stripe's do; its publishable ones spell out a host in base64."""
    if beginning.provider == "Stripe" and beginning.role is Role.PUBLISHABLE:
        rest = text.removeprefix(beginning.text)
        if (_base64(rest) or b"").endswith(b"$"):
            return "Clerk"
    return beginning.provider


def _of_pem(label: str) -> Credential | None:
    if "PRIVATE KEY" in label:
        return Credential(provider="", role=Role.SECRET, kind="private key")
    return Credential(provider="", role=Role.PUBLISHABLE, kind="certificate or public key")


def _of_jwt(text: str) -> Credential:
    claims = jwt_claims(text)
    role = claims.get("role")
    expires = claims.get("exp")
    return Credential(
        provider="Supabase" if role in ("anon", "service_role") else "",
        role=Role.PUBLISHABLE if role == "anon" else Role.SECRET,
        kind="service_role key" if role == "service_role" else "signed token",
        project=str(claims.get("ref") or "")[:64] if isinstance(claims.get("ref"), str) else "",
        expires=int(expires) if isinstance(expires, int) else None,
        is_demo=claims.get("iss") == "supabase-demo",
    )


def jwt_claims(text: str) -> Mapping[str, object]:
    """The claims of a signed token, unverified; empty where they cannot be read."""
    payload = _base64(text.split(".")[1])
    try:
        claims = json.loads(payload) if payload else {}
    except (ValueError, RecursionError):
        return {}
    return claims if isinstance(claims, dict) else {}


def _base64(text: str) -> bytes | None:
    try:
        return base64.urlsafe_b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4))
    except (ValueError, binascii.Error):
        return None


def _of_kinds(text: str) -> Credential | None:
    for begin in range(min(8, len(text)), 2, -1):
        for shape, title in _shapes().get(text[:begin], ()):
            if _regex(shape).fullmatch(text):
                return Credential(provider=title, role=Role.SECRET, kind=title)
    return None


@functools.cache
def _shapes() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """The shapes of tokens by their first letters, eight at most, and each kind's title."""
    from launchready.catalog.secrets import KINDS

    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for kind in KINDS:
        if isinstance(kind.format, Token):
            for shape in kind.format.shapes:
                begin = shapes.prefix(shape)[:8]
                if len(begin) >= 3:
                    found[begin] = (*found.get(begin, ()), (shape, kind.title))
    return found


@functools.cache
def _regex(shape: str) -> re.Pattern[str]:
    return re.compile(shapes.regex(shape))
