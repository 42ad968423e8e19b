"""The examples that other scanners test their rules with: how many are found, and how many are not.

FOLDER holds checkouts of those scanners, each in a folder of the name that `READERS` gives it, such
as `kingfisher/` and `detect-secrets/`. Each example is scanned as a file of its own.

    python -m tests.bench.examples FOLDER [--peer] [--misses] [--alarms]
"""

import argparse
import ast
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from launchready.model import Confidence
from tests.bench import scanned

_GO_LIST = re.compile(
    r"\b(tps|fps)\s*:?=\s*(?:append\(\w+,\s*)?\[\]string\{(.*?)\n\s*\}", re.DOTALL
)
_GO_TEXT = re.compile(r'^\s*(?:`([^`]*)`|"((?:[^"\\\n]|\\.)*)")\s*,', re.MULTILINE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """A text that a rule of `origin` finds, or does not."""

    origin: str
    text: str
    is_found: bool


def main() -> None:
    """Score the folder that the command line names."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--peer", action="store_true", help="score detect-secrets too")
    parser.add_argument("--confidence", default="medium", choices=("low", "medium", "high"))
    parser.add_argument("--misses", action="store_true", help="print what is missed")
    parser.add_argument("--alarms", action="store_true", help="print what is found of the others")
    asked = parser.parse_args()
    examples = list(dict.fromkeys(read_examples(asked.folder)))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        names = [_write(folder, number, example) for number, example in enumerate(examples)]
        spans = scanned.ours(folder, names, Confidence[asked.confidence.upper()])
        found = {_number(span.path) for span in spans}
        _print("launchready", examples, found)
        if asked.peer:
            theirs = {_number(span.path) for span in scanned.theirs(folder, names)}
            _print("detect-secrets", examples, theirs)
    for number, example in enumerate(examples):
        if asked.misses and example.is_found and number not in found:
            print(f"missed {example.origin} {example.text[:200]!r}")
        if asked.alarms and not example.is_found and number in found:
            print(f"false {example.origin} {example.text[:200]!r}")


def read_examples(folder: Path) -> Iterator[Example]:
    """All examples of the scanners whose checkouts are in the folder."""
    for origin, read in READERS.items():
        for text, is_found in read(folder / origin):
            if text.strip():
                yield Example(origin=origin, text=text, is_found=is_found)


def _rules_in_yaml(folder: Path) -> Iterator[tuple[str, bool]]:
    for path in (*folder.rglob("*.yml"), *folder.rglob("*.yaml")):
        try:
            document = yaml.safe_load(path.read_text(encoding="utf-8"))
        except (yaml.YAMLError, UnicodeDecodeError):
            continue
        rules = document.get("rules") if isinstance(document, dict) else None
        for rule in rules if isinstance(rules, list) else ():
            for key, is_found in (("examples", True), ("negative_examples", False)):
                yield from ((str(text), is_found) for text in rule.get(key) or ())


def _rules_in_go(folder: Path) -> Iterator[tuple[str, bool]]:
    for path in folder.rglob("*.go"):
        for name, body in _GO_LIST.findall(path.read_text(encoding="utf-8")):
            for raw, quoted in _GO_TEXT.findall(body + "\n"):
                yield raw or _unescaped(quoted), name == "tps"


def _unescaped(quoted: str) -> str:
    try:
        return str(ast.literal_eval(f'"{quoted}"'))
    except (SyntaxError, ValueError):
        return quoted


def _fixtures(folder: Path) -> Iterator[tuple[str, bool]]:
    """Secretlint's: a folder for each case, `ng.…` for what is found and `ok.…` for what is not."""
    for path in folder.rglob("snapshots/*/input*"):
        sort = path.parent.name.partition(".")[0]
        if path.is_file() and sort in {"ng", "ok"} and path.stat().st_size < 1 << 20:
            yield path.read_bytes().decode("utf-8", "replace"), sort == "ng"


def _parametrized(folder: Path) -> Iterator[tuple[str, bool]]:
    """detect-secrets' tests: rows of a text and whether it is found."""
    for path in folder.rglob("tests/plugins/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Tuple) and len(node.elts) >= 2:
                text, verdict = (_constant(each) for each in node.elts[:2])
                if isinstance(text, str) and isinstance(verdict, bool):
                    yield text, verdict


def _constant(node: ast.expr) -> object:
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None


READERS: dict[str, Callable[[Path], Iterable[tuple[str, bool]]]] = {
    "kingfisher": _rules_in_yaml,
    "titus": _rules_in_yaml,
    "noseyparker": _rules_in_yaml,
    "betterleaks": _rules_in_go,
    "gitleaks": _rules_in_go,
    "secretlint": _fixtures,
    "detect-secrets": _parametrized,
}


def _write(folder: Path, number: int, example: Example) -> str:
    name = f"{number}.txt"
    (folder / name).write_bytes(example.text.encode("utf-8", "replace"))
    return name


def _number(name: str) -> int:
    return int(name.removesuffix(".txt"))


def _print(title: str, examples: list[Example], found: set[int]) -> None:
    for origin in (*READERS, ""):
        shares = []
        for is_found in (True, False):
            numbers = {
                number
                for number, each in enumerate(examples)
                if each.is_found is is_found and origin in {each.origin, ""}
            }
            shares.append(f"{len(numbers & found):4} of {len(numbers):4}")
        print(f"{title:15} {origin or 'all':15} positive {shares[0]}  negative {shares[1]}")


if __name__ == "__main__":
    main()
