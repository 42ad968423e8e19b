"""How a POSIX shell reads a file of assignments that it sources. Nothing of it is run."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from launchready.frozen import frozen
from launchready.steps.env_lint.dialects.reading import Entry


def parse_shell(text: str) -> Iterator[Entry]:
    """`source FILE` of bash: what is no assignment alone on its line is a command, with which the
    assignments before it are gone; from a syntax error on, nothing is read.
    """
    known: dict[str, str] = {}
    reader = _Shell(text=text, known=known)
    while reader.position < len(text):
        line = 1 + reader.count_lines()
        words = reader.command()
        if words is None:
            return
        for name, value, is_open in _assigned(words):
            known[name] = value
            yield Entry(name=name, value=value, line=line, is_open=is_open)


@frozen
class _Word:
    """`name` is set if the word is an assignment. `is_open` says that running it would tell."""

    text: str
    name: str = ""
    is_open: bool = False


def _assigned(words: list[_Word]) -> Iterator[tuple[str, str, bool]]:
    """The assignments that stay: all words are such, or it is `export`."""
    if words and words[0].text in ("export", "declare", "readonly", "local") and not words[0].name:
        words = [word for word in words[1:] if word.name]
    if all(word.name for word in words):
        for word in words:
            yield word.name, word.text, word.is_open


@dataclass(eq=False, repr=False)
class _Shell:
    """A place in a script. `known` are the variables set so far."""

    text: str
    known: dict[str, str]
    position: int = 0
    _lines: int = 0
    _counted: int = 0
    _made: list[str] = field(default_factory=list)
    _is_open: bool = False

    def count_lines(self) -> int:
        """Line ends before the next command."""
        gap = _gap().match(self.text, self.position)
        self.position = gap.end() if gap else self.position
        self._lines += self.text.count("\n", self._counted, self.position)
        self._counted = self.position
        return self._lines

    def command(self) -> list[_Word] | None:
        """The words of the next command; an empty list if it sets nothing here; None where the
        shell gives up.
        """
        words: list[_Word] = []
        while self.position < len(self.text):
            character = self.text[self.position]
            if character in " \t":
                self.position += 1
            elif character == "#":
                self.position = _line_end(self.text, self.position)
            elif character in ";\n":
                self.position += 1
                return words
            elif character in "&|":
                self.position += 1
                return self._after_operator(words, character)
            elif character in "()<>":
                return None
            else:
                word = self._word()
                if word is None:
                    return None
                words.append(word)
        return words

    def _after_operator(self, words: list[_Word], operator: str) -> list[_Word]:
        """`&&` and `||` go on in this shell; a single `&` or `|` runs what is before in another."""
        if self.text.startswith(operator, self.position):
            self.position += 1
            return words
        return []

    def _word(self) -> _Word | None:
        begin = self.position
        match = _assignment().match(self.text, begin)
        self._made, self._is_open = [], False
        if match:
            self.position = match.end()
            if self.text.startswith("~", self.position):
                self._is_open = True
        while self.position < len(self.text):
            character = self.text[self.position]
            if character in " \t\n;&|()<>":
                break
            if not self._piece(character):
                return None
        name = match[1] if match else ""
        return _Word(text="".join(self._made), name=name, is_open=self._is_open)

    def _piece(self, character: str) -> bool:
        """Read a piece of a word; False where it has no end."""
        if character == "'":
            end = self.text.find("'", self.position + 1)
            if end < 0:
                return False
            self._made.append(self.text[self.position + 1 : end])
            self.position = end + 1
            return True
        if character == '"':
            return self._double()
        if character == "\\":
            self._made.append(self.text[self.position + 1 : self.position + 2].replace("\n", ""))
            self.position += 2
            return True
        return self._character(character)

    def _double(self) -> bool:
        self.position += 1
        while self.position < len(self.text):
            character = self.text[self.position]
            if character == '"':
                self.position += 1
                return True
            following = self.text[self.position + 1 : self.position + 2]
            if character == "\\" and following and following in '$`"\\\n':
                self._made.append(following.replace("\n", ""))
                self.position += 2
            elif not self._character(character):
                return False
        return False

    def _character(self, character: str) -> bool:
        """One character, or what `$` and backticks stand for."""
        if character == "`":
            return self._skip_to(self.text.find("`", self.position + 1), 1)
        if character != "$":
            self._made.append(character)
            self.position += 1
            return True
        if self.text.startswith("$(", self.position):
            return self._skip_to(_closing(self.text, self.position + 1), 1)
        match = _reference().match(self.text, self.position)
        if match is None:
            self._made.append("$")
            self.position += 1
            return True
        self.position = match.end()
        self._made.append(self._meant(match))
        return True

    def _meant(self, match: re.Match[str]) -> str:
        if match[5]:
            self._is_open = self._is_open or match[5] == "$"
            return ""
        value = self.known.get(match[1] or match[4])
        operator, word = match[2] or "", match[3] or ""
        has_value = bool(value) if operator.startswith(":") else value is not None
        if operator.endswith(("-", "=")) and not has_value:
            return word
        if operator.endswith("+"):
            return word if has_value else ""
        return value or ""

    def _skip_to(self, end: int, more: int) -> bool:
        if end < 0:
            return False
        self._is_open = True
        self.position = end + more
        return True


def _closing(text: str, begin: int) -> int:
    """Where the bracket that opens at `begin` closes; -1 if it does not."""
    depth = 0
    for match in _brackets().finditer(text, begin):
        depth += 1 if match[0] == "(" else -1
        if depth == 0:
            return match.start()
    return -1


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end


@functools.cache
def _gap() -> re.Pattern[str]:
    return re.compile(r"(?:\s+|#[^\n]*)*")


@functools.cache
def _assignment() -> re.Pattern[str]:
    return re.compile(r"([A-Za-z_][A-Za-z0-9_]*)=")


@functools.cache
def _brackets() -> re.Pattern[str]:
    return re.compile(r"[()]")


@functools.cache
def _reference() -> re.Pattern[str]:
    return re.compile(
        r"\$(?:\{([A-Za-z_]\w*)(?:(:?[-+?=])([^{}\n]*))?\}|([A-Za-z_][A-Za-z0-9_]*)|([0-9*@#?$!\-]))"
    )
