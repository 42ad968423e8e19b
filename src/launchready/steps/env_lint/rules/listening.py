"""Addresses of the machine itself that are right in production: to listen on, or of a neighbour."""

import re

from launchready.regex import Regex
from launchready.steps.env_lint.queries import Given
from launchready.steps.env_lint.valuing.names import words_of

_LISTENING = Regex(
    r"(?:^|_)(?:BIND|LISTEN|LISTENER|LISTENERS|ADVERTISED)(?:_|$)|^(?:HOST|HOSTNAME|ADDR|ADDRESS"
    r"|SERVER_HOST|SERVER_ADDRESS|HTTP_HOST|APP_HOST|API_HOST|UVICORN_HOST|FLASK_RUN_HOST|NITRO_HOST"
    r"|SERVER_NAME|GRADIO_SERVER_NAME|WEB_HOST|IP|HTTP_ADDR|SERVER_ADDR|METRICS_HOST|NUXT_HOST)$",
    re.IGNORECASE,
)
# What a monitoring agent, a mesh or a proxy that runs on the same machine is reached by.
_NEIGHBOURS = frozenset(
    {"otel", "dd", "datadog", "statsd", "jaeger", "zipkin", "prometheus", "pushgateway", "dapr",
     "envoy", "proxy", "sidecar", "agent", "collector", "telegraf", "fluentd", "fluentbit",
     "vector",
     "consul", "vault", "cloudsql", "alloy", "signoz", "internal", "health", "healthcheck", "self",
     "proxies", "metrics", "tracing", "trace", "probe", "chrome", "chromium", "browserless",
     "gotenberg", "clamav", "imgproxy", "tika"}
)  # fmt: skip
_ADDRESSES = frozenset(
    {"host", "hostname", "url", "uri", "urls", "endpoint", "endpoints", "addr", "address", "server",
     "servers", "broker", "brokers", "domain", "origin", "origins", "dsn", "base", "hosts", "nodes",
     "pghost", "api", "backend", "upstream"}
)  # fmt: skip


def listens(one: Given) -> bool:
    """Whether the value says where the program listens or whom it lets in, not whom it calls."""
    if _LISTENING.search(one.name):
        return True
    if one.weight.url is None:
        words = words_of(one.name)
        is_any = one.weight.host in ("0.0.0.0", "::")  # noqa: S104
        return is_any or words[-1:] == () or words[-1] not in _ADDRESSES
    return False


def runs_beside(one: Given, others: tuple[Given, ...]) -> bool:
    """Whether what is called runs on the same machine: an agent, a proxy, or the program itself."""
    if not _NEIGHBOURS.isdisjoint(words_of(one.name)):
        return True
    return one.weight.port is not None and any(
        each.name == "PORT" or each.name.endswith("_PORT")
        for each in others
        if each.weight.number == one.weight.port
        and each.declaration.path == one.declaration.path
        and each.environment == one.environment
        and (each.name == "PORT" or each.name.partition("_")[0] in ("APP", "SERVER", "HTTP"))
    )
