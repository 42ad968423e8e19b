"""One Chromium, its pages one after the other, each as a new visitor."""

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from launchready.facts.browser import Rendered
from launchready.facts.web import Address
from launchready.frozen import frozen, replace
from launchready.gateways.browser.find import installed_chromium
from launchready.gateways.browser.gate import Gate
from launchready.gateways.browser.watch import Watch, trouble_of
from launchready.gateways.web.client import AGENT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Playwright

_FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # So that frames of other sites are part of the page, and asked about like it.
    "--disable-site-isolation-trials",
    "--disable-features=IsolateOrigins,site-per-process,OptimizationHints,MediaRouter",
)
_SHOWN = """() => [...document.querySelectorAll(
  'img,svg,canvas,video,iframe,input:not([type=hidden]),textarea,select,button')]
  .map(each => each.getBoundingClientRect())
  .filter(box => box.width > 1 && box.height > 1).length"""
_TEXT = "() => document.body ? document.body.innerText : ''"
_SOMETHING = f"() => ({_TEXT})().trim() || ({_SHOWN})()"
_QUIET_MS = 2000  # that a page may go on asking after it is there
_MOST_TEXT = 2 << 20


class NoBrowserError(Exception):
    """There is none, or it does not start. The text is one line."""


@frozen
class Submission:
    """A form to fill: selectors and values, what to press, and the text that must follow."""

    fields: Mapping[str, str]
    press: str
    expects: str


class Chromium:
    """A running browser. `left` is in seconds: what remains of the time for all pages."""

    def __init__(
        self, browser: "Browser", gate: Gate, headers: Mapping[str, str], seconds: float
    ) -> None:
        self._browser = browser
        self._gate = gate
        self._headers = {name.lower(): value for name, value in headers.items()}
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds that remain."""
        return self._end - time.monotonic()

    def open(self, url: str, *, seconds: float, form: Submission | None = None) -> Rendered:
        """The page as a new visitor sees it, after `form` was sent where there is one."""
        from playwright.sync_api import Error

        version = self._browser.version
        agent = f"Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{version} {AGENT}"
        watch = Watch()
        try:
            context = self._browser.new_context(
                accept_downloads=False, service_workers="block", user_agent=agent
            )
            context.set_default_timeout(min(seconds, max(self.left, 0.1)) * 1000)
            with context:
                page = context.new_page()
                channel: Any = context.new_cdp_session(page)
                self._guard(channel, watch)
                watch.listen(channel)
                return self._seen(page, url, watch, form)
        except Error as error:
            return Rendered(url=url, trouble=_words(error), led_to=watch.led_to)

    def _seen(self, page: "Page", url: str, watch: Watch, form: Submission | None) -> Rendered:
        from playwright.sync_api import Error

        response = page.goto(url, wait_until="load")
        _settle(page)
        trouble = ""
        if form is not None:
            try:
                _submit(page, form)
            except Error as error:
                trouble = _words(error)
        rendered = Rendered(
            url=page.url,
            status=response.status if response else 0,
            headers=tuple(name.lower() for name in response.headers) if response else (),
            trouble=trouble,
            led_to=watch.led_to,
            errors=tuple(watch.errors),
            console_errors=watch.console_errors,
            failed=tuple(watch.failed),
            mixed=tuple(dict.fromkeys(watch.mixed)),
        )
        try:
            return _with_content(rendered, page)
        except Error:  # the page goes on to another one: what that shows counts
            page.wait_for_load_state("load")
            return _with_content(replace(rendered, url=page.url), page)

    def _guard(self, channel: Any, watch: Watch) -> None:
        """Judge every request before it is made, each hop of a redirect too."""
        main = channel.send("Page.getFrameTree")["frameTree"]["frame"]["id"]

        def paused(event: dict[str, Any]) -> None:
            request = event["request"]
            is_page = event.get("resourceType") == "Document" and event.get("frameId") == main
            if self._gate.why_not(request["url"], is_page=is_page):
                if is_page:
                    watch.led_to = request["url"]
                answer = {"requestId": event["requestId"], "errorReason": "BlockedByClient"}
                _tell(channel, "Fetch.failRequest", answer)
                return
            answer = {"requestId": event["requestId"]}
            if self._headers:
                answer["headers"] = self._headers_for(request)
            _tell(channel, "Fetch.continueRequest", answer)

        channel.on("Fetch.requestPaused", paused)
        channel.send("Fetch.enable", {"patterns": [{"urlPattern": "*"}]})

    def _headers_for(self, request: Mapping[str, Any]) -> list[dict[str, str]]:
        """The browser's own fields; the user's only for hosts that they are meant for."""
        given = {name: str(value) for name, value in request.get("headers", {}).items()}
        headers = {
            name: value for name, value in given.items() if name.lower() not in self._headers
        }
        if self._gate.may_carry_headers(request["url"]):
            headers |= self._headers
        return [{"name": name, "value": value} for name, value in headers.items()]


@contextmanager
def chromium(
    gate: Gate,
    *,
    pins: Sequence[tuple[str, int, Address]],
    keys: Sequence[str],
    headers: Mapping[str, str],
    seconds: float,
) -> Iterator[Chromium]:
    """Start a browser, and end it. `keys` are those whose certificates it need not trust itself.

    Raises NoBrowserError.
    """
    from playwright.sync_api import Error, sync_playwright

    rules = ",".join(_mapped(host, port, address) for host, port, address in pins)
    flags = [*_FLAGS, *([f"--host-resolver-rules={rules}"] if rules else [])]
    if keys:
        flags.append(f"--ignore-certificate-errors-spki-list={','.join(keys)}")
    with sync_playwright() as playwright:
        try:
            browser = _start(playwright, flags)
        except Error as error:
            raise NoBrowserError(_words(error)) from error
        try:
            yield Chromium(browser, gate, headers, seconds)
        finally:
            browser.close()


def _start(playwright: "Playwright", flags: Sequence[str]) -> "Browser":
    """Within its sandbox where that works: not as root, and not where the kernel forbids it."""
    from playwright.sync_api import Error

    def start(*, is_boxed: bool) -> "Browser":
        return playwright.chromium.launch(
            executable_path=installed_chromium(), args=list(flags), chromium_sandbox=is_boxed
        )

    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return start(is_boxed=False)
    try:
        return start(is_boxed=True)
    except Error:
        return start(is_boxed=False)


def _with_content(rendered: Rendered, page: "Page") -> Rendered:
    return replace(
        rendered,
        text=str(page.evaluate(_TEXT))[:_MOST_TEXT],
        html=page.content()[:_MOST_TEXT],
        shown=int(page.evaluate(_SHOWN)),
        has_password=page.locator("input[type=password]").count() > 0,
    )


def _settle(page: "Page") -> None:
    """Wait until there is something to see, and until the page asks no more, but not for ever."""
    from playwright.sync_api import TimeoutError as Late

    for wait in (
        lambda: page.wait_for_function(_SOMETHING),
        lambda: page.wait_for_load_state("networkidle", timeout=_QUIET_MS),
    ):
        try:
            wait()
        except Late:
            continue


def _submit(page: "Page", form: Submission) -> None:
    for selector, value in form.fields.items():
        page.fill(selector, value)
    page.click(form.press)
    page.get_by_text(form.expects).first.wait_for(state="visible")


def _mapped(host: str, port: int, address: Address) -> str:
    where = address.bracketed
    return f"MAP {host}:{port} {where}:{address.port or port}"


def _tell(channel: Any, method: str, words: Mapping[str, Any]) -> None:
    """Answer; a page that is closed meanwhile needs none."""
    from playwright.sync_api import Error

    try:
        channel.send(method, words)
    except Error:
        return


def _words(error: Exception) -> str:
    """The kind of trouble, without what the page said."""
    first = str(error).partition("\n")[0]
    at = first.find("net::ERR_")
    if at >= 0:
        return trouble_of(first[at:].split(" ")[0])
    return "no answer in time" if "imeout" in first else "the browser could not do it"
