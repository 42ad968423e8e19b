"""The ways to write a secret that a scanner for plain text passes over."""

import enum


class Encoding(enum.Enum):
    """One way; its value is what a report calls it."""

    BASE64 = "in base64"
    """RFC 4648, sections 4 and 5, with or without line ends."""
    HEX = "in hexadecimal"
    """Two digits a byte, nothing between them."""
    PERCENT = "percent-encoded"
    """RFC 3986, section 2.1: some characters or all of them."""
    ESCAPES = "in escapes"
    r"""`\\x73`, `\\u0073`, `\\u{73}`, `\\U00000073`, `\\/`: some characters or all of them."""
    ENTITIES = "in HTML entities"
    """`&#115;`, `&#x73;`, `&commat;`: some characters or all of them."""
    PIECES = "split over literals"
    """`"sk_" + "live_"`, adjacent literals, lines that a backslash continues."""
    MANIFEST = "in a Kubernetes Secret"
    """The values under `data:`, each in base64."""
    CHUNK = "in a PNG's text"
    """A compressed text chunk, `zTXt` or `iTXt` (PNG specification, section 11.3.3)."""


ENCODINGS = tuple(Encoding)
"""An engine numbers them after the kinds: candidate `len(kinds) + n` is `ENCODINGS[n]`."""
