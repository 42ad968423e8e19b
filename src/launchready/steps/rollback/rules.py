"""The rules of rollback: what a run of it means for the release and for people."""

from collections.abc import Iterator

from launchready.model import Evidence, Finding, Severity, UrlLocation
from launchready.step import rule
from launchready.steps.rollback.machine import Stage
from launchready.steps.rollback.seen import RollbackFacts
from launchready.steps.rollback.settings import RollbackSettings


@rule(RollbackFacts, Severity.ERROR)
def rollback_due(seen: RollbackFacts, settings: RollbackSettings) -> Iterator[Finding]:
    """Flags a bad release that a dry run would roll back.

    Customers meet the bad release until somebody acts; this run was only asked what it would do.

    Run it again with `--execute`. The calls that it would make are in the report.

    Bad:
        4f2a91c is bad (route-answers-wrong-status), 9e01b77 is verified; without --execute
    Good:
        4f2a91c passed its smoke test
    Reference: https://sre.google/sre-book/release-engineering/
    """
    if seen.state.stage is Stage.PLANNED:
        is_bad = f"if {seen.bad} were bad," if settings.drill else f"{seen.bad} is bad, and"
        yield _finding(seen, f"{is_bad} {seen.good} would be live again")


@rule(RollbackFacts, Severity.ERROR)
def rollback_refused(seen: RollbackFacts, settings: RollbackSettings) -> Iterator[Finding]:
    """Flags a bad release that must not be rolled back.

    Going back would make things worse: the old code cannot run on the new database, there is no
    verified release to go back to, somebody else deployed meanwhile, or it was tried already.

    Read the reasons in the message. Mend the release forward, or follow ROLLBACK.md by hand.

    Bad:
        0042_drop_email drops users.email, read at app/mail.py:12
    Good:
        no migration since 9e01b77 takes anything away that it uses
    Reference: https://martinfowler.com/bliki/ParallelChange.html
    """
    if seen.state.stage is Stage.REFUSED:
        is_bad = (
            f"if {seen.bad} were bad, it would not be rolled back"
            if settings.drill
            else f"{seen.bad} is bad, and is not rolled back"
        )
        yield _finding(seen, f"{is_bad}: {seen.state.words}")


@rule(RollbackFacts, Severity.ERROR)
def rollback_needs_a_person(seen: RollbackFacts, settings: RollbackSettings) -> Iterator[Finding]:
    """Flags a rollback that did not end well, after which nothing more is tried.

    The host did not do what it was asked, or did and the site is still bad. A second hop further
    back would be a guess, and every hop is an outage of its own.

    Look at what is live now, at the host's own page of the deploy and at the site. If the site is
    still bad on the good release, the cause lies elsewhere: the database, a service, the network.

    Bad:
        the host took the call, and still serves the bad release
    Good:
        the good release is live, and the site answers
    Reference: https://sre.google/sre-book/managing-incidents/
    """
    del settings
    if seen.state.stage is Stage.ESCALATED:
        yield _finding(seen, f"going back from {seen.bad} to {seen.good}: {seen.state.words}")


@rule(RollbackFacts, Severity.WARNING)
def rolled_back(seen: RollbackFacts, settings: RollbackSettings) -> Iterator[Finding]:
    """Flags that the release was bad and the last good one is live again.

    Customers are served, and the change that they were promised is not live. Pushes may be kept
    from going live until you say so.

    Mend the release, then let pushes go live with `launchready rollback --undo --execute`.

    Bad:
        4f2a91c was bad; 9e01b77 is live again
    Good:
        4f2a91c passed its smoke test and stays live
    Reference: https://sre.google/sre-book/postmortem-culture/
    """
    del settings
    if seen.state.stage is Stage.DONE:
        yield _finding(seen, f"{seen.bad} was bad; {seen.good} is live again")


@rule(RollbackFacts, Severity.WARNING)
def release_doubtful(seen: RollbackFacts, settings: RollbackSettings) -> Iterator[Finding]:
    """Flags a release of which it is not known whether going back would help.

    Too few requests, a metric that does not answer, some of several smoke tests that failed, or a
    site that is slower and does answer: none of these is reason enough for a second change of what
    is live.

    Look at it yourself. Run the smoke test again, or wait for more requests.

    Bad:
        error rate: too few requests to tell (7 requests; 20 are needed)
    Good:
        error rate 0.40% -> 0.42% (9 of 2140 requests)
    Reference: https://sre.google/workbook/canarying-releases/
    """
    del settings
    if seen.state.stage is Stage.HELD:
        yield _finding(seen, f"{seen.bad} stays live, undecided: {seen.decision.words}")


@rule(RollbackFacts, Severity.WARNING)
def rollback_untold(seen: RollbackFacts, settings: RollbackSettings) -> Iterator[Finding]:
    """Flags a message about a rollback that could not be sent.

    Who is on call does not know that another release is live, or that a person is needed.

    Tell them yourself. Look at the webhook's address in the variable, and at the channel.

    Bad:
        slack: it answers 404
    Good:
        slack: sent
    Reference: https://api.slack.com/messaging/webhooks#handling_errors
    """
    del settings
    if seen.untold:
        yield _finding(seen, f"not everybody could be told: {'; '.join(seen.untold)}")


def _finding(seen: RollbackFacts, message: str) -> Finding:
    measured = [("because", seen.decision.words)]
    measured += [(f"call {n}", call) for n, call in enumerate(seen.calls, start=1)]
    return Finding(
        message=message,
        location=UrlLocation(url=seen.place),
        identity=f"{seen.bad} {seen.good} {seen.state.stage}",
        evidence=Evidence(measured=tuple(measured)),
    )


RULES = (
    rollback_due,
    rollback_refused,
    rollback_needs_a_person,
    rolled_back,
    release_doubtful,
    rollback_untold,
)
