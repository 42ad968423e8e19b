"""Both engines find every match, and the same ones, whatever stands around it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.steps.secret_scan.judging import judged

from launchready.catalog.kinds import Kind
from launchready.catalog.secrets import KINDS
from launchready.facts.text import TextBatch
from launchready.gateways.cache import cache_folder
from launchready.model import Confidence
from launchready.steps.secret_scan.engines import native as engine_hyperscan
from launchready.steps.secret_scan.engines.choice import choose_engine
from launchready.steps.secret_scan.engines.interface import Engine
from launchready.steps.secret_scan.engines.native import HyperscanEngine, load_hyperscan
from launchready.steps.secret_scan.engines.pure import ReEngine
from launchready.steps.secret_scan.formats import formats
from launchready.steps.secret_scan.scanning.scan import Scanner
from launchready.steps.secret_scan.scanning.sightings import Origin, Sighting, Source

pytest.importorskip("hyperscan", reason="the native engine: pip install hyperscan")

ENGINES: dict[str, Engine] = {"re": ReEngine(KINDS)}


@pytest.fixture(scope="module", autouse=True)
def _native(tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        native = load_hyperscan(KINDS)
    assert native is not None
    ENGINES["hyperscan"] = native


def sightings(engine: Engine, text: bytes, path: str = "settings.py") -> set[Sighting]:
    """What a scanner with this engine sees in one text, between two others."""
    buffer = bytearray(b"9\nbefore = 1\n" + text + b"\nafter = 2\n")
    start = len(b"9\nbefore = 1\n")
    batch = TextBatch(
        buffer=buffer,
        length=len(buffer),
        starts=[2, start, start + len(text) + 1],
        ends=[start - 1, start + len(text), len(buffer) - 1],
        sources=[0, 1, 2],
    )
    sources = [Source(origin=Origin.DISK, name=path, path=path)] * 3
    scanner = Scanner(kinds=KINDS, engine=engine, minimum=Confidence.LOW)
    return {seen for seen in scanner.scan([batch], sources) if isinstance(seen, Sighting)}


@pytest.mark.parametrize("name", ["re", "hyperscan"])
@pytest.mark.parametrize(
    "kind",
    [kind for kind in KINDS if not formats.is_whole_file(kind)],
    ids=lambda kind: kind.id,
)
def test_no_example_lacks_a_candidate(name: str, kind: Kind) -> None:
    chance = judged.chance(kind.id)
    number = KINDS.index(kind)
    for _ in range(3):
        sample = formats.sample(kind, chance).encode()
        for text in (sample, b"x = '" + sample + b"'\n", b"\n\n" + sample + b"\r\n"):
            found = ENGINES[name].candidates(bytearray(text), len(text))
            assert number in {one for _, one in found}
            assert all(0 <= position < len(text) for position, _ in found)


GLUE = st.sampled_from(
    [
        b"\n",
        b"\r\n",
        b" ",
        b"",
        b"\n\n",
        b"key = ",
        b"password:\n  ",
        b'"token" : "',
        b"- name: DB_PASSWORD\n  value: ",
        b'variable "db_password" {\n  default = "',
        b"'",
        b"\0\0",
        b"/* x */;",
        b"a" * 30,
        b"0123456789abcdef" * 3,
        b"https://user:",
        b"@host/",
        "é".encode(),
        b"\xff\xfe",
        b" " * 3000,
        b"q9" * 2100,
    ]
)


@st.composite
def texts(draw: st.DrawFn) -> bytes:
    chance = judged.chance(draw(st.integers(0, 2**32)))
    pieces: list[bytes] = []
    for _ in range(draw(st.integers(0, 12))):
        pieces.append(draw(GLUE))
        pieces.append(formats.sample(chance.choice(KINDS), chance).encode())
    return b"".join(pieces)


@given(texts())
def test_both_engines_see_the_same(text: bytes) -> None:
    assert sightings(ENGINES["re"], text) == sightings(ENGINES["hyperscan"], text)


@pytest.mark.parametrize("name", ["re", "hyperscan"])
@pytest.mark.parametrize(
    "text",
    [
        "env:\n  - name: DB_PASSWORD\n    value: {}\n",
        'variable "db_password" {{\n  default = "{}"\n}}\n',
    ],
)
def test_names_over_their_values(name: str, text: str) -> None:
    content = text.format(judged.drawn("{alnum:20}", 5)).encode()
    (seen,) = sightings(ENGINES[name], content, "deploy/live.yaml")
    assert KINDS[seen.kind].id == "generic-password"


def test_engines_see_what_is_there() -> None:
    chance = judged.chance(7)
    samples = [formats.sample(kind, chance) for kind in KINDS]
    text = "\n\n".join(samples).encode()
    seen = {KINDS[each.kind].id for each in sightings(ENGINES["re"], text, "config/live.env")}
    assert len(seen) > len(KINDS) * 0.7


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda _: b"", id="empty"),
        pytest.param(lambda content: content[:-9], id="cut short"),
        pytest.param(lambda content: b"junk" + content, id="not ours"),
        pytest.param(lambda content: content[:200] + b"\xff" + content[201:], id="one byte wrong"),
    ],
)
def test_a_broken_cache_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoil: object
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    kinds = KINDS[:3]
    assert load_hyperscan(kinds)
    folder = cache_folder()
    assert folder
    (file,) = folder.iterdir()
    whole = file.read_bytes()
    assert callable(spoil)
    file.write_bytes(spoil(whole))
    engine = load_hyperscan(kinds)
    assert engine
    sample = formats.sample(kinds[0], judged.chance(1)).encode()
    assert engine.candidates(bytearray(sample), len(sample))
    assert file.read_bytes() == whole


def test_a_good_cache_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert load_hyperscan(KINDS[:3])
    monkeypatch.setattr(engine_hyperscan, "_compile", None)
    assert isinstance(load_hyperscan(KINDS[:3]), HyperscanEngine)


def test_little_text_needs_no_native_engine_and_much_text_gets_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    kinds = KINDS[:3]
    sample = formats.sample(kinds[0], judged.chance(1)).encode()
    engine = choose_engine(kinds, is_small=True)
    assert engine.candidates(bytearray(sample), len(sample))
    assert not list(tmp_path.iterdir())
    big = bytearray(5 << 20)
    big[-len(sample) :] = sample
    assert engine.candidates(big, len(big))
    assert list(tmp_path.iterdir())
    assert engine.candidates(bytearray(sample), len(sample))
    ready = choose_engine(kinds, is_small=True)
    assert isinstance(ready, HyperscanEngine)
    assert ready.candidates(bytearray(sample), len(sample))


def test_without_the_library_the_other_engine_does_it_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "hyperscan", None)
    assert load_hyperscan(KINDS) is None
    assert isinstance(choose_engine(KINDS, is_small=False), ReEngine)
