"""Reads in the scripts of `package.json`.

Source: https://docs.npmjs.com/cli/commands/npm-run-script.
"""

import json
from collections.abc import Iterator

from launchready.facts.environment import CodeFacts, Need, Read, SourceFile, Value
from launchready.regex import Regex
from launchready.steps.env_lint.reads.code import MOST
from launchready.steps.env_lint.reads.shell_names import OF_THE_SHELL
from launchready.steps.env_lint.reads.text_places import Places

_SCRIPTS = Regex(r"\"scripts\"\s*:\s*\{")
_OF_SCRIPTS = Regex(r"(?<![\\$])\$\{?([A-Z_][A-Z0-9_]*)(?::?(-)([^}\s\"]*))?\}?")
_SET = Regex(r"(?:^|[\s;&\"])([A-Z_][A-Z0-9_]*)=")


def read(file: SourceFile) -> CodeFacts:
    """What the scripts of a `package.json` tell."""
    text = file.content.decode("utf-8", "replace")
    if "$" not in text:
        return CodeFacts()
    return CodeFacts(reads=tuple(_of_scripts(file, text)))


def _of_scripts(file: SourceFile, text: str) -> Iterator[Read]:
    places = Places(file, text)
    found = _SCRIPTS.search(text)
    try:
        _, end = (
            json.JSONDecoder(strict=False).raw_decode(text, found.end() - 1) if found else (0, 0)
        )
    except (ValueError, RecursionError):
        return
    for number, match in enumerate(_OF_SCRIPTS.finditer(text, found.end() if found else 0, end)):
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()][-4000:]
        name = match[1]
        is_own = name in OF_THE_SHELL or name.startswith("npm_") or name in _SET.findall(line)
        if number >= MOST or is_own:
            continue
        default = Value(match[3]) if match[2] else None
        need = Need.DEFAULT if match[2] else Need.GUARDED
        yield places.read("package.json", match.span(1), need, default)
