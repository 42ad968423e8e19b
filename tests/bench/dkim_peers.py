"""Verdicts of email-check on DKIM signatures beside those of dkimpy, on generated messages.

    python -m venv peers && peers/bin/pip install dkimpy pynacl cryptography dnspython
    PYTHONPATH=src:. peers/bin/python -m tests.bench.dkim_peers [COUNT]

Messages are made of awkward parts (folds, blanks, empty lines, repeated fields), signed by dkimpy
in each canonical form, and half of them are then changed in one place. Each difference is printed.
Two are known and left out: blanks at the end of a last line without CR LF, which dkimpy keeps and
RFC 6376 drops (section 3.4.4), and a bare CR or LF, which dkimpy takes for a line end.
"""

import base64
import random
import sys

import dkim  # type: ignore[import-not-found]
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from launchready.facts.dns import DnsAnswer, DnsRecord, DnsStatus
from launchready.steps.email_check.message.parts import read_message
from launchready.steps.email_check.message.signature import Outcome, signatures

_PIECES = ("a", "Hello", " ", "  ", "\t", "\r\n", "\r\n\r\n", ".", "=20", "é", ";b=x;", ":")
_NAMES = (b"from", b"to", b"subject", b"date", b"reply-to", b"x-a")


def main(count: int) -> None:
    """Print what differs, and how many do not."""
    chance = random.Random(8463)
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    der = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    text = f"v=DKIM1; k=rsa; p={base64.b64encode(der).decode()}"
    same = passed = refused = 0
    for number in range(count):
        whole = _changed(chance, _signed(chance, pem))
        ours, theirs = _ours(whole, text), _theirs(whole, text)
        if theirs is None:
            refused += 1
            continue
        same += ours == theirs
        passed += theirs
        if ours != theirs:
            print(f"{number}: ours {ours}, dkimpy {theirs}: {whole!r}")
    read = count - refused
    print(f"{same} of {read} verdicts are the same, {passed} of them right; {refused} not read")


def _signed(chance: random.Random, pem: bytes) -> bytes:
    def some(most: int) -> str:
        return "".join(chance.choices(_PIECES, k=chance.randrange(most)))

    fields = [f"From: a{chance.randrange(9)}@shop.test"]
    for name in chance.choices(("To", "SUBJECT", "Date", "X-A", "x-a", "Reply-To"), k=5):
        value = some(6).replace("\r\n\r\n", "").replace("\r\n", "\r\n ")
        fields.append(f"{name}: x{value}".rstrip("\r\n "))
    message = ("\r\n".join(fields) + "\r\n\r\n" + some(30) + "\r\n").encode()
    signature = dkim.sign(
        message,
        b"k",
        b"shop.test",
        pem,
        canonicalize=(
            chance.choice((b"relaxed", b"simple")),
            chance.choice((b"relaxed", b"simple")),
        ),
        include_headers=list(_NAMES[: chance.randrange(1, len(_NAMES) + 1)]),
        length=chance.random() < 0.2,
    )
    return bytes(signature) + message


def _changed(chance: random.Random, whole: bytes) -> bytes:
    if chance.random() < 0.5:
        return whole
    start = whole.index(b"From:")
    at = chance.choice([n for n in range(start, len(whole)) if whole[n] not in b"\r\n"])
    return whole[:at] + chance.choice((b" ", b"x", b"")) + whole[at + chance.randrange(2) :]


def _ours(whole: bytes, text: str) -> bool:
    def ask(name: str, kind: str) -> DnsAnswer:
        record = DnsRecord(name=name, type=kind, text=text, ttl=60)
        return DnsAnswer(name=name, type=kind, status=DnsStatus.FOUND, records=(record,))

    found = tuple(signatures(read_message(whole), ask, 0))
    return bool(found) and found[0].outcome is Outcome.PASS


def _theirs(whole: bytes, text: str) -> bool | None:
    try:
        return bool(dkim.DKIM(whole).verify(dnsfunc=lambda *_, **__: text.encode()))
    except dkim.MessageFormatError:  # a field whose name was changed to none: it reads no further
        return None
    except dkim.DKIMException:
        return False


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
