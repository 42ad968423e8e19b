"""Steps of jobs and composite actions: their commands line by line, and the secrets they get."""

from collections.abc import Iterator

from launchready.config.nodes import Node, Scalar
from launchready.documents import child, entries, text_of
from launchready.facts.workflows import Line, SecretUse, StepFacts, Where
from launchready.steps.env_lint.declarations.expressions import taken_by, taken_in
from launchready.steps.env_lint.declarations.format import Format, pairs


def step_of(form: Format, node: Node) -> StepFacts:
    """One step."""
    run = child(node, "run")
    inputs = child(node, "with")
    return StepFacts(
        location=form.place(node),
        uses=text_of(child(node, "uses")) or "",
        lines=tuple(lines_of(form, run)) if isinstance(run, Scalar) else (),
        inputs=tuple((str(key.value), text_of(value) or "") for key, value in entries(inputs)),
        secrets=(
            *secrets_in(form, child(node, "env"), Where.STEP),
            *secrets_in(form, inputs, Where.INPUT),
            *_in_text(form, run, Where.RUN),
            *condition_secrets(form, child(node, "if")),
        ),
    )


def secrets_in(form: Format, node: Node | None, where: Where) -> Iterator[SecretUse]:
    """The secrets that a mapping of variables or inputs gets."""
    for pair in pairs(node):
        text = text_of(pair.value)
        for origin in taken_in(text or ""):
            if origin.store == "secrets" and pair.value is not None:
                yield SecretUse(
                    name=origin.name,
                    where=where,
                    location=form.place(pair.value, origin.name),
                    key=str(pair.key.value),
                )


def condition_secrets(form: Format, node: Node | None) -> Iterator[SecretUse]:
    """The secrets that an `if` names, which is an expression with or without its brackets."""
    if node is not None:
        for origin in taken_by(text_of(node) or ""):
            if origin.store == "secrets":
                yield SecretUse(
                    name=origin.name,
                    where=Where.CONDITION,
                    location=form.place(node, "secrets"),
                )


def _in_text(form: Format, node: Node | None, where: Where) -> Iterator[SecretUse]:
    seen = set()
    for origin in taken_in(text_of(node) or ""):
        if origin.store == "secrets" and node is not None and origin.name not in seen:
            seen.add(origin.name)
            yield SecretUse(
                name=origin.name, where=where, location=form.place(node, origin.name or "secrets")
            )


def lines_of(form: Format, node: Scalar) -> Iterator[Line]:
    """The command lines of a `run`, each at its place in the file."""
    text = str(node.value)
    source = _text_at(form, node.line)[node.column - 1 :]
    first = node.line + 1 if source[:1] in ("|", ">") else node.line
    is_literal = source[:1] == "|"
    numbered = [
        (first + offset if is_literal else first, line)
        for offset, line in enumerate(text.split("\n"))
    ]
    yield from joined(form, numbered)


def joined(form: Format, numbered: list[tuple[int, str]]) -> Iterator[Line]:
    """Lines with their numbers -> command lines; a backslash at the end continues one."""
    waiting: list[str] = []
    begins = 0
    for number, line in numbered:
        if not waiting:
            begins = number
        if line.endswith("\\"):
            waiting.append(line[:-1])
            continue
        whole = " ".join((*waiting, line)).strip()
        waiting = []
        if whole and not whole.startswith("#"):
            yield _line(form, begins, whole)
    if waiting:
        yield _line(form, begins, " ".join(waiting).strip())


def _line(form: Format, number: int, text: str) -> Line:
    source = _text_at(form, number)
    found = source.find(text.partition("\n")[0])
    column = found if found >= 0 else len(source) - len(source.lstrip())
    return Line(text=text, location=form.at(number, column + 1, source[column:]))


def _text_at(form: Format, number: int) -> str:
    """A line of the file. YAML ends lines at a lone CR too, and so counts more of them."""
    return form.lines[number - 1] if 0 < number <= len(form.lines) else ""
