"""Runs that show a reporter at its work: each has a golden file per reporter."""

import datetime
from collections.abc import Mapping
from dataclasses import replace

from launchready.errors import Fault
from launchready.model import (
    CodeLine,
    CommitLocation,
    Confidence,
    DnsLocation,
    Evidence,
    Failure,
    FileLocation,
    Finding,
    Looked,
    Notice,
    Related,
    Report,
    RuleInfo,
    Run,
    Severity,
    Status,
    Suppression,
    Target,
    Trait,
    TraitKind,
    Unchecked,
    UrlLocation,
    Verdict,
)

COMMIT = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d"
OLD_COMMIT = "0f9e8d7c6b5a49382716f5e4d3c2b1a00f9e8d7c"
TARGET = Target(commit=COMMIT, base=OLD_COMMIT, repository_url="https://github.com/acme/shop")
_PAGES = "https://github.com/launchready/launchready/blob/main/docs/rules"


def _rule(step: str, name: str, severity: Severity, texts: tuple[str, str, str]) -> RuleInfo:
    summary, why, fix = texts
    return RuleInfo(
        id=name,
        severity=severity,
        summary=summary,
        why=why,
        fix=fix,
        bad='api_key = "…"',
        good='api_key = os.environ["PAY_KEY"]',
        references=("https://docs.example.com/keys",),
        url=f"{_PAGES}/{step}.md#{name}",
    )


LIVE_KEY = _rule(
    "secret-scan",
    "payment-live-key",
    Severity.ERROR,
    (
        "A live key of the payment provider is in the source.",
        "Whoever holds it can charge, refund and read the cards of your customers.",
        "Revoke it in the provider's dashboard, then read the new one from the environment.",
    ),
)
PASSWORD = _rule(
    "secret-scan",
    "assigned-password",
    Severity.WARNING,
    (
        "A password is written into the source.",
        "Everyone who can read the repository, now or later, can log in with it.",
        "Change the password, then read the new one from the environment.",
    ),
)
UNUSED = _rule(
    "secret-scan",
    "unused-suppression",
    Severity.NOTE,
    (
        "A suppression accepts nothing.",
        "It may hide the next finding on its line.",
        "Remove the comment.",
    ),
)
REDIRECT = _rule(
    "smoke-test",
    "redirect-to-http",
    Severity.ERROR,
    (
        "The site sends visitors from HTTPS to HTTP.",
        "Browsers warn your customers, and anyone on the way can read what they type.",
        "Point the redirect at the `https://` address.",
    ),
)
NO_MAIL = _rule(
    "dns-check",
    "no-mail-server",
    Severity.WARNING,
    (
        "The domain has no MX record.",
        "Mail to your support address bounces.",
        "Add the MX records that your mail provider lists.",
    ),
)
RULES = (LIVE_KEY, PASSWORD, UNUSED)


def _finding(rule: RuleInfo, number: int, **fields: object) -> Finding:
    finding = Finding(
        message="",
        location=FileLocation(path=""),
        identity="never shown",
        impact=rule.why,
        fix=rule.fix,
        rule=rule.id,
        severity=rule.severity,
        fingerprint=f"{number:032x}",
    )
    return replace(finding, **fields)  # type: ignore[arg-type]


IN_SOURCE = _finding(
    LIVE_KEY,
    1,
    message="a live payment key is in the source, and in the present tree",
    location=FileLocation(path="src/pay.py", line=12, column=20, end_line=12, end_column=35),
    evidence=Evidence(
        code=(
            CodeLine(number=11, text="import payments"),
            CodeLine(number=12, text='payments.api_key = "live_********"'),
            CodeLine(number=13, text=""),
        )
    ),
    related=(
        Related(
            message="the same key",
            location=FileLocation(path="scripts/refund all.py", line=3, column=7),
        ),
    ),
    introduced=OLD_COMMIT,
)
AGAIN = replace(
    IN_SOURCE,
    message="a live payment key is in the source, and in the present tree",
    location=FileLocation(path="src/shop/checkout.ts", line=101, column=10, end_column=25),
    evidence=Evidence(code=(CodeLine(number=101, text='\tlet k = "live_********";'),)),
    related=(),
    fingerprint=f"{2:032x}",
)
IN_HISTORY = _finding(
    LIVE_KEY,
    3,
    message="a live payment key is in the history, though no longer in the present tree",
    location=FileLocation(path=".env", line=2, column=5, end_column=18, commit=OLD_COMMIT),
    evidence=Evidence(code=(CodeLine(number=2, text="KEY=live_********"),)),
    introduced=OLD_COMMIT,
)
IN_MESSAGE = _finding(
    PASSWORD,
    4,
    message="a password is in a commit message",
    location=CommitLocation(commit=OLD_COMMIT, line=3),
    confidence=Confidence.LOW,
)
NOTE = _finding(
    UNUSED,
    5,
    message="`gitleaks:allow` accepts nothing here",
    location=FileLocation(path="src/pay.py", line=40, column=1),
)
KNOWN = replace(IN_SOURCE, status=Status.KNOWN, fingerprint=f"{6:032x}", related=())
SUPPRESSED = replace(
    IN_SOURCE,
    status=Status.SUPPRESSED,
    fingerprint=f"{7:032x}",
    related=(),
    location=FileLocation(path="tests/fixtures/keys.py", line=1),
    suppression=Suppression(
        by="ignore entry",
        reason="a revoked key that the tests need",
        until=datetime.date(2027, 1, 31),
    ),
)
AT_URL = _finding(
    REDIRECT,
    8,
    message="https://shop.example.com/ redirects to http://shop.example.com/home",
    location=UrlLocation(url="https://shop.example.com/"),
    evidence=Evidence(measured=(("status", 301), ("hops", 3), ("hops allowed", 1))),
)
AT_NAME = _finding(
    NO_MAIL,
    9,
    message="shop.example.com has no MX record",
    location=DnsLocation(dns_name="shop.example.com", dns_type="MX"),
)
SHALLOW = Unchecked(
    target="git history",
    reason="the clone is shallow: it holds 1 commit",
    hint="set `fetch-depth: 0` at actions/checkout, or run `git fetch --unshallow`",
)
UNREADABLE = Unchecked(
    target="backups/db.dump",
    reason="it may not be read by this user",
    hint="run as its owner, or leave it out with `exclude`",
)


def _report(**fields: object) -> Report:
    report = Report(
        step="secret-scan",
        verdict=Verdict.PASSED,
        started=datetime.datetime(2026, 11, 24, 4, 14, 7, tzinfo=datetime.UTC),
        seconds=0.4142,
        target=TARGET,
        rules=RULES,
    )
    return replace(report, **fields)  # type: ignore[arg-type]


def _run(report: Report) -> Run:
    return Run(
        reports=(report,), verdict=report.verdict, command="launchready secret-scan --base-ref main"
    )


LOOKED = (
    Looked(name="files", one="file", many="files", count=1),
    Looked(name="versions", one="version of a file", many="versions of files", count=9239),
    Looked(name="commits", one="commit", many="commits", count=1204, rest="the rest is known"),
)
EDITED = Notice(path="launchready.yml", message="this change edits it: look at that")

_CLEAN = _report(facts={"commits": 1204, "engine": "python"}, looked=LOOKED)
_FAILED = _report(
    verdict=Verdict.FAILED,
    findings=(IN_SOURCE, AGAIN, IN_HISTORY, IN_MESSAGE, NOTE, KNOWN, SUPPRESSED),
    notices=(EDITED,),
    looked=LOOKED[:2],
    prunable=("payment-live-key src/old.py",),
)
_UNCHECKED = _report(verdict=Verdict.UNCHECKED, unchecked=(SHALLOW, UNREADABLE))
_BROKEN_CONFIG = _report(
    verdict=Verdict.ERRORED,
    failure=Failure(
        message="launchready.yml has 2 faults",
        hint="mend the lines above; `launchready config schema` prints what is allowed",
        faults=(
            Fault(
                path="launchready.yml",
                line=3,
                column=3,
                setting="secret-scan.exclud",
                message="unknown setting; did you mean exclude?",
            ),
            Fault(
                path="launchready.yml",
                line=7,
                column=11,
                setting="policy.fail-on",
                message="must be one of note, warning, error, never (got 'maybe')",
            ),
        ),
    ),
)
_BUG = _report(
    verdict=Verdict.ERRORED,
    failure=Failure(
        message="launchready broke: KeyError",
        hint="this is a bug; please report it with the lines below, which hold no secret",
        traceback='  File "launchready/runner.py", line 58, in _examine\nKeyError\n',
    ),
)
_ENV = _report(step="env-lint", rules=(), seconds=0.12, notices=(EDITED,))
_SMOKE = _report(
    step="smoke-test", verdict=Verdict.FAILED, findings=(AT_URL,), rules=(REDIRECT,), seconds=2.5
)
_DNS = _report(step="dns-check", findings=(AT_NAME,), rules=(NO_MAIL,), seconds=0.03)
_MAIL = _report(
    step="email-check",
    verdict=Verdict.UNCHECKED,
    rules=(),
    seconds=5.0,
    unchecked=(
        Unchecked(
            target="mx1.example.com:25",
            reason="no answer within 5 s",
            hint="this network may block port 25; run from another one",
        ),
    ),
)


_STACK = (
    Trait(kind=TraitKind.FRAMEWORK, name="Next.js", version="15.1", path="package.json"),
    Trait(kind=TraitKind.SERVICE, name="Stripe", version="17.2", path="package.json"),
    Trait(kind=TraitKind.HOSTING, name="Vercel", path="vercel.json"),
)


def _combined(verdict: Verdict, *reports: Report) -> Run:
    return Run(
        reports=reports,
        verdict=verdict,
        command="launchready check",
        is_combined=True,
        stack=_STACK,
    )


# Everything that a stranger can write and somebody takes for more than text.
NASTY = (
    "::error::a ##[error]b %0A::warning::c\n::stop-commands::x\r\n##[group]\x1b[31mred\x9b1m "
    "\u202egnp.exe\u2066 \u2028|pipe|`tick`<script>alert(1)</script> @octocat #1 GH-2 :rocket: "
    "![p](https://evil.example/p.png) [l](javascript:x) {0} ]]> &amp; $x$ \udcff\ud800\x00"
)


def hostile(text: str) -> Run:
    """A run with `text` in every field that a stranger can fill."""
    finding = Finding(
        message=text,
        location=FileLocation(path=f"../{text}/a.py", line=1, column=2, end_line=1, end_column=9),
        identity=text,
        impact=text,
        fix=text,
        related=(
            Related(message=text, location=FileLocation(path=text)),
            Related(message=text, location=UrlLocation(url=f"https://{text}")),
        ),
        evidence=Evidence(measured=((text, text),), code=(CodeLine(number=1, text=text),)),
        introduced=text,
        rule=text,
        fingerprint=text,
    )
    report = _report(
        verdict=Verdict.FAILED,
        target=Target(path=text, commit=text, base=text, repository_url=f"https://{text}"),
        findings=(
            finding,
            replace(finding, location=CommitLocation(commit=text, line=1)),
            replace(finding, location=UrlLocation(url=text), severity=Severity.WARNING),
            replace(finding, location=DnsLocation(dns_name=text, dns_type=text)),
            replace(
                finding,
                status=Status.SUPPRESSED,
                suppression=Suppression(by=text, reason=text),
            ),
        ),
        unchecked=(Unchecked(target=text, reason=text, hint=text),),
        notices=(Notice(path=text, message=text),),
        rules=(
            RuleInfo(
                id=text,
                severity=Severity.ERROR,
                summary=text,
                why=text,
                fix=text,
                bad=text,
                good=text,
                references=(text,),
                url=text,
            ),
        ),
        facts={text: text},
        prunable=(text,),
        failure=Failure(
            message=text,
            hint=text,
            faults=(Fault(path=text, line=1, column=1, setting=text, message=text),),
            traceback=text,
        ),
    )
    trait = Trait(kind=TraitKind.FRAMEWORK, name=text, version=text, path=text)
    return replace(_run(report), command=text, stack=(trait,))


RUNS: Mapping[str, Run] = {
    "clean": _run(_CLEAN),
    "failed": _run(_FAILED),
    "unchecked": _run(_UNCHECKED),
    "broken-config": _run(_BROKEN_CONFIG),
    "bug": _run(_BUG),
    "combined": _combined(Verdict.FAILED, _FAILED, _ENV, _SMOKE, _DNS, _MAIL),
    "combined-clean": _combined(Verdict.PASSED, _CLEAN, _ENV, _DNS),
    "hostile": hostile(NASTY),
}
