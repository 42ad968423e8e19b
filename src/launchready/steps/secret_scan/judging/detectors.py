"""The opinion of detect-secrets on one candidate line.

Importing it costs a tenth of a second and it reads 0.2 MB/s, so it is imported on the first
candidate that all cheaper tests let through, and sees that line alone. Only `analyze_string` and
the heuristic filters are called: neither its process-wide settings nor its network verification
takes part, so that it gets no `requests` to verify with, which would take as long again to import.
"""

import functools
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType

from launchready.frozen import frozen

# Its patterns backtrack on long lines.
_LONGEST_LINE = 400


@frozen
class Opinion:
    """`is_detected`: a detector yields the value; `doubts`: the filters that speak against it."""

    is_detected: bool
    doubts: tuple[str, ...] = ()


class _NoNetwork(ModuleType):
    """What the detectors hold in place of `requests`. Its names may be mentioned, not called."""

    def __getattr__(self, name: str) -> "_NoNetwork":
        if name.startswith("__"):
            raise AttributeError(name)
        return _NoNetwork(f"{self.__name__}.{name}")


@contextmanager
def _without_network() -> Iterator[None]:
    """Imports of `requests` find nothing that reaches the network, unless it is there already."""
    if "requests" in sys.modules:
        yield
        return
    stand_in = sys.modules["requests"] = _NoNetwork("requests")
    try:
        yield
    finally:
        if sys.modules.get("requests") is stand_in:
            del sys.modules["requests"]


def ask(line: str, value: str, path: str | None, *, is_quoted: bool) -> Opinion:
    """What detect-secrets makes of `value` on `line` of the file at `path`."""
    _load()
    near = _around(line, value)
    detected = any(value in found or found in value for found in _detected(near, path) if found)
    doubts = [*_doubts_of_value(value), *_doubts_of_file(path)]
    if not is_quoted:
        doubts.extend(_doubts_of_line(near))
    return Opinion(is_detected=detected, doubts=tuple(doubts))


@functools.cache
def _load() -> None:
    """Import all of it that is asked."""
    with _without_network():
        for module in ("filters.heuristic", "plugins.keyword"):
            import_module(f"detect_secrets.{module}")
        _structural_detectors()


def _around(line: str, value: str) -> str:
    """The line, or the part of a long one that ends shortly behind the value."""
    if len(line) <= _LONGEST_LINE:
        return line
    end = min(len(line), line.find(value) + len(value) + 8)
    return line[max(0, end - _LONGEST_LINE) : end]


def _detected(line: str, path: str | None) -> Iterable[str]:
    from detect_secrets.plugins.keyword import REGEX_BY_FILETYPE, KeywordDetector
    from detect_secrets.util.filetype import determine_file_type

    regexes = REGEX_BY_FILETYPE.get(determine_file_type(path or ""))
    yield from KeywordDetector().analyze_string(line, regexes)
    yield from KeywordDetector().analyze_string(line)
    for detector in _structural_detectors():
        yield from detector(line)


@functools.cache
def _structural_detectors() -> tuple[Callable[[str], Iterable[str]], ...]:
    """The detectors of formats that the catalogue has no kind for."""
    from detect_secrets.plugins.artifactory import ArtifactoryDetector
    from detect_secrets.plugins.cloudant import CloudantDetector
    from detect_secrets.plugins.ibm_cloud_iam import IbmCloudIamDetector
    from detect_secrets.plugins.ibm_cos_hmac import IbmCosHmacDetector
    from detect_secrets.plugins.softlayer import SoftlayerDetector

    plugins = (
        ArtifactoryDetector(),
        CloudantDetector(),
        IbmCloudIamDetector(),
        IbmCosHmacDetector(),
        SoftlayerDetector(),
    )
    return tuple(plugin.analyze_string for plugin in plugins)


def _doubts_of_value(value: str) -> Iterable[str]:
    from detect_secrets.filters import heuristic

    filters = (
        heuristic.is_sequential_string,
        heuristic.is_templated_secret,
        heuristic.is_prefixed_with_dollar_sign,
        heuristic.is_not_alphanumeric_string,
    )
    return (doubt.__name__ for doubt in filters if doubt(value))


def _doubts_of_line(line: str) -> Iterable[str]:
    from detect_secrets.filters import heuristic

    return ("is_indirect_reference",) if heuristic.is_indirect_reference(line) else ()


def _doubts_of_file(path: str | None) -> Iterable[str]:
    from detect_secrets.filters import heuristic

    filters = (heuristic.is_lock_file, heuristic.is_swagger_file)
    return (doubt.__name__ for doubt in filters if path is not None and doubt(path))
