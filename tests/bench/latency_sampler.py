"""Whether the sampler is what is slow: its times beside those of curl, on a server that waits.

`python -m tests.bench.latency_sampler`. curl asks one after the other over one kept connection and
reports each request itself; h2load takes part where it is installed.
"""

import asyncio
import multiprocessing
import shutil
import subprocess
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection

from launchready.facts.web import Address, Request
from launchready.gateways.web.client import Client
from launchready.gateways.web.lookup import Names
from launchready.gateways.web.reach import Allowance, Reach
from launchready.gateways.web.sampler import load, sample
from launchready.steps.smoke_test.statistics.quantiles import spread_of

WAITS = (2, 40, 200)  # ms
N = 100


def main() -> None:
    """Print p50 and p95 in milliseconds, and the CPU of a request, for each server and client."""
    print(f"{'':34}{'wait ms':>8}{'p50':>8}{'p95':>8}{'CPU ms':>8}{'req/s':>8}")
    for wait in WAITS:
        with _Server(wait) as port:
            _row("curl, one at once", wait, *_curl(port))
            _row("sampler, one at once", wait, *_sampled(port, 1))
            _row("sampler, five at once", wait, *_sampled(port, 5))
            _row("load, 20 visitors", wait, *_loaded(port))
            if shutil.which("h2load"):
                print("h2load:", _h2load(port))


def _row(title: str, wait: int, times: Sequence[float], cpu: float, wall: float) -> None:
    spread, count = spread_of(times), len(times)
    figures = (spread.p50, spread.p95, 1000 * cpu / count)
    print(f"{title:34}{wait:8}" + "".join(f"{each:8.2f}" for each in figures), end="")
    print(f"{count / wall:8.0f}")


def _curl(port: int) -> tuple[list[float], float, float]:
    """What curl says of each request, the first aside, without the connecting."""
    words = ["curl", "-s", "-w", "%{time_total} %{time_pretransfer}\n"]
    urls = [part for _ in range(N + 1) for part in ("-o", "/dev/null", f"http://127.0.0.1:{port}/")]
    began = time.perf_counter()
    said = subprocess.run([*words, *urls], capture_output=True, check=True, text=True).stdout
    wall = time.perf_counter() - began
    pairs = [tuple(map(float, line.split())) for line in said.splitlines()]
    return [1000 * (total - before) for total, before in pairs[1:]], 0.0, wall


def _client(port: int) -> tuple[Client, Request]:
    names = Names({("shop.test", 80): (Address(ip="127.0.0.1", port=port),)})
    client = Client(Reach(["shop.test"]), names=names, allowance=Allowance(10_000))
    return client, Request(url="http://shop.test/")


def _sampled(port: int, at_once: int) -> tuple[list[float], float, float]:
    client, request = _client(port)
    began, cpu = time.perf_counter(), time.process_time()
    took = sample(client, [request], rounds=N, at_once=at_once, seconds=60)
    wall, cpu = time.perf_counter() - began, time.process_time() - cpu
    client.close()
    return [each.milliseconds for each in took.samples[0] if not each.is_first], cpu, wall


def _loaded(port: int) -> tuple[list[float], float, float]:
    client, request = _client(port)
    began, cpu = time.perf_counter(), time.process_time()
    took = load(client, [request], visitors=20, each=20, seconds=30, ramp=(5, 2))
    wall, cpu = time.perf_counter() - began, time.process_time() - cpu
    client.close()
    return [each.milliseconds for each in took.samples[0] if not each.is_first], cpu, wall


def _h2load(port: int) -> str:
    words = ["h2load", "--h1", "-n400", "-c20", "-m1", f"http://127.0.0.1:{port}/"]
    said = subprocess.run(words, capture_output=True, check=True, text=True).stdout
    return next(line for line in said.splitlines() if line.startswith("time for request"))


class _Server:
    """A server in a process of its own that answers every request after so many milliseconds."""

    def __init__(self, wait: int) -> None:
        self._mine, theirs = multiprocessing.Pipe()
        self._process = multiprocessing.Process(target=_serve, args=(theirs, wait), daemon=True)

    def __enter__(self) -> int:
        self._process.start()
        return int(self._mine.recv())

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.join()


def _serve(tell: Connection, wait: int) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await reader.readuntil(b"\r\n\r\n"):
                await asyncio.sleep(wait / 1000)
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def main() -> None:
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        tell.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(main())


if __name__ == "__main__":
    main()
