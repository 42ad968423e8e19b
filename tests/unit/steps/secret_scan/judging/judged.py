"""What the tests of secret-scan judge with: kinds by id, and values made up at run time.

No value here is written down whole: scanners that guard repositories would stop the push.
"""

import random

from launchready.catalog import shapes
from launchready.catalog.kinds import Kind
from launchready.catalog.secrets import KINDS
from launchready.model import Confidence
from launchready.steps.secret_scan.formats import formats
from launchready.steps.secret_scan.judging.confirm import Hit, confirm


def kind_of(kind_id: str) -> Kind:
    """The kind with this id."""
    return next(kind for kind in KINDS if kind.id == kind_id)


def chance(seed: int | str) -> random.Random:
    """A source of random texts that is the same in every run."""
    return random.Random(seed)


def drawn(shape: str, seed: int = 7) -> str:
    """A random text of a shape, such as `{alnum:24}`."""
    return shapes.sample(shape, chance(seed))


def example(kind_id: str, seed: int = 7) -> str:
    """A generated example of a kind."""
    return formats.sample(kind_of(kind_id), chance(seed))


def hits(text: str | bytes, path: str | None = "src/settings.env") -> dict[str, Hit]:
    """Everything confirmed in a text, by kind."""
    window = text if isinstance(text, bytes) else text.encode()
    return {hit.kind_id: hit for kind in KINDS for hit in confirm(kind, window, path)}


def shown(text: str | bytes, path: str | None = "src/settings.env") -> dict[str, str]:
    """What a person sees by default: the kinds found with medium or high confidence."""
    return {
        kind_id: hit.confidence.label
        for kind_id, hit in hits(text, path).items()
        if hit.confidence > Confidence.LOW
    }
