"""The examples that other scanners test their rules with: how many are found, and how many are not.

FOLDER holds checkouts of those scanners, each in a folder of the name that `READERS` gives it, such
as `kingfisher/` and `detect-secrets/`. Each example is scanned as a file of its own. Printed are
those found at the default confidence and those found at any: most of the examples are made up, and
what has a token's form but counts is an example to launchready too, which it says by its lowest
confidence. Of what is to be found some opens nothing: `no_secrets` says which, and why.

    python -m tests.bench.examples FOLDER [--peer] [--misses] [--alarms]
"""

import argparse
import ast
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from launchready.model import Confidence
from tests.bench import scanned
from tests.bench.no_secrets import is_no_secret

_GO_LIST = re.compile(
    r"\b(tps|fps)\s*:?=\s*(?:append\(\w+,\s*)?\[\]string\{(.*?)\n\s*\}", re.DOTALL
)
_GO_TEXT = re.compile(r'^\s*(?:`([^`]*)`|"((?:[^"\\\n]|\\.)*)")\s*,', re.MULTILINE)
_GO_RULE = re.compile(r'RuleID:\s*"([^"]+)"')

Row = tuple[str, str, bool]
"""The id of a rule, a text, and whether the rule finds it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """A text that a rule of `origin` finds, or does not. Texts of several rules are one example."""

    origin: str
    rule: str = field(compare=False)
    text: str
    is_found: bool


def main() -> None:
    """Score the folder that the command line names."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--peer", action="store_true", help="score detect-secrets too")
    parser.add_argument("--misses", action="store_true", help="print what is missed by default")
    parser.add_argument("--alarms", action="store_true", help="print what is found of the others")
    asked = parser.parse_args()
    examples = list(dict.fromkeys(read_examples(asked.folder)))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        names = [_write(folder, number, example) for number, example in enumerate(examples)]
        found = _numbers(scanned.ours(folder, names))
        _print("by default", examples, found)
        _print("at any confidence", examples, _numbers(scanned.ours(folder, names, Confidence.LOW)))
        if asked.peer:
            _print("detect-secrets", examples, _numbers(scanned.theirs(folder, names)))
    for number, example in enumerate(examples):
        if asked.misses and example.is_found and number not in found:
            print(f"missed {example.origin} {example.rule} {example.text[:200]!r}")
        if asked.alarms and not example.is_found and number in found:
            print(f"false {example.origin} {example.rule} {example.text[:200]!r}")


def read_examples(folder: Path) -> Iterator[Example]:
    """All examples of the scanners whose checkouts are in the folder."""
    for origin, read in READERS.items():
        for rule, text, is_found in read(folder / origin):
            if text.strip():
                yield Example(origin=origin, rule=rule, text=text, is_found=is_found)


def _rules_in_yaml(folder: Path) -> Iterator[Row]:
    for path in (*folder.rglob("*.yml"), *folder.rglob("*.yaml")):
        try:
            document = yaml.safe_load(path.read_text(encoding="utf-8"))
        except (yaml.YAMLError, UnicodeDecodeError):
            continue
        rules = document.get("rules") if isinstance(document, dict) else None
        for rule in rules if isinstance(rules, list) else ():
            for key, is_found in (("examples", True), ("negative_examples", False)):
                for text in rule.get(key) or ():
                    yield str(rule.get("id")), str(text), is_found


def _rules_in_go(folder: Path) -> Iterator[Row]:
    for path in folder.rglob("*.go"):
        source = path.read_text(encoding="utf-8")
        for texts in _GO_LIST.finditer(source):
            rules = _GO_RULE.findall(source[: texts.start()])
            for raw, quoted in _GO_TEXT.findall(texts[2] + "\n"):
                yield (
                    rules[-1] if rules else path.stem,
                    raw or _unescaped(quoted),
                    texts[1] == "tps",
                )


def _unescaped(quoted: str) -> str:
    try:
        return str(ast.literal_eval(f'"{quoted}"'))
    except (SyntaxError, ValueError):
        return quoted


def _fixtures(folder: Path) -> Iterator[Row]:
    """Secretlint's: a folder for each case, `ng.…` for what is found and `ok.…` for what is not."""
    for path in folder.rglob("snapshots/*/input*"):
        sort, _, rule = path.parent.name.partition(".")
        if path.is_file() and sort in {"ng", "ok"} and path.stat().st_size < 1 << 20:
            yield rule, path.read_bytes().decode("utf-8", "replace"), sort == "ng"


def _parametrized(folder: Path) -> Iterator[Row]:
    """detect-secrets' tests: rows of a text and whether it is found."""
    for path in folder.rglob("tests/plugins/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Tuple) and len(node.elts) >= 2:
                text, verdict = (_constant(each) for each in node.elts[:2])
                if isinstance(text, str) and isinstance(verdict, bool):
                    yield path.stem, text, verdict


def _constant(node: ast.expr) -> object:
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None


READERS: dict[str, Callable[[Path], Iterable[Row]]] = {
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


def _numbers(spans: Iterable[scanned.Span]) -> set[int]:
    return {int(span.path.removesuffix(".txt")) for span in spans}


def _print(title: str, examples: list[Example], found: set[int]) -> None:
    for origin in (*READERS, ""):
        numbered = [
            (number, each) for number, each in enumerate(examples) if origin in {each.origin, ""}
        ]
        wanted = {number for number, each in numbered if each.is_found}
        open_nothing = {
            number for number, each in numbered if number in wanted and _opens_nothing(each)
        }
        others = {number for number, _ in numbered} - wanted
        print(
            f"{title:17} {origin or 'all':15} positive {_share(wanted, found)}"
            f"  without the {len(open_nothing):3} that open nothing "
            f"{_share(wanted - open_nothing, found)}  negative {_share(others, found)}"
        )


def _opens_nothing(example: Example) -> bool:
    return is_no_secret(example.origin, example.rule)


def _share(numbers: set[int], found: set[int]) -> str:
    hit = len(numbers & found)
    return f"{hit:4} of {len(numbers):4} ({hit / max(len(numbers), 1):4.0%})"


if __name__ == "__main__":
    main()
