"""Values of variables that stand for a value to come, and secrets that people try first."""

import functools
import re

from launchready.catalog.environment import words
from launchready.catalog.placeholders import is_masked
from launchready.regex import Regex

# A whole value, or a part of one that nobody would draw or choose.
_STAND_IN = (
    r"^<[^<>]+>$|^\[[a-z][^\[\]{}:\",]*\]$|^\{[a-z][\w .-]*\}$|^_+[a-z][a-z_ ]*_+$"
    r"|^(?:x{3,}|\?{2,}|\.{3,}|-{3,}|_{3,}|#{2,}|\*{3,}|…+)$|x{6}"
    r"|(?:^|[^a-z])your(?:[-_]|$)"
    r"|(?:^|[^a-z])your[a-z ]{0,14}(?:key|secret|token|id|url|password|pass|name"
    r"|domain|user|host|project|app|account|site|company|org|email|bucket|value|here)"
    r"|change[-_ ]?(?:me|this|it|in|to)(?:[^a-z]|$)|changeme|changethis"
    r"|chang(?:e|ing)[-_ ]for[-_ ]prod"
    r"|(?:replace|insert|fill|paste|enter|put|add|set|provide|generate|create)[-_ ]?"
    r"(?:me|this|with|in|it|here|your|a|an|the|by|using)(?:[^a-z]|$)"
    r"|(?:^|[^a-z])(?:placeholder|todo|fixme|tbd|dummy|redacted|replaceme|to[-_]be[-_](?:set|filled|replaced))(?:[^a-z]|$)"
    r"|[-_ ](?:goes[-_ ])?here>?$|^(?:example|sample)$|^(?:e\.?g\.?|ex)[.: ]"
    r"|not[-_ ]?a[-_ ]?(?:real|valid)?[-_ ]?(?:secret|key|token)"
    r"|(?:^|[-_])(?:example|sample|fake|mock)[-_](?:key|secret|token|password|value|id)"
)
_PREFIXED = r"^[A-Za-z]{2,8}[-_](?:(?:test|live|proj|ant|prod|dev)[-_]){0,2}(?:\.{3}|x{3,}|\*+|…)?$"
_WEAK = words(
    """
    secret secrets supersecret super-secret super_secret topsecret top-secret mysecret
    my-secret my_secret secretkey secret-key secret_key password passwd pass passw0rd p@ssw0rd
    p@ssword password1 password12 password123 pass123 pass1234 admin admin123 administrator
    root toor test test123 tests testing dev development devsecret dev-secret dev_secret local
    demo guest user default changeme change-me letmein welcome welcome1 qwerty qwerty123
    qwertyuiop abc123 abcdef abcd1234 foo bar foobar hello world hunter2 insecure unsafe
    iloveyou monkey dragon master postgres postgresql mysql mariadb mongo mongodb redis
    rabbitmq minio minioadmin minio123 docker django rails laravel node express nextauth token
    apikey api-key api_key key string salt mysalt my-salt pepper jwt jwtsecret jwt-secret
    jwt_secret cookie session 0 00 000 0000 00000 000000 00000000 1 11 111 1111 11111 111111 12
    123 1234 12345 123456 1234567 12345678 123456789 1234567890 0123456789 a aa aaa aaaa x none
    null nil undefined nan false true no yes - -- --- not-secret notsecret not-so-secret
    keyboard-cat keyboardcat shhhh shh abc xyz temp tmp random something anything whatever
    example sample dev-secret-key development-secret my-secret-key my_secret_key mysecretkey
    my-super-secret supersecretkey super-secret-key super_secret_key verysecret very-secret
    your-256-bit-secret secret123 s3cr3t s3cret sup3rs3cr3t
    """
)
_COUNTS = Regex(
    r"^(.)\1*$|^(?:0?1234567890?|0?123456789(?:0123456789)*|abcdef\w{0,20}|1234\w{0,4})$"
)


@functools.cache
def _stand_in() -> re.Pattern[str]:
    return re.compile(_STAND_IN, re.IGNORECASE)


@functools.cache
def _prefixed() -> re.Pattern[str]:
    return re.compile(_PREFIXED)


def is_stand_in(value: str) -> bool:
    """Whether the value says that another is to take its place: `changeme`, `<your key>`, `sk-...`.

    A word that somebody may have chosen as a password (`secret`) is none.
    """
    if len(value) > 400:
        return False
    return bool(_stand_in().search(value)) or bool(_prefixed().match(value)) or is_masked(value)


def is_first_guess(value: str) -> bool:
    """Whether the value is among what people try first: `secret`, `postgres`, `123456`, `0000`."""
    return value.lower() in _WEAK or bool(_COUNTS.match(value))
