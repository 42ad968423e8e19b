"""Values that stand for a secret without being one."""

import itertools
import re

from launchready.catalog.rarity import is_hex, is_random
from launchready.regex import Regex

# Words that no generator puts into a token: too long to come together by chance.
_IN_TOKEN = Regex(
    r"xxxx|example|sample|placeholder|your[-_]?|changeme|change_me|dummy|redacted|insert|replace|"
    r"notreal|not_real|fakekey|fake[-_]|[-_]fake|mock[-_]|foobar|aaaaaa|000000|111111|"
    r"^.{0,3}1234.{0,4}$|letmein|p[a@4][s$5]{2}w[o0]rd|"
    r"(?:^|[_\-. ])(?:tokens?|secrets?|keys?|"
    r"password|pass|tests?|dev|local|e2e|ci|demo|foo|bar|baz)(?:[_\-. ]|$)",
    re.IGNORECASE,
)
# What people type where a token of the right length is wanted: it counts, or runs over the keys.
_TYPED = Regex(
    r"deadbeef|abcdefgh|qwerty|0123456|1234567|123e4567-?e89b|7654321|abcd1234|([0-9a-z]{2})\1{4}",
    re.IGNORECASE,
)
# In a password or key without a shape of its own shorter and plainer words tell.
_IN_VALUE = Regex(
    r"\*{3}|\.{3}|…|•|^x+$|x{4}|^\W*$|"
    r"(?:^|[^a-z])(?:xxx|abc|xyz|your?|my|our|the|todo|fixme|tbd|none|null|nil|undefined|false|true|foo|bar|"
    r"baz|foobar|demo|test|testing|tester|dummy|fake|mock|sample|example|default|empty|blank|unset|"
    r"unused|secret|secrets|password|passwd|passphrase|token|apikey|key|value|string|here|some|any|insert|"
    r"replace|change|changed|changeme|changethis|changeit|placeholder|redacted|removed|hidden|masked|"
    r"invalid|wrong|incorrect|random|generate|generated|local|localhost|dev|development|staging|"
    r"supersecret|topsecret|notsecret|insecure|unsafe|admin|root|user|username|guest|hello|world|"
    r"letmein|qwerty|welcome|hunter2?|correct|horse|postgres|mysql|redis|docker|minio)(?:[^a-z]|$)|"
    r"example|placeholder|changeme|change_?me|supersecret|not.?a.?secret|"
    r"sample|dummy|012345|12345|54321|abcde|qwerty|asdf|foobar|abc123|deadbeef|cafebabe",
    re.IGNORECASE,
)
_SHORT_WORD = 3
_LONG = 40
_MASKED = Regex(r"\*{3}|\.{3}|\u2026|\u2022|x{6}", re.IGNORECASE)
# What people write beside a value that opens nothing.
_DISCLAIMER = Regex(
    r"\b(?:dummy|fake|mock(?:ed)?|placeholder|revoked|redacted|not (?:a )?(?:real|valid|secret))\b",
    re.IGNORECASE,
)
# The same, but also of real ones.
_HEDGE = Regex(
    r"\b(?:example(?![.@])|sample|expired|replace (?:this|me|it|with)|for testing|"
    r"test (?:key|token|secret|password))\b",
    re.IGNORECASE,
)
# Keys that vendors print in their documents, by their SHA-256: a finding would be noise, and the
# keys themselves would trip every other scanner.
_PUBLISHED = frozenset(
    {
        # Stripe's documents
        "2cafc0970149a84f3b9e62eaf169f36f59907a3b3e31f7b82e68c69cd27f7326",
        "f2d6ca16515033e5dce14eba840b979d27b5cbae24bb3e5bf484339667f86397",
        "7e8de44ea9ecf6d53415c90f5b249a8591f7abafbf7d65a2c0d855afeca3ec09",
        # Azurite, the storage emulator
        "0011cc25eb4320717494d2703e8cba85743e71b500283c21c8b88147992f9059",
        # the Cosmos DB emulator
        "aa6547439583c3a275d4542a0df6c1ad6a863971be9f2a2220f027cc02aef615",
        # the tests of Firebase's SDK for Android
        "27a9a42931dff7eb2f8434e20a9bce976ea364e7bee49187f19d5cfeca9c7045",
        "49f777db995e8260da7ca9ffdf0c08d66f0453e97ec967018baf2cdfe3b582d0",
        "a6c814bc555ae62c7bd8b58ec07bf559c7ed3a009976a1e0acc9cef0d4473b41",
        "8731261cb72d86267a32a532ebd3df429e2144e5e4ced7e13568bc9e6c8fb1b1",
        "37f8f09bdf12c2f2eae4ead7273a62ddb0c23459cbf902892f282b57f7ed6619",
        "eb540d2b6ee2a0a47c5779bc8a0141784c6b753840d4c6f4e2428a6e86e9e0b1",
        "2037abcaffb2b77785da716cf7ccff4ff4d00c4ea930db0167b7d71f50af7eb4",
        "3a8b61d0f636b007840c0d40ba12bcf48465dc054cdc1a68704a33521d84b665",
        "4c98242dcadc8b29005c6b4aad526552d5ea1842149154c0694adeec75847583",
        "ea9bb1082cf95663f5faca23b8b15ef2aa0fce0a5c6df9c32dcb85b2e0a4513d",
        "3f370c9dd8225c63b5c77de1f785edc9712958f18bb612d5fa2e0ae33aeca682",
        "a19f89ab3555eac10c40741f6df79ecf0935998f15569f8db9d67bce0181fff6",
        "e4a5542bb7fd7b67e943c71ad29c34b5972c9840597e7eda53e666f44d5da0b9",
        "dc0fcf046c61640cbd1e8b999ada3262d722c2ca4bf42dceac999020ffdbb614",
        "f56e323494a6ffc2064e7a955908957d84f0755e5f975dabd64328d0359a8f7c",
        "0b476bdf9acf2123d547b5ae76f1e59884d8ec9553ee0c47e9f31fd4768f3f3c",
        # jwt.io
        "7f75367e7881255134e1375e723d1dea8ad5f6a4fdb79d938df1f1754a830606",
        "da816f9f2c16e6c5390e7636cadc40c43551bf0bbcf8f36c65539e6633a9c5e8",
        # QStash's development server
        "86021db6fc0f81d1926d95c9bc8fe0c3a14187a32221c66acdaaafa0b223ff58",
        "b5f1743a394ce39b42493de7e6bc40226042491fb77bd417e40e92fcd11a8bd8",
        "54c3b917bfd471e12e0713535d69ad97584a415916ab360f4838bd23f2d70ffe",
        # reCAPTCHA's test keys
        "f5e95c9954635b65acab57e6d5ea663eb900f06dc8794a90358f5abb1c77d4e0",
        # Hardhat's first accounts
        "bc1a50966c9e6486bc4ebf880b51611a2a97fcb8e7a6976e9b81a9e3e8ca0e3c",
        "8335c55334821eefd4334369ff9c04a8594f161013cf9d87f58802d87297837e",
        "b26ab6529d20ebebb4192256f202984754f785481c64b1a1aed58cac93b3617e",
        # the example of every one-time-password library
        "8be5d113c0871ce1a122d68a7dff940ab7b09ad8dfcfd9a85aa5c1acc026279e",
        # RFC 5849, RFC 6749 and RFC 7617
        "6c96130f130ab0d6d158397e24d2bcc1c9a5e73ae081f6e983f1c7b545d24a4c",
        "00cf4c781dc37003f7c7dd7d4c9a6ef1e0f4c62d9a291aa8bc398774e3fefd32",
        "ca7459e2b26776de081b9a07e40227fd6cff232a1e3233ff6b6aa6d036ca9981",
        "e9974c507d2a802143f614c878fcbb622a3800e05e6e0d329fee2c5b6b243329",
        "cf4d418ed3de92d71f767db5391d5a2dacd40e1ce49e75d1137e2ecf4982d844",
        "9d03b692e941d5ace207a9f8048834439f6de98e5c6c1590c22c4f4577c88a42",
        "8d567eb88afff34f31ab97fbb2731e582703bdeaf3c92b989cf568e0b23cef31",
        "2ff8b0fb93aca981c78f1e94355c298c23435461f1072ef4674848e620371787",
        "bb9b1163338b2a51495834ad5c65420443d6327381cf0f94ebf92b117f209d72",
        "cb87c87e4a138d9a72259d2a01bab15623c9846e568c1509b287721645a6ea53",
        "293257ab6495ebb11cf9e4aee0686ca30df8de2ab8d251f2cbbcf177bdfcae91",
        # the documents of Flask and Django REST framework
        "ca32f86ce10b8435c108ffd1ae1acd9823f729f51946b3aad3277ac94dead529",
        "2598f7d6adc142d88161630f3db12ab2bd3403521c281811e5e1ce60d4ac5d76",
        "9cb335cb7b5fb805934637d85c4f57c695baac019c0a57ceffd0afe43144c9cb",
        "5cc1e9113bbaa7040c4e0fbe80ea6aa743e34add380c596abe5fe584ece883ec",
        "b9904b8ed45bc574ee1851896a4deb1ca049289603297d62ee474707136b6f17",
        # GitHub's documents
        "3543c50b0cb9cea8e55eb1f529b79f043cb250d485fde7b66cabbb5183add7da",
    }
)


_ASSIGNED_NAME = Regex(r"([\w.\-\[\]\"']{1,80})\s{0,4}(?::=|=>|[:=])\s{0,4}[\"'`]?\Z")
_COMMENT = Regex(r"(?:^|\s)(?:#|//|/\*|<!--|--|;)\s?(.*)")


def is_published(value: str) -> bool:
    """Whether the value is an example that its vendor prints in public documents."""
    import hashlib  # loads OpenSSL, which takes longer than to find nothing

    return hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest() in _PUBLISHED


def is_disclaimed(line: str, value: str) -> bool:
    """Whether the name of the value or a comment beside it says that it is not a real one.

    What else stands in the line is code: a mock in a bundle says nothing of the key beside it.
    """
    before, _, after = line.partition(value)
    name = _ASSIGNED_NAME.search(before)
    comments = _COMMENT.findall(before) + _COMMENT.findall(after)
    return bool(_DISCLAIMER.search(" ".join([name[1] if name else "", *comments])))


def is_hedged(line: str, value: str) -> bool:
    """Whether the rest of the line speaks of examples or tests."""
    return bool(_HEDGE.search(line.replace(value, "")))


def is_token_placeholder(body: str) -> bool:
    """Whether the random part of a token is none: `xxxx…`, `your_key_here`, `12345…`, one sign."""
    return _says(body) or bool(_TYPED.search(body)) or is_monotonous(body)


def is_typed(body: str) -> bool:
    """Whether it has a token's signs but counts, `1a2b3c…` or `abcdef0123…`, and says nothing.

    That is an example of a token: someone may have put it in place of a real one, and may not.
    """
    if len(set(body)) < 6 or _says(body) or is_masked(body):
        return False
    return bool(_TYPED.search(body)) or _counts(body) or is_monotonous(body)


def _says(body: str) -> bool:
    """Whether a word in it says what it is; two or three letters come together by chance."""
    word = _IN_TOKEN.search(body)
    is_short = word is not None and len(word[0].strip("_-. ")) <= _SHORT_WORD
    return word is not None and not (is_short and len(body) >= _LONG and is_random(body))


def _counts(body: str) -> bool:
    """`counts_up`, of what has a shape: the six letters of hexadecimal stand in a row by chance."""
    letters, digits = (filter(sort, body.lower()) for sort in (str.isalpha, str.isdigit))
    is_both = counts_up("".join(letters)) and counts_up("".join(digits))
    return is_both or (not is_hex(body) and counts_up(body))


def is_blank(value: str) -> bool:
    """Whether a value of no known shape is none: a token's stand-in, a masked or a counted one."""
    return is_token_placeholder(value) or is_masked(value) or counts_up(value)


def is_value_placeholder(value: str) -> bool:
    """Whether a password or key is a stand-in: `changeme`, `<your key>`, `my-secret`, `***`."""
    return bool(_IN_VALUE.search(value)) or is_monotonous(value)


def is_masked(value: str) -> bool:
    """Whether a part of the value is left out, as where a key is shown to its owner."""
    return bool(_MASKED.search(value))


def counts_up(value: str) -> bool:
    """Whether its digits or its letters, taken by themselves, count or follow a keyboard."""
    digits = "".join(filter(str.isdigit, value))
    letters = "".join(filter(str.isalpha, value)).lower()
    return "12345" in digits or "abcdef" in letters or "qwerty" in letters


def is_monotonous(text: str) -> bool:
    """Whether the text repeats itself or counts: few different signs, or mostly neighbours."""
    if len(text) < 4:
        return True
    if len(set(text)) <= max(2, min(6, len(text) // 8)):
        return True
    steps = [abs(ord(after) - ord(before)) for before, after in itertools.pairwise(text)]
    return sum(step <= 1 for step in steps) * 10 >= len(steps) * 6
