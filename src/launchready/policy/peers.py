"""The inline suppressions that people already have in their files, tool by tool.

Where a tool lets a marker speak for the line below it whatever stands beside the marker, a marker
counts here only when it stands alone on its line: one behind code is meant for that code.
"""

import enum
import re

from launchready.frozen import frozen
from launchready.regex import Regex


class Reach(enum.Enum):
    """Which lines a marker speaks for."""

    LINE = enum.auto()
    """The line it stands on."""
    LINE_OR_NEXT = enum.auto()
    """The line it stands on and, where it stands alone, the one below."""
    NEXT = enum.auto()
    """The line below."""
    FILE = enum.auto()
    """Every line of its file."""


@frozen
class Peer:
    """One spelling of one tool.

    `tool` is the name in `Step.markers`, `label` what a report calls the marker. `word` is lower
    case and in every line that `pattern` finds: the quick test. The pattern's group `names`, where
    it has one, holds the tool's own rule names, each found by `name`. Where `covers` is given, only
    names that it matches whole count, and they stand for every rule of a step that heeds the tool;
    otherwise the marker carries the names. `needs_names` says that it means nothing without.
    """

    tool: str
    label: str
    word: str
    pattern: Regex[str]
    reach: Reach = Reach.LINE
    name: Regex[str] = Regex(r"[^,\s][^,]*")
    covers: Regex[str] | None = None
    needs_names: bool = False


_COMMENT = r"(?:#|//|/\*|'|--|<!--[# \t]*+)"

PEERS: tuple[Peer, ...] = (
    # The text anywhere on the line. Source: gitleaks, detect/detect.go, gitleaksAllowSignature.
    Peer(
        tool="gitleaks",
        label="gitleaks:allow",
        word="gitleaks:allow",
        pattern=Regex(r"(?<!\w)gitleaks:allow"),
    ),
    # The same. Source: betterleaks, detect/detect.go, allowSignatures.
    Peer(
        tool="betterleaks",
        label="betterleaks:allow",
        word="betterleaks:allow",
        pattern=Regex(r"(?<!\w)betterleaks:allow"),
    ),
    # In any case of letters, on the line or above. Source: kingfisher-scanner, inline_ignore.rs.
    Peer(
        tool="kingfisher",
        label="kingfisher:ignore",
        word="kingfisher:ignore",
        pattern=Regex(r"(?<!\w)kingfisher:ignore", re.IGNORECASE),
        reach=Reach.LINE_OR_NEXT,
    ),
    # On the line of the secret. Source: trufflehog, pkg/engine/engine.go, FragmentLineOffset.
    Peer(
        tool="trufflehog",
        label="trufflehog:ignore",
        word="trufflehog:ignore",
        pattern=Regex(r"(?<!\w)trufflehog:ignore"),
    ),
    # In a comment; `whitelist` is its older word; nothing may stand before the `nextline` form.
    # Source: detect-secrets, detect_secrets/filters/allowlist.py.
    Peer(
        tool="detect-secrets",
        label="pragma: allowlist secret",
        word="pragma:",
        pattern=Regex(_COMMENT + r"[ \t]*pragma: ?(?:allow|white)list[ -]secret"),
    ),
    Peer(
        tool="detect-secrets",
        label="pragma: allowlist nextline secret",
        word="pragma:",
        pattern=Regex(r"^[ \t]*" + _COMMENT + r"[ \t]*pragma: ?allowlist[ -]nextline[ -]secret"),
        reach=Reach.NEXT,
    ),
    # On the line of the secret. Source: GitGuardian/ggshield#35, and its maintainers in #431.
    Peer(
        tool="ggshield",
        label="ggignore",
        word="ggignore",
        pattern=Regex(r"(?<![\w.-])ggignore(?![\w-])"),
    ),
    # Bare, or with test ids or names; what is neither is a reason. B105 to B107 are its tests for
    # passwords in code. Source: bandit, bandit/core/manager.py, and doc/source/config.rst.
    Peer(
        tool="bandit",
        label="nosec",
        word="nosec",
        pattern=Regex(r"#\s*nosec\b(?P<names>[^#]*)"),
        name=Regex(r"\b(?:[A-Z]\d+|[a-z\d]+_[a-z\d_]+)\b"),
        covers=Regex(r"B10[567]|hardcoded_password_(?:string|funcarg|default)"),
    ),
    # Only with codes: a bare `noqa` is about style. S105 to S107 are flake8-bandit's rules for
    # passwords in code. Source: ruff, docs/linter.md, "Line-level".
    Peer(
        tool="ruff",
        label="noqa",
        word="noqa",
        pattern=Regex(r"#\s*(?i:noqa)\s*:\s*(?P<names>[A-Z]+[0-9]+(?:[,\s]+[A-Z]+[0-9]+(?!\w))*)"),
        name=Regex(r"[A-Z]+[0-9]+"),
        covers=Regex("S10[567]"),
        needs_names=True,
    ),
    # In a comment of its own kind, on the statement's first line or above; a reason follows `--`.
    # Without names only the form for the file means anything.
    # Source: squawk, crates/squawk_linter/src/ignore.rs and ignore_index.rs.
    Peer(
        tool="squawk",
        label="squawk-ignore",
        word="squawk-ignore",
        pattern=Regex(r"(?:--|/\*)\s*squawk-ignore(?![\w-])(?P<names>(?:(?!--|\*/).)*)"),
        reach=Reach.LINE_OR_NEXT,
        needs_names=True,
    ),
    Peer(
        tool="squawk",
        label="squawk-ignore-file",
        word="squawk-ignore-file",
        pattern=Regex(r"(?:--|/\*)\s*squawk-ignore-file(?![\w-])(?P<names>(?:(?!--|\*/).)*)"),
        reach=Reach.FILE,
    ),
    # After a blank, in any case of letters; with rule ids, or their ends, after `:` or `=`. Its
    # registry keeps the rules for keys and passwords under `secrets`, `detected-…`, `hardcoded-…`.
    # Source: semgrep, src/reporting/Nosemgrep.ml; semgrep-rules, generic/secrets/.
    Peer(
        tool="semgrep",
        label="nosemgrep",
        word="nosem",
        pattern=Regex(
            r"(?:^|(?<=\s))nosem(?:grep)?(?![\w-])(?:[:=]\s?(?P<names>[^\s,]+(?:,\s*[^\s,]+)*))?",
            re.IGNORECASE,
        ),
        reach=Reach.LINE_OR_NEXT,
        covers=Regex(r".*(?:secret|detected-|hard-?coded|credential).*"),
    ),
    # With or without its rules' names, which are one per provider as ours are but named otherwise.
    # Source: secretlint, packages/@secretlint/secretlint-rule-filter-comments/src/parse-comment.ts.
    Peer(
        tool="secretlint",
        label="secretlint-disable-line",
        word="secretlint-disable-line",
        pattern=Regex(r"secretlint-disable-line(?![\w-])"),
    ),
    Peer(
        tool="secretlint",
        label="secretlint-disable-next-line",
        word="secretlint-disable-next-line",
        pattern=Regex(r"secretlint-disable-next-line(?![\w-])"),
        reach=Reach.NEXT,
    ),
    # Blanks exactly so. Source: zizmor, crates/zizmor/src/finding/location.rs, IGNORE_EXPR.
    Peer(
        tool="zizmor",
        label="zizmor: ignore",
        word="zizmor: ignore",
        pattern=Regex(r"# zizmor: ignore\[(?P<names>[^\]]+)\](?:\s.*)?$"),
        needs_names=True,
    ),
)

SECRET_SCANNERS = frozenset(
    {
        "bandit",
        "betterleaks",
        "detect-secrets",
        "ggshield",
        "gitleaks",
        "kingfisher",
        "ruff",
        "secretlint",
        "semgrep",
        "trufflehog",
    }
)
"""The tools whose markers say of a line that the secret in it is accepted."""
