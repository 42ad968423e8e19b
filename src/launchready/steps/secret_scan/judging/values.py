"""Why the text on the right side of an assignment is no secret, told by its form alone."""

import re

from launchready.catalog.rarity import is_random, is_unspeakable, switches
from launchready.regex import Regex

_REFERENCE = Regex(
    r"""\$\{|\{\{|\}\}|<%|%>|\$\(|%\(|\#\{|\{[A-Za-z_]\w*\}|%[A-Z_]+%|^(?P<wrap>[#@%_*|!?~^]{1,3})[A-Za-z_][\w.\-]*(?P=wrap)$|__[A-Z_]+__|^\\*\$\w+|"""
    r"""process\.env|import\.meta|os\.environ|getenv|ENV\[|Deno\.env|System\.|secrets?\.|vars\.|env\.|"""
    r"""config\.|self\.|this\.|props\.|params\.|req\.|request\.|data\.|"""
    r"""^(?:op|vault|ref\+\w+|ssm|arn|awssm|gcpsm|keyring|doppler|infisical|file|env|base64):|"""
    r"""^!(?:Ref|GetAtt|Sub|vault|secret|env)|^phc_|^ENC\[|^\{cipher\}|^(?:AQIC|AgB)[A-Za-z0-9+/]{60}"""
)
_EXPRESSION = Regex(
    r"""^[\w.\->:\[\]"'?!]+\(|\)\s*[;,]?$|=>|&&|\|\||\?\.|::|^\[|^\{|^new |^await |^function|"""
    r"""^["']?\s*[+.]\s*[\w(]|\s\+\s*[\w.]+(?:\(\))?\s*\+|\d>&\d"""
)
_ELEMENT = Regex(r"</?[A-Za-z]|/>|&(?:amp|lt|gt|quot|nbsp|#\d+);")
_URL_OR_PATH = Regex(
    r"""://|^(?:\.{0,2}|~|[A-Za-z]:|@?[\w\-]+)?[/\\](?=[\w.\-@])[\w.\-/\\@{}:\[\] ]*$|"""
    r"""^[\w\-./@]+\.(?:js|ts|tsx|py|json|ya?ml|pem|key|crt|cer|p12|txt|env|md|html?|css|png|svg|jpe?g|com|org|net|io|dev|app|local|internal|xml|"""
    r"""conf|php|rb|go|java)$"""
)
_IDENTIFIER = Regex(
    r"""^[A-Za-z_$][a-z_$]*(?:[A-Z][a-z]+)*(?:[.:/\-][A-Za-z_$][a-z_$]*(?:[A-Z][a-z]+)*)*$|^[A-Z][A-Z_]+$|^[A-Z]{2,}[A-Z0-9]*(?:_[A-Z0-9]+)+$|"""
    r"""^[a-z]+(?:[_\-.:/ ][a-z]+)+$|^[A-Z][a-z]+(?:[ _\-][A-Z]?[a-z]+)+$"""
)
_BASE64 = Regex(r"(?=.{0,40}[0-9])(?=.{0,40}[A-Z])(?=.{0,40}[a-z])[A-Za-z0-9+/]{32,}={0,2}")
_UUID = Regex(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_NUMBER_OR_DATE = Regex(
    r"^[\d\s.,:/+\-TZ_]+$|^v?\d+(?:\.\d+)+|^#[0-9a-fA-F]{3,8}$|^0x[0-9a-fA-F]{40}$"
)
_PASSWORD_HASH = Regex(
    r"^\$(?:2[abxy]|argon2\w*|scrypt|pbkdf2\S*|[156y])\$|^\{(?:SSHA|SHA|MD5|CRYPT)\}|^pbkdf2|^(?:md5|sha\d+)\$|^sha\d+[-:$]"
)
_CONTROL = Regex(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_MEDIA_TYPE = Regex(r"^(?:application|text|image|audio|video|multipart)/|^data:")
_MARKUP_OR_CODE = Regex(
    r"[\x00-\x08\x0e-\x1f\x7f]|\\[wsd][+*]|\[[A-Za-z0-9]-[A-Za-z0-9]|\.[*+]|\\1|\[\^|\(\?[:=!]"
)
_SENTENCE = Regex(r"[A-Za-z]{2,},? +[A-Za-z]{2,}|[a-z][.!?:] |\w+ \{")
_MAIL = Regex(r"^[\w.+\-]+@[\w\-]+\.[\w.\-]+$")

_REFUSALS = (
    ("reference", _REFERENCE),
    ("expression", _EXPRESSION),
    ("element", _ELEMENT),
    ("url or path", _URL_OR_PATH),
    ("identifier", _IDENTIFIER),
    ("uuid", _UUID),
    ("number or date", _NUMBER_OR_DATE),
    ("password hash", _PASSWORD_HASH),
    ("media type", _MEDIA_TYPE),
    ("pattern", _MARKUP_OR_CODE),
    ("sentence", _SENTENCE),
    ("mail address", _MAIL),
)


def is_reference(value: str) -> bool:
    """Whether the value names a secret kept elsewhere: `${X}`, `{{ x }}`, `process.env.X`."""
    return bool(_REFERENCE.search(value) or _ELEMENT.search(value))


def is_binary(value: str) -> bool:
    """Whether the value comes out of a file that is no text."""
    return "\ufffd" in value or bool(_CONTROL.search(value))


def is_soup(value: str) -> bool:
    """Whether the value is long and full of signs, as generated salts are: no form to be read."""
    signs = {sign for sign in value if not sign.isalnum() and not sign.isspace()}
    return len(value) >= 32 and len(signs) >= 7 and switches(value) * 10 >= len(value) * 6


def refusal(value: str) -> str | None:
    """What the value is instead of a secret, in a word or three; None if its form allows one."""
    if _is_foreign_sentence(value):
        return "sentence"
    for name, form in _REFUSALS:
        if form.search(value) and not _is_by_chance(name, value):
            return name
    return None


def is_uuid(value: str) -> bool:
    """Whether the whole value is a UUID that chance drew (RFC 9562, version 4), or an older one."""
    return bool(_UUID.fullmatch(value)) and value[14] in "145" and len(set(value)) > 8


def _is_by_chance(form: str, value: str) -> bool:
    """Whether a drawn text has a form that others are given on purpose."""
    if form == "identifier":
        return _is_drawn_word(value)
    return form == "url or path" and _is_base64(value)


def _is_base64(value: str) -> bool:
    """Whether it is base64 of random bytes: no folder's name is so long, and mixed so."""
    if not _BASE64.fullmatch(value):
        return False
    parts = value.rstrip("=").split("/")
    return all(is_random(part) for part in parts if len(part) >= 8) and is_random(value)


def _is_drawn_word(value: str) -> bool:
    """Whether it is made of letters that no language has in a row: `xkqz-wprl`, no name in code."""
    return re.sub(r"[-_: ]", "", value).isalpha() and is_unspeakable(value)


def _is_foreign_sentence(value: str) -> bool:
    """Whether the value is text in another language: generated ones are in ASCII."""
    foreign = sum(letter.isalpha() and not letter.isascii() for letter in value)
    return foreign > 0 and (" " in value or foreign * 3 >= len(value))
