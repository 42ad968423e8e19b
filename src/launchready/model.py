"""The nouns of a run: what was found, what could not be looked at, and the verdict.

Every value is frozen. A `Finding` is made by a rule, signed by its `Rule` (id and severity) and
judged by the policy (status, fingerprint, suppression); reporters only read it.
"""

import datetime
import enum
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import field

from launchready.errors import Fault
from launchready.frozen import frozen

JsonScalar = str | int | float | bool | None
Json = JsonScalar | Sequence["Json"] | Mapping[str, "Json"]


class Severity(enum.IntEnum):
    """How much a finding matters. The three levels are SARIF 2.1.0's (section 3.27.10)."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        """The word that reports and configuration use."""
        return self.name.lower()


class Confidence(enum.IntEnum):
    """How sure a rule is that the finding is real."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3

    @property
    def label(self) -> str:
        """The word that reports and configuration use."""
        return self.name.lower()


class Status(enum.Enum):
    """What the policy made of a finding. Only NEW findings can fail a run."""

    NEW = "new"
    KNOWN = "known"
    SUPPRESSED = "suppressed"


class Verdict(enum.Enum):
    """How a run ended; `exit_code` is the process's."""

    PASSED = "passed"
    FAILED = "failed"
    UNCHECKED = "unchecked"
    ERRORED = "errored"


INSIDE = "!/"
"""Stands between a file's path and the path of what lies in it, as in Java's JarURLConnection."""


@frozen
class FileLocation:
    """A place in a file, as the tree under examination or, with `commit`, as that commit has it.

    `path` is relative to the examined root with `/` between its parts; what lies in an archive or
    document has a path like `dist/app.js.map!/src/pay.ts`, with the lines in there.

    Lines and columns count from 1, columns in characters; `end_column` is the first column after
    the place.
    """

    path: str
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    commit: str | None = None

    @property
    def is_inside(self) -> bool:
        """Whether the place is in an archive or document, as far as its path tells."""
        return INSIDE in self.path

    @property
    def in_file(self) -> "FileLocation":
        """The place for who knows only files: of one inside, the outer file without a line."""
        if not self.is_inside:
            return self
        return FileLocation(path=self.path.split(INSIDE)[0], commit=self.commit)


@frozen
class CommitLocation:
    """A place in a commit's (or an annotated tag's) message. `line` counts from 1."""

    commit: str
    line: int | None = None


@frozen
class UrlLocation:
    """An address that was asked."""

    url: str


@frozen
class DnsLocation:
    """A name and record type that were asked, for example `example.com` and `MX`."""

    dns_name: str
    dns_type: str


Location = FileLocation | CommitLocation | UrlLocation | DnsLocation


@frozen
class Related:
    """A second place that explains the finding: where the other end of the conflict is."""

    message: str
    location: Location


@frozen
class CodeLine:
    """One line of source as a report may show it: already redacted, without its line end.

    `mark` is the part of `text` that is meant, as offsets, end exclusive, where redaction or
    cutting has moved it away from the finding's columns.
    """

    number: int
    text: str
    mark: tuple[int, int] | None = None


@frozen
class Evidence:
    """The redacted proof: named measurements and the source lines that were judged."""

    measured: tuple[tuple[str, JsonScalar], ...] = ()
    code: tuple[CodeLine, ...] = ()


@frozen
class Marker:
    """An inline suppression written in the examined text.

    `tool` is whose marker it is ("launchready", "gitleaks", …). No `rules` means every rule.
    """

    tool: str
    rules: frozenset[str] = frozenset()
    reason: str = ""
    path: str = ""
    line: int = 0


@frozen
class Suppression:
    """Why a finding was accepted: by an inline marker or an `ignore` entry of the config."""

    by: str
    reason: str
    until: datetime.date | None = None


@frozen
class Finding:
    """One thing that is wrong, where, why it hurts and what to do about it.

    A rule gives `message`, `location` and `identity`: text that stays the same when lines move,
    files are renamed and code is re-indented, and that never reaches a report. `subject` is what
    the message says without dates, people and places, for a file that is to stay the same.
    `introduced` is the commit that brought the finding, where the step knows it. `places` are all
    the files that hold the same thing, `location` among them, where there may be several: a pull
    request that adds one of them brought the finding, and an accepted path must cover them all.
    `present` are the paths of those that are there now, not only in the past; None where the rule
    does not tell. `markers` are the inline suppressions that speak for it, None where its rule did
    not look: the policy then looks at its line and at those of `around`, which says where the
    statement or call begins that it is about a part of. `Rule` signs `rule` and `severity`; the
    policy sets the last three.
    """

    message: str
    location: Location
    identity: str
    subject: str = ""
    impact: str = ""
    fix: str = ""
    confidence: Confidence = Confidence.HIGH
    related: tuple[Related, ...] = ()
    evidence: Evidence = Evidence()
    introduced: str | None = None
    places: tuple[FileLocation, ...] = ()
    present: tuple[str, ...] | None = None
    around: tuple[FileLocation, ...] = ()
    markers: tuple[Marker, ...] | None = None

    rule: str = ""
    severity: Severity = Severity.ERROR

    status: Status = Status.NEW
    fingerprint: str = ""
    suppression: Suppression | None = None


@frozen
class Unchecked:
    """A target that could not be examined, why, and the command or edit that mends it.

    `is_accepted` is set by the policy where the config says that it need not be examined.
    """

    target: str
    reason: str
    hint: str
    is_accepted: bool = False


@frozen
class Looked:
    """How many things of one kind a step looked at: `1 commit`, `5,531 commits`.

    `name` is its name among a report's facts, in snake case; `one` and `many` are its nouns.
    `rest` says what else the step knows of without having looked again, and how; or nothing.
    """

    name: str
    one: str
    many: str
    count: int
    rest: str = ""


@frozen
class Told:
    """A conclusion of a step that other steps read: `name` among its report's facts, in snake case,
    and `value`. `words` are the same for people, a line or several.

    Where there is room, `rows` (the first are the headings) take the place of `words`, and
    `picture` is drawn: a diagram in Mermaid's language, whose labels hold letters, digits and
    `. _ -` only.
    """

    name: str
    value: Json
    words: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    picture: str = ""


class TraitKind(enum.Enum):
    """What a trait of a repository is about."""

    FRAMEWORK = "framework"
    DATABASE = "database"
    MIGRATIONS = "migrations"
    SERVICE = "service"
    MAIL = "mail"
    HOSTING = "hosting"
    CI = "ci"


@frozen
class Trait:
    """Something that a repository is built with or runs on, and the file that tells so.

    `version` is the number that the file asks for, as far as it is one: `15`, `5.2`; or nothing.
    """

    kind: TraitKind
    name: str
    path: str
    version: str = ""


@frozen
class Notice:
    """What a reviewer must look at though it is no finding and changes no verdict."""

    path: str
    message: str


@frozen
class RuleInfo:
    """What a report may say about a rule. All texts are Markdown; `url` is the rule's page."""

    id: str
    severity: Severity
    summary: str
    why: str = ""
    fix: str = ""
    bad: str = ""
    good: str = ""
    references: tuple[str, ...] = ()
    url: str = ""


@frozen
class Target:
    """What a run examined.

    `path` is the examined root as the CI's workspace has it, "." where it is the workspace.
    `repository_url` is the web page of the repository, if one is known.
    """

    path: str = "."
    commit: str | None = None
    base: str | None = None
    repository_url: str | None = None


@frozen
class Failure:
    """Why a step could not do its job at all: bad usage (exit 2) or a bug in launchready (exit 4).

    `faults` are the lines of a config file that are wrong; `traceback` is there for a bug.
    """

    message: str
    hint: str
    faults: tuple[Fault, ...] = ()
    traceback: str = ""

    @property
    def is_bug(self) -> bool:
        """Whether launchready, and not its user, has to mend it."""
        return bool(self.traceback)


@frozen
class Report:
    """Everything about one run of one step: the file that is handed between jobs and steps.

    `seconds` is wall time. `rules` describes every rule of the step, fired or not. `looked` is how
    much was looked at, `told` what was concluded, `facts` both as other steps read them. `prunable`
    names baseline entries that nothing matches any more.
    """

    step: str
    verdict: Verdict
    started: datetime.datetime
    seconds: float
    target: Target = Target()
    findings: tuple[Finding, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()
    notices: tuple[Notice, ...] = ()
    rules: tuple[RuleInfo, ...] = ()
    looked: tuple[Looked, ...] = ()
    told: tuple[Told, ...] = ()
    facts: Mapping[str, Json] = field(default_factory=dict)
    prunable: tuple[str, ...] = ()
    failure: Failure | None = None

    def by_status(self, status: Status) -> tuple[Finding, ...]:
        """The findings that the policy gave `status`, in the report's order."""
        return tuple(finding for finding in self.findings if finding.status is status)

    @property
    def counts(self) -> Mapping[str, int]:
        """New findings by severity, then known, suppressed and unchecked ones."""
        new = Counter(finding.severity.label for finding in self.by_status(Status.NEW))
        return {
            **{severity.label: new[severity.label] for severity in reversed(Severity)},
            "known": len(self.by_status(Status.KNOWN)),
            "suppressed": len(self.by_status(Status.SUPPRESSED)),
            "unchecked": len(self.unchecked),
        }


@frozen
class LeftOut:
    """A step that a run of all steps did not run, and why, with the command that runs it."""

    step: str
    reason: str


@frozen
class Run:
    """What one command did: a report per step and the one verdict. Reporters render this.

    `command` is what reproduces the run on a laptop. `left_out` are the steps that `check` did
    not run, so that nobody takes its verdict for theirs. `stack` is what the repository was seen to
    be built with.
    """

    reports: tuple[Report, ...]
    verdict: Verdict
    command: str
    is_combined: bool = False
    left_out: tuple[LeftOut, ...] = ()
    stack: tuple[Trait, ...] = ()
