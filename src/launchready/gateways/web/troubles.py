"""Exceptions of sockets, TLS and `http.client` -> why there is no answer, in words of ours."""

import errno
import http.client
import zlib

from launchready.facts.web import Trouble

_BY_NUMBER = {
    errno.ECONNREFUSED: Trouble.REFUSED,
    errno.ENETUNREACH: Trouble.UNREACHABLE,
    errno.EHOSTUNREACH: Trouble.UNREACHABLE,
    errno.EADDRNOTAVAIL: Trouble.UNREACHABLE,
    errno.EAFNOSUPPORT: Trouble.UNREACHABLE,
    errno.ETIMEDOUT: Trouble.TIMEOUT,
}


_KINDS: tuple[tuple[type[Exception], Trouble, str], ...] = (
    (TimeoutError, Trouble.TIMEOUT, ""),
    (http.client.RemoteDisconnected, Trouble.BROKEN, "it was closed before an answer came"),
    (http.client.IncompleteRead, Trouble.BROKEN, "it was closed before the answer was whole"),
    (http.client.HTTPException, Trouble.PROTOCOL, ""),
    (zlib.error, Trouble.PROTOCOL, "the body is not compressed as its header says"),
)


def trouble_of(error: Exception) -> tuple[Trouble, str]:
    """The kind of trouble and one line of detail that quotes nothing of what the peer sent."""
    import ssl

    if isinstance(error, ssl.SSLCertVerificationError):
        return Trouble.TLS, error.verify_message
    if isinstance(error, ssl.SSLError):
        return Trouble.TLS, (error.reason or "").replace("_", " ").lower()
    for kind, trouble, detail in _KINDS:
        if isinstance(error, kind):
            return trouble, detail
    if isinstance(error, OSError):
        return _BY_NUMBER.get(error.errno or 0, Trouble.BROKEN), ""
    return Trouble.PROTOCOL, ""
