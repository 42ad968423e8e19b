"""The bytes of a config file -> its text, on which every reader counts the same lines."""

import codecs
import functools
import re

from launchready.config.nodes import UnreadableError

MAX_BYTES = 1_000_000

# What neither a file nor an escape in it may bring.
# YAML 1.2.2's c-printable (section 5.1) without U+FEFF in mid-text and without NEL, LS and PS:
# YAML 1.1 ends a line at those, YAML 1.2 and editors do not.
_ALLOWED = "\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff"


def decode(content: bytes) -> str:
    """The text of a file, its byte order mark taken off and its lines ended by LF.

    Raises UnreadableError at the first character that a config file may not hold.
    """
    if len(content) > MAX_BYTES:
        raise UnreadableError(
            f"the file is over the limit of {MAX_BYTES:,} bytes", line=1, column=1
        )
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise _unreadable_after("", "the file is UTF-16; save it as UTF-8")
    try:
        text = _unix_lines(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        before = _unix_lines(error.object[: error.start].decode())
        raise _unreadable_after(before, "this is not UTF-8; save the file as UTF-8") from error
    if bad := banned().search(text):
        raise _unreadable_after(text[: bad.start()], f"{character(bad[0])} may not stand here")
    return text


def character(char: str) -> str:
    """How a message names a character that must not be printed."""
    return f"character U+{ord(char):04X}"


def _unix_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _unreadable_after(before: str, message: str) -> UnreadableError:
    line_start = before.rfind("\n") + 1
    return UnreadableError(
        message, line=before.count("\n") + 1, column=len(before) - line_start + 1
    )


@functools.cache
def banned() -> re.Pattern[str]:
    """Finds a character that neither a config file nor an escape in it may bring."""
    return re.compile(f"[^{_ALLOWED}]")
