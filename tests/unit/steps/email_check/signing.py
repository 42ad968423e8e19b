"""Signs messages by RFC 6376 and RFC 8463 as a mail service does, with keys that tests make.

Its canonical forms are written anew and not the program's own.
"""

import base64
import hashlib
import re

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

Key = RSAPrivateKey | Ed25519PrivateKey


def record(key: Key) -> str:
    """The key record that belongs to a key."""
    if isinstance(key, RSAPrivateKey):
        der = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return f"v=DKIM1; k=rsa; p={base64.b64encode(der).decode()}"
    raw = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return f"v=DKIM1; k=ed25519; p={base64.b64encode(raw).decode()}"


def signed(
    message: str,
    key: Key,
    *,
    domain: str,
    selector: str,
    forms: str = "relaxed/relaxed",
    names: str = "from:to:subject:date:message-id:reply-to",
    more: str = "",
) -> str:
    """The message with a signature before it. Lines end in CR LF; `more` are further tags."""
    header, _, body = message.partition("\r\n\r\n")
    head_form, _, body_form = forms.partition("/")
    digest = base64.b64encode(hashlib.sha256(_body(body, body_form, more)).digest()).decode()
    kind = "rsa" if isinstance(key, RSAPrivateKey) else "ed25519"
    tags = f"v=1; a={kind}-sha256; c={forms}; d={domain}; s={selector}; h={names};"
    own = f"DKIM-Signature: {tags}{more}\r\n bh={digest};\r\n b="
    fields = re.findall(r"^[^ \t\r\n][^\r\n]*(?:\r\n[ \t][^\r\n]*)*", header, re.MULTILINE)
    text = ""
    for name in names.split(":"):
        of_name = [f for f in fields if f.split(":")[0].strip().lower() == name.strip().lower()]
        if of_name:
            fields.remove(of_name[-1])
            text += _field(of_name[-1], head_form) + "\r\n"
    whole = (text + _field(own, head_form)).encode()
    if isinstance(key, RSAPrivateKey):
        made = key.sign(whole, PKCS1v15(), hashes.SHA256())
    else:
        made = key.sign(hashlib.sha256(whole).digest())
    return f"{own}{base64.b64encode(made).decode()}\r\n{message}"


def _body(body: str, form: str, more: str) -> bytes:
    lines = body.split("\r\n")
    if form == "relaxed":
        lines = [re.sub(r"[ \t]+", " ", line).rstrip(" ") for line in lines]
    while lines and not lines[-1]:
        lines.pop()
    text = "".join(f"{line}\r\n" for line in lines) or ("" if form == "relaxed" else "\r\n")
    length = re.search(r"\bl=(\d+)", more)
    return text.encode()[: int(length[1]) if length else None]


def _field(field: str, form: str) -> str:
    if form == "simple":
        return field
    name, _, value = field.partition(":")
    return f"{name.strip().lower()}:{' '.join(value.split())}"
