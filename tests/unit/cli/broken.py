"""A step that meets a bug of its own as it reads a key."""

from collections.abc import Iterator
from dataclasses import replace

from tests.repository import live_key

from launchready.gateways import Gateways
from launchready.steps import secret_scan
from launchready.steps.secret_scan.settings import SecretScanSettings

KEY = live_key(60)


def observe(settings: SecretScanSettings, gateways: Gateways) -> Iterator[object]:
    """Break on the way, with words that nobody may see."""
    yield from map(int, [KEY])


STEP = replace(secret_scan.STEP, observe=observe)
