"""The words before TLS on a mail server: greeting, EHLO, STARTTLS (RFC 3207, RFC 5321)."""

import socket

from launchready.gateways.web.wire import Deadline

_MOST = 64 << 10


def begin_tls(raw: socket.socket, deadline: Deadline) -> None:
    """Bring a mail server to where the TLS handshake begins.

    Raises OSError where it does not speak SMTP or offers no TLS.
    """
    _expect(raw, deadline, 220)
    _say(raw, deadline, b"EHLO launchready.invalid\r\n")
    _expect(raw, deadline, 250)
    _say(raw, deadline, b"STARTTLS\r\n")
    _expect(raw, deadline, 220)


def _say(raw: socket.socket, deadline: Deadline, words: bytes) -> None:
    raw.settimeout(deadline.left)
    raw.sendall(words)


def _expect(raw: socket.socket, deadline: Deadline, code: int) -> None:
    answer = b""
    while not _is_whole(answer):
        raw.settimeout(deadline.left)
        piece = raw.recv(4096)
        if not piece or len(answer) > _MOST:
            raise OSError
        answer += piece
    if not answer.splitlines()[-1].startswith(str(code).encode()):
        raise OSError


def _is_whole(answer: bytes) -> bool:
    """Whether a reply has its last line: there a blank follows the code (RFC 5321, 4.2)."""
    if not answer.endswith(b"\r\n"):
        return False
    return answer.splitlines()[-1][3:4] in (b" ", b"")
