"""What a host's refusal means, told apart by what can be done about it."""

import enum
import re
from collections.abc import Mapping

_MOST_WORDS = 200
_UNFIT = re.compile(r"[^\x20-\x7e]+")


class Trouble(enum.StrEnum):
    """Why a call did not do what was asked."""

    AUTH = "the token is refused, or may not do this"
    NOT_FOUND = "there is no such thing at the host"
    CONFLICT = "something else is under way there, or it is as asked already"
    REFUSED = "the host will not do it"
    RATE_LIMIT = "the host's rate limit is used up"
    SERVER = "the host is out of order"
    UNREACHABLE = "no answer came"
    MALFORMED = "the answer is not what the host documents"

    @property
    def is_lost(self) -> bool:
        """Whether the call may have been carried out all the same: look before repeating it."""
        return self in (Trouble.SERVER, Trouble.UNREACHABLE, Trouble.MALFORMED)

    @property
    def may_pass(self) -> bool:
        """Whether the same call may do later."""
        return self.is_lost or self is Trouble.RATE_LIMIT


class HostError(Exception):
    """A host did not do or tell what was asked. The text holds no token.

    `call` is what was asked, as a dry run prints it. `retry_after` is in seconds, None where the
    host does not say.
    """

    def __init__(
        self,
        trouble: Trouble,
        *,
        call: str = "",
        words: str = "",
        status: int | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(": ".join(filter(None, (call, trouble.value, words))))
        self.trouble = trouble
        self.call = call
        self.words = words
        self.status = status
        self.retry_after = retry_after


def trouble_of(status: int, headers: Mapping[str, str]) -> Trouble | None:
    """What an answer's status says; None where it is a good one (RFC 9110, section 15)."""
    if 200 <= status < 300:
        return None
    if status == 403 and (headers.get("x-ratelimit-remaining") == "0" or "retry-after" in headers):
        return Trouble.RATE_LIMIT  # so GitHub answers
    known = {
        401: Trouble.AUTH,
        403: Trouble.AUTH,
        404: Trouble.NOT_FOUND,
        408: Trouble.SERVER,
        409: Trouble.CONFLICT,
        410: Trouble.NOT_FOUND,
        425: Trouble.RATE_LIMIT,
        429: Trouble.RATE_LIMIT,
    }
    if status in known:
        return known[status]
    return Trouble.SERVER if status >= 500 else Trouble.REFUSED


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that a host asks to wait, where it says so as a number; dates are not heeded."""
    text = headers.get("retry-after", "").strip()
    return float(text) if text.isascii() and text.isdigit() and len(text) < 7 else None


def quoted(text: str, secrets: tuple[str, ...] = ()) -> str:
    """A host's own words as a report may show them: one short line of ASCII, no secret in it."""
    for secret in secrets:
        if secret:
            text = text.replace(secret, "***")
    text = _UNFIT.sub(" ", text).strip()
    return text if len(text) <= _MOST_WORDS else f"{text[:_MOST_WORDS]}…"
