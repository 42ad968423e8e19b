"""Where a finding lies, as text, and the order in which reports list findings."""

from typing import assert_never

from launchready.model import (
    CommitLocation,
    DnsLocation,
    FileLocation,
    Finding,
    Location,
    Status,
    UrlLocation,
)

_RANK = {Status.NEW: 0, Status.KNOWN: 1, Status.SUPPRESSED: 2}


def path_of(location: Location) -> str:
    """The file that holds the place, or what stands for one: a commit, an address, a DNS name."""
    match location:
        case FileLocation():
            return location.path
        case CommitLocation():
            return f"commit {location.commit}"
        case UrlLocation():
            return location.url
        case DnsLocation():
            return f"{location.dns_name} {location.dns_type}"
    assert_never(location)


def place_of(finding: Finding) -> tuple[str | int, ...]:
    """A sort key by path, line, column and rule that no two unlike findings share."""
    line = column = 0
    commit = ""
    match finding.location:
        case FileLocation() as place:
            line, column, commit = place.line or 0, place.column or 0, place.commit or ""
        case CommitLocation() as place:
            line = place.line or 0
    return (
        path_of(finding.location),
        line,
        column,
        finding.rule,
        finding.message,
        finding.identity,
        commit,
        finding.introduced or "",
        finding.severity,
    )


def report_order(finding: Finding) -> tuple[object, ...]:
    """A sort key: the new first, then the graver, then what is not only in the past; by place."""
    return _RANK[finding.status], -finding.severity, _is_past(finding.location), *place_of(finding)


def _is_past(location: Location) -> bool:
    return isinstance(location, CommitLocation) or (
        isinstance(location, FileLocation) and location.commit is not None
    )
