"""The notes that the policy itself makes, about suppressions that no longer do what they say."""

from launchready.model import RuleInfo, Severity

UNUSED_SUPPRESSION = RuleInfo(
    id="unused-suppression",
    severity=Severity.NOTE,
    summary="Flags an inline suppression that accepts no finding of a rule that it names.",
    why=(
        "What it once accepted is gone, moved to another line, or was never there. It stays behind"
        " as a promise that something is wrong here, and it silently accepts the next finding of"
        " that rule on its line."
    ),
    fix="Delete the marker, or take the rule that finds nothing out of its brackets.",
    bad=(
        "# Nothing is wrong with this line.\n"
        'API_KEY = os.environ["API_KEY"]  # launchready: ignore[generic-api-key] made up'
    ),
    good='API_KEY = os.environ["API_KEY"]',
)

MALFORMED_SUPPRESSION = RuleInfo(
    id="malformed-suppression",
    severity=Severity.NOTE,
    summary="Flags an inline suppression without rules in brackets, without a reason, or with a"
    " rule that does not exist.",
    why=(
        "Such a marker accepts nothing: one that names no rule would also accept what nobody has"
        " looked at, and one without a reason cannot be judged by whoever reads it next."
    ),
    fix="Write `launchready: ignore[rule] reason`, with the rule's id as the report prints it.",
    bad=(
        'KEY = "…"  # launchready: ignore\n'
        'KEY = "…"  # launchready: ignore[generic-api-key]\n'
        'KEY = "…"  # launchready: ignore[generic-apikey] made up'
    ),
    good='KEY = "…"  # launchready: ignore[generic-api-key] made up for the tests',
)

EXPIRED_IGNORE = RuleInfo(
    id="expired-ignore",
    severity=Severity.NOTE,
    summary="Flags an `ignore` entry whose last day is past while it still matches findings.",
    why=(
        "The findings were accepted for a time, and the time is over: they count again and can"
        " fail the run."
    ),
    fix="Mend the findings and delete the entry, or set a later `until` with a reason that says"
    " why it takes longer.",
    bad=(
        "ignore:\n"
        "  - rule: drop-column\n"
        "    reason: the old release still runs until the move is over\n"
        "    until: 2020-01-31"
    ),
    good=(
        "ignore:\n"
        "  - rule: drop-column\n"
        "    reason: the old release still runs, the move takes until summer\n"
        "    until: 2099-06-30"
    ),
)

UNUSED_IGNORE = RuleInfo(
    id="unused-ignore",
    severity=Severity.NOTE,
    summary="Flags an `ignore` entry that accepts no finding.",
    why=(
        "What it accepted is mended, or its rule, path or fingerprint never matched. It stays"
        " behind as a hole through which the next such finding passes unseen."
    ),
    fix="Delete the entry, or correct what it names.",
    bad=(
        "ignore:\n"
        "  - rule: drop-column\n"
        "    path: migrations/0001-we-deleted.sql\n"
        "    reason: the column was never read"
    ),
    good="ignore: []",
)

POLICY_RULES: tuple[RuleInfo, ...] = (
    EXPIRED_IGNORE,
    MALFORMED_SUPPRESSION,
    UNUSED_IGNORE,
    UNUSED_SUPPRESSION,
)

POLICY_RULE_IDS = frozenset(info.id for info in POLICY_RULES)
