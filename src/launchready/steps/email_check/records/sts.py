"""MTA-STS: the record at `_mta-sts.`, and the policy file (RFC 8461, sections 3.1 and 3.2)."""

from collections.abc import Iterator

from launchready.frozen import frozen
from launchready.regex import Regex
from launchready.steps.email_check.records.tags import read_tags

MODES = ("enforce", "testing", "none")
_ID = Regex(r"[A-Za-z0-9]{1,32}")
_PATTERN = Regex(r"(?:\*\.)?[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?")
_VERSION = Regex(r"v=STSv1[ \t]*(?:;|$)")
_MOST_AGE = 31_557_600  # seconds: a year
_MOST_LINES = 500


@frozen
class StsPolicy:
    """A policy file. `hosts` are patterns in lower case, `max_age` seconds, `faults` clauses."""

    mode: str
    hosts: tuple[str, ...]
    max_age: int
    faults: tuple[str, ...]

    def covers(self, host: str) -> bool:
        """Whether mail may be delivered to a host: `*.` stands for one label (section 4.1)."""
        name = host.lower().removesuffix(".")
        above = name.partition(".")[2]
        return any(
            pattern == name or (pattern.startswith("*.") and pattern[2:] == above)
            for pattern in self.hosts
        )


def is_sts(text: str) -> bool:
    """Whether a TXT record is one of MTA-STS."""
    return _VERSION.match(text) is not None


def sts_faults(text: str) -> tuple[str, ...]:
    """What is wrong in a record that `is_sts`."""
    tags = read_tags(text)
    told = tags.get("id")
    if told is None:
        return (*tags.faults, "it has no `id`")
    if not _ID.fullmatch(told):
        return (*tags.faults, "`id` is not of 1 to 32 letters and digits")
    return tags.faults


def read_policy(text: str) -> StsPolicy:
    """A policy file's meaning, and what is wrong with it."""
    fields: dict[str, list[str]] = {}
    strays = 0
    for line in text.splitlines()[:_MOST_LINES]:
        name, sign, value = line.partition(":")
        if sign:
            fields.setdefault(name.strip().lower(), []).append(value.strip())
        elif line.strip():
            strays += 1
    age = (fields.get("max_age") or [""])[0]
    return StsPolicy(
        mode=(fields.get("mode") or [""])[0],
        hosts=tuple(each.lower().removesuffix(".") for each in fields.get("mx", ())),
        max_age=int(age) if age.isascii() and age.isdigit() and len(age) < 11 else 0,
        faults=tuple(_policy_faults(fields, age, strays)),
    )


def _policy_faults(fields: dict[str, list[str]], age: str, strays: int) -> Iterator[str]:
    if fields.get("version") != ["STSv1"]:
        yield "it has no line `version: STSv1`"
    mode = (fields.get("mode") or [""])[0]
    if mode not in MODES:
        yield "`mode` is none of enforce, testing and none"
    if not (age.isascii() and age.isdigit()) or len(age) > 10 or int(age) > _MOST_AGE:
        yield f"`max_age` is no number of seconds up to {_MOST_AGE}"
    hosts = fields.get("mx", [])
    if not hosts and mode != "none":
        yield "it names no `mx`"
    if not all(_PATTERN.fullmatch(host) for host in hosts):
        yield "an `mx` is no host name"
    if strays:
        yield "a line has no `name: value`"
