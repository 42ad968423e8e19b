"""What GitHub's refusals mean, and what a person can do about each.

Source: https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api and
https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api.
"""

import datetime
from collections.abc import Mapping

from launchready.model import Unchecked

_MAY_READ = "give the token the permission `actions: read` of that repository"


class Refused(Exception):  # noqa: N818 - it is an answer
    """GitHub did not give what was asked for."""

    def __init__(self, reason: str, hint: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.hint = hint

    def of(self, target: str) -> Unchecked:
        """The same, said of what was to be looked at."""
        return Unchecked(target=target, reason=self.reason, hint=self.hint)


def refusal(status: int, headers: Mapping[str, str]) -> Refused:
    """What an answer with this status and these headers says."""
    if status == 429 or (status == 403 and _is_rate_limit(headers)):
        return Refused(
            f"GitHub's rate limit is used up{_until(headers)}", "wait, or use another token"
        )
    match status:
        case 401:
            return Refused("GitHub refuses the token", "make a new token and set GITHUB_TOKEN")
        case 403:
            return Refused("the token may not read it", _MAY_READ)
        case 404:
            reason = "GitHub has no such run, or shows it to nobody with this token"
            return Refused(
                reason, f"look at the run's number and at GITHUB_REPOSITORY, or {_MAY_READ}"
            )
        case 410:
            return Refused("it has expired: GitHub has deleted it", "run the workflow again")
    return Refused(f"GitHub answers with status {status}", "run it again later")


def _is_rate_limit(headers: Mapping[str, str]) -> bool:
    return headers.get("x-ratelimit-remaining") == "0" or "retry-after" in headers


def _until(headers: Mapping[str, str]) -> str:
    """When the limit ends, where the headers say so in a number that can be a date."""
    seconds = headers.get("x-ratelimit-reset", "")
    if not seconds.isdigit() or len(seconds) > 11:
        return ""
    moment = datetime.datetime.fromtimestamp(int(seconds), datetime.UTC)
    return f" until {moment:%Y-%m-%d %H:%M} UTC"
