"""What genuine tokens prove by themselves; the vectors come from elsewhere than the code."""

import base64
import json

import pytest
from tests.unit.steps.secret_scan.judging.judged import chance

from launchready.steps.secret_scan.judging import checksums


def encoded(payload: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(payload).encode()).decode().rstrip("=")


def token(payload: object, header: object = None) -> str:
    return ".".join((encoded(header or {"alg": "HS256"}), encoded(payload), "c2ln" * 8))


@pytest.mark.parametrize(
    ("random_part", "digits"),
    [
        # The check value of CRC-32 is CRC("123456789") = 0xCBF43926, by hand 3jZRME in base 62.
        pytest.param("123456789", "3jZRME", id="check value of CRC-32"),
        pytest.param("", "000000", id="zero is padded"),
    ],
)
def test_github_digits(random_part: str, digits: str) -> None:
    completed = checksums.complete("github", f"ghp_{random_part}??????", chance(1))
    assert completed == f"ghp_{random_part}{digits}"


def test_github_wrong_digit_fails() -> None:
    value = checksums.complete("github", "npm_" + "a1B2c3" * 6, chance(1))
    assert checksums.passes("github", value)
    assert not checksums.passes("github", value[:-1] + ("1" if value[-1] != "1" else "2"))
    assert not checksums.passes("github", value[:4] + "z" + value[5:])


def test_github_tokens_of_another_length_have_no_known_digits() -> None:
    assert checksums.passes("github", "ghr_" + "a1B2c3d4" * 9 + "abcd")


@pytest.mark.parametrize(
    ("key_id", "account"),
    [
        pytest.param("ASIA" + "Y34FZKBOKMUTVV7A", "609629065308", id="published vector"),
        pytest.param("AKIA" + "IABCDEFGHIJKLMNO", None, id="older ids hold no account"),
        pytest.param("AKIA" + "777777777777777A", None, id="more than twelve digits"),
        pytest.param("AKIA" + "QQ", None, id="too short"),
    ],
)
def test_aws_account(key_id: str, account: str | None) -> None:
    assert checksums.aws_account(key_id) == account


def test_aws_ids_with_an_impossible_account_fail() -> None:
    assert not checksums.passes("aws", "AKIA" + "777777777777777A")
    assert checksums.passes("aws", "AKIA" + "IABCDEFGHIJKLMNO")


@pytest.mark.parametrize(
    "vector",
    ["A12UEL5L", "ABCDEF1QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LMQQQXW"],
    ids=["no data", "all characters"],
)
def test_bech32(vector: str) -> None:
    """The test vectors of BIP 173."""
    assert checksums.passes("bech32", vector)
    assert not checksums.passes("bech32", vector[:-1] + "Q")


def test_grafana() -> None:
    """CRC-32 of the check value's text, low byte first."""
    assert checksums.passes("grafana", "123456789_2639f4cb")
    assert not checksums.passes("grafana", "123456789_cbf43926")


@pytest.mark.parametrize(
    ("value", "is_jwt", "is_service_role"),
    [
        pytest.param(token({"sub": "1"}), True, False, id="someone's token"),
        pytest.param(token({"role": "service_role"}), False, True, id="Supabase's strong key"),
        pytest.param(token({"role": "anon"}), False, False, id="Supabase's public key"),
        pytest.param(
            token({"role": "service_role", "iss": "supabase-demo"}), False, False, id="local stack"
        ),
        pytest.param(token({"sub": "1"}, {"typ": "JWT"}), False, False, id="no algorithm"),
        pytest.param(token([1]), False, False, id="payload is a list"),
        pytest.param("eyJhbGciOiJIUzI1NiJ9.eyJ", False, False, id="two parts"),
        pytest.param("eyJ!.eyJ?.x", False, False, id="no base64"),
        pytest.param(f"eyJ.{'W10' * 9}.x", False, False, id="no JSON"),
    ],
)
def test_web_tokens(value: str, is_jwt: bool, is_service_role: bool) -> None:
    assert checksums.passes("jwt", value) is is_jwt
    assert checksums.passes("service-role", value) is is_service_role


def test_deep_json_is_no_token() -> None:
    deep = base64.urlsafe_b64encode(b"[" * 100_000).decode()
    assert checksums.claims(f"{deep}.{deep}.x") is None


@pytest.mark.parametrize(
    ("value", "is_login"),
    [
        pytest.param(base64.b64encode(b"ann:s3cretive").decode(), True, id="padded"),
        pytest.param(base64.b64encode(b"ann:s3cretive").decode().rstrip("="), True, id="unpadded"),
        pytest.param(base64.b64encode(b"ann-s3cretive").decode(), False, id="no colon"),
        pytest.param(base64.b64encode(b"ann:").decode(), False, id="no password"),
        pytest.param(base64.b64encode(b"ann:\x00\x01\x02\x03").decode(), False, id="not printable"),
        pytest.param(base64.b64encode(b"ann:\xff\xfe1234").decode(), False, id="not ASCII"),
        pytest.param("a", False, id="no base64"),
    ],
)
def test_basic_login(value: str, is_login: bool) -> None:
    assert checksums.passes("basic", value) is is_login


@pytest.mark.parametrize(
    ("first", "is_bot"),
    [
        pytest.param(encoded(123456789012345678), True, id="a user id"),
        pytest.param(encoded(1234), False, id="too small for a user id"),
        pytest.param(encoded("no number here at all"), False, id="a text"),
    ],
)
def test_discord(first: str, is_bot: bool) -> None:
    assert checksums.passes("discord", f"{first}.abcdef.{'x' * 30}") is is_bot


@pytest.mark.parametrize(
    ("body", "is_key"),
    [
        pytest.param(base64.b64encode(b"\x30" + bytes(80)).decode(), True, id="DER sequence"),
        pytest.param(
            base64.b64encode(b"openssh-key-v1\0\0\0\0\4none" + bytes(80)).decode(),
            True,
            id="OpenSSH",
        ),
        pytest.param(
            base64.b64encode(b"openssh-key-v1\0\0\0\0\x0aaes256-ctr" + bytes(80)).decode(),
            False,
            id="OpenSSH under a passphrase",
        ),
        pytest.param(base64.b64encode(b"\x31" + bytes(80)).decode(), False, id="another DER type"),
        pytest.param(base64.b64encode(b"\x30" + bytes(20)).decode(), False, id="too short"),
        pytest.param("MII...", False, id="left out"),
        pytest.param("", False, id="empty"),
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\\n", '\\n" +\n "', "\r\n    "], ids=repr)
def test_pem(body: str, is_key: bool, gap: str) -> None:
    assert checksums.passes("pem", gap.join((body[:40], body[40:]))) is is_key


def test_no_name_is_no_test() -> None:
    assert checksums.passes("", "anything")
    assert checksums.complete("", "anything", chance(1)) == "anything"
