"""What the name of a variable says of its value."""

import functools
import itertools
import re

from launchready.catalog.environment import names as catalog
from launchready.catalog.environment.client_prefixes import without_prefix
from launchready.regex import Regex

_WORDS = Regex(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[A-Z]|[0-9]+")


@functools.lru_cache(maxsize=16384)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, in lower case: `stripe`, `secret`, `key` of `STRIPE_SECRET_KEY` and of
    `stripeSecretKey`. Digits stay with the letters before them: `oauth2`, `s3`.
    """
    words: list[str] = []
    for piece in re.split(r"[^A-Za-z0-9]+", name):
        parts = _WORDS.findall(piece) if piece != piece.upper() else [piece]
        for part in parts:
            if part.isdigit() and words and parts[0] != part:
                words[-1] += part
            elif part:
                words.append(part.lower())
    return tuple(words)


@functools.lru_cache(maxsize=16384)
def is_secret_name(name: str) -> bool:
    """Whether the name is that of a secret: `JWT_SECRET`, `PGPASSWORD`, `OPENAI_API_KEY`.

    `SECRET_NAME`, `MAX_TOKENS`, `ENABLE_PASSWORD_LOGIN`, `STRIPE_PUBLISHABLE_KEY` are none.
    """
    words = words_of(without_prefix(name))
    if not words or _is_of_something_else(words):
        return False
    if any(word in catalog.SECRET_WORDS or _is_written_together(word) for word in words):
        return words not in (("pwd",), ("pass",), ("pat",))
    return any(pair in catalog.SECRET_PAIRS for pair in itertools.pairwise(words))


def _is_written_together(word: str) -> bool:
    return word.endswith(catalog.SECRET_ENDINGS) and not word.startswith(("pub", "public"))


def _is_of_something_else(words: tuple[str, ...]) -> bool:
    return bool(
        words[-1] in catalog.NO_SECRET_LAST
        or words[0] in catalog.NO_SECRET_FIRST
        or not catalog.NO_SECRET_ANYWHERE.isdisjoint(words)
        or any(pair in catalog.NO_SECRET_PAIRS for pair in itertools.pairwise(words))
    )


@functools.lru_cache(maxsize=16384)
def is_public_name(name: str) -> bool:
    """Whether the name says that everybody may know it: `PUBLISHABLE`, `SITE_KEY`, `ANON`."""
    words = words_of(without_prefix(name))
    if {"public", "publishable", "anon", "sitekey", "pubkey", "publickey"} & set(words):
        return "private" not in words and "secret" not in words
    return any(pair in (("site", "key"), ("client", "id")) for pair in itertools.pairwise(words))


@functools.lru_cache(maxsize=16384)
def is_own_secret_name(name: str) -> bool:
    """Whether the application chooses this secret itself: `JWT_SECRET`, `DB_PASSWORD`, `SALT`.

    What a vendor gives (`GITHUB_CLIENT_SECRET`, `OPENAI_API_KEY`) opens nothing if it is made up.
    """
    words = words_of(without_prefix(name))
    if not is_secret_name(name) or not catalog.VENDOR_WORDS.isdisjoint(words):
        return False
    return is_signing_name(name) or is_password_name(name)


def is_signing_name(name: str) -> bool:
    """Whether the secret signs or encrypts: `SECRET_KEY_BASE`, `SALT`, `ENCRYPTION_KEY`."""
    words = words_of(without_prefix(name))
    return bool(
        not catalog.SIGNING_WORDS.isdisjoint(words) or any(w.endswith("secret") for w in words)
    )


def is_password_name(name: str) -> bool:
    """Whether the secret is a password that somebody chose."""
    words = words_of(name)
    return any(word.endswith(("password", "passwd", "passphrase")) for word in words) or (
        words[-1:] in (("pass",), ("pwd",)) and len(words) > 1
    )
