"""A signed root, a top-level domain and its zones on two BINDs, and an unbound that validates.

All on loopback, by programs copied out of the reach of the system's profiles for them, as the user
that runs the tests. The zones hold addresses of the public internet; `at` leads questions for those
to loopback.
"""

import contextlib
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import dns.exception
import dns.message
import dns.query

PARENT, CHILD, SECOND = "5.1.0.1", "5.2.0.1", "5.3.0.1"
ADDRESSES = (PARENT, CHILD, SECOND)
PROGRAMS = ("named", "unbound", "dnssec-keygen", "dnssec-signzone")
_Place = tuple[str, int]
_TIMES = "2026112401 14400 3600 1209600 300"


@dataclass(frozen=True)
class Signed:
    """A zone below `test`: its records, and what is done to it.

    `ends` is when its signatures do, for dnssec-signzone; "" leaves it unsigned. `ds` says what of
    it the parent gets: `right`, `none`, `wrong` or `both`. `after` is a change of the signed
    file. `nsec3` are the iterations of NSEC3, without which NSEC proves what is not there.
    """

    records: str = "@ A 5.9.0.7\nwww A 5.9.0.7\n"
    servers: tuple[str, ...] = ("ns1.dns.test.", "ns2.dns.test.")
    ends: str = "now+2592000"
    ds: str = "right"
    after: tuple[str, str] = ("", "")
    transfer: str = "none"
    nsec3: int | None = None


@dataclass(frozen=True)
class Servers:
    """Where they listen: `resolver` for `--resolvers`, `at` for `--servers-at`."""

    resolver: str
    at: tuple[str, ...]


def missing() -> list[str]:
    """The programs that this machine lacks."""
    return [name for name in PROGRAMS if _program(name) is None]


@contextmanager
def dns_servers(
    folder: Path, zones: Mapping[str, Signed], *, as_written: bool = False
) -> Iterator[Servers]:
    """Serve these zones until the block ends.

    `as_written` listens at port 53 of the addresses that the zones name: in a network of its own,
    whose loopback has `ADDRESSES`.
    """
    for name, zone in zones.items():
        _make(folder, name, zone)
    _make_above(folder, zones)
    parent, child = (_place(each, as_written=as_written) for each in (PARENT, CHILD))
    resolver = ("127.0.0.1", _free_port())
    above = {".": "root", "test.": "test"}
    _named(folder, "parent", parent, {name: (file, "none") for name, file in above.items()})
    _named(folder, "child", child, {f"{n}.test.": (n, z.transfer) for n, z in zones.items()})
    _unbound(folder, resolver, parent, child, zones)
    commands = [
        ["named", "-g", "-c", str(folder / "parent.conf")],
        ["named", "-g", "-c", str(folder / "child.conf")],
        ["unbound", "-d", "-p", "-c", str(folder / "unbound.conf")],
    ]
    with contextlib.ExitStack() as stack:
        for command in commands:
            stack.enter_context(_running(folder, command))
        first = f"{next(iter(zones))}.test."
        for place, name in ((parent, "test."), (child, first), (resolver, "test.")):
            _wait(place, name)
        at = (f"{PARENT}={_shown(parent)}", f"*={_shown(child)}")
        yield Servers(resolver=_shown(resolver), at=() if as_written else at)


def _make(folder: Path, name: str, zone: Signed) -> None:
    ns = "".join(f"@ NS {server}\n" for server in zone.servers)
    text = f"$TTL 300\n@ SOA ns1.dns.test. x.dns.test. {_TIMES}\n{ns}{zone.records}"
    if not zone.ends:
        (folder / name).write_text(text)
        return
    hashed = [] if zone.nsec3 is None else ["-3", "ab", "-H", str(zone.nsec3)]
    _sign(folder, f"{name}.test.", name, text, zone.ends, *hashed)
    if zone.after[0]:
        signed = (folder / name).read_text()
        assert zone.after[0] in signed
        (folder / name).write_text(signed.replace(*zone.after))


def _make_above(folder: Path, zones: Mapping[str, Signed]) -> None:
    """The zone `test` with every delegation and what it says of keys, and the root above."""
    lines = [
        f"$TTL 300\n@ SOA a.nic.test. x.nic.test. {_TIMES}\n@ NS a.nic.test.",
        f"a.nic A {PARENT}\nns1.dns A {CHILD}\nns2.dns A {SECOND}\nlame.dns A {PARENT}",
    ]
    for name, zone in zones.items():
        lines += [f"{name} NS {server}" for server in zone.servers]
        right = _anchor(folder, f"{name}.test.") if zone.ends else ""
        wrong = f"{name} DS 4711 13 2 {'ab' * 32}"
        lines += {"right": [right], "none": [], "wrong": [wrong], "both": [right, wrong]}[zone.ds]
    _sign(folder, "test.", "test", "\n".join(lines) + "\n", "now+2592000")
    top = f"$TTL 300\n. SOA a.nic.test. x.nic.test. {_TIMES}\n. NS a.nic.test.\n"
    glue = f"test. NS a.nic.test.\na.nic.test. A {PARENT}\n{_anchor(folder, 'test.')}\n"
    _sign(folder, ".", "root", top + glue, "now+2592000")


def _sign(folder: Path, origin: str, file: str, text: str, ends: str, *more: str) -> None:
    (folder / f"{file}.plain").write_text(text)
    keygen = ["dnssec-keygen", "-q", "-K", ".", "-a", "ECDSAP256SHA256", "-f", "KSK", origin]
    signer = ["dnssec-signzone", "-q", "-S", "-z", "-P", "-K", ".", "-d", ".", "-o", origin]
    signer += ["-s", "now-3888000", "-e", ends, "-f", file, *more, f"{file}.plain"]
    for command in (keygen, signer):
        program = _program(command[0])
        assert program is not None
        done = subprocess.run([program, *command[1:]], cwd=folder, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()


def _anchor(folder: Path, origin: str) -> str:
    return (folder / f"dsset-{origin}").read_text().strip()


def _named(folder: Path, name: str, place: _Place, zones: Mapping[str, tuple[str, str]]) -> None:
    listens = f"{place[0]}; {SECOND};" if place[0] == CHILD else f"{place[0]};"
    options = (
        f'options {{ directory "{folder}"; listen-on port {place[1]} {{ {listens} }};'
        " listen-on-v6 { none; }; pid-file none; session-keyfile none; recursion no;"
        ' dnssec-validation no; lock-file none; managed-keys-directory "."; };\ncontrols {};\n'
    )
    texts = (
        f'zone "{zone}" {{ type primary; file "{file}"; allow-transfer {{ {transfer}; }}; }};\n'
        for zone, (file, transfer) in zones.items()
    )
    (folder / f"{name}.conf").write_text(options + "".join(texts))


def _unbound(
    folder: Path, place: _Place, parent: _Place, child: _Place, zones: Mapping[str, Signed]
) -> None:
    anchor = " ".join(_anchor(folder, ".").split())
    stubs = [(".", parent), ("test.", parent), *((f"{name}.test.", child) for name in zones)]
    (folder / "unbound.conf").write_text(
        f'server:\n interface: {place[0]}@{place[1]}\n directory: "{folder}"\n chroot: ""\n'
        f' username: ""\n pidfile: ""\n use-syslog: no\n do-not-query-localhost: no\n'
        f' local-zone: "test." nodefault\n trust-anchor: "{anchor}"\n do-ip6: no\n'
        ' module-config: "validator iterator"\n'
        + "".join(
            f'stub-zone:\n name: "{name}"\n stub-addr: {ip}@{port}\n' for name, (ip, port) in stubs
        )
        + "remote-control:\n control-enable: no\n"
    )


@contextmanager
def _running(folder: Path, command: list[str]) -> Iterator[None]:
    """A program, copied so that no profile of the system's is for it."""
    found = _program(command[0])
    assert found is not None
    copied = folder / f"own-{command[0]}"
    if not copied.exists():
        shutil.copy(found, copied)
    with (folder / f"{command[0]}.log").open("ab") as log:
        started = subprocess.Popen([copied, *command[1:]], stdout=log, stderr=log, cwd=folder)
        try:
            yield
        finally:
            started.terminate()
            started.wait(10)


def _wait(place: _Place, name: str) -> None:
    query = dns.message.make_query(name, "SOA")
    for _ in range(100):
        with contextlib.suppress(dns.exception.DNSException, OSError):
            if dns.query.udp(query, place[0], port=place[1], timeout=0.5).answer:
                return
        time.sleep(0.05)
    raise AssertionError(f"no answer about {name} at {_shown(place)}")


def _place(ip: str, *, as_written: bool) -> _Place:
    return (ip, 53) if as_written else ("127.0.0.1", _free_port())


def _shown(place: _Place) -> str:
    return f"{place[0]}:{place[1]}"


def _free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _program(name: str) -> str | None:
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/bin:/sbin")
