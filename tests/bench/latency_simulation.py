"""How often the rule on slow-downs is wrong, in worlds kinder and harsher than a CI runner's.

`python -m tests.bench.latency_simulation [TRIALS]`; 1,000 trials a cell take about ten minutes.
"""

import sys

from launchready.steps.smoke_test.statistics.verdicts import Change
from tests.latency_model import World, share

WORLDS = {
    "runner 15 %, within 10 %": World(),
    "control of a static file": World(still=0.2),
    "quiet route": World(noise=0.3, still=0.2),
    "runner 30 %": World(between=0.3),
    "control moves by itself": World(own=0.2, between=0.05),
    "control meets half of it": World(shared=0.5),
    "control meets none of it": World(shared=0.0),
}
FACTORS = (1.0, 1.15, 1.3, 1.5, 2.0)
SIZES = (30, 50, 100)


def main() -> None:
    """Print, by world and samples, the share of alarms and of warnings at each true slow-down."""
    trials = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    print("alarms / warnings in %, five earlier runs, a confirming second batch")
    print(f"{'':28}{'n':>4}" + "".join(f"{f'x{factor:g}':>14}" for factor in FACTORS))
    for title, world in WORLDS.items():
        for n in SIZES:
            cells = [_cell(world, trials, n, factor) for factor in FACTORS]
            print(f"{title:28}{n:4}" + "".join(f"{cell:>14}" for cell in cells), flush=True)


def _cell(world: World, trials: int, n: int, factor: float) -> str:
    alarms = share(world, 1, trials, n, factor, Change.SLOWER)
    warnings = share(world, 1, trials, n, factor, Change.CREPT)
    return f"{100 * alarms:.1f} / {100 * warnings:.1f}"


if __name__ == "__main__":
    main()
