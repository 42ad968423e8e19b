"""One aggregate report, read as it streams by (RFC 9990, section 3; RFC 7489, appendix C).

With the standard library's expat and no tree: a document with a DTD is refused, so that there are
no entities, and depth, length and count are bounded.
"""

import ipaddress
from collections.abc import Callable
from xml.parsers import expat

from launchready.frozen import frozen

_DEEPEST = 12
_MOST_TEXT = 1024
_MOST_ROWS = 200_000
_MOST_RESULTS = 20
_CHUNK = 1 << 16


class BadReportError(Exception):
    """It is no report that can be read; the text says why."""


@frozen
class Row:
    """Messages from one address. `is_spf` and `is_dkim` say whether each stood for the author;
    `signers` are (domain, selector) and `envelopes` domains that passed by themselves.
    """

    address: str
    count: int
    is_spf: bool
    is_dkim: bool
    disposition: str
    author: str
    signers: tuple[tuple[str, str], ...]
    envelopes: tuple[str, ...]

    @property
    def passes(self) -> bool:
        """Whether DMARC passed."""
        return self.is_spf or self.is_dkim


@frozen
class AggregateReport:
    """A report: `identity` is its sender and number; `begin` and `end` are seconds since 1970."""

    identity: tuple[str, str]
    domain: str
    begin: int
    end: int
    rows: tuple[Row, ...]


def read_report(read: Callable[[int], bytes]) -> AggregateReport:
    """A report from what gives its bytes. Raises BadReportError."""
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.buffer_text = True
    try:
        while piece := read(_CHUNK):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise BadReportError(f"it is no XML, in line {error.lineno}") from error
    return reader.report()


def _refuse(*_: object) -> None:
    raise BadReportError("it declares a document type, which no report does")


class _Reader:
    def __init__(self) -> None:
        self._path: list[str] = []
        self._text = ""
        self._head: dict[str, str] = {}
        self._row: dict[str, str] = {}
        self._result: dict[str, str] = {}
        self._signers: list[tuple[str, str]] = []
        self._envelopes: list[str] = []
        self._rows: list[Row] = []

    def start(self, name: str, _: object) -> None:
        self._path.append(name.rpartition(" ")[2])
        self._text = ""
        if len(self._path) > _DEEPEST:
            raise BadReportError("it is nested too deep")

    def text(self, data: str) -> None:
        if len(self._text) < _MOST_TEXT:
            self._text += data[:_MOST_TEXT]

    def end(self, _: str) -> None:
        path = self._path[1:]
        name = self._path.pop()
        value, self._text = self._text.strip()[:_MOST_TEXT], ""
        match path:
            case ["report_metadata", *_] | ["policy_published", *_]:
                self._head.setdefault(name, value)
            case ["record"]:
                self._keep()
            case ["record", "auth_results", "dkim" | "spf" as kind]:
                self._passed(kind)
            case ["record", "auth_results", _, _]:
                self._result[name] = value
            case ["record", "row", "policy_evaluated", "dkim" | "spf" | "disposition"]:
                self._row[name] = value.lower()
            case ["record", "row", _] | ["record", "identifiers", _]:
                self._row[name] = value

    def _passed(self, kind: str) -> None:
        found, self._result = self._result, {}
        domain = found.get("domain", "").lower()
        if found.get("result", "").lower() != "pass" or not domain:
            return
        if kind == "spf" and len(self._envelopes) < _MOST_RESULTS:
            self._envelopes.append(domain)
        elif kind == "dkim" and len(self._signers) < _MOST_RESULTS:
            self._signers.append((domain, found.get("selector", "").lower()))

    def _keep(self) -> None:
        row, self._row = self._row, {}
        signers, self._signers = tuple(self._signers), []
        envelopes, self._envelopes = tuple(self._envelopes), []
        if len(self._rows) >= _MOST_ROWS:
            raise BadReportError(f"it has more than {_MOST_ROWS:,} rows")
        self._rows.append(
            Row(
                address=_address(row.get("source_ip", "")),
                count=_number(row.get("count", "")),
                is_spf=row.get("spf") == "pass",
                is_dkim=row.get("dkim") == "pass",
                disposition=row.get("disposition", ""),
                author=row.get("header_from", "").lower().removesuffix("."),
                signers=signers,
                envelopes=envelopes,
            )
        )

    def report(self) -> AggregateReport:
        head = self._head
        if not head.get("domain") or not head.get("report_id"):
            raise BadReportError("it is no aggregate report of DMARC")
        return AggregateReport(
            identity=(head.get("org_name", ""), head["report_id"]),
            domain=head["domain"].lower().removesuffix("."),
            begin=_number(head.get("begin", "")),
            end=_number(head.get("end", "")),
            rows=tuple(self._rows),
        )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def _address(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return "?"
