"""What a visitor can read of an HTML page without scripts."""

from html.parser import HTMLParser

_UNSEEN = frozenset({"script", "style", "template", "noscript", "head", "svg"})
_SHOWN_BY_THEMSELVES = frozenset({"img", "input", "video", "canvas", "iframe", "object"})
_MOST = 200_000


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._unseen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen.append(tag)
        elif tag == "body":
            self._unseen.clear()  # a head may be left open
        elif tag in _SHOWN_BY_THEMSELVES and not self._unseen:
            self.words.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._unseen and self._unseen[-1] == tag:
            self._unseen.pop()

    def handle_data(self, data: str) -> None:
        if not self._unseen and (text := data.strip()):
            self.words.append(text)


def visible_text(page: str) -> str:
    """The words of a page's body, and the names of what shows itself, such as `img`."""
    reader = _Reader()
    reader.feed(page[:_MOST])
    return " ".join(reader.words)
