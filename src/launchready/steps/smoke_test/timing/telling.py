"""The timed routes as later steps read them and as people do."""

from collections.abc import Sequence

from launchready.model import Json, Told
from launchready.steps.smoke_test.seen import LatencyFacts
from launchready.steps.smoke_test.statistics.quantiles import Spread
from launchready.steps.smoke_test.statistics.verdicts import Change
from launchready.steps.smoke_test.timing.keeping import Earlier


def told(seen: Sequence[tuple[str, LatencyFacts]], earlier: Earlier, kept_in: str | None) -> Told:
    """`latency`: a line per route, and where the samples of good runs are."""
    lines = [_words(facts) for _, facts in seen]
    if earlier.is_wanted:
        runs = len(earlier.runs)
        several = "run" if runs == 1 else "runs"
        before = (
            f"compared with {runs} earlier {several}" if runs else "no earlier run to compare with"
        )
        is_kept = "kept this run" if kept_in else "did not keep this run, which was not good"
        lines.append(f"latency history {earlier.shown}: {before}, {is_kept}")
    value: dict[str, Json] = {
        "routes": [_value(key, facts) for key, facts in seen],
        "samples": earlier.shown if earlier.is_wanted else None,
        "earlier_runs": len(earlier.runs),
        "is_kept": kept_in is not None,
    }
    return Told(name="latency", value=value, words="\n".join(lines))


def numbers(spread: Spread) -> dict[str, Json]:
    """A spread as later steps read it, in milliseconds."""
    return {
        "n": spread.n,
        "p50": round(spread.p50, 1),
        "p95": round(spread.p95, 1),
        "p99": round(spread.p99, 1),
        "p95_low": round(spread.low, 1),
        "p95_high": None if spread.high is None else round(spread.high, 1),
    }


def shown(milliseconds: float) -> str:
    """`0.8 ms`, `12 ms`, `1,204 ms`."""
    return f"{milliseconds:.1f} ms" if milliseconds < 10 else f"{milliseconds:,.0f} ms"


def proven(spread: Spread) -> str:
    """What is known of the true p95."""
    if spread.high is None:
        return f"truly at least {shown(spread.low)}"
    return f"truly {shown(spread.low)} to {shown(spread.high)}"


def _value(key: str, facts: LatencyFacts) -> dict[str, Json]:
    ratio = facts.comparison.ratio
    return {
        "route": key,
        "url": facts.planned.url,
        **numbers(facts.spread),
        "errors": facts.errors,
        "budget": facts.planned.route.budget,
        "within_budget": facts.kept.name.lower() if facts.kept else None,
        "change": facts.comparison.change.name.lower(),
        "ratio": round(ratio.estimate, 3) if ratio else None,
        "ratio_low": round(ratio.low, 3) if ratio else None,
        "ratio_high": round(ratio.high, 3) if ratio else None,
    }


def _words(facts: LatencyFacts) -> str:
    spread, change, ratio = facts.spread, facts.comparison.change, facts.comparison.ratio
    parts = [f"p50 {shown(spread.p50)}", f"p95 {shown(spread.p95)} ({proven(spread)})"]
    if facts.kept:
        parts.append(f"{facts.kept.value} its budget of {facts.planned.route.budget} ms")
    if change is Change.NOISE and ratio:
        parts.append(f"{ratio.estimate:.2f} times earlier runs, within noise")
    elif change is not Change.UNKNOWN and ratio:
        parts.append(f"{ratio.estimate:.2f} times earlier runs, {change.value}")
    return f"{facts.title}: {', '.join(parts)}; n = {spread.n}"
