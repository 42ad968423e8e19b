"""Whether anything that PostgreSQL takes makes the step stumble, and what of it is not read.

    python -m tests.bench.regress FOLDER [ROUNDS]

FOLDER holds SQL: `src/test/regress/sql` of PostgreSQL, or migrations. Each file is judged as the
newest migration of a history, by every rule. With ROUNDS each is judged again that many times with
parts of it left out, doubled, cut or taken from another file. A crash ends it with the text that
makes it.
"""

import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from launchready.facts.acts import Unread
from launchready.facts.schema import Engine
from launchready.model import Unchecked
from launchready.steps.migration_check.parsing import parse
from launchready.steps.migration_check.parsing.scripts import pieces
from tests.lab.judged import judged

ENGINES = (Engine.POSTGRESQL, Engine.MYSQL, Engine.SQLITE)
AT_LEAST = 0.99
"""The share of PostgreSQL's own statements that must be read; some are wrong on purpose."""


def main(folder: Path, rounds: int = 0) -> None:
    """Print how much is read, and what is not. Ends the program at the first crash."""
    texts = [path.read_text(errors="replace") for path in sorted(folder.rglob("*.sql"))]
    findings: Counter[str] = Counter()
    for text in texts:
        findings.update(_rules(text, Engine.POSTGRESQL))
    print(f"{len(texts)} files, {sum(findings.values())} findings, no crash")
    _report_unread(texts)
    chance = random.Random(len(texts))  # the same each time
    for at in range(rounds):
        for text in texts:
            _rules(_mutated(text, chance, texts), ENGINES[at % len(ENGINES)])
        print(f"round {at + 1}: {len(texts)} mutated texts, no crash", flush=True)


def _rules(text: str, engine: Engine) -> Iterator[str]:
    try:
        found = list(judged("", text, engine=engine))
    except BaseException:
        Path("crash.sql").write_text(text, encoding="utf-8")
        print(f"the text is in crash.sql, read as {engine}")
        raise
    return ("unchecked" if isinstance(each, Unchecked) else each.rule for each in found)


def _report_unread(texts: list[str]) -> None:
    messages: Counter[str] = Counter()
    count = 0
    for text in texts:
        for piece in pieces(text, Engine.POSTGRESQL):
            acts = [act for _, act in parse(piece.sql, Engine.POSTGRESQL)]
            count += 1
            messages.update(act.message for act in acts if isinstance(act, Unread))
    share = 1 - messages.total() / max(count, 1)
    print(f"{count} statements, {messages.total()} not read: {share:.2%} are")
    for message, times in messages.most_common(12):
        print(f"{times:8} {message[:100]}")
    if share < AT_LEAST:
        sys.exit(f"under {AT_LEAST:.0%}")


def _mutated(text: str, chance: random.Random, texts: list[str]) -> str:
    parts = [piece.sql for piece in pieces(text, Engine.POSTGRESQL)]
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(parts) + 1)
        match chance.randrange(5):
            case 0:
                del parts[at : at + chance.randint(1, 5)]
            case 1:
                parts[at:at] = parts[at : at + chance.randint(1, 5)]
            case 2:
                other = chance.choice(texts)
                start = chance.randrange(len(other) + 1)
                parts.insert(at, other[start : start + chance.randint(1, 400)])
            case 3 if at < len(parts):
                words = parts[at].split(" ")
                chance.shuffle(words)
                parts[at] = " ".join(words)
            case _ if at < len(parts):
                cut = chance.randrange(len(parts[at]) + 1)
                parts[at] = parts[at][:cut] + chance.choice("'\"$(;\\\0é") + parts[at][cut:]
    return ";\n".join(parts)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0)
