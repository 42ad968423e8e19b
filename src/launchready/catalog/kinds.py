"""What is known of one kind of secret: its published format, what it opens, how to revoke it."""

from dataclasses import dataclass

from launchready.model import Confidence, Severity

DIGITS = "0-9"
HEX = "0-9a-f"
HEX_ANY = "0-9a-fA-F"
UPPER = "A-Z0-9"
LOWER = "a-z0-9"
ALNUM = "A-Za-z0-9"
BASE58 = "1-9A-HJ-NP-Za-km-z"
WORD = "A-Za-z0-9_"
URLSAFE = "A-Za-z0-9_-"
BASE64 = "A-Za-z0-9+/"


@dataclass(frozen=True, kw_only=True)
class Token:
    """A token that its own prefix gives away: one of `prefixes`, then a run of `alphabet`.

    `minimum` and `maximum` bound the run's length in characters, prefix and suffix not counted.
    `alphabet` is the inside of a regular expression's character class. `checksum` names a test of
    `steps.secret_scan.checksums` that every genuine token passes.
    """

    prefixes: tuple[str, ...]
    alphabet: str
    minimum: int
    maximum: int
    suffix: str = ""
    checksum: str = ""


@dataclass(frozen=True, kw_only=True)
class Assigned:
    """A value without a mark of its own, told by the name it is assigned to.

    `names` are the words one of which the variable, key or header holds, in lower case, words
    parted by `_` (which matches `_`, `-`, `.`, blank or nothing: `api_key` finds `apiKey`).
    """

    names: tuple[str, ...]
    alphabet: str
    minimum: int
    maximum: int


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """A format that neither of the others describes, such as a PEM block or a URL with a password.

    `regex` has a group named `secret`; every match holds one of the literal `anchors`.
    `sample` is a template for generated examples: `{A:24}` is a run of 24 characters of alphabet A.
    """

    regex: str
    anchors: tuple[str, ...]
    sample: str
    checksum: str = ""


Format = Token | Assigned | Pattern


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of secret; each is one rule of secret-scan, and `id` is the rule's id.

    `opens` completes "whoever holds it can …"; `revoke` says how to revoke and rotate at that
    provider; `reference` is the provider's page that publishes the format or the revocation.
    """

    id: str
    title: str
    opens: str
    revoke: str
    format: Format
    reference: str
    severity: Severity = Severity.ERROR
    confidence: Confidence = Confidence.HIGH
