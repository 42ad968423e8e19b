"""An SMTP and an IMAP server on loopback, for one account; what is sent arrives in the mailbox."""

import contextlib
import re
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class MailServers:
    """Running servers. `arrives` makes of what was sent what lies in the mailbox; None: nothing.

    `said` are the commands that came in, `sent` the messages.
    """

    password: str
    arrives: Callable[[str], str | None] = lambda sent: sent
    ports: dict[str, int] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    mailbox: list[str] = field(default_factory=list)

    def address(self, scheme: str, password: str | None = None) -> str:
        """What a variable holds."""
        secret = self.password if password is None else password
        return f"{scheme}://ann:{secret}@127.0.0.1:{self.ports[scheme]}"


class _Handler(socketserver.StreamRequestHandler):
    timeout = 5
    servers: MailServers

    def say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")

    def hear(self) -> str:
        line = self.rfile.readline(9999).decode().rstrip("\r\n")
        self.servers.said.append(line)
        return line


class _Smtp(_Handler):
    def handle(self) -> None:
        import base64

        self.say("220 mx.test ESMTP")
        while line := self.hear():
            verb = line.partition(" ")[0].upper()
            if verb == "EHLO":
                self.say("250-mx.test\r\n250 AUTH PLAIN")
            elif verb == "AUTH":
                told = base64.b64decode(line.rpartition(" ")[2]).decode().split("\0")
                is_right = told[1:] == ["ann", self.servers.password]
                self.say("235 welcome" if is_right else "535 no")
            elif verb == "DATA":
                self.say("354 go on")
                self._take()
                self.say("250 taken")
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline(9999).decode()) not in (".\r\n", ""):
            lines.append(line.removeprefix("."))
        self.servers.sent.append("".join(lines))
        arrived = self.servers.arrives(self.servers.sent[-1])
        self.servers.mailbox += [arrived] if arrived is not None else []


class _Imap(_Handler):
    def handle(self) -> None:
        self.say("* OK IMAP4rev1")
        while line := self.hear():
            tag, verb, *rest = [*line.split(" "), ""]
            if verb == "CAPABILITY":
                self.say(f"* CAPABILITY IMAP4rev1\r\n{tag} OK done")
            elif verb == "LOGIN":
                is_right = rest[1].strip('"') == self.servers.password
                self.say(f"{tag} OK done" if is_right else f"{tag} NO [AUTHENTICATIONFAILED] no")
            elif verb == "EXAMINE":
                self.say(f"* {len(self.servers.mailbox)} EXISTS\r\n{tag} OK [READ-ONLY]")
            elif verb == "SEARCH":
                wanted = re.findall(r'"(<[^"]+>)"', line)
                found = [
                    str(number)
                    for number, text in enumerate(self.servers.mailbox, start=1)
                    if wanted and wanted[0] in text
                ]
                self.say(f"* SEARCH {' '.join(found)}\r\n{tag} OK done")
            elif verb == "FETCH":
                text = self.servers.mailbox[int(rest[0]) - 1]
                size = len(text.encode())
                self.say(f"* {rest[0]} FETCH (BODY[]<0> {{{size}}}\r\n{text})\r\n{tag} OK done")
            elif verb == "LOGOUT":
                self.say(f"* BYE now\r\n{tag} OK done")
                return
            else:
                self.say(f"{tag} BAD what")


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


@contextmanager
def mail_servers(password: str) -> Iterator[MailServers]:
    """Serve until the block ends."""
    servers = MailServers(password=password)
    with contextlib.ExitStack() as stack:
        for scheme, base in (("smtp", _Smtp), ("imap", _Imap)):
            handler = type(base.__name__, (base,), {"servers": servers})
            server = stack.enter_context(_Server(("127.0.0.1", 0), handler))
            servers.ports[scheme] = server.server_address[1]
            threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
            stack.callback(server.shutdown)
        yield servers
