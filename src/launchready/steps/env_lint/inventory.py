"""Reads the lists of names that platforms print. Values in them are dropped as they are read.

Seen forms: `gh secret list` and `gh variable list` (columns between tabs), `vercel env ls` (columns
with environments), `fly secrets list` and `railway variables` (tables with drawn lines), `heroku
config` (`NAME: value`), `NAME=value` lines, and the JSON that `gh … --json name`, `wrangler secret
list`, `netlify env:list --json`, `heroku config --json` and `doppler secrets --json` print.
"""

import json
from collections.abc import Iterator

from launchready.facts.environment import Declaration, Environment, Kind
from launchready.model import FileLocation
from launchready.regex import Regex
from launchready.steps.env_lint.naming import Naming

_DRAWN = Regex(r"[│┃║|╎┆]")
_LINE = Regex(r"^\W{0,8}([A-Za-z_][A-Za-z0-9_]*)(?=[\s:=│┃║|]|$)")
_HEADERS = frozenset({"NAME", "KEY", "DIGEST", "VARIABLE", "SECRET", "VALUE", "STATUS"})
_STAGES = Regex(r"\b(Production|Preview|Development|Staging)\b")


def parse_inventory(
    text: str, path: str, environment: Environment | None, naming: Naming
) -> Iterator[Declaration]:
    """A declaration for each name of a list, once for each environment that its line names."""
    for name, line, stages in _names(text):
        environments = tuple(naming.named(stage) for stage in stages) if stages else ()
        for each in environments or (environment,):
            yield Declaration(
                name=name,
                location=FileLocation(path=path, line=line),
                kind=Kind.INVENTORY,
                source="inventory",
                environment=environment or each,
            )


def _names(text: str) -> Iterator[tuple[str, int, tuple[str, ...]]]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        yield from _from_lines(text)
        return
    for name in _from_json(document):
        yield name, 1, ()


def _from_lines(text: str) -> Iterator[tuple[str, int, tuple[str, ...]]]:
    for number, line in enumerate(text.splitlines(), start=1):
        match = _LINE.match(line)
        if match is None or not _is_name(match[1]):
            continue
        rest = _DRAWN.sub(" ", line[match.end() :])
        yield match[1], number, tuple(dict.fromkeys(_STAGES.findall(rest)))


def _from_json(document: object) -> Iterator[str]:
    match document:
        case list():
            for item in document:
                if isinstance(item, str) and _is_name(item):
                    yield item
                elif isinstance(item, dict):
                    named = item.get("name") or item.get("key") or item.get("Name")
                    if isinstance(named, str) and _is_name(named):
                        yield named
        case {"secrets": list() | dict() as inner} | {"envs": list() as inner}:
            yield from _from_json(inner)
        case dict():
            yield from (key for key in document if isinstance(key, str) and _is_name(key))


def _is_name(word: str) -> bool:
    """Whether a word is a variable's name rather than a heading or a sentence's first word."""
    is_shouted = word.isupper() or ("_" in word and word.upper() == word)
    return is_shouted and len(word) > 1 and word not in _HEADERS
