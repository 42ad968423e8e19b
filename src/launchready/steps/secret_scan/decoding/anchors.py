r"""The expressions that engines search for hidden secrets, as plain as the anchors of the kinds.

Base64 and hexadecimal are told by the forms of the needles. Escapes need no needle: nothing that
writes text escapes a letter, a digit or `_`, so a run of 16 word characters with such an escape in
it is worth a look. Literals are joined where one of two is a run of 12 word characters, or where
three short ones follow each other. In the next line, without an operator at the end of the first,
only a literal is gone on with that holds a needle: ends of lines are many.
"""

import re
from collections.abc import Iterator
from itertools import product

from launchready.steps.secret_scan.decoding.encodings import Encoding
from launchready.steps.secret_scan.decoding.forms import base64_forms, hex_forms, twice_base64_forms
from launchready.steps.secret_scan.decoding.needles import Needle, regex

_WORD = "(?:3[0-9]|4[1-9A-Fa-f]|5[0-9AaFf]|6[1-9A-Fa-f]|7[0-9Aa])"
"""The hexadecimal numbers of letters, digits and `_`."""
_WORD_DECIMAL = "(?:4[89]|5[0-7]|6[5-9]|[78][0-9]|9[05789]|1[01][0-9]|12[012])"
_ASCII = "[2-7][0-9A-Fa-f]"
_ASCII_DECIMAL = "(?:[3-9][0-9]|1[01][0-9]|12[0-6])"
_PLAIN = r"[A-Za-z0-9_.\-]"
_MORE = "{15}"
_LOGIN = r"[^\s\"'`<>]{1,80}"

RUN = r"[A-Za-z0-9_\-]{12}"
SHORT = r"[A-Za-z0-9_\-]{1,11}"
SIGN = r"[A-Za-z0-9_\-./+:]"
BETWEEN = (r"\+", r" \+ ", r"\.", r" \. ", " & ", " <> ", r" \.\. ", " ~ ", r" \|\| ", " ")
LINE_ENDS = (r" \+", r"\+", r" \.", r" \\", " &", " <>", r" \|\|")
INDENT = r"\r?\n[ \t]{0,60}(?:\+ ?|\. ?|& ?|<> |\|\| ?)?[rbufRBUF]?"
TAIL = r"(?: ?[);+.&\\,\]}]|\r?\n|\z)"

_OPERATOR_AT_END = r" ?(?:\+|\.|&|~|<>|\|\||\\)"
_ANY_INDENT = r"\r?\n[ \t]*(?:\+ ?|\. ?|& ?|<> |\|\| ?)?[rbufRBUF]?"

PERCENT = (
    rf"%{_WORD}(?:{_PLAIN}|%{_ASCII}){_MORE}",
    rf"(?::|%3[Aa])%2[Ff]%2[Ff]{_LOGIN}(?:@|%40)",
    r"PRIVATE(?:%20|\+)KEY-----",
)
ESCAPES = (
    rf"\\x{_WORD}(?:{_PLAIN}|\\x{_ASCII}){_MORE}",
    rf"\\[uU]\{{?0{{0,6}}{_WORD}\}}?(?:{_PLAIN}|\\[uU]\{{?0{{0,6}}{_ASCII}\}}?){_MORE}",
    rf"(?::|\\u003[aA])\\u002[fF]\\u002[fF]{_LOGIN}(?:@|\\u0040)",
    rf":\\/\\/{_LOGIN}@",
)
ENTITIES = (
    (
        rf"&#(?:[xX]0{{0,4}}{_WORD}|0{{0,4}}{_WORD_DECIMAL});"
        rf"(?:{_PLAIN}|&#(?:[xX]0{{0,4}}{_ASCII}|0{{0,4}}{_ASCII_DECIMAL});){_MORE}"
    ),
    rf"&lowbar;(?:{_PLAIN}|&lowbar;){_MORE}",
    (
        rf"(?::|&#58;|&colon;)(?:&#47;&#47;|&#x2[fF];&#x2[fF];|&sol;&sol;){_LOGIN}"
        r"(?:@|&#64;|&#x40;|&commat;)"
    ),
)
MANIFEST = (r"kind[\"']?:[ \t]{0,4}[\"']?Secret[\"'\s]",)
CHUNK = ("[iz]TXt",)


def _pieces() -> Iterator[str]:
    for quote, operator in product("\"'`", BETWEEN):
        if operator == " ":
            yield f"{SIGN}{quote} {quote}{RUN}{SIGN}*{quote}"
            continue
        yield f"{quote}{operator}{quote}{RUN}"
        yield f"{RUN}{quote}{operator}{quote}{SIGN}"
        joined = f"{quote}{operator}{quote}{SHORT}"
        yield f"{joined}{joined}{quote}"
    for quote in "\"'`":
        end = f"{quote}{_OPERATOR_AT_END}{_ANY_INDENT}{quote}"
        yield f"{end}{RUN}{SIGN}*{quote}{TAIL}"
        yield f"{RUN}{end}{SIGN}+{quote}{TAIL}"
    yield rf"[A-Za-z0-9_\-]\\\r?\n[ \t]*{RUN}"


PIECES = tuple(_pieces())

WRITTEN = {
    Encoding.PERCENT: PERCENT,
    Encoding.ESCAPES: ESCAPES,
    Encoding.ENTITIES: ENTITIES,
    Encoding.PIECES: PIECES,
    Encoding.MANIFEST: MANIFEST,
    Encoding.CHUNK: CHUNK,
}
"""The encodings whose anchors depend on no kind; each anchor has its case."""


def derived(known: tuple[Needle, ...]) -> Iterator[tuple[Encoding, bytes]]:
    """The anchors of the encodings that hide the needles; hexadecimal is written in either case."""
    for form in base64_forms(known):
        yield Encoding.BASE64, regex(form)
    for text in twice_base64_forms(known):
        yield Encoding.BASE64, re.escape(text)
    for form in hex_forms(known):
        yield Encoding.HEX, regex(form)
        yield Encoding.HEX, regex(tuple(place.upper() for place in form))
    for needle in opening(known):
        yield Encoding.PIECES, regex(needle) + GOES_ON.encode("ascii")


GOES_ON = rf"{SIGN}*[\"'`]{_ANY_INDENT}[\"'`]"
"""How a literal that holds a needle ends, where the next line goes on with it."""


def opening(known: tuple[Needle, ...]) -> Iterator[Needle]:
    """The needles that a token begins with: those of URLs are in too many literals."""
    yield from (needle for needle in known if b":" not in needle)
