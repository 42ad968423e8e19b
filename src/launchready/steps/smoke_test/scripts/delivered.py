"""The scripts of the pages as texts: files of declared hosts, and the ones inside the pages."""

from collections.abc import Iterable, Iterator

from launchready.facts.web import Response
from launchready.frozen import frozen
from launchready.steps.smoke_test.html_page import Page
from launchready.steps.smoke_test.seen import LoadedFacts


@frozen
class Script:
    """A text that a visitor's browser gets. It begins in `line` and `column` of `url`, from 1.

    `map_header` is what its own answer says of a source map, "" where nothing.
    """

    url: str
    text: str
    line: int = 1
    column: int = 1
    map_header: str = ""

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column in `url`, from 1, of a character of the text."""
        return self.shifted(
            1 + self.text.count("\n", 0, offset), offset - self.text.rfind("\n", 0, offset)
        )

    def shifted(self, line: int, column: int) -> tuple[int, int]:
        """The same of a line and column of the text."""
        return self.line + line - 1, column + (self.column - 1 if line == 1 else 0)


def scripts_in(response: Response, page: Page) -> Iterator[Script]:
    """The scripts that stand in a page, data for scripts among them."""
    text = response.text
    starts = [0, *(at + 1 for at, sign in enumerate(text) if sign == "\n")]
    for kind, line, inside in page.texts:
        if kind == "script" and line <= len(starts):
            begin = starts[line - 1]
            column = max(text.find(inside, begin), begin) - begin + 1
            yield Script(url=response.url, text=inside, line=line, column=column)


def script_files(files: Iterable[LoadedFacts]) -> Iterator[Script]:
    """The files that came whole or in part as scripts; others are told by the rules on files."""
    for each in files:
        response = each.journey.last.response
        if each.kind != "script" or response is None or response.status != 200:
            continue
        if response.media_type == "text/html":
            continue
        headers = response.headers
        told = headers.get("sourcemap") or headers.get("x-sourcemap") or ""
        yield Script(url=response.url, text=response.text, map_header=told)
