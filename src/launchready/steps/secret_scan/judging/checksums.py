"""What a genuine token proves by itself, offline: check digits, decodable parts, parsable keys.

A token that fails its test is mistyped, shortened or made up. Each test has a counterpart that
makes a random text of the right shape pass, or writes one: examples and tests are made with it.
"""

import base64
import binascii
import zlib
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from launchready.catalog.placeholders import counts_up, is_token_placeholder
from launchready.catalog.rarity import is_random
from launchready.frozen import frozen
from launchready.regex import Regex
from launchready.steps.secret_scan.judging.values import is_uuid, refusal

if TYPE_CHECKING:
    import random

_BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_TAIL = 40
_LINE_BREAK = Regex(r"\\{1,3}[rn]|[\"'`]\s{0,8}\+\s|[^A-Za-z0-9+/=]")
_OPEN_KEY = b"openssh-key-v1\0\0\0\0\4none"
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


@frozen
class Checksum:
    """`passes` judges a value; `complete` makes a value of the right shape pass.

    `is_proof` says that no invented value passes, but by a chance of one in thousands of millions.
    """

    passes: Callable[[str], bool]
    complete: Callable[[str, "random.Random"], str]
    is_proof: bool = False


def passes(name: str, value: str) -> bool:
    """Whether `value` passes the test called `name`. No name means no test."""
    return not name or CHECKSUMS[name].passes(value)


def is_proof(name: str) -> bool:
    """Whether a value that passes the test called `name` cannot be invented."""
    return bool(name) and CHECKSUMS[name].is_proof


def complete(name: str, value: str, chance: "random.Random") -> str:
    """`value`, made to pass the test called `name`. No name means no test."""
    return CHECKSUMS[name].complete(value, chance) if name else value


def claims(value: str) -> dict[str, object] | None:
    """The payload of a JSON Web Token (RFC 7519), unverified; None if it is not one."""
    parts = value.split(".")
    if len(parts) != 3:
        return None
    header, payload = _json(parts[0]), _json(parts[1])
    return payload if header is not None and "alg" in header else None


def aws_account(key_id: str) -> str | None:
    """The account that an AWS access key id belongs to, 12 digits; None for ids of before 2019.

    The body is base32; its first bit marks the newer kind, the next 40 are the account number.
    Sources: T. Be'ery, "A short note on AWS KEY ID"; P. Sivakumaran (WithSecure Labs), "A bitwise
    analysis of AWS access key identifiers".
    """
    body = key_id[4:]
    if len(body) != 16 or "A" <= body[0] < "Q":
        return None
    number = int.from_bytes(base64.b32decode(body)[:6], "big")
    account = (number & 0x7FFFFFFFFF80) >> 7
    return f"{account:012d}" if account < 10**12 else None


def _base62(number: int, width: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 62)
        digits = _BASE62[digit] + digits
    return digits.rjust(width, "0")


def _github(value: str) -> str:
    """The six check digits: CRC-32 of the random part in base 62.

    Source: github.blog "Behind GitHub's new authentication token formats" (2021-04-05) and the
    changelog "npm has a new access token format" (2021-09-23).
    """
    random_part = value.partition("_")[2][:-6]
    return _base62(zlib.crc32(random_part.encode()), 6)


def _github_passes(value: str) -> bool:
    return len(value.partition("_")[2]) != 36 or value[-6:] == _github(value)


def _grafana(value: str) -> str:
    """CRC-32 of prefix and secret, low byte first, in hex.

    Source: grafana/grafana, pkg/components/satokengen/tokengen.go.
    """
    key = value.rpartition("_")[0]
    return zlib.crc32(key.encode()).to_bytes(4, "little").hex()


def _grafana_legacy(value: str) -> bool:
    """Whether it is the base64 of a key, its name and the organisation's number.

    Source: grafana/grafana, pkg/components/apikeygen/apikeygen.go. Power BI's links begin alike.
    """
    parts = _json(value.rstrip("="))
    return parts is not None and parts.keys() == {"k", "n", "id"} and is_random(str(parts["k"]))


def _random(length: int, chance: "random.Random") -> str:
    return "".join(chance.choices(_BASE62, k=length))


def _aws_passes(value: str) -> bool:
    return "A" <= value[4:5] < "Q" or aws_account(value) is not None


def _aws_complete(value: str, chance: "random.Random") -> str:
    account = chance.randrange(10**11, 10**12)
    number = (1 << 47) | (account << 7) | chance.randrange(128)
    body = base64.b32encode(number.to_bytes(6, "big") + chance.randbytes(4)).decode()
    return value[:4] + body


def _bech32_checksum(text: str) -> str:
    """The six last characters of a Bech32 text (BIP 173), which age uses for its keys."""
    prefix, _, data = text.lower().rpartition("1")
    values = [ord(sign) >> 5 for sign in prefix] + [0] + [ord(sign) & 31 for sign in prefix]
    values += [_BECH32.index(sign) for sign in data[:-6]] + [0] * 6
    remainder = 1
    for value in values:
        top = remainder >> 25
        remainder = (remainder & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(
            (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
        ):
            remainder ^= generator if top >> bit & 1 else 0
    remainder ^= 1
    return "".join(_BECH32[remainder >> 5 * (5 - place) & 31] for place in range(6)).upper()


def _jwt(payload: dict[str, object], chance: "random.Random") -> str:
    header = {"alg": "HS256", "typ": "JWT"}
    signed = ".".join(_encode(_written(part)) for part in (header, payload))
    return f"{signed}.{_encode(chance.randbytes(32))}"


def password_of(value: str) -> str:
    """The password in the base64 of `user:password` (RFC 7617); empty if it is none.

    RFC 7617 leaves the encoding open; nearly everyone sends UTF-8.
    """
    try:
        login = base64.b64decode(value + "=" * (-len(value) % 4), validate=True).decode()
    except ValueError:
        return ""
    _, colon, password = login.partition(":")
    return password if colon and login.isprintable() else ""


def _basic_login(value: str) -> bool:
    return len(password_of(value)) >= 4


def _login(chance: "random.Random") -> str:
    return base64.b64encode(f"deploy:{_random(18, chance)}".encode()).decode()


def _discord(value: str) -> bool:
    """Whether the first part is the base64 of the bot's user id, a number of 17 to 20 digits."""
    first = value.partition(".")[0]
    try:
        user = base64.urlsafe_b64decode(first + "=" * (-len(first) % 4))
    except ValueError:
        return False
    return user.isdigit() and 17 <= len(user) <= 20


def _is_drawn(value: str) -> bool:
    """Whether chance drew the value, and every part of one that dots divide."""
    return all(is_random(part) for part in (value, *value.split(".")) if len(part) >= 6)


def _is_issued(value: str) -> bool:
    """Whether chance drew it as a provider does: a UUID, or letters and digits in no order."""
    if is_token_placeholder(value) or counts_up(value) or refusal(value) not in {None, "uuid"}:
        return False
    mixed = any(map(str.isdigit, value)) and any(map(str.isalpha, value))
    return is_uuid(value.lower()) or (mixed and "." not in value[:3] and _is_drawn(value))


def _is_chosen(value: str) -> bool:
    """Whether it looks like a password among other words: drawn, or signs of three sorts."""
    sorts = (str.islower, str.isupper, str.isdigit, _is_sign)
    return is_random(value) or sum(any(map(sort, value)) for sort in sorts) >= 3


def _is_sign(character: str) -> bool:
    return not character.isalnum() and character not in "-_."


def _service_role(value: str) -> bool:
    """Supabase's key that passes every row policy; not the one that every local stack has."""
    payload = claims(value) or {}
    return payload.get("role") == "service_role" and payload.get("iss") != "supabase-demo"


def _plain_jwt(value: str) -> bool:
    """A token that says who someone is: not Supabase's two keys, which are kinds of their own."""
    payload = claims(value)
    return payload is not None and payload.get("role") not in {"service_role", "anon"}


def _der(body: str) -> bool:
    """Whether the text of a PEM block decodes to a DER sequence or an open OpenSSH key.

    After its magic an OpenSSH key has the name of the cipher: `none` if no passphrase guards it.
    Sources: RFC 7468; openssh-portable PROTOCOL.key.
    """
    try:
        decoded = base64.b64decode(_LINE_BREAK.sub("", body), validate=True)
    except (binascii.Error, ValueError):
        return False
    return len(decoded) >= 32 and (decoded[0] == 0x30 or decoded.startswith(_OPEN_KEY))


def _json(encoded: str) -> dict[str, object] | None:
    import json

    try:
        decoded = json.loads(base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)))
    except (ValueError, RecursionError):
        return None
    return decoded if isinstance(decoded, dict) else None


def _written(payload: Mapping[str, object]) -> bytes:
    import json

    return json.dumps(payload, separators=(",", ":")).encode()


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _pem(chance: "random.Random") -> str:
    """The lines of a PEM block: a DER sequence of random bytes."""
    body = base64.b64encode(b"\x30\x82\x04\xa0" + chance.randbytes(1184)).decode()
    return "\n".join(body[at : at + 64] for at in range(0, len(body), 64))


CHECKSUMS: dict[str, Checksum] = {
    "github": Checksum(
        passes=_github_passes,
        complete=lambda value, _: value[:-6] + _github(value),
        is_proof=True,
    ),
    "grafana": Checksum(
        passes=lambda value: value.endswith(_grafana(value)),
        complete=lambda value, _: value[:-8] + _grafana(value),
        is_proof=True,
    ),
    "grafana-legacy": Checksum(
        passes=_grafana_legacy,
        complete=lambda _, chance: base64.b64encode(
            _written({"k": _random(32, chance), "n": "ci", "id": 1})
        ).decode(),
    ),
    "aws": Checksum(passes=_aws_passes, complete=_aws_complete),
    "bech32": Checksum(
        passes=lambda value: value.endswith(_bech32_checksum(value)),
        complete=lambda value, _: value[:-6] + _bech32_checksum(value),
        is_proof=True,
    ),
    "jwt": Checksum(
        passes=_plain_jwt, complete=lambda _, chance: _jwt({"sub": str(chance.random())}, chance)
    ),
    "service-role": Checksum(
        passes=_service_role,
        complete=lambda _, chance: _jwt(
            {"role": "service_role", "ref": _encode(chance.randbytes(15))}, chance
        ),
    ),
    "basic": Checksum(
        passes=_basic_login,
        complete=lambda _, chance: _login(chance),
    ),
    "discord": Checksum(
        passes=_discord,
        complete=lambda value, chance: (
            _encode(str(chance.randrange(10**17, 10**18)).encode()) + value[value.find(".") :]
        ),
    ),
    "chance": Checksum(passes=_is_drawn, complete=lambda value, _: value),
    "tail": Checksum(
        passes=lambda value: is_random(value[-_TAIL:]), complete=lambda value, _: value
    ),
    "chosen": Checksum(passes=_is_chosen, complete=lambda value, _: value),
    "issued": Checksum(passes=_is_issued, complete=lambda value, _: value),
    "pem": Checksum(passes=_der, complete=lambda _, chance: _pem(chance)),
}
