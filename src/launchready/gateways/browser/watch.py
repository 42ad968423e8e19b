"""What the browser tells of a page while it runs, as facts (Chrome DevTools Protocol)."""

import re
from typing import Any

from launchready.facts.browser import FailedRequest, MixedRequest, PageError
from launchready.facts.secret import MASK

_MOST = 100
_RUN = re.compile(r"[A-Za-z0-9_+/=.\-]{16,}")
# Those whose words are mostly the engine's own, and not the site's.
_ENGINES = ("TypeError", "ReferenceError", "SyntaxError", "RangeError")
_NOT_FAILED = ("net::ERR_ABORTED", "net::ERR_BLOCKED_BY_CLIENT")


class Watch:
    """Gathers what is told; `errors`, `failed` and `mixed` are in the order in which it came."""

    def __init__(self) -> None:
        self.errors: list[PageError] = []
        self.failed: list[FailedRequest] = []
        self.mixed: list[MixedRequest] = []
        self.console_errors = 0
        self.led_to = ""
        self._asked: dict[str, tuple[str, str]] = {}

    def listen(self, channel: Any) -> None:
        """Begin to listen to a page."""
        channel.on("Runtime.exceptionThrown", self._on_exception)
        channel.on("Runtime.consoleAPICalled", self._on_console)
        channel.on("Log.entryAdded", self._on_log)
        channel.on("Network.requestWillBeSent", self._on_request)
        channel.on("Network.responseReceived", self._on_response)
        channel.on("Network.loadingFailed", self._on_failure)
        channel.on("Audits.issueAdded", self._on_issue)
        for domain in ("Runtime", "Log", "Network", "Audits"):
            channel.send(f"{domain}.enable")

    def _on_exception(self, event: dict[str, Any]) -> None:
        details = event.get("exceptionDetails", {})
        if "exception" not in details:  # such as a ResizeObserver that gives up
            self.console_errors += 1
        elif len(self.errors) < _MOST:
            self.errors.append(error_of(details))

    def _on_console(self, event: dict[str, Any]) -> None:
        self.console_errors += event.get("type") in ("error", "assert")

    def _on_log(self, event: dict[str, Any]) -> None:
        entry = event.get("entry", {})
        is_mixed = str(entry.get("text", "")).startswith("Mixed Content")
        is_told_elsewhere = is_mixed or entry.get("source") in ("network", "javascript")
        self.console_errors += entry.get("level") == "error" and not is_told_elsewhere

    def _on_request(self, event: dict[str, Any]) -> None:
        url = str(event.get("request", {}).get("url", ""))
        self._asked[event.get("requestId", "")] = (url, str(event.get("type", "Other")))

    def _on_response(self, event: dict[str, Any]) -> None:
        response = event.get("response", {})
        status = int(response.get("status", 0))
        if status >= 400 and len(self.failed) < _MOST:
            kind = str(event.get("type", "Other"))
            self.failed.append(
                FailedRequest(url=str(response.get("url", "")), kind=kind, status=status)
            )

    def _on_failure(self, event: dict[str, Any]) -> None:
        trouble = str(event.get("errorText", ""))
        is_ours = event.get("canceled") or trouble in _NOT_FAILED
        if is_ours or event.get("blockedReason") or len(self.failed) >= _MOST:
            return
        url, kind = self._asked.get(event.get("requestId", ""), ("", "Other"))
        self.failed.append(FailedRequest(url=url, kind=kind, trouble=trouble_of(trouble)))

    def _on_issue(self, event: dict[str, Any]) -> None:
        issue = event.get("issue", {})
        details = issue.get("details", {}).get("mixedContentIssueDetails")
        if issue.get("code") == "MixedContentIssue" and details and len(self.mixed) < _MOST:
            self.mixed.append(
                MixedRequest(
                    url=str(details.get("insecureURL", "")),
                    is_blocked=details.get("resolutionStatus") == "MixedContentBlocked",
                )
            )


def error_of(details: dict[str, Any]) -> PageError:
    """An exception: the words of the engine's own classes, with nothing long in them."""
    thrown = details.get("exception", {})
    name = str(thrown.get("className", ""))
    name = name if re.fullmatch(r"[A-Za-z]{1,40}", name) else "Error"
    first = str(thrown.get("description", "")).partition("\n")[0]
    is_hydration = re.search(r"React error #4(?:18|2[1235])\b|[Hh]ydrat", first)
    words = first.partition(": ")[2] if name in _ENGINES else ""
    words = "hydration" if is_hydration else _plain(words)
    frames = details.get("stackTrace", {}).get("callFrames") or [details]
    place = frames[0]
    return PageError(
        name=name,
        words=words,
        url=str(place.get("url") or details.get("url") or ""),
        line=int(place.get("lineNumber", -1)) + 1,
        column=int(place.get("columnNumber", -1)) + 1,
        is_promise="in promise" in str(details.get("text", "")),
    )


def trouble_of(told: str) -> str:
    """`connection refused` of `net::ERR_CONNECTION_REFUSED`."""
    plain = told.removeprefix("net::ERR_").replace("_", " ").lower()
    return "".join(sign for sign in plain if sign.isalnum() or sign == " ")[:60]


def _plain(words: str) -> str:
    shown = "".join(sign for sign in words if sign.isprintable())
    return _RUN.sub(MASK, shown)[:120]
