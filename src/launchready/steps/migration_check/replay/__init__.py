"""The catalogue, replayed: what a database holds after an act."""

from launchready.facts.acts import Act
from launchready.facts.catalogue import Catalogue


def after(catalogue: Catalogue, act: Act, *, is_new: bool = False, version: str = "") -> Catalogue:
    """The catalogue after an act. `is_new` says that the act is of the change under judgement, so
    that what it creates is in nobody's use yet; `version` is its migration's.
    """
    del act, is_new, version
    return catalogue


def settled(catalogue: Catalogue) -> Catalogue:
    """The catalogue once the change that made its new objects is in use: nothing in it is new."""
    return catalogue
