"""Values that stand for a secret without being one."""

import hashlib
import itertools
import re

# Words that nobody's generator puts into a token; none is shorter than four letters, so that chance
# does not either.
_IN_TOKEN = re.compile(
    r"xxxx|example|sample|placeholder|your[-_]?|changeme|change_me|dummy|redacted|insert|replace|"
    r"notreal|not_real|fakekey|fake[-_]|[-_]fake|mock[-_]|foobar|deadbeef|abcdefgh|qwerty|"
    r"0123456|1234567|7654321|abcd1234|aaaaaa|000000",
    re.IGNORECASE,
)
# In a password or key without a shape of its own shorter and plainer words tell.
_IN_VALUE = re.compile(
    r"\*{3}|\.{3}|…|•|^x+$|x{4}|^\W*$|"
    r"(?:^|[^a-z])(?:xxx|your?|my|our|the|todo|fixme|tbd|none|null|nil|undefined|false|true|foo|bar|baz|"
    r"foobar|demo|test|testing|tester|dummy|fake|mock|sample|example|default|empty|blank|unset|unused|"
    r"secret|secrets|password|passwd|passphrase|token|apikey|key|value|string|here|some|any|insert|"
    r"replace|change|changed|changeme|changethis|changeit|placeholder|redacted|removed|hidden|masked|"
    r"invalid|wrong|incorrect|random|generate|generated|local|localhost|dev|development|staging|"
    r"supersecret|topsecret|notsecret|insecure|unsafe|admin|root|user|username|guest|hello|world|"
    r"letmein|qwerty|welcome|hunter2?|correct|horse|postgres|mysql|redis|docker|minio)(?:[^a-z]|$)|"
    r"p[a@4][s$5]{2}w[o0]rd|example|placeholder|changeme|change_?me|supersecret|not.?a.?secret|"
    r"sample|dummy|0123456|1234567|123456|abcdef|qwerty|asdf|foobar|abc123|deadbeef|cafebabe",
    re.IGNORECASE,
)
# Keys that vendors print in their documents, by their SHA-256: a finding would be noise, and the
# keys themselves would trip every other scanner.
_PUBLISHED = frozenset[str]()


def is_published(value: str) -> bool:
    """Whether the value is an example that its vendor prints in public documents."""
    return hashlib.sha256(value.encode()).hexdigest() in _PUBLISHED


def is_token_placeholder(body: str) -> bool:
    """Whether the random part of a token is none: `xxxx…`, `your_key_here`, `12345…`, one sign."""
    return bool(_IN_TOKEN.search(body)) or is_monotonous(body)


def is_value_placeholder(value: str) -> bool:
    """Whether a password or key is a stand-in: `changeme`, `<your key>`, `my-secret`, `***`."""
    return bool(_IN_VALUE.search(value)) or is_monotonous(value)


def is_monotonous(text: str) -> bool:
    """Whether the text repeats itself or counts: few different signs, or mostly neighbours."""
    if len(text) < 4:
        return True
    if len(set(text)) <= max(2, min(6, len(text) // 8)):
        return True
    steps = [abs(ord(after) - ord(before)) for before, after in itertools.pairwise(text)]
    return sum(step <= 1 for step in steps) * 10 >= len(steps) * 6
