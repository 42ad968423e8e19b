"""dns-check and email-check of a domain with ten subdomains, on BIND and unbound, and zonemaster.

    python -m tests.bench.dns [RUNS]

The zone is signed, by ECDSA P-256, as is the root; unbound validates and stands for the machine's
resolver and for a public one. The servers listen at port 53 of the addresses that the zones name,
in a network of their own (`unshare`), since zonemaster-cli can be given no other port; where there
is none, at ports of loopback, without it. checkdmarc asks no name server itself, and has no part.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.measure import Command, Cost, in_turns
from tests.edge.dns_servers import ADDRESSES, PARENT, Servers, Signed, dns_servers, missing

_APART = "LAUNCHREADY_BENCH_APART"
_MOST = Cost(wall_seconds=0.6, cpu_seconds=0.6, peak_mib=80)
_NAMES = [f"h{number}" for number in range(10)]
_RECORDS = "@ A 5.9.0.7\nwww A 5.9.0.7\n@ MX 1 mx\nmx A 5.9.0.8\n" + "".join(
    f"{name} A 5.9.1.{number}\n" for number, name in enumerate(_NAMES)
)
_MAIL = '@ TXT "v=spf1 mx -all"\n_dmarc TXT "v=DMARC1; p=reject; rua=mailto:d@shop.test"\n'
_HOSTS = ", ".join(f"{{name: {name}.shop.test}}" for name in _NAMES)
_CONFIG = f"""\
version: 1
site: {{url: "https://www.shop.test/", hosts: [{_HOSTS}]}}
dns-check: {{skip: [expiry]}}
"""


def main(runs: int = 7) -> None:
    """Print what each takes, both together, and what they may take at most."""
    if lacking := missing():
        print(f"not installed: {', '.join(lacking)}")
        return
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "launchready.yml").write_text(_CONFIG, encoding="utf-8")
        zones = {"shop": Signed(records=_RECORDS + _MAIL)}
        (root / "dns").mkdir()
        with dns_servers(root / "dns", zones, as_written=_is_apart()) as servers:
            _measure(servers, root, runs)


def _measure(servers: Servers, root: Path, runs: int) -> None:
    program = (sys.executable, "-I", "-m", "launchready")
    resolver = f"--resolvers={servers.resolver}"
    dns: tuple[str, ...] = (
        *program,
        "dns-check",
        "--quiet",
        resolver,
        f"--public={servers.resolver}",
    )
    dns = (*dns, *(f"--servers-at={at}" for at in servers.at))
    mail = (*program, "email-check", "--quiet", "--exit-zero", resolver)
    commands = [Command(words=words, folder=root) for words in (dns, mail)]
    if peer := _zonemaster(root):
        commands.append(peer)
    costs = [_least(each) for each in in_turns(commands, runs)]
    both = Cost(
        wall_seconds=sum(each.wall_seconds for each in costs[:2]),
        cpu_seconds=sum(each.cpu_seconds for each in costs[:2]),
        peak_mib=max(each.peak_mib for each in costs[:2]),
    )
    for name, cost in zip(("dns-check", "email-check", "both"), (*costs[:2], both), strict=True):
        _print(name, cost)
    _print("at most", _MOST)
    for cost in costs[2:]:
        _print("zonemaster", cost)


def _zonemaster(root: Path) -> Command | None:
    """zonemaster-cli of the same domain, where it is installed and its port can be had."""
    program = shutil.which("zonemaster-cli")
    if program is None or not _is_apart():
        return None
    (root / "hints").write_text(f". NS a.nic.test.\na.nic.test. A {PARENT}\n", encoding="utf-8")
    words = (program, "--hints", str(root / "hints"), "--no-ipv6", "--no-progress", "shop.test")
    return Command(words=words, folder=root, environ={"LC_ALL": "C.UTF-8"})


def _is_apart() -> bool:
    """Whether this runs in the network that `_apart` makes."""
    return os.environ.get(_APART) == "yes"


def _apart(words: list[str]) -> int | None:
    """This bench in a network of its own; None where none can be made."""
    ip = ("ip link set lo up", *(f"ip addr add {each}/32 dev lo" for each in ADDRESSES))
    script = f'{" && ".join(ip)} && exec "$@"'
    command = ["unshare", "-Urn", "sh", "-c", script, "sh", sys.executable, "-m", "tests.bench.dns"]
    if shutil.which("unshare") is None or shutil.which("ip") is None:
        return None
    return subprocess.run(
        [*command, *words], env={**os.environ, _APART: "yes"}, check=False
    ).returncode


def _least(costs: list[Cost]) -> Cost:
    """The least of several runs: what the work takes, and not what else the machine does."""
    return Cost(
        wall_seconds=min(each.wall_seconds for each in costs),
        cpu_seconds=min(each.cpu_seconds for each in costs),
        peak_mib=min(each.peak_mib for each in costs),
    )


def _print(name: str, cost: Cost) -> None:
    print(
        f"{name:12} {cost.wall_seconds:6.2f} s wall {cost.cpu_seconds:6.2f} s CPU"
        f" {cost.peak_mib:4.0f} MiB"
    )


if __name__ == "__main__":
    if _is_apart() or _apart(sys.argv[1:]) != 0:
        main(*map(int, sys.argv[1:]))
