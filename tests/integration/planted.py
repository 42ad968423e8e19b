"""Plants generated secrets in every place of a repository, and finds what is left of them in text.

Nothing here is a secret: each value is drawn when the test runs.
"""

import base64
import gzip
import html
import io
import json
import random
import re
import string
import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tests.repository import Repository

from launchready.catalog.kinds import Kind, Token
from launchready.catalog.secrets import KINDS
from launchready.steps.secret_scan.formats import formats

_PIECE = 8
_LONG_PIECE = 12
"""Of nothing but hexadecimal digits: shorter pieces of those are in every commit's name too."""

_PLAIN = r"[A-Za-z0-9_\-]+"
"""Of signs that branches, and files in archives, may be called by everywhere."""

_HEX = frozenset(string.hexdigits)
_TOKENS = tuple(kind for kind in KINDS if isinstance(kind.format, Token))


@dataclass(kw_only=True)
class Planter:
    """Draws secrets and remembers them."""

    chance: random.Random
    values: dict[str, str] = field(default_factory=dict)
    """Each planted value and what of it its provider publishes."""

    def text(self, kind: Kind) -> str:
        """An example of a kind as it stands in a file."""
        text = formats.sample(kind, self.chance)
        for match in formats.compiled(kind).finditer(text.encode()):
            value = match["secret"].decode()
            self.values[value] = formats.public_prefix(kind, value)
        return text

    def token(self) -> str:
        """A token that its look alone gives away."""
        return self.text(self.chance.choice(_TOKENS))

    def name(self, allowed: str = r"[^/]+") -> str:
        """A token that a file can be called, as it is: one that was changed for it is none."""
        while True:
            token = self.token()
            if re.fullmatch(allowed, token):
                return token
            for value in [each for each in self.values if each in token]:
                del self.values[value]

    def pieces(self) -> frozenset[str]:
        """Every part of a secret that must not be seen anywhere."""
        bodies = (value.removeprefix(prefix) for value, prefix in self.values.items())
        return frozenset(piece for body in bodies for piece in _pieces(body))


def _pieces(body: str) -> Iterator[str]:
    for start in range(len(body) - _PIECE + 1):
        piece = body[start : start + _PIECE]
        if _HEX.issuperset(piece):
            piece = body[start : start + _LONG_PIECE]
        if len(piece) >= _LONG_PIECE or not _HEX.issuperset(piece):
            yield piece


def seen_in(text: str, pieces: frozenset[str]) -> frozenset[str]:
    """The pieces that stand in a text, in whatever way they are written there."""
    found: set[str] = set()
    for way in (text, *_undone(text)):
        for length in (_PIECE, _LONG_PIECE):
            found |= {way[at : at + length] for at in range(len(way) - length + 1)} & pieces
    return frozenset(found)


def _undone(text: str) -> Iterator[str]:
    """The text with the escapes of our own formats undone."""
    if "&" in text:
        yield html.unescape(text)
    if "\\" in text:
        yield re.sub(r"\\(.)", r"\1", text)
    for run in re.findall(r"[A-Za-z0-9+/=]{40,}", text):
        try:
            yield base64.b64decode(run + "==").decode("ascii")
        except ValueError:
            continue


def harmless(pieces: Iterable[str], texts: Iterable[str]) -> frozenset[str]:
    """The pieces without those that our own words and published formats hold anyway."""
    wanted = frozenset(pieces)
    common: set[str] = set()
    for text in texts:
        common |= seen_in(text, wanted)
    return wanted - common


def plant(repository: Repository, planter: Planter, *, rounds: int) -> None:
    """Every kind, `rounds` times, and tokens wherever else people leave them."""
    for number in range(rounds):
        repository.commit(_files(planter, number), f"Round {number}")
        if number % 2:
            repository.commit(dict.fromkeys(_names(number), ""), "Clean up")
    repository.commit(_encoded(planter), f"Encoded, by mistake {planter.token()}")
    repository.commit(_archives(planter), "Artifacts")
    repository.git("tag", "--annotate", "v1", "--message", f"first\n\n{planter.token()}")
    repository.commit({f"keys/{planter.name()}.txt": planter.token()}, "Names")
    repository.branch(f"try-{planter.name(_PLAIN)}")
    repository.commit({"branch.txt": planter.token()}, "Branch", author=f"Ann {planter.token()}")
    repository.git("checkout", "--quiet", "main")
    repository.git("notes", "add", "--message", planter.token())
    repository.write({"stashed.txt": planter.token()})
    repository.git("add", "stashed.txt")
    repository.git("stash", "push", "--message", planter.token())
    repository.write(
        {"fresh.env": planter.token(), f"fresh-{planter.name(_PLAIN)}.py": planter.token()}
    )


def _names(number: int) -> list[str]:
    return [f"src/round{number}/{kind.id}.env" for kind in KINDS]


def _files(planter: Planter, number: int) -> dict[str, str]:
    return {
        name: f"import os\n{planter.text(kind)}\nprint(1)\n"
        for name, kind in zip(_names(number), KINDS, strict=True)
    }


def _encoded(planter: Planter) -> dict[str, str | bytes]:
    once = base64.b64encode(f"key={planter.token()}\n".encode()).decode()
    twice = base64.b64encode(base64.b64encode(planter.token().encode())).decode()
    half = planter.token()
    cut = len(half) // 2
    return {
        "encoded/base64.yml": f"value: {once}\n",
        "encoded/twice.yml": f"value: {twice}\n",
        "encoded/hex.txt": planter.token().encode().hex(),
        "encoded/percent.url": "".join(f"%{ord(c):02x}" for c in planter.token()),
        "encoded/escapes.js": '"' + "".join(f"\\u{ord(c):04x}" for c in planter.token()) + '"',
        "encoded/entities.html": "".join(f"&#{ord(c)};" for c in planter.token()),
        "encoded/pieces.js": f'const k = "{half[:cut]}" + "{half[cut:]}";\n',
        "encoded/wide.txt": planter.token().encode("utf-16"),
        "encoded/minified.js": f"var a=1;{'f(1);' * 20_000}k='{planter.token()}';" * 2,
        "encoded/notebook.ipynb": json.dumps({"cells": [{"source": [f"k='{planter.token()}'"]}]}),
    }


def _archives(planter: Planter) -> dict[str, str | bytes]:
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"inner/{planter.name(_PLAIN)}.env", planter.token())
        archive.writestr("bundle.js", f"k='{planter.token()}'")
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w:gz") as bundle:
        member = tarfile.TarInfo("a.env")
        content = planter.token().encode()
        member.size = len(content)
        bundle.addfile(member, io.BytesIO(content))
    packed = gzip.compress(f"{planter.token()}\n".encode() * 3)
    return {
        "dist/app.zip": plain.getvalue(),
        "dist/cut.zip": plain.getvalue()[:-40],
        "dist/app.tgz": tar.getvalue(),
        "dist/cut.tgz": tar.getvalue()[:-10],
        "dist/log.gz": packed,
        "dist/cut.gz": packed[: len(packed) // 2],
        f"dist/{planter.name(_PLAIN)}.zip": b"PK\x03\x04" + planter.token().encode(),
        "dist/picture.png": b"\x89PNG\r\n\x1a\n\0" + planter.token().encode(),
    }
