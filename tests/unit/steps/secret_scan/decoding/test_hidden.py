"""Whatever hides a secret, both engines find it: the same value, where its encoded form stands."""

import base64
import hashlib

import pytest
from tests.repository import live_key
from tests.unit.steps.secret_scan.decoding import looked
from tests.unit.steps.secret_scan.decoding.looked import b64, each
from tests.unit.steps.secret_scan.judging import judged

from launchready.catalog.kinds import Kind, Token
from launchready.catalog.secrets import KINDS
from launchready.model import Confidence
from launchready.steps.secret_scan.formats import formats

pytest.importorskip("hyperscan", reason="the native engine: pip install hyperscan")

KEY = live_key(3)
DIGEST = hashlib.sha256(KEY.encode()).hexdigest()
PASSWORD = judged.drawn("{alnum:20}", 11)


@pytest.fixture(scope="module", autouse=True)
def _cached(tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        looked.engine("hyperscan")


HIDDEN = [
    pytest.param(f"k='{KEY}'", "", id="not at all"),
    pytest.param(f"k='{b64(KEY)}'", "in base64", id="base64, first phase"),
    pytest.param(f"k='{b64(f'={KEY}')}'", "in base64", id="base64, second phase"),
    pytest.param(f"k='{b64(f'a={KEY}')}'", "in base64", id="base64, third phase"),
    pytest.param(f"k='{b64(KEY).rstrip('=')}'", "in base64", id="base64 without padding"),
    pytest.param(f"/path/of/{b64(KEY)}", "in base64", id="base64 behind other signs"),
    pytest.param(f"k='{b64('a=1;' * 60 + KEY + ';b=2' * 60)}'", "in base64", id="within more"),
    pytest.param(
        "k=\n" + base64.encodebytes(f"{'pad ' * 17}{KEY} {'pad ' * 40}".encode()).decode(),
        "in base64",
        id="base64 in lines",
    ),
    pytest.param(
        f"k='{base64.urlsafe_b64encode(b'>>>???' + KEY.encode() + b' ???>>>').decode()}'",
        "in base64",
        id="base64 of URLs",
    ),
    pytest.param(f"k='{b64(b64(KEY))}'", "in base64, in base64", id="base64 twice"),
    pytest.param(
        f"k='{b64('client-key-data: ' + b64(f'x {KEY}') + ' end')}'",
        "in base64, in base64",
        id="base64 in a file in base64",
    ),
    pytest.param(f"k='{KEY.encode().hex()}'", "in hexadecimal", id="hex"),
    pytest.param(f"k='{KEY.encode().hex().upper()}'", "in hexadecimal", id="hex in capitals"),
    pytest.param(f"k='f{KEY.encode().hex()}'", "in hexadecimal", id="hex, an odd digit before"),
    pytest.param(f"k='{each(chr(92) + 'x%02x')(KEY)}'", "in escapes", id="escapes of a byte"),
    pytest.param(f"k='{each(chr(92) + 'u%04x')(KEY)}'", "in escapes", id="escapes of UTF-16"),
    pytest.param(f"k='{each(chr(92) + 'u{%x}')(KEY)}'", "in escapes", id="escapes with braces"),
    pytest.param(f"k='{each(chr(92) + 'U%08X')(KEY)}'", "in escapes", id="escapes of 8 digits"),
    pytest.param(
        "k='" + KEY.replace("_", r"\u005f") + "'", "in escapes", id="the underscores escaped"
    ),
    pytest.param(f"u={each('%%%02x')(KEY)}", "percent-encoded", id="percent, all"),
    pytest.param(f"u={each('%%%02X')(KEY)}", "percent-encoded", id="percent in capitals"),
    pytest.param(f"u=%73{KEY[1:]}", "percent-encoded", id="percent, one"),
    pytest.param("u=" + KEY.replace("_", "%5F"), "percent-encoded", id="percent, underscores"),
    pytest.param(f"<b>{each('&#%d;')(KEY)}</b>", "in HTML entities", id="decimal entities"),
    pytest.param(f"<b>{each('&#x%x;')(KEY)}</b>", "in HTML entities", id="hex entities"),
    pytest.param(
        "<b>" + KEY.replace("_", "&lowbar;") + "</b>", "in HTML entities", id="named entities"
    ),
    pytest.param(f'k = "{KEY[:8]}" + "{KEY[8:]}"', "split over literals", id="plus"),
    pytest.param(f"k='{KEY[:8]}'+'{KEY[8:]}'", "split over literals", id="plus without blanks"),
    pytest.param(f"$k = '{KEY[:8]}' . '{KEY[8:]}';", "split over literals", id="PHP"),
    pytest.param(f'k = "{KEY[:8]}" <> "{KEY[8:]}"', "split over literals", id="Elixir"),
    pytest.param(f'k = "{KEY[:8]}" "{KEY[8:]}"', "split over literals", id="adjacent"),
    pytest.param(f'k = ("{KEY[:8]}"\n     "{KEY[8:]}")', "split over literals", id="two lines"),
    pytest.param(
        f'k = "{KEY[:8]}" +\r\n\t"{KEY[8:]}",', "split over literals", id="plus at the line's end"
    ),
    pytest.param(
        f'k = "{KEY[:8]}"\n  + "{KEY[8:]}";', "split over literals", id="plus at the line's start"
    ),
    pytest.param(
        f'k = "{KEY[:8]}" \\\n  "{KEY[8:]}"', "split over literals", id="Ruby's backslash"
    ),
    pytest.param(f'k: "{KEY[:8]}\\\n  {KEY[8:]}"', "split over literals", id="YAML's backslash"),
    pytest.param(f'k = "{KEY[:5]}" + "{KEY[5:]}"', "split over literals", id="within the mark"),
    pytest.param(f'k = "{KEY[:25]}" + "{KEY[25:]}"', "split over literals", id="near the end"),
    pytest.param(
        "k = '" + "' + '".join((KEY[:3], KEY[3:8], KEY[8:])) + "'",
        "split over literals",
        id="in three",
    ),
    pytest.param(
        "k = '" + "'+'".join(KEY[at : at + 6] for at in range(0, len(KEY), 6)) + "'",
        "split over literals",
        id="in six",
    ),
    pytest.param(
        f"kind: Secret\ndata:\n  stripe: {b64(KEY)}\n", "in a Kubernetes Secret", id="Kubernetes"
    ),
]


@pytest.mark.parametrize("name", looked.ENGINES)
@pytest.mark.parametrize(("text", "hidden"), HIDDEN)
def test_it_is_found(name: str, text: str, hidden: str) -> None:
    (seen,) = looked.sightings(name, text)
    assert (looked.kind_of(seen), seen.hidden) == ("stripe-live-secret-key", hidden)
    assert (seen.digest, seen.confidence) == (DIGEST, Confidence.HIGH)


@pytest.mark.parametrize(("text", "hidden"), HIDDEN)
def test_no_part_of_it_is_shown(text: str, hidden: str) -> None:
    for seen in looked.sightings("re", text):
        assert hidden in seen.hidden
        body = KEY[8:]
        for form in (body, b64(body), body.encode().hex(), each("&#%d;")(body)):
            assert form[4:16] not in seen.code.text


@pytest.mark.parametrize("name", looked.ENGINES)
@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        pytest.param(
            f"u=https%3A%2F%2Fdeploy%3A{PASSWORD}%40git.acme.com%2Fx",
            "url-password",
            PASSWORD,
            id="URL in a query",
        ),
        pytest.param(
            rf'"u":"https:\/\/deploy:{PASSWORD}@git.acme.com\/x"',
            "url-password",
            PASSWORD,
            id="URL in PHP's JSON",
        ),
        pytest.param(
            f"<a href='https:&#x2F;&#x2F;deploy:{PASSWORD}@git.acme.com'>",
            "url-password",
            PASSWORD,
            id="URL in a template's HTML",
        ),
        pytest.param(
            "url: " + b64(f"postgres://app:{PASSWORD}@db.acme.com/shop"),
            "postgres-url",
            PASSWORD,
            id="URL in base64",
        ),
        pytest.param(
            f"kind: Secret\ndata:\n  db-password: {b64(PASSWORD)}\n",
            "generic-password",
            PASSWORD,
            id="a name and its value in base64",
        ),
        pytest.param(
            '{"kind": "Secret",\n "data": {\n  "db-password": "' + b64(PASSWORD) + '"\n}}',
            "generic-password",
            PASSWORD,
            id="the same in JSON",
        ),
        pytest.param(
            "kind: Secret\ndata:\n  .dockerconfigjson: "
            + b64('{"auths":{"x.io":{"auth":"' + b64(f"bob:{PASSWORD}") + '"}}}'),
            "docker-registry-auth",
            b64(f"bob:{PASSWORD}"),
            id="Docker's login in a Secret",
        ),
    ],
)
def test_other_kinds(name: str, text: str, kind: str, value: str) -> None:
    (seen,) = looked.sightings(name, text, path="deploy/app.yaml")
    assert looked.kind_of(seen) == kind
    assert seen.digest == hashlib.sha256(value.encode()).hexdigest()
    assert seen.hidden


@pytest.mark.parametrize("name", looked.ENGINES)
@pytest.mark.parametrize("text", [judged.example("private-key"), judged.example("json-web-token")])
def test_the_long_ones_in_base64(name: str, text: str) -> None:
    for before in ("", "a ", "a: "):
        (seen,) = looked.sightings(name, f"data: {b64(before + text)}")
        assert seen.hidden == "in base64"


SECRETS = [kind for kind in KINDS if isinstance(kind.format, Token) and not kind.is_often_invented]


@pytest.mark.parametrize("kind", SECRETS, ids=lambda kind: kind.id)
def test_every_token_is_found_in_every_phase(kind: Kind) -> None:
    chance = judged.chance(kind.id)
    token = formats.sample(kind, chance)
    for before in ("", "=", "a="):
        text = f"x = '{b64(before + token + ' ')}'"
        plain = looked.sightings("re", token, "deploy/live.env")
        for name in looked.ENGINES:
            seen = looked.sightings(name, text, "deploy/live.env")
            assert {each.digest for each in plain} <= {each.digest for each in seen}, name
    text = f"x = '{token.encode().hex()}'"
    for name in looked.ENGINES:
        seen = looked.sightings(name, text, "deploy/live.env")
        assert {each.digest for each in plain} <= {each.digest for each in seen}, name
