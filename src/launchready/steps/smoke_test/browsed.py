"""The facts of pages that a browser opened."""

from launchready.facts.browser import Rendered
from launchready.frozen import frozen
from launchready.steps.smoke_test.plan import PlannedRoute


@frozen
class BrowsedFacts:
    """A page as a stranger's browser shows it.

    `hosts` are the declared ones; `known` the addresses of files that other rules judge. `lacking`
    are the texts of the declaration that the page must show and does not, `unwanted` those that it
    shows and must not. `is_shell` says that the answer alone shows nothing, `is_alone_empty` that
    it has no scripts either.
    """

    planned: PlannedRoute
    rendered: Rendered
    hosts: frozenset[str]
    known: frozenset[str] = frozenset()
    lacking: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    is_shell: bool = False
    is_alone_empty: bool = False


@frozen
class SubmittedFacts:
    """A form that was filled and sent; `trouble` says what came in place of the text expected."""

    planned: PlannedRoute
    trouble: str
