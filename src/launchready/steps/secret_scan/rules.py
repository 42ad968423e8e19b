"""One rule per kind of secret in the catalogue; all of them judge alike."""

from collections.abc import Iterator
from functools import partial

from launchready.catalog import shapes
from launchready.catalog.kinds import Assigned, Keyword, Kind, Pattern, Token
from launchready.catalog.secrets import KINDS
from launchready.facts.secret import MASK, CommitFacts, SecretFacts
from launchready.model import Evidence, FileLocation, Finding, JsonScalar, Related, RuleInfo
from launchready.step import Rule
from launchready.steps.secret_scan.custom.kinds import own_kinds
from launchready.steps.secret_scan.formats import formats
from launchready.steps.secret_scan.settings import SecretScanSettings

_OWN_PAGE = (
    "https://github.com/launchready/launchready/blob/main/docs/secret-scan.md#your-own-rules"
)
_FROM_ENVIRONMENT = "Keep the new one out of the repository and read it from the environment."
_WITHDRAW = "Take it out of what you deliver, build again and withdraw what holds it."
_DELETE_RUN = "Then delete the run's logs and artifacts, and mask the new one in the workflow."
_PURGE = "Revoke first: clones and forks keep what git filter-repo takes out of your history."
_FILE = "config/master.key"
_MOST_SHOWN = 10
"""Other places that a report names; the policy looks at all."""

_UNCOMMITTED = (
    "It is not committed yet: take it out and read it from the environment. If it was ever shared:"
)


def _judge(kind: Kind, facts: SecretFacts, settings: SecretScanSettings) -> Iterator[Finding]:
    if facts.kind != kind.id or facts.confidence < settings.min_confidence:
        return
    shown = f"{facts.redacted} {facts.hidden}" if facts.hidden else facts.redacted
    yield Finding(
        message=f"{kind.title} {shown}{_spread(facts)}, {_standing(facts)}{_proof(facts)}",
        location=facts.location,
        identity=facts.digest,
        subject=f"{kind.title} {shown}",
        fix=_remedy(kind, facts),
        confidence=facts.confidence,
        related=tuple(Related(message="", location=place) for place in facts.others[:_MOST_SHOWN]),
        evidence=Evidence(measured=tuple(_measured(facts)), code=facts.code),
        introduced=facts.introduced.id if facts.introduced else None,
        places=tuple(_files(facts)),
        present=facts.present,
        markers=facts.markers,
    )


def _files(facts: SecretFacts) -> Iterator[FileLocation]:
    for place in (facts.location, *facts.others):
        if isinstance(place, FileLocation):
            yield place


def _standing(facts: SecretFacts) -> str:
    """Where the secret stands: what makes it urgent, or already public."""
    urgent = []
    if facts.is_delivered:
        urgent.append(f"is delivered to customers in {_shown_path(facts.delivered_in)}")
    if facts.left_in:
        urgent.append(f"can be read by all who see the CI run, in {_shown_path(facts.left_in)}")
    if not urgent or facts.introduced or facts.is_in_head or facts.is_staged:
        urgent.append(_standing_here(facts))
    return ", ".join(urgent)


def _shown_path(path: str) -> str:
    return path if path.isprintable() else repr(path)


def _standing_here(facts: SecretFacts) -> str:
    """Where it stands in the repository."""
    if facts.introduced is None:
        if facts.is_staged and not facts.is_in_head:
            return "staged: the next commit would publish it"
        if not facts.is_reached:
            return "staged once and never committed, but the repository still holds it"
        return "in HEAD" if facts.is_in_head else "in the work tree, not committed"
    return _standing_in_history(facts, facts.introduced)


def _standing_in_history(facts: SecretFacts, commit: CommitFacts) -> str:
    since = f"{commit.date:%Y-%m-%d} by {commit.author!r} in {commit.id[:7]}"
    if facts.is_in_head:
        on = f" and on {facts.branch_count} branches" if facts.branch_count > 1 else ""
        return f"still in HEAD{on}, first committed {since}"
    if not facts.is_reached:
        return f"on no branch any more, but the repository still holds it, committed {since}"
    if facts.branch_count:
        return f"not in HEAD, but on {_named(facts)}, first committed {since}"
    return f"no longer in HEAD, but in the history since {since}: whoever clones can read it"


def _named(facts: SecretFacts) -> str:
    """The branches it stands on."""
    names = ", ".join(_shown_path(name) for name in facts.branches)
    if facts.branch_count == 1:
        return f"branch {names}"
    more = ", …" if facts.branch_count > len(facts.branches) else ""
    return f"{facts.branch_count} branches ({names}{more})"


def _spread(facts: SecretFacts) -> str:
    return f", in {facts.places} places" if facts.places > 1 else ""


def _proof(facts: SecretFacts) -> str:
    """What a person should know first of a secret that works."""
    return f"; {facts.verified}" if facts.verified.startswith("accepted") else ""


def _remedy(kind: Kind, facts: SecretFacts) -> str:
    if facts.is_delivered:
        return f"{kind.revoke} {_WITHDRAW}"
    if facts.left_in:
        return f"{kind.revoke} {_DELETE_RUN}"
    if facts.introduced is None and not facts.is_in_head:
        return f"{_UNCOMMITTED} {kind.revoke}"
    return f"{kind.revoke} {_FROM_ENVIRONMENT if facts.is_in_head else _PURGE}"


def _measured(facts: SecretFacts) -> Iterator[tuple[str, JsonScalar]]:
    yield "places", facts.places
    yield "in_head", facts.is_in_head
    if facts.verified:
        yield "verified", facts.verified
    if facts.commits:
        yield "commits", facts.commits
        yield "branches", facts.branch_count
    if facts.branches:
        yield "on", ", ".join(facts.branches)
    if facts.hidden:
        yield "hidden", facts.hidden
    if facts.is_delivered:
        yield "delivered_in", facts.delivered_in
    if facts.left_in:
        yield "left_in", facts.left_in
    if facts.introduced:
        yield "first_commit", facts.introduced.id
        yield "first_author", facts.introduced.author
        yield "first_date", facts.introduced.date.isoformat()


def _page(kind: Kind) -> RuleInfo:
    name, is_file = _variable(kind), formats.is_whole_file(kind)
    return RuleInfo(
        id=kind.id,
        severity=kind.severity,
        summary=f"{kind.title}.",
        why=f"Whoever holds it can {kind.opens}.",
        fix=f"{kind.revoke} {_FROM_ENVIRONMENT} {_PURGE}",
        bad=f"git add --force {_FILE}" if is_file else f'{name} = "{_shown(kind)}"',
        good=f"echo {_FILE} >> .gitignore" if is_file else f'{name} = os.environ["{name}"]',
        references=(kind.reference,) if kind.reference else (),
        url="" if kind.reference else _OWN_PAGE,
    )


def _variable(kind: Kind) -> str:
    """The name that a page shows the secret under."""
    match kind.format:
        case Assigned(names=names) | Keyword(names=names):
            return names[0].upper()
        case Token() | Pattern():
            return kind.id.upper().replace("-", "_")


def _shown(kind: Kind) -> str:
    """What a page shows in place of a secret: the published prefix, and a mask."""
    return (shapes.prefix(kind.format.shapes[0]) if isinstance(kind.format, Token) else "") + MASK


def _rule(kind: Kind) -> Rule[SecretFacts, SecretScanSettings]:
    return Rule(info=_page(kind), facts=SecretFacts, judge=partial(_judge, kind))


RULES: tuple[Rule[SecretFacts, SecretScanSettings], ...] = tuple(map(_rule, KINDS))


def own_rules(settings: SecretScanSettings) -> tuple[Rule[SecretFacts, SecretScanSettings], ...]:
    """The rules of the kinds that a person describes."""
    return tuple(map(_rule, own_kinds(settings.custom)))
