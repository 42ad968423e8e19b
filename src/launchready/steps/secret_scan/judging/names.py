"""What the name of a variable, key or header says of its value."""

import functools

from launchready.regex import Regex

_PART = Regex(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_BEFORE = Regex(r"[A-Za-z0-9_.$\-]{0,60}\Z")

# A name that ends so speaks about the secret, and does not hold it.
_ABOUT_WORDS = """
url uri endpoint host domain path file filename filepath dir directory folder name names id ids
identifier type types kind field fields label title text placeholder hint help description message
messages error errors exception invalid required missing length len size min max minimum maximum
limit limits count regex regexp pattern format validator validation rule rules policy strength
expiry expires expiration expire ttl lifetime age duration interval timeout date time at since
until header headers prefix suffix param params parameter query input inputs form page screen view
modal dialog button link icon style class component props prop state ref refs reference schema
model table column index provider service manager handler handlers helper util utils factory store
storage cache repository controller middleware guard strategy resolver generator usage version
status enabled disabled active visible visibility hidden show toggle change changed reset forgot
forgotten update updated create created delete deleted rotate rotated
encryption verification verified algorithm algo method methods mode scope scopes issuer audience
subject role permission permissions symbol address decimals supply balance price hash hashed
hashes digest checksum fingerprint encoder encoding encrypted ciphertext env var variable option
options config configuration settings setting flag event events action actions callback listener
test tests example list map set array budget cost costs prompt completion total tokenizer bucket
ring selector template topic queue manual policies source scheme provided by from to of in is not
"""
# A name that holds one of these is not a secret's, whatever else it holds.
_HARMLESS_WORDS = """
csrf xsrf csrfmiddlewaretoken public publishable pub anon anonymous placeholder label example fake
mock dummy sample i18n translation pagination cursor continuation next page tokenize max color
colour sha css theme font docs documentation site captcha recaptcha turnstile checkout cart hcaptcha
sitekey maps analytics measurement tracking ga gtm pixel dsn
"""
# Words that the names of anybody's keys are made of.
_ANYBODY_S_WORDS = """
access admin api app application auth client consumer credential credentials key license master
oauth private secret server service shared token
"""
_ANYBODY_S = frozenset(_ANYBODY_S_WORDS.split())
_ABOUT = frozenset(_ABOUT_WORDS.split())
_HARMLESS = frozenset(_HARMLESS_WORDS.split())

_ISSUED = tuple(
    tuple(name.split("_"))
    for name in (
        *("api_key", "apikey", "access_key", "access_token", "auth_token", "api_token", "secret"),
        *("secret_key", "client_secret", "app_secret", "bearer_token", "personal_access_token"),
    )
)


def whole_name(before: str, matched: str) -> str:
    """The identifier that `matched` is the end of; `before` is the text in front of it."""
    lead = _BEFORE.search(before)
    return (lead.group() if lead else "") + matched


@functools.lru_cache(maxsize=16384)
def words(name: str) -> tuple[str, ...]:
    """The words of an identifier, in lower case: `myApiKey_v2` is my, api, key, v, 2."""
    return tuple(part.lower() for part in _PART.findall(name))


@functools.lru_cache(maxsize=16384)
def holds_secret(name: str, keywords: tuple[str, ...], *, is_whole: bool = False) -> bool:
    """Whether a variable of this name would hold the secret that `keywords` speak of.

    With `is_whole` the name has to be one of them, and not only to contain one.
    """
    parts = words(name)
    if is_whole and parts not in map(words, keywords):
        return False
    spoken_of = {part for keyword in keywords for part in words(keyword)}
    if not parts or _HARMLESS.intersection(parts) - spoken_of:
        return False
    end = _keyword_end(parts, keywords)
    return end is not None and not _ABOUT.intersection(parts[end:])


def is_told(name: str, keywords: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether a word beside the keyword, and not one of `others`, says whose secret it is."""
    beside = {part for part in words(name) if part.isalpha()}.difference(keywords)
    return bool(beside) and beside.isdisjoint(others)


def is_somebody_s(name: str) -> bool:
    """Whether the name has a word that not every key's has: it may say whose it is."""
    return not _ANYBODY_S.issuperset(words(name))


def is_issued(name: str) -> bool:
    """Whether a provider gives out what has this name: some of them give out UUIDs."""
    parts = words(name)
    return any(parts[-len(each) :] == each for each in _ISSUED)


def _keyword_end(parts: tuple[str, ...], keywords: tuple[str, ...]) -> int | None:
    """Where the last keyword ends in the words of a name; None if no keyword is a word of it.

    One of two letters has to be the last word: `DB_PW`, but not `PW-002`.
    """
    ends = [
        end
        for end in range(1, len(parts) + 1)
        for keyword in keywords
        if _ends_with(parts[:end], keyword) and (len(keyword) > 2 or end == len(parts))
    ]
    return max(ends, default=None)


def _ends_with(parts: tuple[str, ...], keyword: str) -> bool:
    wanted = words(keyword)
    if parts[-len(wanted) :] == wanted:
        return True
    joined = "".join(wanted)
    if len(joined) >= 6 and parts[-1].endswith(joined):
        return True
    return any("".join(parts[-count:]) == joined for count in range(2, len(wanted)))
