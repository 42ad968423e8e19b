"""What is known of one kind of secret: its published format, what it opens, how to revoke it."""

from launchready.frozen import frozen
from launchready.model import Confidence, Severity

ALPHABETS = {
    "digit": "0-9",
    "hex": "0-9a-f",
    "HEX": "0-9A-F",
    "anyhex": "0-9a-fA-F",
    "lower": "a-z0-9",
    "upper": "A-Z0-9",
    "letter": "A-Za-z",
    "alnum": "A-Za-z0-9",
    "word": "A-Za-z0-9_",
    "urlsafe": "A-Za-z0-9_-",
    "base32": "A-Z2-7",
    "base64": "A-Za-z0-9+/",
    "pad": "=",
    "zbase32": "a-km-uw-z13-9",
    "bech32": "AC-HJ-NP-Z02-9",
    "dashed": "a-z0-9-",
    "azure": "A-Za-z0-9_~.-",
    "dotted": "A-Za-z0-9_.-",
}
"""The runs a shape may hold, each as the inside of a regular expression's character class."""


@frozen
class Token:
    """A token that its own look gives away, as its provider publishes it.

    A shape is literal text with runs in braces: `sk_live_{alnum:24}` is the literal and then 24
    letters and digits; `{hex:32-64}` is 32 to 64 characters. Run names are those of `ALPHABETS`;
    `{uuid}` is a UUID in small letters.
    `checksum` names a test, in secret-scan's `judging.checksums`, that every genuine token passes.
    """

    shapes: tuple[str, ...]
    checksum: str = ""


@frozen
class Assigned:
    """A value of known shape but without a mark of its own, told by the name it is assigned to.

    `names` are the words one of which the variable, key or header holds, in lower case, words
    parted by `_` (which matches `_`, `-`, `.`, blank or nothing: `api_key` finds `apiKey`).
    `shapes` are the value's, as in `Token`.
    """

    names: tuple[str, ...]
    shapes: tuple[str, ...]
    checksum: str = ""


@frozen
class Keyword:
    """A value of no published shape, told by its name alone and judged by how it looks.

    `names` as in `Assigned`; with `is_whole_name` they are all of the identifier, not a part of it.
    `minimum` is the least length of a value in characters. `is_password` says that people choose
    such values, so that words in them prove nothing. `is_drawn` says that a value which chance did
    not draw is none. `unless` are words that, in the name, make it the name of something else.
    """

    names: tuple[str, ...]
    minimum: int
    is_whole_name: bool = False
    is_password: bool = False
    is_drawn: bool = False
    unless: tuple[str, ...] = ()


@frozen
class Pattern:
    """A format that none of the others describes, such as a PEM block or a URL with a password.

    `regex` has a group named `secret`. `anchor` finds a part of every match and is plain enough for
    any engine: no look-around, back-reference or named group. Every match holds one of `literals`;
    without any, the match is all of a short file at `path`, and only such files are asked.
    `samples` are shapes, as in `Token`, of whole examples; `{proof}` in them is a text that passes
    the checksum. `reach` is the most bytes a match spans.
    `is_password` says that people choose the value; groups `user` and `host` then help to judge it.
    `anchor_parts` are the same in alternatives, where one automaton for all would be too large.
    `path` is a regular expression for the only files the format is known in; empty means any.
    `is_contextual` says that the words beside the value tell it, and not its look.
    """

    regex: str
    anchor: str
    literals: tuple[str, ...]
    samples: tuple[str, ...]
    is_caseless: bool = False
    reach: int = 1024
    checksum: str = ""
    is_password: bool = False
    path: str = ""
    is_contextual: bool = False
    anchor_parts: tuple[str, ...] = ()


Format = Token | Assigned | Keyword | Pattern


@frozen
class Kind:
    """One kind of secret; each is one rule of secret-scan, and `id` is the rule's id.

    `opens` completes "whoever holds it can …"; `revoke` says how to revoke and rotate at that
    provider; `reference` is the provider's page that publishes the format or the revocation.
    `is_often_invented` says that tests, examples and documents are full of harmless ones.
    """

    id: str
    title: str
    opens: str
    revoke: str
    format: Format
    reference: str
    severity: Severity = Severity.ERROR
    is_often_invented: bool = False

    @property
    def confidence(self) -> Confidence:
        """How sure a confirmed one is: a published look proves more than a name beside it."""
        match self.format:
            case Pattern(is_contextual=is_contextual):
                is_telling = not is_contextual
            case _:
                is_telling = isinstance(self.format, Token)
        return Confidence.HIGH if is_telling else Confidence.MEDIUM

    @property
    def fixture_confidence(self) -> Confidence:
        """The same for one that stands among tests, examples or documents."""
        is_telling = self.confidence is Confidence.HIGH and not self.is_often_invented
        return Confidence.MEDIUM if is_telling else Confidence.LOW
