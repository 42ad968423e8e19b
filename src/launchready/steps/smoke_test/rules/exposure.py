"""Rules on what strangers get and must not."""

from collections.abc import Iterator

from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.smoke_test.rules.at import at
from launchready.steps.smoke_test.seen import ExposedFacts
from launchready.steps.smoke_test.settings import SmokeTestSettings


@rule(ExposedFacts, Severity.ERROR)
def private_file_public(seen: ExposedFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a file with secrets, source or data that everyone can fetch by its usual name.

    Robots ask every site for these names, within hours of its certificate: the keys in it are known
    and will be used.

    Take it away from what is served, replace every key that was in it, and look in the log who
    fetched it.

    Bad:
        GET /.env -> 200, `DATABASE_URL=…`
    Good:
        GET /.env -> 404
    Reference: https://owasp.org/Top10/A05_2021-Security_Misconfiguration/
    """
    del settings
    if seen.is_grave:
        yield at(seen.url, f"strangers get {seen.what}")


@rule(ExposedFacts, Severity.WARNING)
def inner_page_public(seen: ExposedFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a page for the team that everyone can open: metrics, status, lists of files.

    It tells how the product is built, how much it is used, and where to look further.

    Let it be reached from inside only, or with a password.

    Bad:
        GET /metrics -> 200
    Good:
        GET /metrics -> 403
    Reference: https://owasp.org/Top10/A05_2021-Security_Misconfiguration/
    """
    del settings
    if not seen.is_grave:
        yield at(seen.url, f"strangers get {seen.what}")


EXPOSURE_RULES = (private_file_public, inner_page_public)
