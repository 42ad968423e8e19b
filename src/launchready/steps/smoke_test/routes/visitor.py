"""One visitor with cookies, who asks one thing after the other and remembers what was said."""

import email.message
import http.cookiejar
import urllib.request
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from launchready.facts.web import Answer, Journey, Request, Response
from launchready.frozen import replace
from launchready.gateways.web.client import Client
from launchready.steps.smoke_test.html_page import page_of
from launchready.steps.smoke_test.routes.json_values import text_at


class Visitor:
    """Keeps cookies by the standard library's rules (RFC 6265 as browsers have it, near enough).

    `captured` are the values that later requests use as `{name}`.
    """

    def __init__(self, client: Client) -> None:
        self._client = client
        self._jar = http.cookiejar.CookieJar()
        self.captured: dict[str, str] = {}

    def follow(self, request: Request, *, is_followed: bool = True) -> Journey:
        """Ask, with the cookies so far, and follow redirects where that is wanted."""
        return self._client.follow(request, ask=self.ask) if is_followed else self._once(request)

    def ask(self, request: Request) -> Answer:
        """Ask, with the cookies so far; those of the answer are kept."""
        mine = urllib.request.Request(request.url)  # noqa: S310 - only carries cookies, opens nothing
        self._jar.add_cookie_header(mine)
        cookies = mine.get_header("Cookie")
        if cookies:
            others = tuple(pair for pair in request.headers if pair[0].lower() != "cookie")
            request = replace(request, headers=(*others, ("cookie", cookies)))
        answer = self._client.ask(request)
        if answer.response is not None:
            told: Any = _Told(answer.response)
            self._jar.extract_cookies(told, mine)
        return answer

    def capture(self, wanted: Mapping[str, str], journey: Journey) -> tuple[str, ...]:
        """Remember values of an answer; the names of those that it does not hold."""
        missing = []
        for name, source in wanted.items():
            value = self._found(source, journey)
            if value is None:
                missing.append(name)
            else:
                self.captured[name] = value
        return tuple(missing)

    def filled(self, text: str, *, in_path: bool = False) -> str:
        """A text of the config with `{name}` replaced by what was captured."""
        for name, value in self.captured.items():
            text = text.replace(f"{{{name}}}", quote(value, safe="") if in_path else value)
        return text

    def _once(self, request: Request) -> Journey:
        return Journey(hops=(self.ask(request),))

    def _found(self, source: str, journey: Journey) -> str | None:
        kind, _, name = source.partition(":")
        response = journey.last.response
        if kind == "cookie":
            return next((each.value for each in self._jar if each.name == name), None)
        if response is None:
            return None
        if kind == "header":
            return response.headers.get(name.lower())
        if kind == "input":
            return input_value(response, name)
        return text_at(response.text, name)


class _Told:
    """What the cookie jar needs of a response."""

    def __init__(self, response: Response) -> None:
        self._message = email.message.Message()
        for name, value in response.headers.pairs:
            self._message[name] = value

    def info(self) -> email.message.Message:
        """The header."""
        return self._message


def input_value(response: Response, name: str) -> str | None:
    """The value of a form's field, such as the token against forged requests."""
    for tag in page_of(response.text, response.url).named("input"):
        if tag.get("name") == name:
            return tag.get("value") or ""
    return None
