"""Every reporter on 100 000 findings: seconds, and MiB that it needs beside the run itself."""

import sys
import time
import tracemalloc
from dataclasses import replace

from launchready.model import (
    CodeLine,
    Evidence,
    FileLocation,
    Finding,
    Related,
    Report,
    RuleInfo,
    Run,
    Severity,
    Target,
    Verdict,
)
from launchready.reporters import REPORTERS, load
from launchready.reporters.style import Style
from tests.unit.reporters.factory import STARTED

FINDINGS = 100_000
LIMIT_SECONDS = 10
PLAIN = Style(color=False, width=100, verbose=False, version="0.1.0")
WHY = "Whoever holds it can charge, refund and read the cards of your customers, at any hour."
FIX = "Revoke it in the dashboard of the provider, then read the new one from the environment."


def main() -> None:
    """Print a row per reporter. The first argument is another number of findings."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else FINDINGS
    run = _run(count)
    cases = {name: (name, PLAIN) for name in REPORTERS}
    cases["text -v"] = ("text", replace(PLAIN, verbose=True))
    cases["github -v, colour"] = ("github", replace(PLAIN, verbose=True, color=True))
    print(f"{count} findings{'':12} {'seconds':>8} {'limit':>6} {'peak MiB':>9} {'MiB out':>8}")
    for title, (name, style) in cases.items():
        seconds, size = _timed(name, run, style)
        peak = _peak(name, run, style)
        print(f"{title:27} {seconds:8.2f} {LIMIT_SECONDS:6} {peak:9.1f} {size:8.1f}")


def _timed(name: str, run: Run, style: Style) -> tuple[float, float]:
    start = time.perf_counter()
    size = sum(len(chunk.encode()) for chunk in load(name)(run, style))
    return time.perf_counter() - start, size / 2**20


def _peak(name: str, run: Run, style: Style) -> float:
    tracemalloc.start()
    for _ in load(name)(run, style):
        pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 2**20


def _run(count: int) -> Run:
    rules = tuple(
        RuleInfo(id=f"rule-{number}", severity=Severity.ERROR, summary="S.", why=WHY, fix=FIX)
        for number in range(40)
    )
    report = Report(
        step="secret-scan",
        verdict=Verdict.FAILED,
        started=STARTED,
        seconds=60,
        target=Target(commit="ab" * 20, repository_url="https://github.com/acme/shop"),
        findings=tuple(_finding(number) for number in range(count)),
        rules=rules,
    )
    return Run(reports=(report,), verdict=Verdict.FAILED, command="launchready secret-scan")


def _finding(number: int) -> Finding:
    place = FileLocation(
        path=f"src/modulé/{number // 7}.py", line=number % 7 + 1, column=10, end_column=24
    )
    code = tuple(
        CodeLine(number=line, text=f"    value_{line} = load('naïve ****')") for line in range(1, 4)
    )
    return Finding(
        message=f"a key of provider {number % 40} is in the source, and in the present tree",
        location=place,
        identity=str(number),
        impact=f"{WHY} It is number {number % 3}.",
        fix=FIX,
        related=(Related(message="the same key", location=place),),
        evidence=Evidence(code=code),
        introduced="cd" * 20,
        rule=f"rule-{number % 40}",
        severity=Severity(number % 3 + 1),
        fingerprint=f"{number:032x}",
    )


if __name__ == "__main__":
    main()
