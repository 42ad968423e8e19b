"""smoke-test of a site with ten routes and three hosts, beside the same requests by curl.

    python -m tests.bench.smoke [RUNS]

The site stands on loopback and takes 40 ms for every answer. curl asks what our run asked, one
after the other on one connection, as a file of requests is run; sslyze (in an environment of its
own: it may not be installed beside us) and testssl.sh look at the TLS of three hosts, where they
are on the PATH.
"""

import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.measure import Command, Cost, in_turns, median
from tests.live import HOST, Asked, Authority, LiveSite, Reply, live_site

_NAMES = (HOST, "shop.test", "api.shop.test")
_SECONDS = 0.04
_MOST = Cost(wall_seconds=1.5, cpu_seconds=1.2, peak_mib=100)
_CONFIG = f"""\
version: 1
site:
  url: https://{HOST}/
  hosts: [{{name: api.shop.test, kind: api}}]
  routes: [{{path: /}}, {", ".join(f"{{path: /p{n}}}" for n in range(9))}]
"""


def main(runs: int = 7) -> None:
    """Print what ours takes, at most and in fact, and the ratio of each peer to it."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "launchready.yml").write_text(_CONFIG, encoding="utf-8")
        with live_site(_shop, Authority(root / "authority"), *_NAMES) as live:
            _measure(live, root, runs)


def _measure(live: LiveSite, root: Path, runs: int) -> None:
    program = (sys.executable, "-I", "-m", "launchready", "smoke-test", "--quiet")
    words = (*program, *live.words)
    ours = Command(words=words, folder=root)
    in_turns([ours], 0)  # once, to know what it asks
    peers: dict[str, Command | None] = {"curl": _curl(live, root), "sslyze": _sslyze(live, root)}
    peers["testssl"] = _testssl(live, root)
    here = {name: peer for name, peer in peers.items() if peer is not None}
    costs = [median(each) for each in in_turns([ours, *here.values()], runs)]
    _print("launchready", costs[0])
    print(
        f"{'at most':12} {_MOST.wall_seconds:6.2f} s wall {_MOST.cpu_seconds:6.2f} s CPU"
        f" {_MOST.peak_mib:4.0f} MiB"
    )
    for name, cost in zip(here, costs[1:], strict=True):
        _print(name, cost, f"  {cost.wall_seconds / costs[0].wall_seconds:5.2f} × our wall time")
    for name in sorted(set(peers) - set(here)):
        print(f"{name:12} is not on the PATH")


def _print(name: str, cost: Cost, more: str = "") -> None:
    print(
        f"{name:12} {cost.wall_seconds:6.2f} s wall {cost.cpu_seconds:6.2f} s CPU"
        f" {cost.peak_mib:4.0f} MiB{more}"
    )


def _shop(asked: Asked) -> Reply:
    """A site that is right, and takes its time."""
    time.sleep(_SECONDS)
    if not asked.is_secure or asked.host == "shop.test":
        return Reply(status=308, headers=(("Location", f"https://{HOST}{asked.path}"),))
    if asked.path == "/" or asked.path.startswith("/p"):
        page = "<h1>Shop</h1><script src=/a.js></script>"
        return Reply(body=page, headers=(("Strict-Transport-Security", "max-age=31536000"),))
    if asked.path == "/a.js":
        return Reply(body="1", kind="text/javascript")
    return Reply(status=404, body="no")


def _curl(live: LiveSite, root: Path) -> Command | None:
    """The addresses that our own run asked, in one process, one after the other."""
    if (curl := shutil.which("curl")) is None:
        return None
    urls = [f"{'https' if a.is_secure else 'http'}://{a.host}{a.path}" for a in live.asked]
    lines = [f'url = "{url}"\noutput = "/dev/null"' for url in urls]
    for word in live.resolve:
        host, port, ip, there = word.split(":")
        lines.append(f'connect-to = "{host}:{port}:{ip}:{there}"')
    lines += [f'cacert = "{live.authority.ca_file}"', "silent", "http1.1"]
    (root / "curl.txt").write_text("\n".join(lines), encoding="utf-8")
    return Command(words=(curl, "--config", "curl.txt"), folder=root)


def _sslyze(live: LiveSite, root: Path) -> Command | None:
    if (sslyze := shutil.which("sslyze")) is None:
        return None
    targets = [f"{name}:{live.ports['https']}{{127.0.0.1}}" for name in _NAMES]
    return Command(words=(sslyze, *targets), folder=root, expected=(0, 1))


def _testssl(live: LiveSite, root: Path) -> Command | None:
    """Protocols, ciphers' kinds and what the server shows, of each host after the other."""
    if (testssl := shutil.which("testssl") or shutil.which("testssl.sh")) is None:
        return None
    options = "--quiet --color 0 --warnings batch --ip 127.0.0.1 -p -s -S"
    lines = [f"'{testssl}' {options} {name}:{live.ports['https']}" for name in _NAMES]
    return Command(words=("sh", "-c", "; ".join(lines)), folder=root, expected=tuple(range(256)))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
