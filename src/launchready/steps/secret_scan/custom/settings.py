"""How a person describes a kind of secret of their own."""

from launchready.config.setting import setting
from launchready.frozen import frozen

_TEXT = {"pattern": r"\S", "takes": "text that is not empty"}


@frozen
class CustomKind:
    """One kind of secret. Either `shape` or `regex` says what it looks like."""

    id: str = setting(
        "The rule's id, as reports show it and `ignore` takes it.",
        examples=("acme-internal-token",),
        pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$",
        takes="small letters and digits in words joined by `-`",
    )
    title: str = setting("What it is, in a word or three.", examples=("ACME token",), **_TEXT)
    opens: str = setting(
        "What whoever holds it can do: it completes “whoever holds it can …”.",
        examples=("call every internal API",),
        **_TEXT,
    )
    revoke: str = setting(
        "How to revoke it and get a new one.", examples=("Run `acme tokens revoke`.",), **_TEXT
    )
    shape: str | None = setting(
        "What it looks like: literal text with runs in braces. `{alnum:32}` is 32 letters and"
        " digits, `{hex:32-64}` is 32 to 64; the runs are digit, hex, HEX, anyhex, lower (small"
        " letters and digits), upper, letter, alnum, word, urlsafe, base32, base64 and dashed.",
        default=None,
        examples=("acme_{alnum:32}",),
    )
    regex: str | None = setting(
        "What it looks like, where a shape cannot say it: a regular expression in the syntax of"
        " RE2 in which a group named `secret` is the value. Every repeat in it has an upper limit,"
        " and every match a fixed text of three characters or more.",
        default=None,
        examples=("x-acme-key: (?P<secret>[0-9a-f]{40})",),
    )
    good: tuple[str, ...] = setting(
        "Texts in which it must be found. Runs in braces become random characters, so that no"
        " secret has to stand here.",
        examples=(('ACME_TOKEN="acme_{alnum:32}"',),),
    )
    bad: tuple[str, ...] = setting(
        "Texts in which it must not be found.",
        default=(),
        examples=(("acme_YOUR_TOKEN_HERE",),),
    )
