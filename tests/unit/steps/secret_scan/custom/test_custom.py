"""Own kinds: what is refused and why, and that a kind that is taken is found as any other."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchready.catalog.kinds import Pattern, Token
from launchready.catalog.secrets import KINDS
from launchready.model import Confidence
from launchready.steps.secret_scan import STEP
from launchready.steps.secret_scan.custom.kinds import every_kind, kind_of
from launchready.steps.secret_scan.custom.refusals import filled, refusals
from launchready.steps.secret_scan.custom.settings import CustomKind
from launchready.steps.secret_scan.settings import SecretScanSettings

SHAPED = CustomKind(
    id="acme-internal-token",
    title="ACME internal token",
    opens="call every internal API",
    revoke="Run `acme tokens revoke`.",
    shape="acme_{alnum:32}",
    good=('ACME_TOKEN="acme_{alnum:32}"',),
    bad=("acme_YOUR_TOKEN_HERE", "acme_{alnum:31}", "xacme_{alnum:32}"),
)
WRITTEN = CustomKind(
    id="acme-header",
    title="ACME header",
    opens="call every internal API",
    revoke="Run `acme tokens revoke`.",
    regex="(?i)x-acme-key: {0,4}(?P<secret>[0-9a-f]{40})",
    good=("curl -H 'X-Acme-Key: {hex:40}'",),
    bad=("X-Acme-Key: {hex:39}", "X-Acme-Key: ${KEY}"),
)
RUNS = "digit, hex, HEX, anyhex, lower, upper, letter, alnum, word, urlsafe"


def told(*custom: CustomKind, minimum: Confidence = Confidence.MEDIUM) -> list[tuple[str, str]]:
    return [(each.setting, each.message) for each in refusals(custom, minimum)]


def test_what_is_right_is_taken() -> None:
    assert told(SHAPED, WRITTEN, minimum=Confidence.HIGH) == []


@pytest.mark.parametrize(
    ("own", "fields", "setting", "message"),
    [
        (SHAPED, {"id": "stripe-live-secret-key"}, "id", "is the id of a rule of launchready"),
        (SHAPED, {"id": "unused-ignore"}, "id", "is the id of a rule of launchready"),
        (SHAPED, {"shape": None}, "", "must have either `shape` or `regex`"),
        (SHAPED, {"regex": "a"}, "", "must have either `shape` or `regex`"),
        (SHAPED, {"shape": "acmé_{alnum:32}"}, "shape", "must be printable ASCII"),
        (SHAPED, {"shape": "acme_{alnm:32}"}, "shape", f"has an unknown run; the runs are {RUNS}"),
        (SHAPED, {"shape": "acme_{alnum}"}, "shape", "has a brace that is part of no run"),
        (SHAPED, {"shape": "acme_{alnum:99999}"}, "shape", "has a brace that is part of no run"),
        (SHAPED, {"shape": "acme_{hex:9-8}"}, "shape", "has a run whose greater number"),
        (SHAPED, {"shape": "ac{alnum:32}"}, "shape", "must hold a fixed text of 3 characters"),
        (SHAPED, {"shape": "{alnum:32}"}, "shape", "must hold a fixed text of 3 characters"),
        (SHAPED, {"shape": ""}, "shape", "must hold a fixed text of 3 characters"),
        (SHAPED, {"shape": "acme_{alnum:7}"}, "shape", "must have runs of 8 characters"),
        (SHAPED, {"shape": "acme_{alnum:2000}"}, "shape", "must end within 1,024 characters"),
        (SHAPED, {"good": ()}, "good", "must hold an example that is found"),
        (SHAPED, {"good": ("acme_",)}, "good[0]", "is not found: it differs"),
        (SHAPED, {"good": ("acme_{hex:9-8}",)}, "good[0]", "has a run whose greater number"),
        (SHAPED, {"good": ("x" * 5000,)}, "good[0]", "must be 4,096 characters or shorter"),
        (SHAPED, {"bad": ("a", "acme_{alnum:32}")}, "bad[1]", "is found, though it must not be"),
        (WRITTEN, {"regex": "(?=x)"}, "regex", "cannot be taken: it looks ahead or behind"),
        (WRITTEN, {"regex": "acme_[0-9]{40}"}, "regex", "must have one named group"),
        (WRITTEN, {"regex": "(?P<a>acme)_(?P<secret>b)"}, "regex", "must have one named group"),
        (WRITTEN, {"regex": "acme_(?P<secret>.+)"}, "regex", "must end within 1,024 characters"),
        (WRITTEN, {"regex": "acme_(?P<secret>(?:a{1,9}){1,99})"}, "regex", "has repeats that can"),
        (WRITTEN, {"regex": "ac(?P<secret>[0-9]{40})"}, "regex", "must hold a fixed text of 3"),
        (WRITTEN, {"regex": "(?P<secret>acme|[0-9]{4})"}, "regex", "must hold a fixed text of 3"),
    ],
)
def test_what_is_wrong_is_told(
    own: CustomKind, fields: dict[str, Any], setting: str, message: str
) -> None:
    ((where, why),) = told(replace(own, **fields))
    assert where == f"custom[0].{setting}".rstrip(".")
    assert why.startswith(message)


def test_two_of_one_name_are_both_told() -> None:
    assert told(SHAPED, replace(WRITTEN, id=SHAPED.id)) == [
        ("custom[0].id", "stands more than once; ids must differ"),
        ("custom[1].id", "stands more than once; ids must differ"),
    ]


def test_an_example_is_the_same_every_time_and_holds_no_run() -> None:
    text = filled("a={uuid} b={hex:4-9} c={unknown:4}", "seed")
    assert text == filled("a={uuid} b={hex:4-9} c={unknown:4}", "seed")
    assert text != filled("a={uuid} b={hex:4-9} c={unknown:4}", "other")
    assert "{uuid}" not in text
    assert "{hex" not in text
    assert text.endswith("c={unknown:4}")


@given(st.text(max_size=40), st.text(max_size=40), st.booleans())
def test_whatever_is_written_is_taken_or_told(look: str, example: str, is_shape: bool) -> None:
    look = f"acme{look}"
    own = replace(
        SHAPED,
        shape=look if is_shape else None,
        regex=None if is_shape else f"(?P<secret>{look})",
        good=(example,),
    )
    if not told(own):
        kind_of(own)


def test_own_kinds_come_before_the_catalogue() -> None:
    first, second, *rest = every_kind((SHAPED, WRITTEN))
    assert (first.id, second.id) == ("acme-internal-token", "acme-header")
    assert isinstance(first.format, Token)
    assert isinstance(second.format, Pattern)
    assert tuple(rest) == KINDS


def test_own_rules_are_pages_of_the_step() -> None:
    settings = SecretScanSettings(custom=(SHAPED,))
    assert list(STEP.refusals(settings)) == []
    info = STEP.fitted(settings).rule_infos()[-1]
    assert info.id == "acme-internal-token"
    assert info.why == "Whoever holds it can call every internal API."
    assert info.fix.startswith("Run `acme tokens revoke`.")
    assert info.references == ()
    assert info.url.endswith("docs/secret-scan.md#your-own-rules")
    assert STEP.fitted(SecretScanSettings()).rules == STEP.rules
