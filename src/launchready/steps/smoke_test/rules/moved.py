"""Rules on old addresses, on the other form of an address, and on hosts that a visitor makes up."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from launchready.facts.web import Response, Silence
from launchready.model import Finding, Severity, UrlLocation
from launchready.step import rule
from launchready.steps.smoke_test.rules.at import answered, at
from launchready.steps.smoke_test.rules.shown import PERMANENT, origin_shown
from launchready.steps.smoke_test.seen import ForgedFacts, MovedFacts, SlashFacts
from launchready.steps.smoke_test.settings import SmokeTestSettings


@rule(ForgedFacts, Severity.WARNING)
def redirect_follows_forged_host(
    seen: ForgedFacts, settings: SmokeTestSettings
) -> Iterator[Finding]:
    """Flags a redirect whose host is what the visitor wrote into `X-Forwarded-Host`.

    A cache keeps that answer, and sends the next visitors to the attacker's host; links in mails,
    such as those that reset a password, may be made the same way.

    Make addresses from a list of hosts of your own: `ALLOWED_HOSTS` without `USE_X_FORWARDED_HOST`
    (Django), `config.hosts` (Rails), `server_name` in place of `$host` (nginx).

    Bad:
        X-Forwarded-Host: evil.example -> Location: https://evil.example/
    Good:
        X-Forwarded-Host: evil.example -> Location: https://www.example.com/
    Reference: https://owasp.org/www-project-web-security-testing-guide/stable/4-Web_Application_Security_Testing/07-Input_Validation_Testing/17-Testing_for_Host_Header_Injection
    """
    del settings
    there = urlsplit(seen.response.target)
    if there.hostname == seen.forged:
        yield answered(seen.response, "a redirect leads to the host that the visitor made up")


@rule(MovedFacts, Severity.ERROR)
def moved_page_lost(seen: MovedFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags an old address that does not lead where the config says.

    Links, bookmarks and search results of years end at an error.

    Redirect it with 301 or 308 to the new address, in one hop.

    Bad:
        /blog -> 404
    Good:
        /blog -> 308 to /articles -> 200
    Reference: https://developers.google.com/search/docs/crawling-indexing/site-move-with-url-changes
    """
    del settings
    last = seen.journey.last.last
    end = seen.journey.urls[-1]
    first = seen.journey.first.response
    has_led = seen.is_route and seen.target in seen.journey.urls[1:]
    if has_led and first and first.status in PERMANENT:
        return  # what the route answers is told of the route
    if isinstance(last, Silence):
        message = f"{seen.old} does not answer: {last.words}"
    elif end != seen.target:
        message = f"{seen.old} ends at {origin_shown(end)} ({last.status}), not at {seen.target}"
    elif last.status != 200:
        message = f"{seen.old} leads to {seen.target}, which gives {last.status}"
    elif first and first.status not in PERMANENT:
        message = f"{seen.old} redirects with {first.status}, for the time being"
    else:
        return
    location = UrlLocation(url=seen.journey.urls[0])
    yield Finding(message=message, location=location, identity=seen.old)


@rule(SlashFacts, Severity.WARNING)
def other_slash_not_redirected(seen: SlashFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags the other form of a page's address, with or without a slash at its end, that does not
    redirect to the one.

    Two addresses for one page split its rank, and a link in the other form may end at an error.

    Redirect with 308: `trailingSlash` (next.config, vercel.json), `APPEND_SLASH` (Django).

    Bad:
        /pricing/ -> 200 and /pricing -> 200
    Good:
        /pricing/ -> 308 to /pricing
    Reference: https://developers.google.com/search/blog/2010/04/to-slash-or-not-to-slash
    """
    del settings
    last = seen.answer.last
    if isinstance(last, Response) and last.target == seen.wanted:
        return
    said = str(last.status) if isinstance(last, Response) else last.words
    yield at(last.request.url, f"this form does not redirect to {seen.wanted} ({said})")


MOVED_RULES = (redirect_follows_forged_host, moved_page_lost, other_slash_not_redirected)
