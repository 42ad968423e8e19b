"""What node-pg-migrate's `pgm` does, forwards and backwards.

Source: node-pg-migrate 9.0, src/migrationBuilder.ts and src/migration.ts.
"""

from re import Match

from launchready.regex import Regex
from launchready.steps.migration_check.frameworks.javascript.sql import replaced
from launchready.steps.migration_check.frameworks.javascript.values import (
    Link,
    Machine,
    links_of,
    path_of,
)
from launchready.steps.migration_check.frameworks.node_pg_migrate.columns import escaped, name_of
from launchready.steps.migration_check.frameworks.node_pg_migrate.operations import (
    MAKES,
    REVERSES,
    reversed_args,
)
from launchready.steps.migration_check.frameworks.syntax.code import hole

_HOLE = Regex(r"\{(\w+)\}")
_HARMLESS = frozenset({"func", "isUsingTransaction", "getSql", "getSqlSteps", "enableReverseMode"})


class Builder:
    """`pgm`. `is_outside` says that it called `noTransaction`; `refusal` is why it has no way back,
    where it goes backwards.
    """

    def __init__(self, shorthands: dict[str, object], *, is_backwards: bool = False) -> None:
        self.is_outside = False
        self.refusal = ""
        self._shorthands, self._is_backwards = shorthands, is_backwards

    def tell(self, link: Link) -> object:
        """A chain is worth itself."""
        return link

    def take(self, link: Link, machine: Machine) -> None:
        """A chain that is run."""
        _, links = links_of(link)
        if link.args is None:
            return
        if link.name == "noTransaction":
            self.is_outside = True
        elif link.name in ("query", "select") or (link.name == "sql" and len(links) == 1):
            self._sql(link, machine)
        elif len(links) == 1 and link.name in MAKES:
            self._make(link, machine)
        elif link.name not in _HARMLESS:
            self._refuse(link)
            machine.lose(link, f"{path_of(link)}()")

    def _refuse(self, link: Link) -> None:
        if self._is_backwards and not self.refusal:
            self.refusal = f"`pgm.{link.name}` has no reverse, and there is no `down`"

    def _sql(self, link: Link, machine: Machine) -> None:
        self._refuse(link)
        if self._is_backwards or link.name == "select":
            return
        sql, values = link.argument(0), link.argument(1)
        if not isinstance(sql, str):
            machine.lose(link, f"pgm.{link.name}() of a text that is made as it runs")
            return
        if isinstance(values, dict) and link.name == "sql":
            text = _HOLE.sub(lambda found: _filled(found, values), sql)
            sql = replaced(sql, text, link.code.text, link.code.path)
        machine.emit(sql, link, f"pgm.{link.name}")

    def _make(self, link: Link, machine: Machine) -> None:
        name, args = link.name, link.args or ()
        if self._is_backwards:
            if name not in REVERSES:
                self._refuse(link)
                return
            name, args = REVERSES[name], reversed_args(name, args)
        target = name_of(args[0]) if args else None
        made = None if target is None else MAKES[name](target, args, self._shorthands)
        if made is None:
            machine.lose(link, f"pgm.{link.name}() of what cannot be told")
            return
        for sql in made:
            machine.emit(sql, link, f"pgm.{link.name}")


def _filled(found: Match[str], values: dict[str, object]) -> str:
    if found[1] not in values:
        return found[0]
    value = values[found[1]]
    if isinstance(value, str | dict):
        return name_of(value) or hole("name")
    return escaped(value)
