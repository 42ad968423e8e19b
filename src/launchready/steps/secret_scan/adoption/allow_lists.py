"""The allow-lists of gitleaks' `.gitleaks.toml`, and of betterleaks', which has the same.

Sources: gitleaks, config/config.go and config/allowlist.go. What the file says besides, such as
its own rules, is not read.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from launchready.steps.secret_scan.adoption.accepted import AllowList, Misread, Target
from launchready.steps.secret_scan.expressions.parse import ExpressionError
from launchready.steps.secret_scan.expressions.search import Machine, compile_machine

_ALL = ("and", "&&")
_ANY = ("", "or", "||")
_MOST_REASON = 200


def parse_allow_lists(text: str, file: str) -> tuple[tuple[AllowList, ...], list[Misread]]:
    """Every allow-list, of the whole file and of single rules.

    A criterion that cannot be read is left out, so that the list accepts less; a list that needs
    all of its criteria is then left out as a whole.
    """
    import tomllib

    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return (), [Misread(file=file, line=1, reason="it is not TOML that can be read")]
    reader = _Reader(text=text, file=file)
    lists = []
    for table, rules in _tables(document):
        found = reader.allow_list(table, rules)
        if found is not None:
            lists.append(found)
    return tuple(lists), reader.odd


def _tables(document: dict[str, Any]) -> Iterator[tuple[dict[str, Any], frozenset[str]]]:
    """Each allow-list with the rules that it is for."""
    for table in _own(document):
        yield table, frozenset(_texts(table.get("targetRules")))
    rules = document.get("rules")
    for rule in rules if isinstance(rules, list) else ():
        if isinstance(rule, dict) and isinstance(rule.get("id"), str):
            for table in _own(rule):
                yield table, frozenset({rule["id"]})


def _own(table: dict[str, Any]) -> Iterator[dict[str, Any]]:
    lower = {key.lower(): value for key, value in table.items()}
    for name in ("allowlist", "allowlists"):
        found = lower.get(name)
        for each in found if isinstance(found, list) else [found]:
            if isinstance(each, dict):
                yield each


def _texts(value: Any) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


@dataclass(kw_only=True)
class _Reader:
    """Reads tables; `odd` grows with what cannot be read."""

    text: str
    file: str
    odd: list[Misread] = field(default_factory=list)

    def allow_list(self, given: dict[str, Any], rules: frozenset[str]) -> AllowList | None:
        """The list that a table describes, None where it accepts nothing."""
        table = {key.lower(): value for key, value in given.items()}
        before = len(self.odd)
        condition = str(table.get("condition", "")).lower()
        target = self.target(table)
        paths = self.machines(_texts(table.get("paths")))
        expressions = self.machines(_texts(table.get("regexes"))) if target else ()
        if condition not in (*_ALL, *_ANY):
            self.misread("condition", "the condition of an allow-list is neither and nor or")
        if len(self.odd) > before and condition not in _ANY:
            return None
        found = AllowList(
            rules=rules,
            needs_all=condition in _ALL,
            commits=frozenset(each.strip().lower() for each in _texts(table.get("commits"))),
            paths=paths,
            target=target or Target.SECRET,
            expressions=expressions,
            stop_words=tuple(w.lower() for w in _texts(table.get("stopwords")) if w),
            reason=_reason(table, self.file),
            file=self.file,
            file_line=self.line_of(_first_text(table)),
        )
        return found if found.commits or found.paths or found.reads_content else None

    def target(self, table: dict[str, Any]) -> Target | None:
        given = str(table.get("regextarget", "") or "secret")
        try:
            return Target(given)
        except ValueError:
            self.misread("regexTarget", "the regexTarget is neither secret, match nor line")
            return None

    def machines(self, texts: Sequence[str]) -> tuple[Machine, ...]:
        found = []
        for text in texts:
            try:
                found.append(compile_machine(text))
            except ExpressionError as error:
                self.misread(text, f"this expression is not heeded: {error}")
        return tuple(found)

    def misread(self, text: str, reason: str) -> None:
        self.odd.append(Misread(file=self.file, line=self.line_of(text), reason=reason))

    def line_of(self, text: str) -> int:
        """The line on which a text of the document stands first, in quotes if anywhere so; 1 where
        it is written otherwise. `tomllib` does not tell.
        """
        if not (first := text.split("\n", 1)[0]):
            return 1
        found = [self.text.find(f"{quote}{first}") for quote in ("'", '"')]
        at = min((each for each in found if each >= 0), default=self.text.find(first))
        return self.text.count("\n", 0, at) + 1 if at >= 0 else 1


def _reason(table: dict[str, Any], file: str) -> str:
    description = table.get("description")
    words = " ".join(description.split())[:_MOST_REASON] if isinstance(description, str) else ""
    return words or f"in an allow-list of {file}"


def _first_text(table: dict[str, Any]) -> str:
    """What tells this list from the others."""
    for name in ("description", "paths", "regexes", "stopwords", "commits"):
        value = table.get(name)
        texts = [value] if isinstance(value, str) else _texts(value)
        if texts and texts[0]:
            return texts[0]
    return ""
