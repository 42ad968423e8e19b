"""Made-up latencies of runs that drift as CI runners do, to prove the rules that judge them."""

from dataclasses import dataclass

import numpy as np

from launchready.steps.smoke_test.statistics.series import Series, as_thousandths, beside
from launchready.steps.smoke_test.statistics.verdicts import Change, compared, confirmed


@dataclass(frozen=True, kw_only=True)
class World:
    """How latencies come about: log-normal, of which `outliers` take three to ten times as long.

    `between` is how runners differ from run to run and `within` how one drifts in a run, as
    standard deviations of the logarithm. `shared` is how much of that the control meets: 1 is all.
    `own` is what moves the control alone, as it does where it takes only a millisecond.
    `noise` is of the route's own times, `still` of the control's.
    """

    noise: float = 0.5
    still: float = 0.5
    outliers: float = 0.02
    between: float = 0.15
    within: float = 0.10
    shared: float = 1.0
    own: float = 0.0

    def run(self, rng: np.random.Generator, n: int, factor: float = 1.0) -> "Batches":
        """A run on one runner, with a route `factor` times as slow as it once was."""
        return Batches(
            world=self,
            rng=rng,
            n=n,
            factor=factor,
            runner=rng.normal(0, self.between),
            alone=rng.normal(0, self.own),
        )


@dataclass(frozen=True, kw_only=True)
class Batches:
    """One run on one runner: as many batches as are asked for."""

    world: World
    rng: np.random.Generator
    n: int
    factor: float
    runner: float
    alone: float

    def batch(self) -> Series:
        """`n` samples of the route, and of the control in between."""
        world, rng, n = self.world, self.rng, self.n
        turn = rng.uniform(0, 2 * np.pi)
        drift = self.runner + world.within * np.sqrt(2) * np.sin(
            turn + np.linspace(0, 2 * np.pi, n)
        )
        route = drift + rng.normal(np.log(120 * self.factor), world.noise, n)
        route += np.where(rng.random(n) < world.outliers, np.log(rng.uniform(3, 10, n)), 0)
        control = world.shared * drift + self.alone + rng.normal(np.log(20), world.still, n)
        return beside(_as_kept(route), _as_kept(control))


def judged(world: World, rng: np.random.Generator, n: int, factor: float, runs: int = 5) -> Change:
    """What the rule says of a run after `runs` good ones, with its confirming batch."""
    before = tuple(world.run(rng, n).batch() for _ in range(runs))
    now = world.run(rng, n, factor)
    first = now.batch()
    found = compared(first, before)
    if found.change is Change.SLOWER:
        found = confirmed(first, now.batch(), before)
    return found.change


def share(world: World, seed: int, trials: int, n: int, factor: float, *changes: Change) -> float:
    """How often of `trials` the rule says one of these."""
    rng = np.random.default_rng(seed)
    return sum(judged(world, rng, n, factor) in changes for _ in range(trials)) / trials


def _as_kept(logs: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> dict[int, int]:
    return {at: as_thousandths(float(np.exp(log))) for at, log in enumerate(logs)}
