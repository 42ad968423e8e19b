"""Reads an env file: what it declares, and what is wrong with its writing."""

import posixpath
from collections.abc import Iterator, Sequence

from launchready.facts.environment import (
    Declaration,
    EnvFileFacts,
    Kind,
    Origin,
    Place,
    Project,
    SourceFile,
    Value,
)
from launchready.model import FileLocation, Unchecked
from launchready.steps.env_lint.dialects.compare import differences_of
from launchready.steps.env_lint.dialects.decode import decoded, is_sealed
from launchready.steps.env_lint.dialects.lines import EnvLine, Written, env_lines
from launchready.steps.env_lint.dialects.loading import loaders_of
from launchready.steps.env_lint.dialects.references import references_of
from launchready.steps.env_lint.dialects.troubles import Writing, troubles_of
from launchready.steps.env_lint.naming import Naming, is_override, kind_of

_ENCRYPTED = ("encrypted:", "ENC[")
_HEEDS_NO_APOSTROPHES = frozenset(
    {"next", "vite", "bun", "dotenv-expand", "dotenv-expand-12", "dotenvx", "python-dotenv"}
)


def read_env_file(
    file: SourceFile, naming: Naming, project: Project, *, is_tracked: bool
) -> Iterator[Declaration | EnvFileFacts | Unchecked]:
    """Every declaration, commented ones too, and one `EnvFileFacts`."""
    if is_sealed(file.content):
        yield Unchecked(
            target=file.path,
            reason="it is encrypted as a whole",
            hint="decrypt it before this runs, or name it in `exclude`",
        )
        return
    text = decoded(file.content)
    lines = tuple(env_lines(text.text))
    if posixpath.basename(file.path) == ".envrc" or text.text.startswith("#!"):
        exports = (each for each in lines if each.is_exported)  # a script: what is left is its own
        yield from _declarations(file, naming, tuple(exports))
        return
    loaders = loaders_of(project, file.path)
    yield from _declarations(file, naming, lines, frozenset(each.loader for each in loaders))
    if file.place is Place.TEST:
        return  # it may be wrong on purpose
    writing = Writing(
        path=file.path,
        content=text,
        lines=lines,
        kind=kind_of(file.path),
        loaders=loaders,
        packages=project.packages,
    )
    yield EnvFileFacts(
        path=file.path,
        kind=writing.kind,
        is_tracked=is_tracked,
        troubles=tuple(troubles_of(writing)),
        differences=tuple(
            differences_of(text.text, lines, loaders, is_template=writing.is_template)
        ),
        loaders=tuple((each.loader, each.evidence) for each in loaders),
    )


def _declarations(
    file: SourceFile,
    naming: Naming,
    lines: Sequence[EnvLine],
    loaders: frozenset[str] = frozenset(),
) -> Iterator[Declaration]:
    environment = naming.of_path(file.path)
    kind = kind_of(file.path)
    for each in lines:
        if not each.name:
            continue
        is_commented = each.written is Written.COMMENTED
        is_encrypted = each.value.startswith(_ENCRYPTED)
        has_value = each.written is not Written.BARE_NAME and not is_encrypted
        yield Declaration(
            name=each.name,
            location=FileLocation(
                path=file.path, line=each.line, column=each.column, end_column=each.end_column
            ),
            kind=Kind.COMMENTED if is_commented else kind,
            source="dotenv",
            environment=environment,
            value=Value(each.value) if has_value else None,
            origin=_origin(each, is_encrypted=is_encrypted),
            references=_references(each, loaders),
            is_override=is_override(file.path),
        )


def _origin(line: EnvLine, *, is_encrypted: bool) -> Origin | None:
    if is_encrypted:
        return Origin(store="encrypted", name=line.name)
    return Origin(store="shell", name=line.name) if line.written is Written.BARE_NAME else None


def _references(line: EnvLine, loaders: frozenset[str]) -> tuple[str, ...]:
    """The names a value is made of; in apostrophes they are text, but not for every loader."""
    if line.quote == "'" and loaders.isdisjoint(_HEEDS_NO_APOSTROPHES):
        return ()
    return tuple(dict.fromkeys(each.name for each in references_of(line.value)))
