"""What a run of rollback tells other steps and people, and the calls that it would make."""

from launchready.gateways.hosting.provider import Provider
from launchready.model import Told
from launchready.steps.rollback.machine import Stage
from launchready.steps.rollback.seen import RollbackFacts

_GUARDED = frozenset((Stage.PLANNED, Stage.REFUSED, Stage.DONE))


def told(seen: RollbackFacts, provider: Provider) -> Told:
    """What other steps and people read."""
    lines = [f"Rollback: {seen.state.stage.value}: {seen.state.words}"]
    if seen.state.stage in _GUARDED:
        lines += [f"  {'yes' if each.holds else 'NO '}  {each.words}" for each in seen.guards]
    if seen.state.is_dry:
        lines += [f"  would send: {call}" for call in seen.calls]
    lines += [f"  {words}" for words in provider.traits.warnings if seen.calls]
    return Told(
        name="rollback",
        value={
            "stage": seen.state.stage.value,
            "words": seen.state.words,
            "judgement": seen.decision.judgement.value,
            "because": seen.decision.words,
            "from": {"deployment": seen.state.bad.id, "commit": seen.state.bad.commit},
            "to": {
                "deployment": seen.state.target.id if seen.state.target else None,
                "commit": seen.state.target.commit if seen.state.target else None,
            },
            "is_dry_run": seen.state.is_dry,
            "is_pinned": seen.state.is_pinned,
            "calls": list(seen.calls),
            "guards": [{"name": g.name, "holds": g.holds, "words": g.words} for g in seen.guards],
        },
        words="\n".join(lines),
    )
