"""Rules on which release is live, and where."""

from collections.abc import Iterator

from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.smoke_test.releases import is_same
from launchready.steps.smoke_test.rules.at import at
from launchready.steps.smoke_test.seen import ReleaseFacts, ServedBy
from launchready.steps.smoke_test.settings import SmokeTestSettings


@rule(ReleaseFacts, Severity.ERROR)
def old_release_live(seen: ReleaseFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a site on which no address serves the release that was deployed.

    The deploy says "done", and customers still get what was there before: a build that failed to
    start, a cache that was not purged, a domain that points to another project.

    Look at the deploy's state at the host, purge the CDN's copy of the page, and see that the
    domain belongs to this deployment. While a roll-out takes its time, wait with `--wait 120`.

    Bad:
        expected 4f2a91c, live: 9e01b77
    Good:
        expected 4f2a91c, live: 4f2a91c
    Reference: https://12factor.net/build-release-run
    """
    del settings
    if seen.expected and not _right(seen):
        yield _finding(seen, f"the live release is {_names(seen)}, not {seen.expected[:40]}")


@rule(ReleaseFacts, Severity.ERROR)
def releases_mixed(seen: ReleaseFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a site that serves several releases at once.

    A page of one release loads scripts of the other and breaks, for some customers only, and
    whoever looks meets it every other time.

    Wait until the roll-out is over (`--wait 120`); if it stays, an old node was left running or a
    CDN keeps the old page. Stop the old node, or purge the cache.

    Bad:
        203.0.113.7 -> 4f2a91c, 203.0.113.8 -> 9e01b77
    Good:
        203.0.113.7 -> 4f2a91c, 203.0.113.8 -> 4f2a91c
    Reference: https://12factor.net/build-release-run
    """
    del settings
    names = {each.release for each in seen.served if each.release}
    if len(names) > 1 and (_right(seen) or not seen.expected):
        yield _finding(seen, f"several releases are live: {_names(seen)}")


@rule(ReleaseFacts, Severity.ERROR)
def address_does_not_serve(seen: ReleaseFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags an address of the site that gives no page while another one does.

    Browsers take one of the addresses: a share of the customers meets an error, the others do not.

    Take the address out of DNS, or start the node behind it.

    Bad:
        203.0.113.7 -> 200, 203.0.113.8 -> the connection was refused
    Good:
        203.0.113.7 -> 200, 203.0.113.8 -> 200
    Reference: https://www.rfc-editor.org/rfc/rfc8305
    """
    del settings
    dead = [each for each in seen.served if _is_dead(each)]
    if 0 < len(dead) < len(seen.served):
        names = sorted({str(each.address) for each in dead})
        yield _finding(seen, f"no page from {', '.join(names)}, while others serve it")


def _is_dead(served: ServedBy) -> bool:
    response = served.answer.response
    return response is None or response.status >= 500


def _right(seen: ReleaseFacts) -> bool:
    """Whether the expected release is served anywhere."""
    expected = seen.expected or ""
    return any(each.release and is_same(each.release, expected) for each in seen.served)


def _names(seen: ReleaseFacts) -> str:
    """Each release and the addresses that serve it."""
    by_name: dict[str, dict[str, None]] = {}
    for each in seen.served:
        if each.release:
            by_name.setdefault(each.release, {})[str(each.address)] = None
    return ", ".join(f"{name} ({', '.join(places)})" for name, places in sorted(by_name.items()))


def _finding(seen: ReleaseFacts, message: str) -> Finding:
    connections, waited = ("connections", len(seen.served)), ("waited", seen.waited)
    return at(seen.url, message, connections, waited)


RELEASE_RULES = (old_release_live, releases_mixed, address_does_not_serve)
