"""The bytes of an env file -> its text, and what is unusual in them."""

import codecs

from launchready.frozen import frozen

_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SEALED = (b"\x00GITCRYPT\x00", b"age-encryption.org/", b"-----BEGIN PGP MESSAGE", b"Salted__")


@frozen
class Decoded:
    """`text` has a byte order mark as its first character if the file has one. `wide` names the
    encoding of a file that is not UTF-8; `is_broken` says that some bytes are no text.
    """

    text: str
    wide: str = ""
    is_broken: bool = False


def is_sealed(content: bytes) -> bool:
    """Whether the whole file is encrypted: git-crypt, age, OpenPGP, openssl."""
    return content.startswith(_SEALED)


def decoded(content: bytes) -> Decoded:
    """The text, whatever the bytes."""
    for mark, encoding in _WIDE:
        if content.startswith(mark):
            text = content.removeprefix(mark).decode(encoding, "replace")
            return Decoded(text=text, wide=encoding[:6].upper())
    try:
        return Decoded(text=content.decode())
    except UnicodeDecodeError:
        return Decoded(text=content.decode(errors="replace"), is_broken=True)
