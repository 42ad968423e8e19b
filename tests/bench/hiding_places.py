"""How many of 32 places where people leave keys each scanner looks into.

    python -m tests.bench.hiding_places [--peers FOLDER] [--misses]

One repository is generated, with a key of its own in each place. A place counts as found where the
scanner names that very key: ours by its digest, the peers' by its text in their reports. The peers
are asked for all that they offer: archives, decoding, messages and dangling objects where they can.
"""

import argparse
import base64
import gzip
import hashlib
import io
import json
import shutil
import subprocess
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from launchready.facts.secret import SecretFacts
from launchready.gateways import Gateways
from launchready.gateways.git import Git
from launchready.gateways.progress import Progress
from launchready.steps.secret_scan.observe import observe
from launchready.steps.secret_scan.settings import SecretScanSettings
from tests.repository import Repository, live_key

Files = dict[str, str | bytes]


def main() -> None:
    """Print how many places each scanner finds, and with `--misses` the names of the rest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", default=None, help="the folder with the peers' programs")
    parser.add_argument("--misses", action="store_true", help="name the places not found")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        repository = Repository.at(Path(folder) / "repository")
        keys = _hide(repository)
        for scanner, found in _scanners(repository.path, Path(folder) / "report.json", asked.peers):
            missed = [place for place, key in keys.items() if not found(key)]
            print(f"{scanner:12} {len(keys) - len(missed)} of {len(keys)}")
            if asked.misses and missed:
                print(f"{'':12} not: {', '.join(missed)}")


def _scanners(
    root: Path, report: Path, peers: str | None
) -> Iterator[tuple[str, Callable[[str], bool]]]:
    """Each scanner that is there, and whether it found a key."""
    digests = _ours(root)
    yield "launchready", lambda key: hashlib.sha256(key.encode()).hexdigest() in digests
    every = {
        "gitleaks": f"git --no-banner -l error --exit-code 0 --max-decode-depth 3 "
        f"--max-archive-depth 3 -f json -r {report} {root}",
        "betterleaks": f"git --silent --no-banner -l error --exit-code 0 "
        f"--include commit-messages,reflogs -o {report} {root}",
        "kingfisher": f"scan --git-history full --no-validate --no-update-check -q -f json "
        f"--output {report} {root}",
    }
    for name, words in every.items():
        if program := shutil.which(name, path=peers):
            report.unlink(missing_ok=True)
            subprocess.run([program, *words.split()], capture_output=True, check=False)
            text = report.read_text("utf-8", "replace") if report.exists() else ""
            yield name, lambda key, text=text: key in text  # type: ignore[misc]


def _ours(root: Path) -> frozenset[str]:
    git = Git.around(root)
    gateways = Gateways(root=git.root, git=git, progress=Progress(io.StringIO()), jobs=1)
    settings = SecretScanSettings(unreachable=True)
    seen = observe(settings, gateways)
    return frozenset(each.digest for each in seen if isinstance(each, SecretFacts))


def _hide(repository: Repository) -> dict[str, str]:
    """The key of each place."""
    keys = {place: live_key(1000 + number) for number, place in enumerate((*FILES, *_IN_GIT))}
    for place, files in FILES.items():
        repository.commit(files(keys[place]), f"Add {len(place)} things")
    _hide_in_git(repository, keys)
    return keys


def _hide_in_git(repository: Repository, keys: dict[str, str]) -> None:
    repository.commit({"gone.py": f"key = '{keys['deleted']}'\n"})
    repository.commit({"gone.py": "key = None\n"})
    repository.branch("side")
    repository.commit({"side.py": f"key = '{keys['unmerged branch']}'\n"})
    repository.git("checkout", "--quiet", "main")
    repository.branch("merged")
    repository.commit({"both.txt": "theirs\n"})
    repository.git("checkout", "--quiet", "main")
    repository.commit({"both.txt": "ours\n"})
    merged: Files = {
        "both.txt": f"key = '{keys['a merge resolution']}'\n",
        "only.txt": f"key = '{keys['a new file in a merge']}'\n",
    }
    repository.merge("merged", merged)
    repository.commit({"both.txt": "both\n", "only.txt": "nothing\n"})
    repository.commit({"amended.py": f"key = '{keys['amended away']}'\n"})
    repository.write({"amended.py": "key = None\n"})
    repository.git("commit", "--quiet", "--all", "--amend", "--message", "Change")
    repository.write({"amended.py": f"key = '{keys['stash']}'\n"})
    repository.git("stash")
    repository.git("commit", "--quiet", "--allow-empty", "-m", f"Use {keys['commit message']}")
    repository.git("tag", "--annotate", "v1", "--message", f"With {keys['tag message']}")
    repository.git("notes", "add", "--message", f"Note {keys['git notes']}")


def _b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _zip(name: str, key: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, f"key = '{key}'\n")
    return content.getvalue()


def _tar(key: str) -> bytes:
    content, text = io.BytesIO(), f"key = '{key}'\n".encode()
    with tarfile.open(fileobj=content, mode="w:gz") as archive:
        entry = tarfile.TarInfo("settings.py")
        entry.size = len(text)
        archive.addfile(entry, io.BytesIO(text))
    return content.getvalue()


def _source_map(key: str) -> str:
    return json.dumps(
        {"version": 3, "sources": ["a.ts"], "sourcesContent": [f"k='{key}'\n"], "mappings": "AAAA"}
    )


def _notebook(key: str) -> str:
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "source": [f"k = '{key}'\n"]}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def _minified(key: str) -> str:
    return f"{'var a=function(b){return b+1};' * 42000}k='{key}';{'a(1);' * 9000}\n"


def _dump(key: str) -> str:
    rows = (f"({number}, 'item', 'a thing to sell'),\n" for number in range(200_000))
    return f"INSERT INTO items VALUES\n{''.join(rows)}(0, '{key}', '');\n"


def _escaped(form: str, key: str) -> str:
    return "".join(form % ord(character) for character in key)


FILES: dict[str, Callable[[str], Files]] = {
    ".env": lambda key: {".env": f"STRIPE_KEY={key}\n"},
    "CRLF": lambda key: {"crlf.ini": f"a=1\r\nkey={key}\r\nb=2\r\n"},
    "tests folder": lambda key: {"tests/test_a.py": f"key = '{key}'\n"},
    "base64": lambda key: {"b64.yaml": f"data: {_b64(key)}\n"},
    "base64 twice": lambda key: {"b64b64.yaml": f"data: {_b64(_b64(key))}\n"},
    "hexadecimal": lambda key: {"hex.txt": f"data: {key.encode().hex()}\n"},
    r"\u escapes": lambda key: {"u.json": '{"k": "' + _escaped("\\u%04x", key) + '"}\n'},
    "percent": lambda key: {"url.txt": f"u={_escaped('%%%02X', key)}\n"},
    "split literal": lambda key: {"split.js": f'const k = "{key[:12]}" + "{key[12:]}";\n'},
    "minified line": lambda key: {"app.min.js": _minified(key)},
    "7 MB of SQL": lambda key: {"dump.sql": _dump(key)},
    "zip": lambda key: {"a.zip": _zip("settings.py", key)},
    "tar.gz": lambda key: {"a.tar.gz": _tar(key)},
    "gz": lambda key: {"settings.py.gz": gzip.compress(f"key = '{key}'\n".encode())},
    "wheel": lambda key: {"a-1.0-py3-none-any.whl": _zip("a/settings.py", key)},
    "source map": lambda key: {"app.js.map": _source_map(key)},
    "notebook": lambda key: {"a.ipynb": _notebook(key)},
    "UTF-16": lambda key: {"wide.txt": f"key = '{key}'\r\n".encode("utf-16")},
    "lock file's URL": lambda key: {
        "package-lock.json": '{"resolved": "https://npm.acme.com/a.tgz?key=' + key + '"}\n'
    },
    "SVG": lambda key: {"a.svg": f"<svg><!-- {key} --></svg>\n"},
    "text in a PNG": lambda key: {"a.png": b"\x89PNG\r\n\x1a\n\0\0\0\0tEXtk\0" + key.encode()},
    "node_modules": lambda key: {"node_modules/a/index.js": f"k = '{key}'\n"},
    "vendor": lambda key: {"vendor/a.go": f'var k = "{key}"\n'},
}

_IN_GIT = (
    "deleted",
    "unmerged branch",
    "a merge resolution",
    "a new file in a merge",
    "amended away",
    "stash",
    "commit message",
    "tag message",
    "git notes",
)

if __name__ == "__main__":
    main()
