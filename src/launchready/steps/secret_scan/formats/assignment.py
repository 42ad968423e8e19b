"""How a name is given a value, over the languages and config formats of a repository.

`API_KEY=value` · `"apiKey": "value"` · `api_key => 'value'` · `define('API_KEY', 'value')` ·
`getenv("API_KEY", "value")` · `process.env.API_KEY || "value"` · `${API_KEY:-value}` ·
`<apiKey>value</apiKey>` · `<add key="apiKey" value="value"/>` · `api_key: str = "value"` ·
`setApiKey("value")` · `ALTER ROLE app PASSWORD 'value'` · `IDENTIFIED BY value` ·
`--api-key value` · `-apikey value` · `ENV API_KEY value` · `name: API_KEY` over `value: value` ·
`"key": "apiKey", "value": "value"` · `apiKeys: ["value"]` · `apiKey = Buffer.from("value")` ·
`@Value("${api.key:value}")`, and each of these again inside an escaped string.
"""

import re

# A name starts at a word's beginning, also in camel case: `myApiKey`, `DBPassword`.
_WORD_START = r"(?:(?<![A-Za-z0-9])|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]))"
_TAIL = r"[A-Za-z0-9_.\-]{0,30}"
_CLOSE = r"""[\\"'`\])}]{0,4}"""
_BLANK = r"[ \t]{0,20}"
_TYPE = (
    r":[ \t]{0,4}(?:Optional\[|Final\[|&|&'static )?"
    r"(?:str|string|String|SecretStr|bytes|Bytes|any|Any)\]?(?:[ \t]?\|[ \t]?None)?[ \t]{0,4}="
)
# After a comma only a quoted text is a value: else it is the next argument's name.
_QUOTE_AHEAD = r"""(?=[ \t]{0,20}(?:\r?\n[ \t]{0,60})?[rbuRBUfF@L$]{0,2}\\{0,3}["'`])"""
# Calls that hand on the text that they are given.
_CALLS = (
    "SecretStr|Secret|Buffer\\.from|decode|b64decode|decodeBase64|base64decode|fromhex|unhexlify|atob|"
    "encode|bytes|byte|String|SecureString|toCharArray|ascii"
)
_CALL = rf"(?:new[ \t]{{1,4}})?[A-Za-z0-9_.\[\]]{{0,40}}(?<![a-z])(?:{_CALLS})\("
# A pair of which the name is a value itself: of an XML element, a container's environment, a form.
_PAIRED = (
    r"""(?:[ \t]{1,4}|,[ \t]{0,4}(?:\r?\n[ \t]{0,60})?|(?:[ \t]\{)?\r?\n[ \t]{0,60})"""
    r"""\\{0,3}["']?(?i:value|default)\\{0,3}["']?[ \t]{0,4}[=:]"""
)
_OPERATOR = (
    rf"(?:{_TYPE}|{_PAIRED}|:-|\?:|[=:]{{1,3}}>?[ \t]{{0,4}}\[{_QUOTE_AHEAD}|[=:]{{1,3}}>?|!==?|"
    rf"[,(]{_QUOTE_AHEAD}|\((?={_CALL})|>|->|\|\||\?\?|"
    r"(?<=[ \t])(?=')|(?<=[bB][yY][ \t])(?=\w))"
)
_WRAP = rf"""(?:{_CALL}{_BLANK}(?=[rbuRBUfF@L$]{{0,2}}\\{{0,3}}["'`]))?"""
_ATTRIBUTES = r"""(?:[ \t]{1,4}[A-Za-z:\-]{1,20}="[^"<>\n]{0,40}"){1,3}>"""
OPTION = r"(?<![A-Za-z0-9_\-])(?:--?|(?:ENV|ARG|setenv)[ \t]{1,4})(?:[A-Za-z0-9_\-]{0,23}[_\-])?"
"""What stands before the name of a command line's option, or of a Dockerfile's variable."""
_OPTION = f"(?P<option>{OPTION}(?=[A-Za-z]))?"
_NEXT_LINE = r"""(?:\r?\n[ \t]{0,60}(?=["'`]))?"""
_OPEN = r"""(?:[rbuRBUfF@L$]{0,2}\\{0,3}(?P<quote>["'`]))?"""

# Plain forms repeat without an upper limit: each count is a state in an engine's automaton, and
# nothing before a name may be of any length, for then all of a text is its beginning.
PLAIN_TAIL = r"[A-Za-z0-9_.\-]*"
"""How a name goes on, in plain forms."""
_PLAIN_CLOSE = r"""[\\"'`\])}]*"""
_PLAIN_BLANK = r"[ \t]*"
_PLAIN_OPENED = r"""[rbuf@L$]*\\*["'`]"""
_PLAIN_NEXT_LINE = r"(?:\r?\n[ \t]*)?"
_PLAIN_OPERATOR = (
    r"""(?:[=:]{1,3}>?|:[ \t]*[A-Za-z&][A-Za-z\[& |]+\]?[ \t]*=|:-|\?:|!==?|>|->|\|\||\?\?|"""
    r"""[, \t{\r\n\\"']+(?:value|default)[\\"' \t]*[=:]|[ \t]+[A-Za-z:\-]+="[^<>\n]*>)"""
)
_PLAIN_WRAP = r"(?:[=:(,]>?[ \t]*[A-Za-z0-9_.\[\] ]*[\[(]|[,(])"
_PLAIN_OPTION = r"(?:[_\-]|(?:env|arg|setenv)[ \t]{1,4})"
# Before a value of known shape anything may stand that is shaped like an operator: few patterns
# reach as far, and a looser gap is a smaller automaton.
_PLAIN_GAP = r"[^A-Za-z0-9]+(?:[A-Za-z][A-Za-z \[\]|&':=]*[^A-Za-z0-9]+)?"

LONGEST_VALUE = 256
_IN_LINE = r"[^\r\n]"
_UNQUOTED = r"[^\s\"'`<>]"


def word_regex(names: tuple[str, ...]) -> str:
    """Any of `names` as they are written in the wild: `api_key`, `api-key`, `apiKey`, `API KEY`."""
    written = (re.escape(name).replace("_", r"[_\-. ]?") for name in sorted(names, reverse=True))
    return f"(?:{'|'.join(written)})"


def shaped_regex(names: tuple[str, ...], values: tuple[str, ...], last: str) -> str:
    """A name, an operator and one of `values` (regular expressions) as the group `secret`.

    `last` are characters, as in a character class, that would make the value a longer one.
    """
    return (
        rf"{_OPTION}{_WORD_START}(?P<name>(?i:{word_regex(names)}){_TAIL}){_CLOSE}"
        rf"{_BLANK}{_given(_OPERATOR)}{_BLANK}{_NEXT_LINE}{_OPEN}"
        rf"(?P<secret>{'|'.join(values)})(?![{last}])"
    )


def shaped_anchor(names: tuple[str, ...], values: tuple[str, ...]) -> str:
    """`shaped_regex`, over-approximated for plain engines; to be matched caseless."""
    return rf"{word_regex(names)}{PLAIN_TAIL}{_PLAIN_GAP}(?:{'|'.join(values)})"


def free_regex(names: tuple[str, ...], minimum: int, *, is_drawn: bool = False) -> str:
    """A name, an operator and any value: up to the closing quote, or up to the next blank.

    What `is_drawn` by chance has no blank in quotes either.
    """
    bare = rf"{_UNQUOTED}{{{minimum},{LONGEST_VALUE}}}"
    quoted = rf"(?:(?!\\{{0,3}}(?P=quote))[^\r\n]){{{minimum},{LONGEST_VALUE}}}"
    closed = r"(?(quote)(?=\\{0,3}(?P=quote))|)"
    value = bare if is_drawn else rf"(?(quote){quoted}|{bare})"
    return (
        rf"{_OPTION}(?P<name>(?i:{word_regex(names)}){_TAIL}){_CLOSE}"
        rf"{_BLANK}{_given(f'(?:{_OPERATOR}|{_ATTRIBUTES})')}{_BLANK}{_NEXT_LINE}{_WRAP}{_OPEN}"
        rf"(?P<secret>{value}){closed}"
    )


def free_anchors(
    names: tuple[str, ...], minimum: int, *, is_drawn: bool = False
) -> tuple[str, ...]:
    """`free_regex` in alternatives, over-approximated for plain engines; to be matched caseless."""
    word = word_regex(names)
    inside = f"{_UNQUOTED if is_drawn else _IN_LINE}{{{minimum}}}"
    quoted = rf"{_PLAIN_NEXT_LINE}{_PLAIN_OPENED}{inside}"
    value = rf"(?:{quoted}|{_PLAIN_NEXT_LINE}{_UNQUOTED}{{{minimum}}})"
    given = (
        rf"{_PLAIN_BLANK}(?:{_PLAIN_OPERATOR}{_PLAIN_BLANK}{value}|"
        rf"{_PLAIN_WRAP}{_PLAIN_BLANK}{quoted}|[ \t]'{inside})"
    )
    option = rf"{_PLAIN_OPTION}{word}{PLAIN_TAIL}[ \t]+{value}"
    phrases = tuple(name for name in names if name.endswith("_by"))
    bare = (rf"{word_regex(phrases)}[ \t]+{_UNQUOTED}{{{minimum}}}",) if phrases else ()
    return (rf"{word}{PLAIN_TAIL}{_PLAIN_CLOSE}{given}", option, *bare)


def _given(operator: str) -> str:
    """What gives the name its value; of a command line's option that may be a blank alone."""
    return rf"(?P<operator>(?(option)[ \t]{{1,4}}(?![ \t=:])|(?!))|{operator})"


def literals(names: tuple[str, ...]) -> tuple[str, ...]:
    """Texts, in lower case, one of which every writing of one of `names` holds."""
    found: list[str] = []
    for name in names:
        word = max(name.split("_"), key=len)
        found.extend([word] if len(word) >= 6 else _writings(name))
    return tuple(dict.fromkeys(found))


def _writings(name: str) -> list[str]:
    written = [""]
    for number, word in enumerate(name.split("_")):
        glue = ("", "_", "-", ".", " ") if number else ("",)
        written = [start + between + word for start in written for between in glue]
    return written
