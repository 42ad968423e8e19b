"""A strict model of what the runner of GitHub Actions makes of a step's output and files.

Written from actions/runner: src/Runner.Common/ActionCommand.cs (the two command forms),
src/Runner.Worker/ActionCommandManager.cs (what each command does, stop-commands, properties of
annotations), ExecutionContext.cs (caps and cuts), FileCommandManager.cs (environment files, job
summary), and src/Sdk/DTLogging (masks). Lengths are counted in UTF-16 units, as .NET counts them.
"""

import base64
import html
import json
import re
import urllib.parse
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

MOST_PER_LEVEL = 10
MOST_MESSAGE_UNITS = 4096
MOST_SUMMARY_BYTES = 1024 * 1024
MOST_OUTPUT_BYTES = 1024 * 1024

LEVELS = ("error", "warning", "notice")
DISABLED = ("set-env", "add-path")
DEPRECATED = ("set-output", "save-state")
REGISTERED = frozenset(
    (
        *LEVELS,
        *DISABLED,
        *DEPRECATED,
        "add-mask",
        "add-matcher",
        "debug",
        "echo",
        "endgroup",
        "group",
        "remove-matcher",
        "stop-commands",
    )
)

# What char.IsWhiteSpace says yes to, and so what TrimStart and Trim take away.
_BLANKS = (
    "\t\n\x0b\x0c\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
    "\u200a\u2028\u2029\u202f\u205f\u3000"
)
_V1 = (("%3B", ";"), ("%0D", "\r"), ("%0A", "\n"), ("%5D", "]"), ("%25", "%"))
_V2_DATA = (("%0D", "\r"), ("%0A", "\n"), ("%25", "%"))
_V2_PROPERTY = (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%"))
_WHOLE = re.compile(r"\s*[+-]?[0-9]{1,9}\s*")


class RunnerError(Exception):
    """The runner fails the step."""


@dataclass(frozen=True, kw_only=True)
class Command:
    """A line that the runner took as a command. Names of properties are in lower case."""

    name: str
    properties: Mapping[str, str]
    data: str


@dataclass(frozen=True, kw_only=True)
class Annotation:
    """An issue of the step, as the runner sends it on."""

    level: str
    message: str
    properties: Mapping[str, str]


@dataclass
class Seen:
    """What became of a step's output.

    `annotations` are those within the caps and `dropped` the rest; `cut` counts messages that lost
    their end. `unknown` are names in lines that look like a command but are none; `errors` is what
    the runner itself complained of, each also an annotation. `output` is the log without commands.
    """

    commands: list[Command] = field(default_factory=list)
    annotations: list[Annotation] = field(default_factory=list)
    dropped: list[Annotation] = field(default_factory=list)
    cut: int = 0
    masks: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    open_groups: int = 0
    unknown: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    output: list[str] = field(default_factory=list)
    stop_token: str | None = None


def run_log(text: str) -> Seen:
    """What one outer step's standard output does. Inner steps of a composite share one log."""
    runner = _Runner()
    for line in lines_of(text):
        runner.take(line)
    return runner.seen


def lines_of(text: str) -> list[str]:
    """The lines of a StreamReader: LF, CR and CR LF end one."""
    lines = re.split(r"\r\n|\r|\n", text)
    return lines[:-1] if lines[-1] == "" else lines


def parse_command(line: str, registered: Iterable[str] = REGISTERED) -> Command | None:
    """The command of a line: `::name k=v::data` at its start, else `##[name k=v]data` anywhere."""
    return _parse_v2(line, registered) or _parse_v1(line, registered)


def read_environment_file(content: bytes) -> dict[str, str]:
    """The pairs of a GITHUB_OUTPUT, GITHUB_ENV or GITHUB_STATE file (on Linux and macOS)."""
    text = content.decode("utf-8-sig", "replace")
    lines = _environment_lines(text)
    pairs: dict[str, str] = {}
    for line, _ in lines:
        if not line:
            continue
        equals, heredoc = line.find("="), line.find("<<")
        if equals >= 0 and (heredoc < 0 or equals < heredoc):
            key, _, value = line.partition("=")
            pairs[key] = value
        elif heredoc >= 0:
            key, _, delimiter = line.partition("<<")
            if not key or not delimiter:
                raise RunnerError(f"Invalid format '{line}'. Name or delimiter is empty")
            pairs[key] = _heredoc(lines, delimiter)
        else:
            raise RunnerError(f"Invalid format '{line}'")
    return pairs


def read_summary(content: bytes, masks: Iterable[str] = ()) -> str | None:
    """The job summary as it is shown; None where the runner drops it: empty, or more than 1 MiB."""
    if not content or len(content) > MOST_SUMMARY_BYTES:
        return None
    text = content.decode("utf-8-sig", "replace")
    return "".join(f"{mask(line, masks)}\n" for line in lines_of(text))


def read_job_outputs(outputs: Mapping[str, str], masks: Iterable[str] = ()) -> dict[str, str]:
    """The outputs that other jobs see: none with a secret in it, 1 MiB of UTF-16 in all."""
    masks = tuple(masks)
    size = sum(2 * _units(key + value) for key, value in outputs.items())
    if size > MOST_OUTPUT_BYTES:
        raise RunnerError("the outputs of a job may have 1 MB")
    return {key: value for key, value in outputs.items() if mask(value, masks) == value}


def mask(text: str, masks: Iterable[str]) -> str:
    """`text` with every masked value, in any form the runner knows, as three stars."""
    forms = {form for value in masks for form in _forms(value) if form}
    for form in sorted(forms, key=len, reverse=True):
        text = text.replace(form, "***")
    return text


class _Runner:
    def __init__(self) -> None:
        self.seen = Seen()
        self._registered = set(REGISTERED)
        self._counts: Counter[str] = Counter()

    def take(self, line: str) -> None:
        command = parse_command(line, self._registered)
        if command is None:
            self.seen.unknown += _unknown(line)
            self.seen.output.append(mask(line, self.seen.masks))
        elif self.seen.stop_token is None:
            self.seen.commands.append(command)
            self._process(command)
        elif command.name == self.seen.stop_token.lower():
            self._registered.discard(self.seen.stop_token.lower())
            self.seen.stop_token = None
        else:
            self.seen.output.append(mask(line, self.seen.masks))

    def _process(self, command: Command) -> None:
        match command.name:
            case "error" | "warning" | "notice":
                properties = _validated(command.properties)
                self._annotate(command.name, command.data, properties)
            case "stop-commands":
                self._stop(command.data)
            case "add-mask":
                self._add_mask(command.data)
            case "group":
                self.seen.groups.append(command.data)
                self.seen.open_groups += 1
            case "endgroup":
                self.seen.open_groups -= 1
            case "set-env" | "add-path":
                self._fail(f"The `{command.name}` command is disabled.")
            case "set-output" | "save-state":
                self._annotate("warning", f"The `{command.name}` command is deprecated.", {})
            case "echo" if command.data.strip().upper() not in ("ON", "OFF"):
                self._fail("Invalid echo command value.")
            case _:
                pass

    def _stop(self, token: str) -> None:
        name = token.lower()
        if not token or name in self._registered or name == "pause-logging":
            self._fail("You cannot use that endToken.")
            return
        self.seen.stop_token = token
        self._registered.add(name)
        if _units(token) > 6:
            self.seen.masks.append(token)

    def _add_mask(self, value: str) -> None:
        if not value.strip(_BLANKS):
            self._annotate("warning", "Can't add secret mask for empty string.", {})
            return
        self.seen.masks.append(value)
        parts = (part.strip(_BLANKS) for part in re.split(r"[\r\n]", value))
        self.seen.masks += [part for part in parts if part]

    def _fail(self, message: str) -> None:
        self.seen.errors.append(message)
        self._annotate("error", message, {})

    def _annotate(self, level: str, message: str, properties: Mapping[str, str]) -> None:
        message = mask(message, self.seen.masks)
        if _units(message) > MOST_MESSAGE_UNITS:
            self.seen.cut += 1
            kept = message.encode("utf-16-le", "surrogatepass")[: 2 * MOST_MESSAGE_UNITS]
            message = kept.decode("utf-16-le", "replace")
        self._counts[level] += 1
        fits = self._counts[level] <= MOST_PER_LEVEL
        annotation = Annotation(level=level, message=message, properties=properties)
        (self.seen.annotations if fits else self.seen.dropped).append(annotation)


def _parse_v2(line: str, registered: Iterable[str]) -> Command | None:
    text = line.lstrip(_BLANKS)
    if not text.startswith("::"):
        return None
    end = text.find("::", 2)
    if end < 0:
        return None
    name, space, rest = text[2:end].partition(" ")
    if name.lower() not in registered:
        return None
    properties = _properties(rest.strip(_BLANKS), ",", _V2_PROPERTY) if space else {}
    data = _unescape(text[end + 2 :], _V2_DATA)
    return Command(name=name.lower(), properties=properties, data=data)


def _parse_v1(line: str, registered: Iterable[str]) -> Command | None:
    start = line.find("##[")
    end = line.find("]", start)
    if start < 0 or end < 0:
        return None
    name, space, rest = line[start + 3 : end].partition(" ")
    if name.lower() not in registered:
        return None
    properties = _properties(rest, ";", _V1) if space else {}
    return Command(name=name.lower(), properties=properties, data=_unescape(line[end + 1 :], _V1))


def _properties(
    text: str, separator: str, escapes: tuple[tuple[str, str], ...]
) -> Mapping[str, str]:
    """.NET's Split with RemoveEmptyEntries: `=` at the start of a name or a value goes away."""
    properties = {}
    for part in text.split(separator):
        name, _, value = part.lstrip("=").partition("=")
        value = value.lstrip("=")
        if name and value:
            properties[name.lower()] = _unescape(value, escapes)
    return properties


def _unescape(text: str, escapes: tuple[tuple[str, str], ...]) -> str:
    for escaped, plain in escapes:
        text = text.replace(escaped, plain)
    return text


def _validated(given: Mapping[str, str]) -> Mapping[str, str]:
    """IssueCommandExtension.ValidateLinesAndColumns, step by step."""
    told = dict(given)
    numbers = {name: _whole(told.get(name)) for name in ("line", "endline", "col", "endcolumn")}
    has_column = numbers["col"] is not None or numbers["endcolumn"] is not None
    has_line, has_end = numbers["line"] is not None, numbers["endline"] is not None
    if has_end and not has_line:
        told["line"] = told["endline"]
        has_line = True
    if numbers["endcolumn"] is not None and numbers["col"] is None:
        told["col"] = told["endcolumn"]
    is_split = has_end and told.get("line") != told.get("endline")
    if has_column and (not has_line or is_split):
        _drop(told, "col", "endcolumn")
    if numbers["line"] is not None and (numbers["endline"] or 0) < numbers["line"] and has_end:
        _drop(told, "line", "endline")
    column, end_column = numbers["col"], numbers["endcolumn"]
    if column is not None and end_column is not None and end_column < column:
        _drop(told, "col", "endcolumn")
    return told


def _drop(told: dict[str, str], *names: str) -> None:
    for name in names:
        told.pop(name, None)


def _whole(text: str | None) -> int | None:
    return int(text) if text is not None and _WHOLE.fullmatch(text) else None


def _unknown(line: str) -> list[str]:
    found = re.match(r"::([^:]*)::", line.lstrip(_BLANKS)) or re.search(r"##\[([^\]]*)\]", line)
    return [found[1]] if found else []


def _environment_lines(text: str) -> Iterator[tuple[str, bool]]:
    """Lines and whether each has its line feed."""
    *whole, last = text.split("\n")
    yield from ((line, True) for line in whole)
    if last:
        yield last, False


def _heredoc(lines: Iterator[tuple[str, bool]], delimiter: str) -> str:
    taken: list[str] = []
    for line, has_end in lines:
        if line == delimiter:
            return "\n".join(taken)
        if not has_end:
            raise RunnerError("Invalid value. EOF marker missing new line.")
        taken.append(line)
    raise RunnerError(f"Invalid value. Matching delimiter not found '{delimiter}'")


def _forms(value: str) -> Iterator[str]:
    """The value as it is and as ValueEncoders.cs writes it."""
    raw = value.encode("utf-8", "replace")
    yield value
    for shift in range(3):
        if len(raw) > shift:
            yield base64.b64encode(raw[shift:]).decode()
    yield value.replace('"', '\\"')
    yield json.dumps(value, ensure_ascii=False)[1:-1]
    yield urllib.parse.quote(raw, safe="")
    yield html.escape(value)
    if len(value) > 8 and value.startswith('"') and value.endswith('"'):
        yield value[1:-1]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
