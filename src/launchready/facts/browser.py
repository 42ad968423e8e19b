"""What a real browser saw of one page."""

from launchready.frozen import frozen


@frozen
class PageError:
    """An exception that nothing caught. `name` is its class, `words` what the engine says of it.

    `url`, `line` and `column` (from 1) are where it was thrown, "" and 0 where that is not told.
    `is_promise` says that a promise was rejected, which stops nothing else on the page.
    """

    name: str
    words: str
    url: str
    line: int
    column: int
    is_promise: bool = False


@frozen
class FailedRequest:
    """A request of the page that failed: by its `status`, or without an answer by `trouble`.

    `kind` is the browser's word: Document, Script, Stylesheet, Fetch, XHR, Image, Font, …
    """

    url: str
    kind: str
    status: int = 0
    trouble: str = ""


@frozen
class MixedRequest:
    """A request by plain HTTP of a page by HTTPS, and whether the browser refused it."""

    url: str
    is_blocked: bool


@frozen
class Rendered:
    """A page after its scripts ran.

    `url` is where it ended; `status` that of the document; `headers` the names of its header
    fields in lower case. `trouble` says why there is no page: "" or a clause. `text` is what can be
    read, `html` the tree as text; `shown` counts what can be seen that is no text. `has_password`
    says that it asks for a password. `led_to` is an address on an undeclared host to which it would
    have gone, "" without. `console_errors` counts what scripts and browser reported.
    """

    url: str
    status: int = 0
    headers: tuple[str, ...] = ()
    trouble: str = ""
    text: str = ""
    html: str = ""
    shown: int = 0
    has_password: bool = False
    led_to: str = ""
    errors: tuple[PageError, ...] = ()
    console_errors: int = 0
    failed: tuple[FailedRequest, ...] = ()
    mixed: tuple[MixedRequest, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to see."""
        return not self.trouble and not self.text.strip() and not self.shown
