"""What is wrong with the writing of an env file, line by line."""

import functools
import re
from collections.abc import Iterator, Sequence

from launchready.facts.environment import Kind, LineTrouble, Loading
from launchready.frozen import frozen
from launchready.regex import Regex
from launchready.steps.env_lint.dialects import DIALECTS
from launchready.steps.env_lint.dialects.characters import character_troubles
from launchready.steps.env_lint.dialects.decode import Decoded
from launchready.steps.env_lint.dialects.lines import EnvLine, Written

_MANGLED = frozenset({"-", "undefined", "null", "None", "NaN", "[object Object]", "nil"})
_RUNS_COMMANDS = frozenset({"dotenv-expand", "dotenvx", "ruby", "ruby-2", "symfony"})
_SHELL_WORDS = Regex(
    r"\s*(?:if|then|else|elif|fi|for|while|do|done|case|esac|function|set|unset|source|\.|exit|return"
    r"|echo|cd|eval|\[\[?|\}|\{)(?:\s|;|$)|.*\(\)\s*\{"
)


@frozen
class Writing:
    """An env file as it is written, and the loaders that read it or its copy."""

    path: str
    content: Decoded
    lines: Sequence[EnvLine]
    kind: Kind
    loaders: Sequence[Loading]
    packages: frozenset[str]

    @functools.cached_property
    def is_in_capitals(self) -> bool:
        """Whether four of five names are."""
        names = [each.name for each in self.lines if each.name]
        return sum(name == name.upper() for name in names) >= 0.8 * len(names)

    @property
    def is_template(self) -> bool:
        """Whether it is there to be copied."""
        return self.kind is Kind.TEMPLATE

    @property
    def is_script(self) -> bool:
        """Whether only a shell reads it."""
        return bool(self.loaders) and all(each.loader == "bash" for each in self.loaders)


def troubles_of(writing: Writing) -> Iterator[LineTrouble]:
    """Every trouble, by the rule that tells of it."""
    for line in writing.lines:
        if line.written is Written.ASSIGNMENT:
            yield from _of_assignment(writing, line)
        elif line.written in (Written.OTHER, Written.BARE_NAME):
            yield from _of_other(writing, line)
    yield from _repeated(writing)
    yield from character_troubles(
        writing.content, writing.lines, writing.loaders, is_template=writing.is_template
    )


def _of_assignment(writing: Writing, line: EnvLine) -> Iterator[LineTrouble]:
    if line.is_open:
        if breaking := breaking_loaders(writing.loaders, line, line.name + "=x"):
            yield _trouble("unterminated-quote", line, _listed(breaking))
        elif not writing.is_template:
            yield _trouble("unterminated-quote", line)
        return
    yield from _of_blanks(writing, line)
    yield from _of_name(writing, line)
    yield from _of_value(writing, line)


def _of_blanks(writing: Writing, line: EnvLine) -> Iterator[LineTrouble]:
    """Blanks around the `=` are graded by the loaders that are used."""
    if not line.has_blanks:
        return
    straight = f"{line.name}={line.rest.lstrip(' ' + chr(9))}"
    breaking = breaking_loaders(writing.loaders, line, straight)
    if breaking:
        yield _trouble("space-around-equals", line, _listed(breaking))
    elif not writing.loaders and not writing.is_template:
        yield _trouble("space-around-equals", line)


def _of_name(writing: Writing, line: EnvLine) -> Iterator[LineTrouble]:
    name = line.name
    if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name):
        if name == name.upper() or not writing.is_in_capitals or name.startswith("npm_"):
            return
        if name in ("http_proxy", "https_proxy", "no_proxy", "all_proxy"):
            return
        yield _trouble("odd-variable-name", line, "has small letters, unlike the others")
    elif name[0].isdigit():
        yield _trouble("odd-variable-name", line, "begins with a digit")
    elif "-" in name or "." in name:
        yield _trouble("odd-variable-name", line, "has a " + ("dash" if "-" in name else "dot"))
    else:
        yield _trouble("odd-variable-name", line, "has a letter that is not of A to Z")


def _of_value(writing: Writing, line: EnvLine) -> Iterator[LineTrouble]:
    if line.quote != "'" and re.search(r"(?<!\\)\$\(|^`[^`]*`$", line.rest.strip().strip('"')):
        running = [each for each in writing.loaders if each.loader in _RUNS_COMMANDS]
        if running:
            yield _trouble("command-substitution", line, _listed(running))
        elif not writing.loaders and not writing.is_template:
            yield _trouble("command-substitution", line)
    if not writing.is_template and (detail := _mangled(writing, line)):
        yield _trouble("mangled-value", line, detail)


def _mangled(writing: Writing, line: EnvLine) -> str:
    value = line.value
    if value in _MANGLED:
        takes_null = value == "null" and not writing.packages.isdisjoint(_TAKES_NULL)
        return "" if takes_null else f"is the word `{value}`"
    if not line.quote or not value.strip():
        return ""
    if value.endswith("\n") and "-----END" not in value:
        return "ends with a line break"
    if value[0] in " \t" or value[-1] in " \t":
        return "has blanks around it, inside the quotes"
    return ""


_TAKES_NULL = frozenset({"laravel/framework", "illuminate/support", "laravel/lumen-framework"})
"""Their `env()` makes nothing of the word `null`: https://laravel.com/docs/configuration."""


def _of_other(writing: Writing, line: EnvLine) -> Iterator[LineTrouble]:
    """A line that sets nothing: of a bare name only what a loader that is used refuses."""
    if writing.is_script or (line.written is Written.OTHER and _SHELL_WORDS.match(line.raw)):
        return
    refusing = [each for each in writing.loaders if DIALECTS[each.loader].read(line.raw).is_refused]
    if refusing:
        yield _trouble("unparsable-line", line, _listed(refusing))
    elif line.written is Written.OTHER and not writing.is_template and re.search(r"\w", line.raw):
        yield _trouble("unparsable-line", line)


def _repeated(writing: Writing) -> Iterator[LineTrouble]:
    first: dict[str, EnvLine] = {}
    for line in writing.lines:
        if line.written is not Written.ASSIGNMENT:
            continue
        before = first.setdefault(line.name, line)
        if before is line or line.name in _own_references(line):
            continue
        is_same = before.value == line.value or writing.is_template
        rule = "repeated-key" if is_same else "conflicting-duplicate-key"
        yield _trouble(rule, line, related_line=before.line)


def _own_references(line: EnvLine) -> frozenset[str]:
    """`PATH=$PATH:…` after `PATH=…` adds to it."""
    return frozenset(re.findall(r"\$\{?([A-Za-z_]\w*)", line.value))


def breaking_loaders(loaders: Sequence[Loading], line: EnvLine, straight: str) -> list[Loading]:
    """The loaders that read a line otherwise than the same line written straight."""
    found = []
    for each in loaders:
        wanted = DIALECTS[each.loader].read(straight)
        got = DIALECTS[each.loader].read(line.raw)
        if got.is_refused or got.values.get(line.name) != wanted.values.get(line.name):
            found.append(each)
    return found


def _listed(loaders: Sequence[Loading]) -> str:
    return ", ".join(f"{DIALECTS[each.loader].title} ({each.evidence})" for each in loaders)


def _trouble(rule: str, line: EnvLine, detail: str = "", related_line: int = 0) -> LineTrouble:
    return LineTrouble(
        trouble=rule,
        line=line.line,
        column=line.column,
        end_column=line.end_column,
        name=line.name,
        detail=detail,
        related_line=related_line,
    )
