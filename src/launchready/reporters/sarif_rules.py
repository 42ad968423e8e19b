"""A rule's page as SARIF 2.1.0 has it (section 3.49). The texts are ours: a rule's docstring."""

from collections.abc import Iterator

from launchready.model import RuleInfo
from launchready.reporters.escape import fenced, shorten, visible
from launchready.reporters.json_report import Object
from launchready.reporters.places import is_safe_url

# What GitHub shows of a rule: see the address in `sarif`.
_MOST_DESCRIPTION = 1_024


def descriptor(rule: RuleInfo, step: str) -> Object:
    """The reporting descriptor of a rule of a step."""
    summary = shorten(rule.summary or rule.id, _MOST_DESCRIPTION)
    described = (summary, rule.why) if rule.why else (summary,)
    told: Object = {
        "id": visible(rule.id),
        "name": visible(rule.id),
        "shortDescription": {"text": summary},
        "fullDescription": {"text": shorten(" ".join(described), _MOST_DESCRIPTION)},
        "help": {"text": "\n\n".join(_plain(rule)), "markdown": "\n\n".join(_markdown(rule))},
        "defaultConfiguration": {"level": rule.severity.label},
        "properties": {"tags": ["launchready", step]},
    }
    if is_safe_url(rule.url):
        told["helpUri"] = rule.url
    return told


def _plain(rule: RuleInfo) -> Iterator[str]:
    yield rule.summary or rule.id
    if rule.why:
        yield f"Why it matters: {rule.why}"
    if rule.fix:
        yield f"What to do: {rule.fix}"
    if rule.references:
        yield "\n".join(("See:", *rule.references))


def _markdown(rule: RuleInfo) -> Iterator[str]:
    yield rule.summary or rule.id
    if rule.why:
        yield f"**Why it matters.** {rule.why}"
    if rule.fix:
        yield f"**What to do.** {rule.fix}"
    for title, code in (("Bad", rule.bad), ("Good", rule.good)):
        if code:
            yield f"{title}:"
            yield fenced(code)
    if rule.references:
        yield "\n".join(f"- <{reference}>" for reference in rule.references)
