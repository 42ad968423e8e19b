"""A host on loopback that keeps a state, holds both sides to the contract, and fails when told."""

import json
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

from tests.hosting.contract import Breach, Contract, Matched

GOOD, BAD, COMMIT_OF = "good", "bad", {"good": "a" * 40, "bad": "b" * 40}


@dataclass
class Fault:
    """What goes wrong with one request. `status` is answered with nothing done, or, with
    `is_done`, after it was done; None closes the connection without an answer. `raw` is the body.
    """

    status: int | None = 500
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes = b'{"error": {"message": "it broke"}}'
    is_done: bool = False


class State:
    """What a host keeps: an id of `GOOD` and of `BAD`, and what is live.

    A method per `operationId` takes what was asked and gives status and document; `None` is no
    body. `is_stuck` says that a rollback is never done with, `is_idle` that it is said to be done,
    and changes nothing.
    """

    ids: ClassVar[dict[str, str]] = {GOOD: "rel_good", BAD: "rel_bad"}

    def __init__(self) -> None:
        self.live = self.ids[BAD]
        self.building = ["rel_next"]
        self.is_pinned = False
        self.is_stuck = False
        self.is_idle = False

    def go_back(self, target: str) -> bool:
        """Make `target` live, unless told otherwise. Whether there is such a release."""
        if target not in self.ids.values():
            return False
        if not (self.is_stuck or self.is_idle):
            self.live = target
        return True

    def commit(self, target: str) -> str:
        """The commit of a release."""
        return next((COMMIT_OF[n] for n, each in self.ids.items() if each == target), "c" * 40)


@dataclass
class Fake:
    """The host as it runs. `asked` are the operations in their order, `headers` those of the
    last request, `breaches` what broke the contract, by whom; `faults` are to come, by operation.
    """

    contract: Contract
    state: State
    token: str
    address: str = ""
    asked: list[str] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    breaches: list[str] = field(default_factory=list)
    faults: dict[str, list[Fault]] = field(default_factory=lambda: defaultdict(list))

    def answer(
        self, method: str, target: str, headers: dict[str, str], body: bytes
    ) -> tuple[int | None, dict[str, str], bytes]:
        """Status, headers and body for one request."""
        self.headers = headers
        matched = self.contract.match(method, target, headers, body, self.token)
        if isinstance(matched, Breach):
            self.breaches.append(f"request {method} {target}: {matched.words}")
            return matched.status, {}, json.dumps({"message": matched.words}).encode()
        self.asked.append(matched.name)
        fault = self.faults[matched.name].pop(0) if self.faults[matched.name] else None
        if fault and not fault.is_done:
            return fault.status, fault.headers, fault.raw
        status, document = self._done(matched)
        if fault:
            return fault.status, fault.headers, fault.raw
        return status, {}, b"" if document is None else json.dumps(document).encode()

    def _done(self, matched: Matched) -> tuple[int, Any]:
        act: Callable[[Matched], tuple[int, Any]] = getattr(self.state, matched.name)
        status, document = act(matched)
        wrong = self.contract.breach_of_reply(matched, status, document)
        if wrong:
            self.breaches.append(f"reply of {matched.name}: {wrong}")
        return status, document


@contextmanager
def running(contract: str, token: str) -> Iterator[Fake]:
    """A host that waits for requests; give it a `state` before the first."""
    fake = Fake(Contract(contract), State(), token)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # headers and body in one piece, else the other side waits 40 ms for more

        def answered(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(int(headers.get("content-length", 0)))
            status, more, content = fake.answer(self.command, self.path, headers, body)
            if status is None:
                self.close_connection = True
                return
            self.send_response(status)
            for name, value in more.items():
                self.send_header(name, value)
            if status != 204:
                self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *words: object) -> None:
            del words

    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        setattr(Handler, f"do_{method}", Handler.answered)
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        fake.address = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield fake
        finally:
            server.shutdown()
