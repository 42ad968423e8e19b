"""`--undo`: lets pushes go live again after a rollback."""

from launchready.facts.releases import Deed, Entry
from launchready.gateways.hosting.provider import Provider
from launchready.gateways.ledger import Store
from launchready.model import Told
from launchready.steps.rollback.journal import Run
from launchready.steps.rollback.ledger import added


def undo(provider: Provider, store: Store, run: Run, *, is_dry: bool) -> Told:
    """Unpin, or say how. Raises HostError and LaunchReadyError."""
    live = provider.current()
    effects = provider.unpin(live)
    calls = [each.shown for each in effects]
    if not is_dry:
        for effect in effects:
            provider.perform(effect)
        entry = Entry(
            deed=Deed.UNPINNED,
            at=run.now(),
            commit=live.commit,
            deployment=live.id,
            provider=run.provider,
            who=run.who,
        )
        store.amend(lambda text: added(text, entry), f"Unpinned: {live.id}")
    said = "Pushes go live again" if not is_dry else "Pushes would go live again"
    if not effects:
        said = f"{provider.traits.title} pins nothing: pushes go live as ever"
    lines = [said, *(f"  would send: {call}" for call in calls if is_dry)]
    return Told(
        name="rollback",
        value={"stage": "unpinned", "is_dry_run": is_dry, "calls": list(calls)},
        words="\n".join(lines),
    )
