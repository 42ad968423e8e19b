"""What a framework really sent (tests/lab), beside what its reader says that it sends."""

import json
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from pathlib import Path

from tests.unit.steps.migration_check.migrated import files_of

from launchready.facts.migrations import Script
from launchready.facts.schema import Engine, Expression
from launchready.steps.migration_check.files import Files
from launchready.steps.migration_check.parsing import parse
from launchready.steps.migration_check.parsing.scripts import pieces

LAB = Path(__file__).parents[3] / "lab"
Acts = list[object]


def project(tool: str, **more: str) -> Files:
    """The project of a framework, with further files."""
    given, _ = files_of((LAB / tool / "project.txt").read_text(encoding="utf-8"))
    whole = {**given, **{name.replace("_py", ".py"): text for name, text in more.items()}}
    return Files(whole, {path: text.encode() for path, text in whole.items()})


def truth(tool: str) -> dict[str, dict[str, list[str]]]:
    """What the framework sent, by migration and side."""
    found: dict[str, dict[str, list[str]]] = json.loads(
        (LAB / tool / "truth.json").read_text(encoding="utf-8")
    )
    return found


def acts_of(statements: Iterable[str]) -> Acts:
    """The acts of statements; a constant is any constant, for Django works many out as it runs."""
    return [
        plain(act)
        for sql in statements
        for piece in pieces(sql, Engine.POSTGRESQL)
        for _, act in parse(piece.sql, Engine.POSTGRESQL)
    ]


def said(script: Script | None) -> Acts:
    """The acts of what a reader made."""
    assert script is not None
    return acts_of(each.sql for each in script.statements)


def plain(value: object) -> object:
    """A value that can be compared and shown."""
    if isinstance(value, Expression):
        if value.is_constant:
            return "NULL" if value.is_null else "a constant"
        return value.functions, value.columns
    if is_dataclass(value):
        given = ((each.name, getattr(value, each.name)) for each in fields(value))
        kept = {name: plain(of) for name, of in given if of and name != "values"}
        return (type(value).__name__, *sorted(kept.items(), key=lambda pair: pair[0]))
    return tuple(map(plain, value)) if isinstance(value, tuple) else value
