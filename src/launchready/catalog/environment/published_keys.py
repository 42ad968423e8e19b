"""Keys that vendors publish for trying things out: they open nothing, and let everybody through.

By shapes and beginnings; others by their hashes, in `catalog.placeholders`.
"""

import functools
import re
from collections.abc import Mapping

from launchready.catalog.placeholders import is_published

_SHAPES: Mapping[str, str] = {
    # developers.cloudflare.com/turnstile/troubleshooting/testing
    r"[123]x0{10,40}[0-9A-F]{2}": "Cloudflare Turnstile",
    # developers.google.com/recaptcha/docs/faq: both the site's and the secret key
    r"6LeIxAcTAAAAA[\w-]{27}": "reCAPTCHA",
    # docs.hcaptcha.com/#integration-testing-test-keys
    r"[123]0000000-ffff-ffff-ffff-00000000000[1-3]|0x0{40}": "hCaptcha",
    # upstash.com/docs/qstash/howto/local-development: {"UserID":"defaultUser",…
    r"eyJVc2VySUQiOiJkZWZhdWx0VXNlciIs[\w+/=-]{10,200}": "QStash",
}


@functools.lru_cache(maxsize=8192)
def published_by(value: str) -> str:
    """Who publishes the key, in words; empty if nobody is known to."""
    for shape, vendor in _SHAPES.items():
        if re.fullmatch(shape, value):
            return vendor
    return "its vendor" if is_published(value) else ""
