"""Dockerfiles: ARG and ENV with the stages that keep them, and files that are copied in.

Source: https://docs.docker.com/reference/dockerfile/.
"""

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from launchready.config.nodes import Scalar, UnreadableError
from launchready.documents import decode
from launchready.documents.dockerfile import Instruction, instructions_of
from launchready.facts.environment import Declaration, Kind, Need, Origin, SourceFile
from launchready.facts.images import Copy, ImageFacts, Variable
from launchready.model import Unchecked
from launchready.steps.env_lint.declarations.format import Format, format_of
from launchready.steps.env_lint.declarations.interpolation import uses_in
from launchready.steps.env_lint.naming import Naming


def read(file: SourceFile, naming: Naming) -> Iterator[object]:
    """What a Dockerfile declares, reads and copies; one `ImageFacts` at the end."""
    try:
        text = decode(file.content)
    except UnreadableError as error:
        yield Unchecked(
            target=file.path, reason=error.message, hint="save it as UTF-8, or name it in `exclude`"
        )
        return
    form = format_of(
        file, "dockerfile", Kind.IMAGE, environment=naming.of_path(file.path)
    ).building()
    image = _Image(form=form)
    told = [each for instruction in instructions_of(text) for each in image.take(instruction)]
    yield from image.settled(told)
    yield from image.facts(silenced="SecretsUsedInArgOrEnv" in text)


@dataclass(eq=False, repr=False)
class _Stage:
    number: int
    name: str
    base: str


@dataclass(eq=False, repr=False)
class _Image:
    """What was read so far. Stage 0 is what stands above the first FROM."""

    form: Format
    stages: list[_Stage] = field(default_factory=lambda: [_Stage(0, "", "")])
    variables: list[tuple[int, Variable]] = field(default_factory=list)
    copies: list[tuple[int, Copy]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)

    def take(self, instruction: Instruction) -> Iterator[object]:
        yield from self._reads(instruction)
        match instruction.keyword:
            case "FROM":
                self._begin(instruction.text)
            case "ARG" | "ENV":
                yield from self._assign(instruction)
            case "COPY" | "ADD":
                self._copy(instruction)

    def settled(self, told: Iterable[object]) -> Iterator[object]:
        """What a stage that is left behind declares is of no environment, but of its build."""
        kept = self._kept()
        left = {id(each.declaration) for number, each in self.variables if number not in kept}
        for each in told:
            if isinstance(each, Declaration) and id(each) in left:
                yield replace(each, environment=None)
            else:
                yield each

    def facts(self, *, silenced: bool) -> Iterator[ImageFacts]:
        """The image, once its last stage is known."""
        kept = self._kept()
        yield ImageFacts(
            path=self.form.file.path,
            environment=self.form.environment,
            variables=tuple(
                Variable(
                    declaration=each.declaration, is_env=each.is_env, is_delivered=number in kept
                )
                for number, each in self.variables
            ),
            copies=tuple(
                Copy(source=each.source, location=each.location, is_delivered=number in kept)
                for number, each in self.copies
            ),
            silenced=silenced,
        )

    def _kept(self) -> set[int]:
        """The last stage and those it is made of."""
        by_name = {stage.name.lower(): stage for stage in self.stages if stage.name}
        kept: set[int] = set()
        stage: _Stage | None = self.stages[-1]
        while stage and stage.number not in kept:
            kept.add(stage.number)
            stage = by_name.get(stage.base.lower())
        return kept

    def _begin(self, text: str) -> None:
        words = [word for word in text.split() if not word.startswith("--")]
        is_named = len(words) >= 3 and words[-2].lower() == "as"
        self.stages.append(
            _Stage(len(self.stages), words[-1] if is_named else "", words[0] if words else "")
        )

    def _assign(self, instruction: Instruction) -> Iterator[object]:
        stage = self.stages[-1]
        here = self.form.within(stage.name or (f"stage {stage.number}" if stage.number else ""))
        is_env = instruction.keyword == "ENV"
        for name, value, offset in _assignments(instruction.text, is_env=is_env):
            line, column = instruction.place(offset)
            key = Scalar(value=name, line=line, column=column)
            uses = tuple(uses_in(value or ""))
            names = tuple(dict.fromkeys(use.name for use in uses))
            given, origin = value, None
            if len(uses) == 1 and uses[0].text == value and names[0] not in self.names:
                given = uses[0].rest  # of a name that nothing gives, what stands after `:-`
            elif len(uses) == 1 and uses[0].text == value:
                given, origin = None, Origin(store="build-arg", name=names[0])
            elif value is None:
                origin = Origin(store="build-arg", name=name)
            for each in here.declared(key, given, origin=origin, references=names):
                self.names.add(name)
                yield each
                self.variables.append(
                    (
                        stage.number,
                        Variable(declaration=each, is_env=is_env, is_delivered=False),
                    )
                )

    def _copy(self, instruction: Instruction) -> None:
        words = list(_words(instruction.text))
        flags = [word for word, _ in words if word.startswith("--")]
        if any(flag.startswith("--from=") for flag in flags) or "<<" in instruction.text:
            return
        sources = [(word, at) for word, at in words if not word.startswith("--")][:-1]
        for word, offset in sources:
            line, column = instruction.place(offset)
            self.copies.append(
                (
                    self.stages[-1].number,
                    Copy(
                        source=word,
                        location=self.form.at(line, column, word),
                        is_delivered=False,
                    ),
                )
            )

    def _reads(self, instruction: Instruction) -> Iterator[object]:
        """Uses of names that the file itself declares: any other may be a shell's own."""
        for use in uses_in(instruction.text):
            if use.name in self.names:
                line, column = instruction.place(use.start)
                node = Scalar(value=use.name, line=line, column=column)
                default = use.rest if use.need is Need.DEFAULT else None
                yield self.form.read(use.name, node, use.need, default=default, text=use.text)


@functools.cache
def _assignment() -> re.Pattern[str]:
    """`NAME`, or `NAME=` and quoted and bare pieces up to the next blank."""
    return re.compile(
        r"(?<!\S)(?P<name>[A-Za-z_][\w.-]*+)"
        r"(?:(?P<equals>=)(?P<value>(?:\"(?:[^\"\\]|\\.)*+\"|'[^']*+'|\\.|[^\s\"'\\])*+))?(?=\s|\Z)",
        re.DOTALL,
    )


def _assignments(text: str, *, is_env: bool) -> Iterator[tuple[str, str | None, int]]:
    """Each name of an ARG or ENV with its value and its offset; `ENV NAME the value` too."""
    old = re.match(r"\s*([A-Za-z_][\w.-]*)[ \t]+(.*)", text, re.DOTALL) if is_env else None
    if old:
        yield old[1], _unquoted(old[2].strip()), old.start(1)
        return
    for match in _assignment().finditer(text):
        value = None if match["equals"] is None else _unquoted(match["value"])
        yield match["name"], value, match.start("name")


def _unquoted(value: str) -> str:
    """The value without the quotes and escapes of a Dockerfile."""
    return re.sub(
        r"\"((?:[^\"\\]|\\.)*+)\"|'([^']*+)'",
        lambda match: match[2] if match[2] is not None else re.sub(r"\\([\"\\])", r"\1", match[1]),
        value,
        flags=re.DOTALL,
    )


def _words(text: str) -> Iterator[tuple[str, int]]:
    """The words of COPY or ADD, in the plain form and in the form of a JSON list."""
    if text.lstrip().startswith("["):
        for match in re.finditer(r'"((?:[^"\\]|\\.)*+)"', text):
            yield match[1], match.start(1)
        return
    for match in re.finditer(r"\S+", text):
        yield match[0], match.start()
