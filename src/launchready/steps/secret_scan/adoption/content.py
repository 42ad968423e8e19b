"""What only the text of a secret can tell: asked where the text is at hand, in a worker.

Nothing of the text leaves: the answer is which entries accept it.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from launchready.steps.secret_scan.adoption.accepted import Adopted, AllowList, Target
from launchready.steps.secret_scan.adoption.answer import Answer
from launchready.steps.secret_scan.expressions.search import Searcher

_BEFORE_MATCH = 60
"""Characters of a line before a value that a rule of gitleaks may take with it: the name."""


@dataclass(kw_only=True)
class ContentTests:
    """The tests that the adopted files ask for; one for each process."""

    adopted: Adopted
    _searcher: Searcher = field(default_factory=Searcher)
    _answers: dict[tuple[str, str], Answer] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._hashes = frozenset(each.sha1 for each in self.adopted.values)
        self._lists = [
            (number, each) for number, each in enumerate(self.adopted.lists) if each.reads_content
        ]

    @property
    def is_exhausted(self) -> bool:
        """Whether the expressions took so long that the rest was not asked for."""
        return self._searcher.is_exhausted

    def ask(self, value: str, before: str, after: str) -> Answer:
        """What is accepted of a value between these parts of its line."""
        line = f"{before}{value}{after}"
        key = (value, line)
        if key not in self._answers:
            sha1 = hashlib.sha1(value.encode(), usedforsecurity=False).hexdigest()
            self._answers[key] = Answer(
                sha1=sha1 if sha1 in self._hashes else "",
                lists=tuple(self._met(value, before, line)),
            )
        return self._answers[key]

    def _met(self, value: str, before: str, line: str) -> Iterator[int]:
        texts = {
            Target.SECRET: value,
            Target.MATCH: before[-_BEFORE_MATCH:] + value,
            Target.LINE: line,
        }
        lower = value.lower()
        for number, each in self._lists:
            if self._is_met(each, texts[each.target], lower):
                yield number

    def _is_met(self, each: AllowList, text: str, value: str) -> bool:
        answers = []
        if each.stop_words:
            answers.append(any(word in value for word in each.stop_words))
        if each.expressions:
            answers.append(any(self._searcher.finds(one, text) for one in each.expressions))
        return all(answers) if each.needs_all else any(answers)
