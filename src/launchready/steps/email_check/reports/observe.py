"""A folder of aggregate reports -> what each sender's messages met."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from launchready.catalog.mail_senders import service_of
from launchready.frozen import replace
from launchready.gateways.dns.client import DnsClient
from launchready.gateways.files import open_file, walk_files, why_unreadable
from launchready.gateways.unpack.bounds import MIB, DamageError, Limits
from launchready.gateways.unpack.leaves import Leaf, leaves_of
from launchready.gateways.unpack.stream import Stream
from launchready.model import Json, Looked, Told, Unchecked
from launchready.site import Mail
from launchready.steps.email_check.records.dmarc import find_dmarc, read_dmarc
from launchready.steps.email_check.reports.facts import ReportsFacts, SenderShare
from launchready.steps.email_check.reports.read import (
    AggregateReport,
    BadReportError,
    Row,
    read_report,
)
from launchready.steps.email_check.rules.spf_places import shown

_LIMITS = Limits(depth=3, members=2000, total_bytes=256 * MIB, ratio=200, ratio_floor=4 * MIB)
_MOST_FILES = 5000
_MOST_SHOWN = 25
_DAY = 86_400
_HINT = "remove it from the folder, or fetch it again from the mailbox"


def observe_folder(
    root: Path, folder: str, client: DnsClient, mail: Mail, domain: str
) -> Iterator[object]:
    """The facts of the reports, and what of them could not be read."""
    if why := why_unreadable(root / folder):
        yield Unchecked(target=folder, reason=why, hint="name the folder with the reports")
        return
    reports: dict[tuple[str, str], AggregateReport] = {}
    for each in _all(root, root / folder):
        if isinstance(each, Unchecked):
            yield each
        elif each.domain == domain or each.domain.endswith(f".{domain}"):
            reports.setdefault(each.identity, each)
    yield Looked(name="reports", one="DMARC report", many="DMARC reports", count=len(reports))
    if not reports:
        reason = f"there is no report about {domain[:100]}"
        yield Unchecked(target=folder, reason=reason, hint="save the attachments of `rua` there")
        return
    answers, texts = find_dmarc(domain, client.ask)
    place = answers[-1].name.removeprefix("_dmarc.")
    facts = ReportsFacts(
        folder=folder,
        domain=domain,
        place=place,
        record=read_dmarc(texts[0], place) if len(texts) == 1 else None,
        reports=len(reports),
        days=_days(reports.values()),
        shares=shares_of((row for r in reports.values() for row in r.rows), mail, domain),
    )
    yield facts
    yield _told(facts)


def _all(root: Path, folder: Path) -> Iterator[AggregateReport | Unchecked]:
    for number, name in enumerate(walk_files(root, folder)):
        if number >= _MOST_FILES:
            reason = f"it holds more than {_MOST_FILES:,} files; the rest is not read"
            yield Unchecked(target=folder.name, reason=reason, hint="name a folder with fewer")
            return
        try:
            with open_file(root / name) as file:
                yield from _reports(Stream(file.read), name)
        except OSError as error:
            reason = f"it cannot be read: {error.strerror or 'it is no file'}"
            yield Unchecked(target=name, reason=reason, hint=_HINT)


def _reports(stream: Stream, name: str) -> Iterator[AggregateReport | Unchecked]:
    for leaf in leaves_of(stream, name, _LIMITS):
        if not isinstance(leaf, Leaf):
            yield Unchecked(target=leaf.name, reason=leaf.reason, hint=leaf.hint)
            continue
        try:
            yield read_report(leaf.stream.read)
        except (BadReportError, DamageError) as error:
            yield Unchecked(target=leaf.path, reason=str(error), hint=_HINT)


def shares_of(rows: Iterable[Row], mail: Mail, domain: str) -> tuple[SenderShare, ...]:
    """What each sender's messages met, the greatest first."""
    found: dict[str, SenderShare] = {}
    addresses: dict[str, set[str]] = {}
    for row in rows:
        name, is_known = sender_of(row, mail, domain)
        share = found.get(name) or SenderShare(
            name=name, is_known=is_known, passed=0, failed=0, addresses=0
        )
        seen = addresses.setdefault(name, set())
        seen.add(row.address)
        found[name] = replace(
            share,
            passed=share.passed + (row.count if row.passes else 0),
            failed=share.failed + (0 if row.passes else row.count),
            addresses=len(seen),
        )
    return tuple(sorted(found.values(), key=lambda each: (-each.total, each.name)))


def sender_of(row: Row, mail: Mail, domain: str) -> tuple[str, bool]:
    """Whose messages a row is about, and whether that is one who means well."""
    own_selectors = {s for d, s in row.signers if d == domain or d.endswith(f".{domain}")}
    for sender in mail.senders:
        bounces = (sender.return_path or "").lower()
        if (bounces and bounces in row.envelopes) or (
            own_selectors & {each.lower() for each in sender.selectors}
        ):
            return sender.provider, True
    others = [d for d, _ in row.signers if d != domain and not d.endswith(f".{domain}")]
    for name in (*others, *row.envelopes):
        if service := service_of(name):
            return service.names[0], True
    if row.passes:
        return domain, True
    if others or row.envelopes:
        return shown(next(iter((*others, *row.envelopes)))), False
    return f"{row.address}, of nobody", False


def _days(reports: Iterable[AggregateReport]) -> int:
    spans = [(each.begin, each.end) for each in reports]
    first, last = min(begin for begin, _ in spans), max(end for _, end in spans)
    return max(0, (last - first) // _DAY)


def _told(facts: ReportsFacts) -> Told:
    value: list[Json] = [
        {"sender": s.name, "known": s.is_known, "passed": s.passed, "failed": s.failed}
        for s in facts.shares[:_MOST_SHOWN]
    ]
    lines = [
        f"{s.name}: {s.total} messages, {s.failed} would be refused"
        for s in facts.shares[:_MOST_SHOWN]
    ]
    rows = [
        (s.name, "yes" if s.is_known else "no", str(s.passed), str(s.failed), str(s.addresses))
        for s in facts.shares[:_MOST_SHOWN]
    ]
    return Told(
        name="dmarc_senders",
        value=value,
        words="\n".join(lines),
        rows=(("Sender", "Known", "Passed", "Would be refused", "Addresses"), *rows),
    )
