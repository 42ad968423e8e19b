"""What fails a run and what is accepted: the same settings for every step."""

import datetime
import enum
from collections.abc import Mapping

from launchready.config.setting import Surface, setting
from launchready.frozen import frozen
from launchready.policy.paths import GLOB, GLOB_TAKES

_EVERYWHERE = Surface.FILE | Surface.OPTION


class Threshold(enum.IntEnum):
    """The least severity that fails a run, on the scale of `Severity`; NEVER is above all."""

    NOTE = 1
    WARNING = 2
    ERROR = 3
    NEVER = 4


class OnUnchecked(enum.Enum):
    """What a target that could not be examined does to a run."""

    FAIL = "fail"
    WARN = "warn"
    IGNORE = "ignore"


class OnlyNew(enum.Enum):
    """When only what the change brings can fail a run."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class FilterMode(enum.Enum):
    """How near to the change a finding in a file must lie to count as new.

    The modes are reviewdog's (its README, "Filter Mode"), whose `nofilter` is our ALL.
    """

    ADDED = "added"
    DIFF_CONTEXT = "diff-context"
    FILE = "file"
    ALL = "all"


class SeverityChoice(enum.Enum):
    """A severity in place of the rule's own, or OFF."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"
    OFF = "off"


@frozen
class RuleSettings:
    """What one rule's findings weigh here."""

    severity: SeverityChoice | None = setting(
        "The severity of this rule's findings, in place of the rule's own; `off` switches the rule"
        " off.",
        default=None,
        examples=(SeverityChoice.WARNING, SeverityChoice.OFF),
    )
    fail_on: Threshold | None = setting(
        "The least severity at which a finding of this rule fails the run. It goes before the"
        " `fail-on` of the step and of the whole file.",
        default=None,
        examples=(Threshold.NOTE, Threshold.NEVER),
    )


@frozen
class IgnoreEntry:
    """Findings that are accepted, why, and until when. Everything it names must hold."""

    rule: str | None = setting(
        "The rule whose findings are accepted: its id, or a pattern in which `*` stands for any"
        " characters. Without it, the findings of every rule are.",
        default=None,
        examples=("generic-password", "stripe-*"),
        pattern=r"\S",
        takes="a rule's id or a pattern",
    )
    path: str | None = setting(
        "The files in which findings are accepted, as in a line of .gitignore: `*` stops at a"
        " slash, `**` does not, a name without a slash counts in every folder, and what names a"
        " folder counts for everything in it.",
        default=None,
        examples=("tests/fixtures/", "**/*.example", "docs/setup.md"),
        pattern=GLOB,
        takes=GLOB_TAKES,
    )
    fingerprint: str | None = setting(
        "The fingerprint of the one finding that is accepted, as the report shows it, or at least"
        " its first 8 digits.",
        default=None,
        examples=("3f9a0c5d71e2",),
        pattern="^[0-9a-f]{8,32}$",
        takes="8 to 32 of the digits 0-9 and a-f",
    )
    reason: str = setting(
        "Why the findings are accepted; reports show it.",
        examples=("Keys of the payment provider's public sandbox.",),
        pattern=r"\S",
        takes="text that is not empty",
    )
    until: datetime.date | None = setting(
        "The last day on which the entry counts. After it the findings count again and a note says"
        " so.",
        default=None,
        examples=(datetime.date(2027, 3, 31),),
    )


@frozen
class PolicySettings:
    """The policy of the whole file; a step's section and a rule may be stricter or milder."""

    fail_on: Threshold = setting(
        "The least severity of a new finding that fails the run.",
        default=Threshold.ERROR,
        examples=(Threshold.WARNING, Threshold.NEVER),
        surfaces=_EVERYWHERE,
    )
    on_unchecked: OnUnchecked = setting(
        "What it means that something could not be examined: `fail` ends the run with exit code 3,"
        " `warn` lists it and passes, `ignore` lists it without a warning.",
        default=OnUnchecked.FAIL,
        examples=(OnUnchecked.WARN,),
        surfaces=_EVERYWHERE,
    )
    rules: Mapping[str, RuleSettings] = setting(
        "The weight of single rules here, by the rule's id.",
        default={},
        examples=({"generic-password": {"severity": "warning"}},),
    )
    ignore: tuple[IgnoreEntry, ...] = setting(
        "Findings that are accepted, each entry with a reason and, if need be, a last day.",
        default=(),
        examples=([{"path": "tests/fixtures/", "reason": "made-up keys"}],),
    )
    baseline: str = setting(
        "Path of the file that lists the findings known before launchready came, relative to the"
        " top of the repository. `launchready baseline` writes it; they do not fail a run.",
        default=".launchready/baseline.json",
        pattern=r"^(?![/\\~])(?!.*(^|[/\\])\.\.([/\\]|$))(?!.*:)[^\0]+$",
        takes="a path inside the repository",
        surfaces=_EVERYWHERE,
        metavar="FILE",
    )
    only_new: OnlyNew = setting(
        "When only what the change brings can fail the run: `auto` in pull requests and whenever a"
        " base is given, `always` in every run, which then needs a base, or `never`.",
        default=OnlyNew.AUTO,
        examples=(OnlyNew.NEVER,),
        surfaces=_EVERYWHERE,
    )
    filter_mode: FilterMode = setting(
        "How near to the change a finding must lie to count as new: `added` on a line that the"
        " change adds, `diff-context` on one that its diff shows, `file` in a file that it"
        " touches, `all` anywhere.",
        default=FilterMode.ADDED,
        examples=(FilterMode.FILE,),
        surfaces=_EVERYWHERE,
    )


@frozen
class StepPolicySettings:
    """What a step's own section may decide in place of the whole file."""

    fail_on: Threshold | None = setting(
        "The least severity of a new finding of this step that fails the run, in place of the"
        " file's `fail-on`.",
        default=None,
        examples=(Threshold.WARNING,),
    )
    on_unchecked: OnUnchecked | None = setting(
        "What it means that something could not be examined by this step, in place of the file's"
        " `on-unchecked`.",
        default=None,
        examples=(OnUnchecked.WARN,),
    )
