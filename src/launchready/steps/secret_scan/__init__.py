"""secret-scan: credentials in staged content, in the work tree and in all of the history."""

from collections.abc import Iterator

from launchready.gateways import Gateways
from launchready.policy.markers import ADOPTED
from launchready.policy.peers import SECRET_SCANNERS
from launchready.step import Refusal, Step
from launchready.steps.secret_scan.adoption.files import FILES
from launchready.steps.secret_scan.observe import observe
from launchready.steps.secret_scan.rules import RULES, own_rules
from launchready.steps.secret_scan.settings import SecretScanSettings


def _recognises(gateways: Gateways) -> bool:
    """Any folder may hold a secret."""
    return gateways.root.is_dir()


def _sees_everything(settings: SecretScanSettings) -> bool:
    """Whether what is not found is gone from the whole repository."""
    return settings.history and _sees_present(settings)


def _sees_present(settings: SecretScanSettings) -> bool:
    """Whether every file that is there now is looked at."""
    is_part = settings.staged or bool(settings.paths) or settings.is_partial
    return settings.work_tree and not is_part


def _refusals(settings: SecretScanSettings) -> Iterator[Refusal]:
    """What is wrong with a person's own kinds; who has none loads nothing for it."""
    if settings.custom:
        from launchready.steps.secret_scan.custom.refusals import refusals

        yield from refusals(settings.custom, settings.min_confidence)


STEP = Step(
    name="secret-scan",
    settings=SecretScanSettings,
    observe=observe,
    rules=RULES,
    recognises=_recognises,
    sees_everything=_sees_everything,
    sees_present=_sees_present,
    markers=SECRET_SCANNERS | {ADOPTED},
    heeds=FILES,
    own_rules=own_rules,
    refusals=_refusals,
)
