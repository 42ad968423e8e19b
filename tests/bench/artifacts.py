"""Artifacts: MB of content per CPU second, and peak memory, as plain text and in archives."""

import gzip
import random
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

MEBIBYTES = 64
LIMIT = {"plain text": 150}

_WORDS = "error request user session cache timeout handler token result value order event".split()  # noqa: SIM905
_RUN = """
import sys, time
from pathlib import Path
from launchready.gateways import Gateways
from launchready.gateways.git import Git
from launchready.gateways.progress import Progress
from launchready.model import Looked
from launchready.steps.secret_scan.observe import observe
from launchready.steps.secret_scan.settings import SecretScanSettings

root = Path(sys.argv[1])
gateways = Gateways(root=root, git=Git.around(root), progress=Progress(None), jobs=1)
settings = SecretScanSettings(artifact=(sys.argv[1],), history=False, work_tree=False)
list(observe(SecretScanSettings(artifact=(sys.argv[2],), history=False, work_tree=False), gateways))
before = time.process_time()
found = [each for each in observe(settings, gateways) if not isinstance(each, Looked)]
seconds = time.process_time() - before
status = Path("/proc/self/status").read_text()  # ru_maxrss is the parent's where that is more
peak = int(status.partition("VmHWM:")[2].split()[0]) / 1024
print(seconds, peak, len(found))
"""


def main() -> None:
    """Print a row per form. The first argument is another number of MiB."""
    size = (int(sys.argv[1]) if len(sys.argv) > 1 else MEBIBYTES) << 20
    print(f"{size >> 20} MiB of content{'':10} {'MB/s':>8} {'at least':>9} {'peak MiB':>9}")
    with tempfile.TemporaryDirectory() as name:
        top = Path(name)
        warm = top / "warm"
        warm.mkdir()
        (warm / "w.log").write_bytes(b"warm up\n" * (1 << 20))
        texts = {"server.log": _log(size // 2), "dist/app.min.js": _bundle(size - size // 2)}
        for form, folder in _forms(top, texts):
            seconds, peak, found = _cost(folder, warm)
            if found:
                raise SystemExit(f"{form}: {found} found where there is nothing")
            shown = str(LIMIT.get(form, ""))
            print(f"{form:27} {size / 1e6 / seconds:8.0f} {shown:>9} {peak:9.0f}")


def _cost(folder: Path, warm: Path) -> tuple[float, float, int]:
    """CPU seconds, peak MiB and the number of facts of one scan, its engine being loaded."""
    command = [sys.executable, "-c", _RUN, str(folder), str(warm)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, peak, found = done.stdout.split()
    return float(seconds), float(peak), int(found)


def _forms(top: Path, texts: dict[str, bytes]) -> Iterator[tuple[str, Path]]:
    """Folders that hold the same texts in different forms."""
    folders = {
        form: top / str(number)
        for number, form in enumerate(
            ("plain text", "zip, deflated", "zip, stored", "tar", "tar.gz", "zip in a zip")
        )
    }
    for folder in folders.values():
        folder.mkdir()
    for name, text in texts.items():
        path = folders["plain text"] / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text)
    packed = folders["zip, deflated"] / "a.zip"
    _zip(packed, texts, zipfile.ZIP_DEFLATED)
    _zip(folders["zip, stored"] / "a.zip", texts, zipfile.ZIP_STORED)
    _zip(folders["zip in a zip"] / "a.zip", {"in.zip": packed.read_bytes()}, zipfile.ZIP_DEFLATED)
    tar = folders["tar"] / "a.tar"
    with tarfile.open(tar, "w") as archive:
        archive.add(folders["plain text"], arcname="a")
    with gzip.open(folders["tar.gz"] / "a.tar.gz", "wb", compresslevel=6) as file:
        file.write(tar.read_bytes())
    yield from folders.items()


def _zip(path: Path, texts: dict[str, bytes], method: int) -> None:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, text in texts.items():
            archive.writestr(name, text)


def _log(size: int) -> bytes:
    """Lines of an application's log."""
    chance = random.Random(1)
    lines = [
        f"10.0.{n % 250}.{n % 99} - GET /api/{chance.choice(_WORDS)}/{n} 200 {chance.random():.4f} "
        f"{' '.join(chance.choices(_WORDS, k=8))}"
        for n in range(20_000)
    ]
    return _repeated("\n".join(lines).encode() + b"\n", size)


def _bundle(size: int) -> bytes:
    """Minified code in one line."""
    chance = random.Random(2)
    parts = [
        f"function {chance.choice('abcdef')}{n}(t,e){{return t.{chance.choice(_WORDS)}?e[{n}]:"
        f'"{chance.choice(_WORDS)}-{n}"}};'
        for n in range(20_000)
    ]
    return _repeated("".join(parts).encode(), size)


def _repeated(text: bytes, size: int) -> bytes:
    return (text * (size // len(text) + 1))[:size]


if __name__ == "__main__":
    main()
