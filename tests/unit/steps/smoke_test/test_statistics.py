"""The statistics of latency: exact bounds, exact orders, and how often the rule is wrong."""

import itertools
import math
import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.latency_model import World, share

from launchready.steps.smoke_test.statistics.quantiles import ranks, spread_of
from launchready.steps.smoke_test.statistics.ratio import ratio_of
from launchready.steps.smoke_test.statistics.series import Series, as_thousandths, beside
from launchready.steps.smoke_test.statistics.verdicts import (
    Change,
    Kept,
    compared,
    confirmed,
    kept,
)

TIMES = st.lists(st.integers(-2000, 9000), min_size=1, max_size=25)


@pytest.mark.parametrize(
    ("n", "lower", "upper"),
    [
        (1, 1, None),
        (30, 26, None),
        (50, 45, None),
        (58, 52, None),
        (59, 53, 59),
        (100, 91, 99),
        (200, 185, 196),
        (2000, 1884, 1917),
    ],
)
def test_ranks_that_bound_the_p95(n: int, lower: int, upper: int | None) -> None:
    found = ranks(n)
    assert found == (lower, upper)
    binomial = [math.comb(n, k) * 0.95**k * 0.05 ** (n - k) for k in range(n + 1) if n <= 200]
    if binomial:
        assert sum(binomial[found[0] :]) >= 0.95
        assert sum(binomial[found[0] + 1 :]) < 0.95 or n == 1


def test_bounds_hold_in_simulation() -> None:
    rng = np.random.default_rng(5)
    true = math.exp(0.5 * 1.6448536)
    spreads = [spread_of(rng.lognormal(0, 0.5, 100).tolist()) for _ in range(400)]
    below = sum(each.low <= true for each in spreads)
    above = sum(each.high is not None and each.high >= true for each in spreads)
    assert below / 400 >= 0.94
    assert above / 400 >= 0.94


def test_a_spread_is_of_nearest_ranks() -> None:
    spread = spread_of([float(each) for each in range(100, 0, -1)])
    assert (spread.n, spread.p50, spread.p95, spread.p99) == (100, 50.0, 95.0, 99.0)
    assert (spread.low, spread.high) == (91.0, 99.0)


@pytest.mark.parametrize(
    ("slow", "budget", "expected"),
    [
        pytest.param(0, 150, Kept.ASSURED, id="all are quick"),
        pytest.param(1, 150, Kept.ASSURED, id="one of a hundred proves nothing"),
        pytest.param(2, 150, Kept.UNDECIDED, id="two might be more than five of a hundred"),
        pytest.param(9, 150, Kept.UNDECIDED, id="nine might still be five"),
        pytest.param(10, 150, Kept.OVER, id="ten are not"),
    ],
)
def test_a_budget_is_over_only_when_proven(slow: int, budget: int, expected: Kept) -> None:
    spread = spread_of([100.0] * (100 - slow) + [900.0] * slow)
    assert kept(spread, budget) is expected


def test_few_samples_assure_nothing() -> None:
    assert kept(spread_of([1.0] * 58), 500) is Kept.UNDECIDED
    assert kept(spread_of([1.0] * 59), 500) is Kept.ASSURED


@given(TIMES, TIMES)
def test_the_ratio_is_the_median_of_all_differences(now: list[int], before: list[int]) -> None:
    every = sorted(x - y for x, y in itertools.product(now, before))
    found = ratio_of(now, before)
    assert found.estimate == pytest.approx(math.exp(statistics.median_low(every) / 1000))
    assert found.low <= found.estimate <= found.high
    assert found.low >= math.exp(every[0] / 1000) * 0.999999


def test_the_interval_is_the_test_s() -> None:
    found = ratio_of(range(0, 1000, 10), range(0, 1000, 10))
    every = sorted(x - y for x, y in itertools.product(range(0, 1000, 10), repeat=2))
    lower = math.floor(5000 - 2.5758293 * math.sqrt(10_000 * 201 / 12))
    assert math.log(found.low) * 1000 == pytest.approx(every[lower - 1])
    assert math.log(found.high) * 1000 == pytest.approx(every[-lower])


def test_samples_stand_beside_the_controls_of_their_time() -> None:
    controls = {0: 100, 1: 110, 2: 900, 9: 500}
    series = beside({1: 1000, 5: 2000, 9: 3000}, controls)
    assert series == Series(samples=(1000, 3000), controls=(110, 500))
    assert series.normalised == (890, 2500)


def series(times: float, n: int = 100, control: float = 20.0) -> Series:
    """Samples around a time, evenly spread by a tenth of it, and a control that stands still."""
    samples = [as_thousandths(times * (0.9 + 0.2 * at / n)) for at in range(n)]
    return Series(samples=tuple(samples), controls=(as_thousandths(control),) * n)


BEFORE = (series(100), series(100))


@pytest.mark.parametrize(
    ("now", "change"),
    [
        pytest.param(series(100), Change.NOISE, id="the same"),
        pytest.param(series(70), Change.NOISE, id="quicker"),
        pytest.param(series(108), Change.NOISE, id="eight of a hundred more"),
        pytest.param(series(120), Change.CREPT, id="a fifth more"),
        pytest.param(series(150), Change.SLOWER, id="half more"),
        pytest.param(series(200, control=40), Change.INCONCLUSIVE, id="the control as well"),
        pytest.param(series(140, control=28), Change.NOISE, id="a slow runner"),
        pytest.param(series(100, control=9), Change.INCONCLUSIVE, id="a quicker control"),
        pytest.param(series(100, control=14), Change.NOISE, id="only the control moved"),
        pytest.param(series(300, n=29), Change.INCONCLUSIVE, id="too few"),
        pytest.param(series(300, n=30), Change.SLOWER, id="just enough"),
    ],
)
def test_a_batch_beside_earlier_ones(now: Series, change: Change) -> None:
    assert compared(now, BEFORE).change is change


def test_without_earlier_runs_nothing_is_said() -> None:
    assert compared(series(300), ()).change is Change.UNKNOWN


@pytest.mark.parametrize(
    ("second", "change"),
    [
        pytest.param(series(160), Change.SLOWER, id="it agrees"),
        pytest.param(series(112), Change.CREPT, id="hardly slower"),
        pytest.param(series(100), Change.NOISE, id="as quick as before"),
        pytest.param(series(160, n=29), Change.INCONCLUSIVE, id="too few"),
    ],
)
def test_an_alarm_is_confirmed(second: Series, change: Change) -> None:
    assert confirmed(series(150), second, BEFORE).change is change


def test_a_second_batch_as_quick_as_before_is_no_alarm_whatever_both_together_say() -> None:
    first, second = series(400, n=190), series(100, n=30)
    assert compared(first, BEFORE).change is Change.SLOWER
    assert confirmed(first, second, BEFORE).change is Change.CREPT


def test_false_alarms_with_a_drifting_runner_are_fewer_than_one_of_a_hundred() -> None:
    assert share(World(), 11, 300, 100, 1.0, Change.SLOWER) <= 0.01


def test_slow_downs_by_half_are_found_nine_times_of_ten() -> None:
    assert share(World(), 12, 400, 100, 1.5, Change.SLOWER) >= 0.9


def test_a_control_that_moves_by_itself_raises_no_alarm() -> None:
    assert share(World(own=0.2, between=0.05), 13, 150, 100, 1.0, Change.SLOWER) <= 0.02


def test_without_the_control_the_same_rule_would_cry_wolf() -> None:
    assert share(World(shared=0.0), 11, 200, 100, 1.0, Change.SLOWER) > 0.01
