"""Tells pictures, fonts, sound and film, which hold no text that anyone typed."""

import re

from launchready.regex import Regex

_LOOKED_AT = 8000  # bytes; as many as git looks at to tell binary from text
_MEDIA = Regex(
    r"\.(?:png|jpe?g|gif|bmp|ico|icns|webp|avif|heic|tiff?|psd|xcf|ai|eps|woff2?|ttf|otf|eot|"
    r"mp[34g]|m4[av]|mov|avi|mkv|webm|wmv|flv|ogg|oga|ogv|opus|wav|flac|aac|aiff?)\Z",
    re.IGNORECASE,
)


def is_media(path: str | None, buffer: bytearray, start: int, end: int) -> bool:
    """Whether the name says so and the content, by a NUL byte, does not deny it."""
    if path is None or not _MEDIA.search(path):
        return False
    return buffer.find(b"\0", start, min(end, start + _LOOKED_AT)) >= 0
