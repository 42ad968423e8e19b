"""`--runbook`: ROLLBACK.md, what a person does who has to go back by hand or with one command."""

import datetime
from collections.abc import Iterator, Mapping, Sequence

from launchready.errors import LaunchReadyError
from launchready.facts.releases import Deed, Deployment, Entry
from launchready.gateways import Gateways
from launchready.gateways.hosting.calls import Effect
from launchready.gateways.hosting.hosts import named, open_host
from launchready.gateways.hosting.provider import Provider
from launchready.steps.rollback.ledger import parse_ledger, releases
from launchready.steps.rollback.settings import Migrations, RollbackSettings
from launchready.steps.rollback.stores import open_store

_ANY = Deployment(id="DEPLOYMENT", commit="COMMIT")
_SHOWN = 10


class _NoTokens(dict[str, str]):
    """An environment in which every variable is set, for calls that are shown and never sent."""

    def get(self, key: str, default: object = None) -> str:
        del key, default
        return "not-a-token"

    def __missing__(self, key: str) -> str:
        return self.get(key)


def runbook(settings: RollbackSettings, gateways: Gateways) -> str:
    """The page, in Markdown. Raises LaunchReadyError."""
    environ: Mapping[str, str] = _NoTokens()
    provider = open_host(settings.host, environ)
    try:
        entries = parse_ledger(open_store(settings, gateways).read())
    except LaunchReadyError as error:
        entries, why = (), error.message
    else:
        why = ""
    return "\n".join(_lines(settings, provider, entries, why))


def _lines(
    settings: RollbackSettings, provider: Provider, entries: Sequence[Entry], why: str
) -> Iterator[str]:
    traits = provider.traits
    yield f"# Going back: {settings.site.host or 'this product'} at {traits.title}"
    yield ""
    yield "Written by `launchready rollback --runbook > ROLLBACK.md`. Write it anew after a change."
    yield from _drilled(entries, why)
    yield from ("", "## With one command", "")
    yield from _block(
        "launchready release status                   # what is live, and what to go back to",
        "launchready rollback --judge-by smoke.json   # what would be done, and what forbids it",
        "launchready rollback --judge-by smoke.json --execute",
        "launchready rollback --undo --execute        # once it is mended: pushes go live again",
    )
    yield from ("", "## Before you go back", "")
    if settings.migrations is Migrations.NONE:
        yield "- There is no database, as `rollback.migrations` says."
    else:
        yield "- Can the old code run on the database as it is? Ask migration-check."
        yield "  If not, mend forward: dropped columns do not come back with the code."
    yield "- Is a deploy under way? Stop it first."
    yield from (f"- {words}" for words in traits.warnings)
    yield from ("", "## By hand", "")
    yield "Put the release's id and commit in the place of `DEPLOYMENT` and `COMMIT`."
    yield from _where(settings)
    yield ""
    steps = (
        ("stop a deploy that is under way", provider.cancel(_ANY)),
        ("go back", provider.roll_back(_ANY, "by hand")),
        ("keep pushes from going live", () if traits.pins_itself else provider.pin(_ANY)),
        ("let pushes go live again, once it is mended", provider.unpin(_ANY)),
    )
    yield from _block(*(line for words, effects in steps for line in _shown(words, effects)))
    yield from _known(entries)
    yield from ("", "## Afterwards", "")
    yield "- Look at the site yourself: log in, pay, sign up."
    yield "- Still bad on a release that was good? Do not go further back: the cause is elsewhere."
    yield from _people(settings)


def _where(settings: RollbackSettings) -> Iterator[str]:
    """Below which address the calls are, and which variable holds the token."""
    host = next((getattr(settings.host, name) for name in named(settings.host)), None)
    api, token = getattr(host, "api", ""), getattr(host, "token", "")
    if api and token:
        yield f"Paths are below {api}; the token is the one of `{token}`."


def _drilled(entries: Sequence[Entry], why: str) -> Iterator[str]:
    drill = next((each for each in reversed(entries) if each.deed is Deed.DRILLED), None)
    yield ""
    if why:
        yield f"**The ledger could not be read**: {_plain(why)}."
    elif drill is None:
        yield "**Never rehearsed.** `launchready rollback --drill --execute` rehearses it."
    else:
        yield f"Last rehearsed on {drill.at:%Y-%m-%d} by {_plain(drill.who) or 'somebody'}."


def _known(entries: Sequence[Entry]) -> Iterator[str]:
    known = releases(entries)[-_SHOWN:]
    if not known:
        return
    yield from (
        "",
        "## The last releases",
        "",
        "| deployed | commit | deployment | |",
        "|---|---|---|---|",
    )
    for each in reversed(known):
        state = f"verified {_day(each.verified)}" if each.verified else "not verified"
        state = f"rolled back {_day(each.withdrawn)}" if each.withdrawn else state
        name = _plain(each.deployment)
        yield f"| {_day(each.recorded)} | {_plain(each.commit[:12])} | {name} | {state} |"


def _people(settings: RollbackSettings) -> Iterator[str]:
    for each in settings.notify:
        whom = _plain(", ".join(each.to)) or f"the address in `{each.variable}`"
        word = "who is on call" if each.escalation else "everybody"
        yield f"- Tell {word} ({each.by.value}: {whom})."


def _shown(words: str, effects: Sequence[Effect]) -> Iterator[str]:
    if effects:
        yield f"# {words}"
        yield from (each.shown for each in effects)


def _block(*lines: str) -> Iterator[str]:
    yield "```console"
    yield from (line.replace("```", "'''") for line in lines)
    yield "```"


def _day(moment: datetime.datetime | None) -> str:
    return f"{moment:%Y-%m-%d}" if moment else ""


def _plain(text: str) -> str:
    """A text of the ledger that cannot mark up anything."""
    return "".join(c if c.isalnum() or c in " @._/:,-" else "?" for c in text)
