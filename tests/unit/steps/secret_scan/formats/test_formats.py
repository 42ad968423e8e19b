"""Each format as the engines need it: whatever the regex finds, anchor and literals find too."""

import re
from typing import Any

import pytest
from tests.unit.steps.secret_scan.judging.judged import chance

from launchready.catalog import shapes
from launchready.catalog.kinds import Assigned, Keyword, Kind, Pattern, Token
from launchready.catalog.secrets import KINDS
from launchready.steps.secret_scan.formats import assignment, formats

SEEDS = range(10)
each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)

PLACES = (
    '"{}"',
    "KEY={}\n",
    "Authorization: Bearer {}",
    "https://x.dev/?token={}&a=1",
    "\\n{}\\n",
    "%3D{}%26",
    "<key>{}</key>",
    "({})",
    "{}",
)


def written(kind: Kind, seed: int) -> bytes:
    """A generated example of `kind`, in a line of its own, or as all of a file."""
    sample = formats.sample(kind, chance(seed))
    return f"{'' if formats.is_whole_file(kind) else chr(10)}{sample}\n".encode()


def plain(kind: Kind) -> re.Pattern[bytes]:
    flags = re.IGNORECASE if formats.is_caseless(kind) else 0
    return re.compile(formats.anchor_regex(kind).encode("ascii"), flags)


@each_kind
def test_samples_have_regex_anchor_and_literal(kind: Kind) -> None:
    for seed in SEEDS:
        text = written(kind, seed)
        match = formats.compiled(kind).search(text)
        assert match, text
        anchor = plain(kind).search(text)
        assert anchor, text
        assert anchor.start() < match.end()
        assert match.start() < anchor.end()
        held = match[0].lower() if formats.is_caseless(kind) else match[0]
        if not formats.is_whole_file(kind):
            assert any(literal in held for literal in formats.literals(kind))
        assert len(match[0]) <= formats.reach(kind)


@each_kind
def test_anchor_is_plain(kind: Kind) -> None:
    assert not re.search(r"\(\?(?!:)|\\[1-9bBAZz]|[^\\][*+][^\]]*\+\+", formats.anchor_regex(kind))
    assert formats.regex(kind).isascii()


@each_kind
def test_hyperscan_finds_samples(kind: Kind) -> None:
    hyperscan: Any = pytest.importorskip("hyperscan", reason="pip install launchready[native]")
    database = hyperscan.Database()
    flags = [hyperscan.HS_FLAG_CASELESS if formats.is_caseless(kind) else 0]
    database.compile(expressions=[formats.anchor_regex(kind).encode()], flags=flags)
    for seed in SEEDS:
        found: list[int] = []
        database.scan(
            written(kind, seed),
            match_event_handler=lambda *event: event[4].append(event[2]),
            context=found,
        )
        assert found


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if isinstance(kind.format, Token)], ids=lambda kind: kind.id
)
@pytest.mark.parametrize("place", PLACES)
def test_tokens_stand_anywhere(kind: Kind, place: str) -> None:
    sample = formats.sample(kind, chance(place))
    match = formats.compiled(kind).search(place.format(sample).encode())
    assert match
    assert match["secret"].decode() == sample


def _fixed(kind: Kind) -> bool:
    return isinstance(kind.format, Token) and all(
        shapes.shortest(form) == shapes.longest(form) for form in kind.format.shapes
    )


@pytest.mark.parametrize("kind", [k for k in KINDS if _fixed(k)], ids=lambda kind: kind.id)
def test_one_character_less_or_more_is_no_token(kind: Kind) -> None:
    assert isinstance(kind.format, Token)
    lengths = {shapes.shortest(form) for form in kind.format.shapes}
    for seed in SEEDS:
        sample = formats.sample(kind, chance(seed))
        if len(sample) - 1 not in lengths and sample[-2].isalnum():
            assert not formats.compiled(kind).search(f'"{sample[:-1]}"'.encode())
        if len(sample) + 1 not in lengths and sample[-2].isalnum():
            assert not formats.compiled(kind).search(f'"{sample}a"'.encode())
        assert not formats.compiled(kind).search(f'"x{sample}"'.encode()) or sample[0].isdigit()


NAME = "acme_api_key"
SHAPED = Kind(
    id="shaped",
    title="Shaped",
    opens="",
    revoke="",
    reference="",
    format=Assigned(names=(NAME,), shapes=("{hex:32}",)),
)
FREE = Kind(
    id="free",
    title="Free",
    opens="",
    revoke="",
    reference="",
    format=Keyword(names=(NAME,), minimum=8),
)
VALUE = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
WRITINGS = (
    f"ACME_API_KEY={VALUE}",
    f"export ACME_API_KEY='{VALUE}'",
    f'"acmeApiKey": "{VALUE}"',
    f"acme-api-key: {VALUE}",
    f"acme.api.key = {VALUE}",
    f"const acmeApiKey = `{VALUE}`;",
    f"let acmeApiKey: string = '{VALUE}';",
    f'acme_api_key: str | None = "{VALUE}"',
    f'acme_api_key := "{VALUE}"',
    f":acme_api_key => '{VALUE}',",
    f"define('ACME_API_KEY', '{VALUE}');",
    f'os.environ.get("ACME_API_KEY", "{VALUE}")',
    f'process.env.ACME_API_KEY || "{VALUE}"',
    f'process.env["ACME_API_KEY"] ?? "{VALUE}"',
    f"${{ACME_API_KEY:-{VALUE}}}",
    f"<acmeApiKey>{VALUE}</acmeApiKey>",
    f'<add key="AcmeApiKey" value="{VALUE}" />',
    f"curl --acme-api-key {VALUE}",
    f"curl --acme-api-key={VALUE}",
    f'{{\\"acme_api_key\\": \\"{VALUE}\\"}}',
    f'ACME_API_KEY_PROD = b"{VALUE}"',
    f'myAcmeApiKey =\n    "{VALUE}"',
    f'set("ACME_API_KEY",\n    "{VALUE}")',
    f"https://x.dev/?acme_api_key={VALUE}&a=1",
    f'if acme_api_key == "{VALUE}":',
)


@pytest.mark.parametrize("line", WRITINGS)
@pytest.mark.parametrize("kind", [SHAPED, FREE], ids=["shaped", "free"])
def test_assignments_of_all_languages(kind: Kind, line: str) -> None:
    match = formats.compiled(kind).search(line.encode())
    assert match
    assert match["secret"].decode().startswith(VALUE)
    assert plain(kind).search(line.encode())
    assert any(literal in line.lower().encode() for literal in formats.literals(kind))


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(f"ACME_API_KEY={VALUE}0", id="a longer value"),
        pytest.param(f"ACME_API_KEY={VALUE[1:]}", id="a shorter value"),
        pytest.param(f"ACME_API_KEY={VALUE}-{VALUE}", id="part of a larger value"),
        pytest.param(f"PACME_API_KEY={VALUE}", id="the end of another word"),
        pytest.param(f"acme_api_key, {VALUE}", id="two names in a list"),
    ],
)
def test_what_is_no_shaped_assignment(line: str) -> None:
    assert not formats.compiled(SHAPED).search(line.encode())


def test_names_are_found_however_they_are_written() -> None:
    for kind in KINDS:
        if isinstance(kind.format, Assigned | Keyword):
            for name in kind.format.names:
                for glue in ("_", "-", ".", " ", ""):
                    text = name.replace("_", glue)
                    assert re.fullmatch(assignment.word_regex(kind.format.names), text)
                    assert any(word in text for word in assignment.literals(kind.format.names))


@pytest.mark.parametrize(
    ("kind_id", "value", "prefix"),
    [
        ("stripe-live-secret-key", "sk_live_51abc", "sk_live_51"),
        ("stripe-live-secret-key", "rk_live_abc", "rk_live_"),
        ("telegram-bot-token", "123:AAabc", ""),
        ("generic-password", "hunter2", ""),
        ("private-key", "MII", ""),
    ],
)
def test_public_prefix(kind_id: str, value: str, prefix: str) -> None:
    kind = next(kind for kind in KINDS if kind.id == kind_id)
    assert formats.public_prefix(kind, value) == prefix


def test_samples_differ() -> None:
    for kind in KINDS:
        assert len({formats.sample(kind, chance(seed)) for seed in range(8)}) == 8


def test_patterns_are_caseless_only_if_they_say_so() -> None:
    for kind in KINDS:
        if isinstance(kind.format, Pattern):
            assert formats.is_caseless(kind) is kind.format.is_caseless
