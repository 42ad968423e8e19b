"""An HTML page as its tags with their attributes and lines, and its texts of style and script."""

from functools import cached_property
from html.parser import HTMLParser
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from launchready.frozen import frozen
from launchready.regex import Regex

_RAW = ("style", "script")
# What stays as it is in an address, "%" too: what was encoded is not encoded again.
_PLAIN = "".join(chr(sign) for sign in range(0x21, 0x7F))
_MOST_TAGS = 20_000
_MOST_HEAD = 64 << 10
_TITLE = Regex(r"(?i)<title(?:\s[^>]{0,200})?>([^<]{0,500})")


@frozen
class Tag:
    """A start tag. Names of attributes are in lower case; `line` counts from 1."""

    name: str
    attributes: tuple[tuple[str, str], ...]
    line: int

    def get(self, name: str) -> str | None:
        """An attribute's value, "" where it has none, None where it is absent."""
        return next((value for key, value in self.attributes if key == name), None)


@frozen
class Page:
    """A page: `base` is what its addresses are relative to. `texts` are of `style` and `script`
    elements without an address, with the line where each begins.
    """

    base: str
    tags: tuple[Tag, ...]
    texts: tuple[tuple[str, int, str], ...]

    def named(self, *names: str) -> tuple[Tag, ...]:
        """The tags of these names."""
        return tuple(tag for tag in self.tags if tag.name in names)

    def meta(self, name: str) -> str | None:
        """The content of the first `<meta name=…>`, case aside."""
        found = (tag for tag in self.named("meta") if (tag.get("name") or "").lower() == name)
        return next((tag.get("content") for tag in found), None)

    def link(self, relation: str) -> str | None:
        """The whole address of the first `<link rel=…>`."""
        for tag in self.named("link"):
            if relation in (tag.get("rel") or "").lower().split() and (place := tag.get("href")):
                return self.absolute(place)
        return None

    def absolute(self, address: str) -> str | None:
        """An address of the page as a whole URL, None where it is none."""
        try:
            return _as_asked(urljoin(self.base, address.strip()))
        except ValueError:
            return None

    @cached_property
    def scripts(self) -> tuple[str, ...]:
        """The addresses of its scripts."""
        places = (tag.get("src") for tag in self.named("script"))
        return tuple(url for place in places if place and (url := self.absolute(place)))


def _as_asked(url: str) -> str:
    """An address as browsers ask it: blanks and other letters of path and query are encoded."""
    if url.isascii() and " " not in url:
        return url
    parts = urlsplit(url)
    path, query = (quote(part, safe=_PLAIN) for part in (parts.path, parts.query))
    return urlunsplit(parts._replace(path=path, query=query))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[Tag] = []
        self.texts: list[tuple[str, int, str]] = []
        self._raw = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if len(self.tags) < _MOST_TAGS:
            given = tuple((name.lower(), value or "") for name, value in attrs)
            self.tags.append(Tag(name=tag, attributes=given, line=self.getpos()[0]))
        self._raw = tag if tag in _RAW else ""

    def handle_endtag(self, tag: str) -> None:
        self._raw = ""

    def handle_data(self, data: str) -> None:
        if self._raw and data.strip():
            self.texts.append((self._raw, self.getpos()[0], data))


def page_of(text: str, url: str) -> Page:
    """A page's tags. Whatever the text is, there is a page."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    base = next((t.get("href") for t in reader.tags if t.name == "base" and t.get("href")), None)
    try:
        whole = urljoin(url, base) if base else url
    except ValueError:
        whole = url
    return Page(base=whole, tags=tuple(reader.tags), texts=tuple(reader.texts))


def title_of(text: str) -> str:
    """The text of a page's title, "" where it has none."""
    found = _TITLE.search(text[:_MOST_HEAD])
    return found[1].strip() if found else ""
