"""Servers on loopback that say what a test wants to hear, and keep what they were asked."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Answer:
    """What a server says: for one path, or for one after the other."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    length: int | None = None


@dataclass
class Server:
    """A server on loopback; `answers` by path, `asked` what came in."""

    address: str
    answers: dict[str, list[Answer]]
    asked: list[tuple[str, dict[str, str]]]

    def says(self, path: str, *answers: Answer) -> None:
        """Answer so at this path, the last answer again and again."""
        self.answers[path] = list(answers)

    def tokens(self) -> list[str | None]:
        """The Authorization header of each request."""
        return [headers.get("authorization") for _, headers in self.asked]


@contextmanager
def servers() -> Iterator[Callable[[], Server]]:
    """Starts servers, and ends them."""
    running: list[ThreadingHTTPServer] = []

    def begin() -> Server:
        answers: dict[str, list[Answer]] = {}
        asked: list[tuple[str, dict[str, str]]] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
                queue = answers.get(self.path, [Answer(status=404)])
                answer = queue.pop(0) if len(queue) > 1 else queue[0]
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                length = len(answer.body) if answer.length is None else answer.length
                self.send_header("Content-Length", str(length))
                self.end_headers()
                self.wfile.write(answer.body)

            def log_message(self, *words: object) -> None:
                del words

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        running.append(server)
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        return Server(f"http://127.0.0.1:{server.server_port}", answers, asked)

    try:
        yield begin
    finally:
        for server in running:
            server.shutdown()
            server.server_close()
