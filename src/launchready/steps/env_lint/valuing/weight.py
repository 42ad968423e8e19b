"""All that rules ask of a value, weighed once; nothing of a secret is in it."""

import functools
import re

from launchready.catalog import placeholders
from launchready.catalog.environment.credentials import Role
from launchready.catalog.environment.published_keys import published_by
from launchready.catalog.environment.stand_ins import is_first_guess, is_stand_in
from launchready.catalog.rarity import is_random
from launchready.facts.environment import Stage, Value
from launchready.frozen import frozen
from launchready.regex import Regex
from launchready.steps.env_lint.naming import stages_in
from launchready.steps.env_lint.valuing import addresses, names
from launchready.steps.env_lint.valuing.addresses import Url
from launchready.steps.env_lint.valuing.credentials import Credential, credential_of

_BOOLEANS = {
    **dict.fromkeys(("true", "1", "yes", "on", "y", "t", "enabled", "enable"), True),
    **dict.fromkeys(("false", "0", "no", "off", "n", "f", "disabled", "disable"), False),
}
_NUMBER = Regex(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?")
_WHOLE_REFERENCE = Regex(
    r"\$\{[^{}]*\}|\$\{\{.*\}\}|\$[A-Za-z_]\w*|\{\{.*\}\}|%[A-Za-z_]\w*%|\$\(.*\)|`.*`|@[A-Za-z_][\w-]*"
    r"|env\([\w\"']+\)|<%.*%>|!Ref .*|!Sub .*|#\{.*\}|\$\{.*\}",
    re.DOTALL,
)
_STORES = (
    "op://", "vault:", "vault://", "secret://", "secrets://", "sm://", "ssm://", "aws-sm://",
    "arn:aws:secretsmanager:", "arn:aws:ssm:", "awssm://", "gcp-sm://", "projects/", "doppler://",
    "infisical://", "bws://", "keyvault://", "ref+", "file:", "/run/secrets/", "/var/run/secrets/",
    "ssm:", "secretsmanager:", "akv://", "pass://", "keychain://",
)  # fmt: skip
_ENCRYPTED = (
    "encrypted:",
    "ENC[",
    "$ANSIBLE_VAULT;",
    "age1",
    "-----BEGIN AGE ENCRYPTED",
    "vault:v",
)
_DSN = Regex(r"https?://[0-9a-f]{16,}@[^/@]+/\d+")
_PUBLIC_SHAPE = Regex(
    r"G-[A-Z0-9]{6,12}|UA-\d+-\d+|GTM-[A-Z0-9]+|AW-\d+|[\w.-]+@[\w-]+(?:\.[\w-]+)+"
    r"|\d+-[a-z0-9]{20,40}\.apps\.googleusercontent\.com"
)
_GOOGLE_KEY = Regex(r"AIza[\w-]{35}")
_PUBLIC_GOOGLE = frozenset({"firebase", "maps", "map", "places", "recaptcha", "geocoding", "fcm"})
_SHORT = 16  # bytes: OWASP's least for a key that signs or encrypts is 128 bits
_LONG = 32  # characters; in a longer one words may come by chance
_SHORT_PASSWORD = 8  # characters: the least of NIST SP 800-63B


@frozen
class Weight:
    """What a value is. `is_secret` rests on the value, with the name's help; `is_secret_name` on
    the name alone.

    A reference is filled in by something else (`${X}`, `op://…`, `/run/secrets/…`); a placeholder
    says that another value is to take its place. `tester` is who publishes the value for everybody
    to try with. `stage` is the one that its words name (`production`, `staging`).
    `weakness` completes "it is …" for a secret that can be guessed.
    `is_local` is for this machine and names that no public DNS knows, `is_tunnel` for a road to a
    developer's machine; `host` and `port` are the URL's, or of a host without a scheme.
    """

    is_empty: bool = False
    is_placeholder: bool = False
    is_reference: bool = False
    is_encrypted: bool = False
    tester: str = ""
    is_secret_name: bool = False
    is_secret: bool = False
    is_public: bool = False
    credential: Credential | None = None
    url: Url | None = None
    host: str = ""
    port: int | None = None
    is_local: bool = False
    is_tunnel: bool = False
    stage: Stage | None = None
    boolean: bool | None = None
    number: float | None = None
    length: int = 0
    weakness: str = ""

    @property
    def is_published(self) -> bool:
        """Whether a vendor prints the value for everybody."""
        return bool(self.tester)

    @property
    def is_known(self) -> bool:
        """Whether the value itself stands there: not empty, to come, elsewhere or encrypted."""
        return not (self.is_empty or self.is_placeholder or self.is_reference or self.is_encrypted)


@functools.lru_cache(maxsize=32768)
def weigh(name: str, value: Value | None) -> Weight:
    """What the value of the variable `name` is; with None, what the name alone says."""
    is_secret_name = names.is_secret_name(name)
    if value is None:
        return Weight(is_secret_name=is_secret_name, is_public=names.is_public_name(name))
    text = value.reveal().strip()
    is_reference, is_encrypted = _is_reference(text), text.startswith(_ENCRYPTED)
    if not text or is_reference or is_encrypted:
        return Weight(
            is_empty=not text,
            is_reference=is_reference,
            is_encrypted=is_encrypted,
            is_secret_name=is_secret_name,
            is_public=names.is_public_name(name),
            length=len(text),
        )
    return _weighed(name, text, is_secret_name=is_secret_name)


def _weighed(name: str, text: str, *, is_secret_name: bool) -> Weight:
    credential = credential_of(name, text)
    url = addresses.url_of(text)
    host, port = (url.host, url.port) if url else addresses.host_of(text)
    boolean = _BOOLEANS.get(text.lower())
    tester = published_by(text)
    is_placeholder = _is_placeholder(text, url, credential)
    is_public = _is_public(name, text, credential, url)
    is_plain = is_placeholder or is_public or bool(tester) or (boolean is not None)
    weakness = "" if is_plain or credential else _weakness(name, text, url)
    return Weight(
        is_placeholder=is_placeholder,
        tester=tester,
        is_secret_name=is_secret_name,
        is_secret=not is_plain
        and _is_secret(text, credential, url, is_secret_name=is_secret_name, weakness=weakness),
        is_public=is_public,
        credential=None if is_placeholder else credential,
        url=url,
        host=host,
        port=port,
        is_local=addresses.is_loopback(host),
        is_tunnel=addresses.is_tunnel(host),
        stage=None if credential else _stage(text),
        boolean=boolean,
        number=float(text) if len(text) < 40 and _NUMBER.fullmatch(text) else None,
        length=len(text.encode("utf-8", "surrogatepass")),
        weakness=weakness if is_secret_name else "",
    )


def _is_reference(text: str) -> bool:
    return bool(text.startswith(_STORES) or _WHOLE_REFERENCE.fullmatch(text))


def _is_placeholder(text: str, url: Url | None, credential: Credential | None) -> bool:
    if credential is not None:
        body = text.rpartition("_")[2].rpartition("-")[2]
        return not credential.kind and placeholders.is_token_placeholder(body)
    if url is None:
        return is_stand_in(text)
    return is_stand_in(url.host) or (url.has_password and is_stand_in(text))


def _is_public(name: str, text: str, credential: Credential | None, url: Url | None) -> bool:
    if credential is not None:
        if credential.role in (Role.PUBLISHABLE, Role.IDENTIFIER) or credential.is_demo:
            return True
        if not _GOOGLE_KEY.fullmatch(text):
            return False
        return not _PUBLIC_GOOGLE.isdisjoint(names.words_of(name))
    if url is not None and url.has_password:
        return False
    if _DSN.fullmatch(text) or _PUBLIC_SHAPE.fullmatch(text):
        return True
    return names.is_public_name(name)


def _is_secret(
    text: str,
    credential: Credential | None,
    url: Url | None,
    *,
    is_secret_name: bool,
    weakness: str,
) -> bool:
    if credential is not None:
        return credential.opens
    if url is not None and not is_secret_name:
        return url.has_password and not url.is_password_weak and not addresses.is_loopback(url.host)
    if not is_secret_name or weakness:
        return False
    return len(text) >= 8 and not (len(text) < 24 and placeholders.is_value_placeholder(text))


def _stage(text: str) -> Stage | None:
    if len(text) > 64:
        return None
    stages = set(stages_in(text))
    return stages.pop() if len(stages) == 1 else None


def _weakness(name: str, text: str, url: Url | None) -> str:
    if url is not None:
        return ""
    if is_first_guess(text):
        return "among the first that people try"
    if placeholders.is_monotonous(text) and len(text) < 64:
        return "one sign or sequence repeated"
    length = len(text.encode("utf-8", "surrogatepass"))
    least = _SHORT if names.is_signing_name(name) else _SHORT_PASSWORD
    if length < least and names.is_own_secret_name(name):
        return f"only {length} bytes long"
    is_words = length < _LONG and placeholders.is_value_placeholder(text) and not is_random(text)
    return "made of words that people try first" if is_words else ""
