"""Rules on pages as a real browser shows them."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from launchready.facts.browser import PageError
from launchready.model import Finding, Severity
from launchready.site import RouteKind
from launchready.step import rule
from launchready.steps.smoke_test.browsed import BrowsedFacts, SubmittedFacts
from launchready.steps.smoke_test.rules.at import at
from launchready.steps.smoke_test.rules.browsed import browsed_finding, host_of
from launchready.steps.smoke_test.rules.shown import place_shown
from launchready.steps.smoke_test.settings import SmokeTestSettings

_LOGINS = ("login", "signin", "sign-in", "sign_in", "log-in", "auth", "session", "account")
_REFUSALS = ("sign in", "log in", "login", "sign up", "unauthorized", "forbidden", "anmelden")


@rule(BrowsedFacts, Severity.ERROR)
def page_stays_blank(seen: BrowsedFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a page that shows nothing in a browser, though its answer is right.

    Customers look at a white window. The status is 200, so that no monitor tells.

    Roll back if the deploy brought it; look at the exceptions of the page, and at the scripts that
    it asks for: mostly one is missing or throws before anything is drawn.

    Bad:
        GET / -> 200, and `<div id="root"></div>` stays empty
    Good:
        GET / -> 200, and the scripts fill `<div id="root">`
    Reference: https://react.dev/reference/react-dom/client/createRoot
    """
    del settings
    if seen.rendered.is_blank and not seen.is_alone_empty:
        yield browsed_finding(seen, f"a browser shows nothing of it{_first_trouble(seen)}")


@rule(BrowsedFacts, Severity.ERROR)
def page_throws_error(seen: BrowsedFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags an exception of the site's own scripts that nothing catches.

    What stood after it does not run: a button that does nothing, a form that is not sent. Rejected
    promises, scripts of others and pages that had to be drawn again (React's hydration) are only
    counted, by `console-errors`.

    Look at the place named, with the source map that your build keeps.

    Bad:
        document.querySelector("#buy").addEventListener("click", buy)  // there is no #buy
    Good:
        document.querySelector("#buy")?.addEventListener("click", buy)
    Reference: https://developer.mozilla.org/docs/Web/API/Window/error_event
    """
    del settings
    grave = [each for each in seen.rendered.errors if _is_grave(seen, each)]
    if grave and seen.planned.route.critical:
        first = grave[0]
        words = f": {first.words}" if first.words else ""
        where = f", in line {first.line}, column {first.column} of {place_shown(first.url)}"
        more = f" ({len(grave)} exceptions)" if len(grave) > 1 else ""
        said = f"it throws {first.name}{words}{where if first.url else ''}{more}"
        yield browsed_finding(seen, said, ("exceptions", len(grave)))


@rule(BrowsedFacts, Severity.NOTE)
def console_errors(seen: BrowsedFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a page that writes errors to the browser's console.

    Mostly somebody was told of something that does not work: a promise that was rejected, a policy
    that refused a script, a library that is used wrongly.

    Open the page with the developer tools, and mend or silence what they show.

    Bad:
        console.error("could not load the prices")
    Good:
        show("Prices are not available now.")
    Reference: https://developer.mozilla.org/docs/Web/API/console/error_static
    """
    del settings
    grave = seen.planned.route.critical
    lesser = [each for each in seen.rendered.errors if not (grave and _is_grave(seen, each))]
    count = seen.rendered.console_errors + len(lesser)
    if count:
        said = f"it reports {count} error{'s' if count > 1 else ''} to the console"
        yield browsed_finding(seen, said, ("errors", count))


@rule(BrowsedFacts, Severity.ERROR)
def rendered_page_lacks_text(seen: BrowsedFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a page that scripts fill, and that then does not show what is declared for it.

    It is another build, an error in place of the content, or an answer without its values.

    Compare what is live with what was built; roll back if the deploy brought it.

    Bad:
        GET /pricing, rendered -> "Something went wrong"
    Good:
        GET /pricing, rendered -> "Pricing"
    Reference: https://www.rfc-editor.org/rfc/rfc9110#section-15.3.1
    """
    del settings
    if seen.is_shell and not seen.rendered.is_blank:
        words = [f"it does not show `{text}`" for text in seen.lacking]
        words += [f"it shows `{text}`" for text in seen.unwanted]
        if words:
            yield browsed_finding(seen, "; ".join(words))


@rule(BrowsedFacts, Severity.WARNING)
def rendered_page_open_to_strangers(
    seen: BrowsedFacts, settings: SmokeTestSettings
) -> Iterator[Finding]:
    """Flags a protected page that scripts fill, and that does not send a stranger to the login.

    The frame of the page is for everybody, and maybe more: what its API gives is what counts.

    Let the page's guard lead strangers to the login, and declare the API that it asks as a
    protected route, so that it is tested.

    Bad:
        /account, rendered without a session -> the account's page
    Good:
        /account, rendered without a session -> /login
    Reference: https://owasp.org/Top10/A01_2021-Broken_Access_Control/
    """
    del settings
    rendered = seen.rendered
    if seen.planned.kind is not RouteKind.PROTECTED or rendered.is_blank:
        return
    there, asked = urlsplit(rendered.url), urlsplit(seen.planned.url)
    has_moved = (there.hostname, there.path.rstrip("/")) != (asked.hostname, asked.path.rstrip("/"))
    is_login = any(word in there.path.lower() for word in _LOGINS) and has_moved
    is_refused = any(word in rendered.text.lower() for word in _REFUSALS)
    if not (has_moved and (is_login or there.path in ("", "/"))) and not (
        rendered.has_password or is_refused
    ):
        yield browsed_finding(seen, "a stranger's browser shows it, and no login")


@rule(SubmittedFacts, Severity.ERROR)
def form_does_not_submit(seen: SubmittedFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a form that was filled and sent, and the declared text did not follow.

    Customers who fill it get no further.

    Send it by hand with the developer tools open; if the page has changed, mend the selectors and
    the text under `submit`.

    Bad:
        sign up -> the button does nothing
    Good:
        sign up -> "Check your mail"
    Reference: https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#form-submission-2
    """
    del settings
    if seen.trouble:
        message = f"{seen.planned.name}: the form was filled, and then: {seen.trouble}"
        yield at(seen.planned.url, message)


def _first_trouble(seen: BrowsedFacts) -> str:
    """What may be the cause: what it throws, else what it asks of its own hosts in vain."""
    if thrown := [each for each in seen.rendered.errors if _is_grave(seen, each)]:
        return f"; it throws {thrown[0].name}"
    for each in seen.rendered.failed:
        if host_of(each.url) in seen.hosts and each.kind != "Other":
            return f"; {place_shown(each.url)} gives {each.status or each.trouble}"
    return ""


def _is_grave(seen: BrowsedFacts, error: PageError) -> bool:
    is_own = not error.url.startswith("http") or host_of(error.url) in seen.hosts
    return is_own and not error.is_promise and error.words != "hydration"


BROWSER_RULES = (
    page_stays_blank,
    page_throws_error,
    console_errors,
    rendered_page_lacks_text,
    rendered_page_open_to_strangers,
    form_does_not_submit,
)
