"""Where a finding is, in words and as a link, and in which order findings are shown."""

from collections.abc import Iterable
from typing import assert_never

from launchready.model import (
    CommitLocation,
    DnsLocation,
    FileLocation,
    Finding,
    Location,
    Related,
    Status,
    Target,
    UrlLocation,
)
from launchready.regex import Regex
from launchready.reporters.escape import uri_path, visible

# Where a place has no file of its own (an address, a DNS name, a commit message) and the format
# demands one, the finding is hung on the config file, which every user of launchready knows.
CONFIG_FILE = "launchready.yml"

_SHOWN_COMMIT = 12
_SAFE_URL = Regex(r"https?://[A-Za-z0-9.:-]+(?:/[A-Za-z0-9._~/-]*)?(?:#[A-Za-z0-9._~-]*)?")
_COMMIT = Regex(r"[0-9A-Za-z]+")
_STATUS_ORDER = {Status.NEW: 0, Status.KNOWN: 1, Status.SUPPRESSED: 2}


def describe(location: Location) -> str:
    """The place as a person reads it, and as terminals and editors make it a link; visible."""
    match location:
        case FileLocation(commit=None):
            return _file(location)
        case FileLocation():
            return f"{_file(location)} in commit {short_commit(location.commit or '')}"
        case CommitLocation():
            line = f", line {location.line}" if location.line is not None else ""
            return f"message of commit {short_commit(location.commit)}{line}"
        case UrlLocation():
            return visible(location.url)
        case DnsLocation():
            return visible(f"{location.dns_name} {location.dns_type}")
        case _:
            assert_never(location)


def elsewhere(finding: Finding) -> tuple[Related, ...]:
    """The further places, without the one that the finding names itself."""
    return tuple(each for each in finding.related if not _is_here(each, finding))


def told_here(finding: Finding) -> str:
    """What the finding says of its own place beside its message, or nothing."""
    return next((each.message for each in finding.related if _is_here(each, finding)), "")


def _is_here(related: Related, finding: Finding) -> bool:
    return describe(related.location) == describe(finding.location)


def short_commit(commit: str) -> str:
    """The beginning of a commit's name that is enough to find it."""
    return visible(commit[:_SHOWN_COMMIT])


def ranked(findings: Iterable[Finding]) -> list[Finding]:
    """New before known before suppressed, the graver before the others, else in the order given.

    A report's findings come ranked, file by file; this ranks the findings of several reports.
    """
    return sorted(findings, key=_rank)


def link(location: Location, target: Target) -> str | None:
    """The web page that shows the place at the commit that was examined, if there is one."""
    match location:
        case UrlLocation(url=url):
            return url if is_safe_url(url) else None
        case CommitLocation(commit=commit):
            return _web(target, "commit", commit)
        case FileLocation():
            return _blob(location, target)
        case _:
            return None


def is_safe_url(url: str) -> bool:
    """Whether a web address holds nothing that could end a link in HTML or Markdown early."""
    return _SAFE_URL.fullmatch(url) is not None


def _file(location: FileLocation) -> str:
    text = visible(location.path)
    if location.line is None:
        return text
    column = f":{location.column}" if location.column is not None else ""
    return f"{text}:{location.line}{column}"


def _rank(finding: Finding) -> tuple[int, int]:
    return _STATUS_ORDER[finding.status], -finding.severity


def _blob(location: FileLocation, target: Target) -> str | None:
    location = location.in_file
    commit = location.commit or target.commit
    parts = location.path.split("/")
    if not commit or any(part in ("", ".", "..") for part in parts):
        return None
    page = _web(target, "blob", commit)
    if page is None:
        return None
    lines = f"#L{location.line}" if location.line is not None else ""
    if lines and location.end_line is not None and location.end_line > (location.line or 0):
        lines += f"-L{location.end_line}"
    return f"{page}/{uri_path(location.path)}{lines}"


def _web(target: Target, kind: str, commit: str) -> str | None:
    page = target.repository_url
    if page is None or not is_safe_url(page) or not _COMMIT.fullmatch(commit):
        return None
    return f"{page.rstrip('/')}/{kind}/{commit}"
