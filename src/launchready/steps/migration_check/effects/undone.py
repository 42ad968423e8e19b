"""What a script takes back itself: what runs between a BEGIN and its ROLLBACK, or after a SAVEPOINT
that it returns to. Its locks were taken all the same.
"""

from collections.abc import Iterable
from typing import TypeVar

from launchready.facts.acts import Act, Transaction, TransactionVerb
from launchready.facts.catalogue import Catalogue

T = TypeVar("T")


def undone(acts: Iterable[Act]) -> frozenset[int]:
    """The places of acts that a later one takes back. A ROLLBACK without a BEGIN ends the tool's
    own transaction, and with it all that stands before it.
    """
    found: set[int] = set()
    begins: list[int] = [0]
    for at, act in enumerate(acts):
        if not isinstance(act, Transaction):
            continue
        if act.verb is TransactionVerb.ROLLBACK:
            found.update(range(begins[0], at))
        elif act.verb is TransactionVerb.ROLLBACK_TO:
            found.update(range(begins[-1], at))
        begins = _marked(begins, act.verb, at)
    return frozenset(found)


class Moments:
    """The catalogues that a ROLLBACK, or one to a SAVEPOINT, brings back."""

    def __init__(self, start: Catalogue) -> None:
        self._moments = [start]

    def after(self, act: Act, catalogue: Catalogue) -> Catalogue:
        """The catalogue once an act of the script has run."""
        if not isinstance(act, Transaction):
            return catalogue
        if act.verb is TransactionVerb.ROLLBACK:
            catalogue = self._moments[0]
        elif act.verb is TransactionVerb.ROLLBACK_TO:
            catalogue = self._moments[-1]
        self._moments = _marked(self._moments, act.verb, catalogue)
        return catalogue


def _marked(marks: list[T], verb: TransactionVerb, now: T) -> list[T]:
    """The marks to return to: the transaction's beginning, then its savepoints."""
    if verb in (TransactionVerb.BEGIN, TransactionVerb.COMMIT, TransactionVerb.ROLLBACK):
        return [now]
    if verb is TransactionVerb.SAVEPOINT:
        return [*marks, now]
    if verb is TransactionVerb.RELEASE and len(marks) > 1:
        return marks[:-1]
    return marks
