"""`launchready release`: what is written down of a deploy, and what the ledger tells of it."""

from collections.abc import Iterable, Sequence

from launchready.errors import LaunchReadyError
from launchready.facts.releases import Deed, Deployment, Entry, Release
from launchready.frozen import replace
from launchready.gateways.hosting.errors import HostError
from launchready.gateways.hosting.provider import Provider
from launchready.gateways.ledger import Store
from launchready.steps.rollback.guards import is_commit
from launchready.steps.rollback.journal import Run
from launchready.steps.rollback.ledger import added, is_live, parse_ledger, releases, target_of
from launchready.steps.rollback.reports import Judged


def deployed(provider: Provider, commit: str, deployment: str) -> Deployment:
    """The deployment that a release is: the one that is named, else the one that is live, which
    must be of the commit where the host tells commits. Raises LaunchReadyError.
    """
    try:
        live = provider.current()
        if not deployment or deployment in (live.id, live.serves):
            _refuse_another(live, commit)
            return replace(live, commit=live.commit or commit)
        found = provider.target(deployment, commit)
        return replace(found, commit=found.commit or commit)
    except HostError as error:
        raise LaunchReadyError(
            f"the host does not tell what is deployed: {error}",
            hint="see that the token's variable is set and may read the project",
        ) from error


def _refuse_another(live: Deployment, commit: str) -> None:
    if commit and live.commit and not is_commit(commit, live.commit):
        raise LaunchReadyError(
            f"the host serves {live.commit[:12]}, and not {commit[:12]}",
            hint="record a release once its deploy is over, or name its --deployment",
        )


def record(store: Store, run: Run, found: Deployment, judged: Judged) -> bool:
    """Write down that it was deployed; False where the ledger's newest deploy says that already."""
    entry = _entry(Deed.DEPLOYED, run, found)
    entry = replace(entry, safety=judged.safety, reasons=judged.reasons)
    has_added = False

    def change(text: str) -> str | None:
        nonlocal has_added
        newest = _newest(parse_ledger(text), (Deed.DEPLOYED, Deed.ROLLED_BACK))
        has_added = newest is None or _told(newest) != _told(entry)
        return added(text, entry) if has_added else None

    store.amend(change, f"Deployed: {found.commit[:12] or found.id}")
    return has_added


def verify(store: Store, run: Run, found: Deployment) -> None:
    """Write down that it works; that it was deployed too, where nobody did."""

    def change(text: str) -> str:
        if found.id not in {each.deployment for each in releases(parse_ledger(text))}:
            text = added(text, _entry(Deed.DEPLOYED, run, found))
        return added(text, _entry(Deed.VERIFIED, run, found))

    store.amend(change, f"Verified: {found.commit[:12] or found.id}")


def refuse_bad(judged: Judged) -> None:
    """Raise LaunchReadyError where the reports do not show that the release works."""
    for each in judged.unchecked:
        raise LaunchReadyError(f"{each.target}: {each.reason}", hint=each.hint)
    for look in judged.looks:
        if wrong := (*look.grave, *look.unchecked):
            raise LaunchReadyError(
                f"the smoke test does not show that it works: {wrong[0]}",
                hint="verify a release only after a smoke test that passed",
            )


def status(entries: Sequence[Entry], live: Deployment | None) -> str:
    """What is live, whether it is verified, and what would be gone back to: one line."""
    known = releases(entries)
    if live is None:
        newest = _newest(entries, (Deed.DEPLOYED,))
        name = newest.commit[:12] or newest.deployment if newest else "nothing"
        return f"last deployed: {name} (the host was not asked)"
    mine = [each for each in known if is_live(each, live)]
    target = target_of(known, live)
    back = f"back to: {_shown(target)}" if target else "back to: nothing that was verified"
    name = live.commit[:12] or live.id
    return f"live: {name}, {_word(mine)}; {back}"


def _told(entry: Entry) -> tuple[object, ...]:
    return entry.deed, entry.deployment, entry.safety


def _word(mine: Iterable[Release]) -> str:
    release = next(iter(mine), None)
    if release is None:
        return "not in the ledger"
    if release.verified:
        return f"verified {release.verified:%Y-%m-%d %H:%M} UTC"
    return f"deployed {release.recorded:%Y-%m-%d %H:%M} UTC, not verified"


def _shown(release: Release) -> str:
    verified = f"{release.verified:%Y-%m-%d}" if release.verified else "never"
    return f"{release.shown} ({release.deployment}, verified {verified})"


def _newest(entries: Sequence[Entry], deeds: Sequence[Deed]) -> Entry | None:
    return next((each for each in reversed(entries) if each.deed in deeds), None)


def _entry(deed: Deed, run: Run, found: Deployment) -> Entry:
    return Entry(
        deed=deed,
        at=run.now(),
        commit=found.commit,
        deployment=found.id,
        build=found.build,
        provider=run.provider,
        who=run.who,
    )
