"""The facts that rules judge: what was meant, and what the site said."""

from launchready.facts.web import Journey
from launchready.frozen import frozen
from launchready.steps.smoke_test.plan import PlannedRoute


@frozen
class RouteFacts:
    """A route, asked as its declaration says. `faults` are clauses that say what is not right.

    `tries` is how many attempts there were; more than one is flaky. `redirects` are followed only
    where the declaration does not say that it must redirect.
    """

    planned: PlannedRoute
    journey: Journey
    faults: tuple[str, ...]
