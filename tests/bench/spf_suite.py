"""How many cases of the test suite of RFC 7208 the evaluator of email-check gets right.

    python -m tests.bench.spf_suite FILE

FILE is `rfc7208-tests.yml` of the openspf.org suite, as pyspf's repository holds it
(github.com/sdgathman/pyspf, `test/`). Its zones hold SPF records of their own type; as it says
itself, those stand for TXT records where a name has none.
"""

import ipaddress
import sys
from pathlib import Path
from typing import Any

import yaml

from launchready.facts.dns import DnsAnswer, DnsRecord, DnsStatus
from launchready.steps.email_check.spf.evaluate import Ask, Evaluation, Result
from launchready.steps.email_check.spf.macros import Sender


def main(file: Path) -> None:
    """Print each case that ends otherwise than the suite says, and how many there are."""
    right = wrong = 0
    for section in yaml.safe_load_all(file.read_text(encoding="utf-8")):
        ask = _asker(section["zonedata"])
        for name, case in section["tests"].items():
            said = _evaluated(case, ask)
            if _is_right(case, said):
                right += 1
            else:
                wrong += 1
                print(f"{section['description']}, {name}: {said[0].value}, not {case['result']}")
    print(f"{right} of {right + wrong} cases right")


def _evaluated(case: dict[str, Any], ask: Ask) -> tuple[Result, str]:
    mail_from = case["mailfrom"] or f"postmaster@{case['helo']}"
    if not mail_from.partition("@")[0] or "@" not in mail_from:
        mail_from = f"postmaster@{mail_from.removeprefix('@')}"
    evaluation = Evaluation(ask)
    sender = Sender(
        address=ipaddress.ip_address(case["host"]),
        mail_from=mail_from,
        helo=case["helo"],
        domain=mail_from.rpartition("@")[2],
    )
    return evaluation.check(sender), evaluation.explanation


def _is_right(case: dict[str, Any], said: tuple[Result, str]) -> bool:
    result, explanation = said
    wanted = case["result"] if isinstance(case["result"], list) else [case["result"]]
    if result.value not in wanted:
        return False
    words = case.get("explanation")
    if words is None or result is not Result.FAIL:
        return True
    return explanation == ("" if words == "DEFAULT" else words)


def _asker(zone: dict[str, list[Any]]) -> Ask:
    names = {name.lower(): records for name, records in zone.items()}

    def ask(name: str, kind: str) -> DnsAnswer:
        at, records = name.lower().removesuffix("."), None
        for _ in range(10):  # along aliases
            records = names.get(at)
            if records is None:
                return DnsAnswer(name=name, type=kind, status=DnsStatus.NO_NAME)
            texts = _texts(records, kind)
            if not texts and "TIMEOUT" in records:
                return DnsAnswer(name=name, type=kind, status=DnsStatus.TIMEOUT)
            alias = next((r["CNAME"] for r in records if "CNAME" in r), None)
            if texts or alias is None:
                break
            at = alias.lower().removesuffix(".")
        found = tuple(DnsRecord(name=at, type=kind, text=text, ttl=0) for text in texts)
        status = DnsStatus.FOUND if found else DnsStatus.NO_DATA
        return DnsAnswer(name=name, type=kind, status=status, records=found)

    return ask


def _texts(records: list[Any], kind: str) -> list[str]:
    has_txt = any("TXT" in record for record in records)
    wanted = "SPF" if kind == "TXT" and not has_txt else kind
    values = [record[wanted] for record in records if wanted in record]
    return [_text(value, kind) for value in values if value != "NONE"]


def _text(value: Any, kind: str) -> str:
    if kind == "MX":
        return f"{value[0]} {value[1]}"
    return "".join(value) if isinstance(value, list) else str(value)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
