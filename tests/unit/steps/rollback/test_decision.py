"""What makes a release bad, by the numbers."""

import random

import pytest

from launchready.steps.rollback.decision import (
    Judgement,
    RateLook,
    Signal,
    SmokeLook,
    Tally,
    decide,
    judge_rate,
    judge_smoke,
)

BASE = Tally(requests=6000, errors=30)


def look(requests: float, errors: float, *, before: Tally = BASE, trouble: str = "") -> RateLook:
    """One look at so many requests since the deploy."""
    return RateLook(before=before, since=Tally(requests=requests, errors=errors), trouble=trouble)


GOOD, WORSE = look(1000, 5), look(1000, 60)


@pytest.mark.parametrize(
    ("looks", "judgement"),
    [
        ([GOOD, GOOD, GOOD], Judgement.GOOD),
        ([WORSE, GOOD, WORSE], Judgement.BAD),
        ([GOOD, GOOD, WORSE], Judgement.GOOD),
        ([WORSE, WORSE, GOOD, GOOD, GOOD], Judgement.GOOD),
        ([look(1000, 14)] * 3, Judgement.GOOD),
        ([look(100000, 900)] * 3, Judgement.GOOD),
        ([look(30, 1)] * 3, Judgement.GOOD),
        ([look(19, 19)] * 3, Judgement.INCONCLUSIVE),
        ([look(1000, 900, before=Tally(requests=0, errors=0))] * 3, Judgement.INCONCLUSIVE),
        ([WORSE, WORSE, look(0, 0, trouble="it answers 401")], Judgement.INCONCLUSIVE),
        ([], Judgement.INCONCLUSIVE),
        ([look(1000, 1000, before=Tally(requests=1000, errors=1000))] * 3, Judgement.GOOD),
    ],
    ids=[
        "as before",
        "two of three",
        "one of three",
        "only the last three count",
        "a rise of less than a point",
        "many requests and a rise of less than a point",
        "one error more of few requests",
        "too few requests",
        "none before",
        "one source that failed",
        "no look",
        "all fail as ever",
    ],
)
def test_an_error_rate_is_judged_by_three_looks(
    looks: list[RateLook], judgement: Judgement
) -> None:
    assert judge_rate("prometheus", looks).judgement is judgement


@pytest.mark.parametrize(("per_minute", "most"), [(20, 2), (200, 2)])
def test_good_deploys_are_seldom_called_bad(per_minute: int, most: int) -> None:
    """Of 200 deploys that change nothing, looked at each minute for half an hour."""
    dice = random.Random(8)
    bad = sum(_is_called_bad(dice, per_minute, rate=0.005) for _ in range(200))
    assert bad <= most


def test_a_tenth_of_errors_is_found_within_ten_minutes() -> None:
    dice = random.Random(8)
    assert all(_is_called_bad(dice, 20, rate=0.1, minutes=10) for _ in range(50))


def _is_called_bad(dice: random.Random, per_minute: int, *, rate: float, minutes: int = 30) -> bool:
    requests = errors = 0
    looks = []
    for _ in range(minutes):
        requests += per_minute
        errors += sum(dice.random() < rate for _ in range(per_minute))
        looks.append(look(requests, errors))
        if judge_rate("p", looks).judgement is Judgement.BAD:
            return True
    return False


def test_a_smoke_test_is_judged_by_how_many_failed() -> None:
    bad, good = SmokeLook(grave=("route-does-not-answer: /",)), SmokeLook()
    blind, slow = SmokeLook(unchecked=("a gate for bots",)), SmokeLook(slow=("p95 900 ms",))
    assert judge_smoke([bad], least_bad=1).judgement is Judgement.BAD
    assert judge_smoke([bad, good], least_bad=2).judgement is Judgement.INCONCLUSIVE
    assert judge_smoke([bad, good, bad], least_bad=2).judgement is Judgement.BAD
    assert judge_smoke([good, blind], least_bad=1).judgement is Judgement.INCONCLUSIVE
    assert judge_smoke([good, slow], least_bad=1).judgement is Judgement.SLOW
    assert judge_smoke([good], least_bad=1).judgement is Judgement.GOOD
    assert judge_smoke([], least_bad=1).judgement is Judgement.INCONCLUSIVE


def test_the_gravest_signal_decides_and_none_is_inconclusive() -> None:
    def said(*judgements: Judgement) -> Judgement:
        return decide(Signal(source="x", judgement=j, words="y") for j in judgements).judgement

    assert said(Judgement.GOOD, Judgement.SLOW) is Judgement.SLOW
    assert said(Judgement.SLOW, Judgement.INCONCLUSIVE) is Judgement.INCONCLUSIVE
    assert said(Judgement.INCONCLUSIVE, Judgement.BAD) is Judgement.BAD
    assert said(Judgement.GOOD) is Judgement.GOOD
    assert said() is Judgement.INCONCLUSIVE
