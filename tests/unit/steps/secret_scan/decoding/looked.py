"""What the tests of decoding look with: one scanner per engine, and ways to hide a text."""

import base64
import functools
import urllib.parse
from collections.abc import Callable

from launchready.catalog.secrets import KINDS
from launchready.facts.text import TextBatch
from launchready.model import Confidence
from launchready.steps.secret_scan.engines.interface import Engine
from launchready.steps.secret_scan.engines.native import load_hyperscan
from launchready.steps.secret_scan.engines.pure import ReEngine
from launchready.steps.secret_scan.scanning.scan import Scanner
from launchready.steps.secret_scan.scanning.sightings import Origin, Sighting, Source

ENGINES = ("re", "hyperscan")


@functools.cache
def engine(name: str) -> Engine:
    """One of both engines."""
    found = ReEngine(KINDS) if name == "re" else load_hyperscan(KINDS)
    assert found is not None
    return found


def sightings(
    name: str,
    text: str | bytes,
    path: str = "deploy/settings.py",
    minimum: Confidence = Confidence.LOW,
) -> list[Sighting]:
    """What a scanner with this engine sees in a text that lies between two others."""
    content = text.encode() if isinstance(text, str) else text
    start = len(b"9\nbefore = 1\n")
    buffer = bytearray(b"9\nbefore = 1\n" + content + b"\nafter = 2\n")
    batch = TextBatch(
        buffer=buffer,
        length=len(buffer),
        starts=[2, start, start + len(content) + 1],
        ends=[start - 1, start + len(content), len(buffer) - 1],
        sources=[0, 1, 2],
    )
    sources = [Source(origin=Origin.DISK, name=path, path=path)] * 3
    scanner = Scanner(kinds=KINDS, engine=engine(name), minimum=minimum)
    return [seen for seen in scanner.scan([batch], sources) if isinstance(seen, Sighting)]


def kind_of(sighting: Sighting) -> str:
    """The id of its kind."""
    return KINDS[sighting.kind].id


def b64(text: str | bytes) -> str:
    """In base64."""
    content = text.encode() if isinstance(text, str) else text
    return base64.b64encode(content).decode()


def each(form: str) -> Callable[[str], str]:
    """Every character written in a form such as `%%%02x`."""
    return lambda text: "".join(form % ord(character) for character in text)


def quoted(text: str) -> str:
    """As the part of a URL."""
    return urllib.parse.quote(text, safe="")
