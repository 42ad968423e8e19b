"""A route's samples beside those of the control that was asked in between."""

import math
from collections.abc import Mapping, Sequence
from statistics import median_low

from launchready.frozen import frozen

_NEAR = 2  # rounds before and after: five controls quiet their own noise, and drift is slower


@frozen
class Series:
    """A route's samples, and for each what the control took at that time; of the same length.

    Both are in thousandths of the natural logarithm of milliseconds.
    """

    samples: tuple[int, ...]
    controls: tuple[int, ...]

    @property
    def normalised(self) -> tuple[int, ...]:
        """Each sample relative to its control: what the runner and its network do falls out."""
        return tuple(s - c for s, c in zip(self.samples, self.controls, strict=True))

    @property
    def milliseconds(self) -> tuple[float, ...]:
        """The samples as they were measured, to one part in a thousand."""
        return tuple(math.exp(sample / 1000) for sample in self.samples)


def as_thousandths(milliseconds: float) -> int:
    """A time in thousandths of its logarithm; what is under a microsecond counts as one."""
    return round(1000 * math.log(max(milliseconds, 0.001)))


def beside(samples: Mapping[int, int], controls: Mapping[int, int]) -> Series:
    """Samples by round, each with the median of the controls near its round.

    Rounds without any control near them are left out.
    """
    pairs = [(sample, _near(controls, at)) for at, sample in sorted(samples.items())]
    kept = [(sample, control) for sample, control in pairs if control is not None]
    return Series(samples=tuple(s for s, _ in kept), controls=tuple(c for _, c in kept))


def together(every: Sequence[Series]) -> Series:
    """Several as one."""
    return Series(
        samples=tuple(sample for each in every for sample in each.samples),
        controls=tuple(control for each in every for control in each.controls),
    )


def _near(controls: Mapping[int, int], at: int) -> int | None:
    near = [controls[i] for i in range(at - _NEAR, at + _NEAR + 1) if i in controls]
    return median_low(near) if near else None
