"""Asks where the product's requests are counted: how many there were, and how many failed.

Sources: https://prometheus.io/docs/prometheus/latest/querying/api/,
https://docs.datadoghq.com/api/latest/metrics/#query-timeseries-points and
https://docs.sentry.io/api/explore/query-explore-events-in-table-format/.
No series, a number that is none, a refusal or a wait is "not known", never "no errors".
"""

import datetime
import enum
import math
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from launchready.config.setting import setting
from launchready.facts.secret import Hidden
from launchready.frozen import frozen
from launchready.gateways.hosting.calls import Call, get, part
from launchready.gateways.hosting.plane import Plane, token_of
from launchready.gateways.hosting.reading import at, items


class Source(enum.Enum):
    """What is asked."""

    PROMETHEUS = "prometheus"
    DATADOG = "datadog"
    SENTRY = "sentry"
    HTTP = "http"


@frozen
class Metric:
    """One place where requests are counted."""

    source: Source = setting("What is asked.", examples=(Source.PROMETHEUS,))
    url: str = setting(
        "Its address: of Datadog `https://api.datadoghq.eu`, of Sentry"
        " `https://de.sentry.io/api/0/organizations/ORG`, of `http` the endpoint.",
        pattern=r"^https?://[^\s#]+$(?!\n)",
        takes="a URL",
        interpolates=True,
        examples=("https://prometheus.example.com",),
    )
    requests: str = setting(
        "The query that counts requests in `{window}` (seconds, such as `300s`). Of Sentry a"
        " filter, of `http` a path in its answer.",
        default="requests",
        examples=("sum(increase(http_requests_total[{window}]))",),
    )
    errors: str = setting(
        "The same for those that failed; Sentry knows without it.",
        default="errors",
        examples=('sum(increase(http_requests_total{code=~"5.."}[{window}])) or vector(0)',),
    )
    latency: str | None = setting(
        "A query of a latency, such as the 95th percentile; a rise is held, never rolled back.",
        default=None,
    )
    project: str = setting("Sentry's project, by number.", default="")
    token: str | None = setting("The environment variable with the token.", default=None)
    application_key: str | None = setting(
        "The environment variable with Datadog's application key.", default=None
    )


@frozen
class Window:
    """A stretch of time."""

    start: datetime.datetime
    end: datetime.datetime

    @property
    def seconds(self) -> int:
        """How long it is."""
        return max(1, int((self.end - self.start).total_seconds()))


@frozen
class Count:
    """What was counted in a window; `latency` is None where no query asks for it."""

    requests: float
    errors: float
    latency: float | None = None


def count(
    metric: Metric, window: Window, environ: Mapping[str, str], *, pause_seconds: float = 0.5
) -> Count:
    """Requests and errors in a window. `pause_seconds` is before a source that fails is asked
    again. Raises HostError and LaunchReadyError.
    """
    plane = _plane(metric, environ, pause_seconds)
    if metric.source is Source.SENTRY:
        return _sentry(plane, metric, window)
    if metric.source is Source.HTTP:
        return _own(plane, metric, window)
    ask = _prometheus if metric.source is Source.PROMETHEUS else _datadog
    return Count(
        requests=ask(plane, metric.requests, window),
        errors=ask(plane, metric.errors, window),
        latency=ask(plane, metric.latency, window) if metric.latency else None,
    )


def _plane(metric: Metric, environ: Mapping[str, str], pause_seconds: float) -> Plane:
    token = token_of(metric.token, environ) if metric.token else Hidden("")
    headers: dict[str, str | Hidden] = {}
    if metric.source is Source.DATADOG:
        headers["DD-API-KEY"] = "{token}"
        if metric.application_key:
            headers["DD-APPLICATION-KEY"] = token_of(metric.application_key, environ)
    elif metric.token:
        headers["Authorization"] = "Bearer {token}"
    parts = urlsplit(metric.url)
    is_own = metric.source is Source.HTTP
    address = f"{parts.scheme}://{parts.netloc}" if is_own else metric.url
    return Plane(address, token, headers=headers, pause_seconds=pause_seconds)


def _filled(query: str, window: Window) -> str:
    return query.replace("{window}", f"{window.seconds}s")


def _prometheus(plane: Plane, query: str, window: Window) -> float:
    moment = str(int(window.end.timestamp()))
    call = get("/api/v1/query", query=_filled(query, window), time=moment)
    document = plane.ask(call)
    if at(document, "status") != "success":
        raise plane.malformed(call, "it is no success")
    if at(document, "data.resultType") == "scalar":
        return _number(plane, call, at(document, "data.result[1]"))
    found = items(call, document, "data.result")
    if len(found) != 1:
        raise plane.malformed(call, f"the query gives {len(found)} series, and must give one")
    return _number(plane, call, at(found[0], "value[1]"))


def _datadog(plane: Plane, query: str, window: Window) -> float:
    call = get(
        "/api/v1/query",
        **{"from": str(int(window.start.timestamp())), "to": str(int(window.end.timestamp()))},
        query=_filled(query, window),
    )
    document = plane.ask(call)
    series = items(call, document, "series")
    if len(series) != 1:
        raise plane.malformed(call, f"the query gives {len(series)} series, and must give one")
    points = at(series[0], "pointlist")
    if not isinstance(points, list) or not points:
        raise plane.malformed(call, "the series has no points")
    values = [each[1] for each in points if isinstance(each, list) and len(each) == 2]
    return sum(_number(plane, call, value) for value in values if value is not None)


def _sentry(plane: Plane, metric: Metric, window: Window) -> Count:
    query = "" if metric.requests == "requests" else metric.requests
    call = Call(
        method="GET",
        path="/events/",
        query=(
            ("dataset", "spans"),
            ("field", "count()"),
            ("field", "failure_rate()"),
            ("field", "p95(span.duration)"),
            ("start", window.start.strftime("%Y-%m-%dT%H:%M:%S")),
            ("end", window.end.strftime("%Y-%m-%dT%H:%M:%S")),
            *((("query", query),) if query else ()),
            *((("project", part(metric.project)),) if metric.project else ()),
        ),
        is_harmless=True,
    )
    found = items(call, plane.ask(call), "data")
    if len(found) != 1:
        raise plane.malformed(call, f"it holds {len(found)} rows, and must hold one")
    requests = _number(plane, call, found[0].get("count()"))
    rate = _number(plane, call, found[0].get("failure_rate()"))
    slow = found[0].get("p95(span.duration)")
    latency = _number(plane, call, slow) if metric.latency and slow is not None else None
    return Count(requests=requests, errors=requests * rate, latency=latency)


def _own(plane: Plane, metric: Metric, window: Window) -> Count:
    parts = urlsplit(metric.url)
    given = {
        "from": str(int(window.start.timestamp())),
        "to": str(int(window.end.timestamp())),
    }
    call = get(parts.path or "/", **given)
    document = plane.ask(call)
    slow = at(document, metric.latency) if metric.latency else None
    return Count(
        requests=_number(plane, call, at(document, metric.requests)),
        errors=_number(plane, call, at(document, metric.errors)),
        latency=None if slow is None else _number(plane, call, slow),
    )


def _number(plane: Plane, call: Call, given: Any) -> float:
    try:
        if isinstance(given, bool):
            raise TypeError
        number = float(given)
    except (TypeError, ValueError):
        raise plane.malformed(call, "it holds no number") from None
    if not math.isfinite(number) or number < 0:
        raise plane.malformed(call, f"{number} is no count")
    return number
