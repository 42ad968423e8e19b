"""What a package reads by itself."""

from launchready.catalog.environment import words
from launchready.frozen import frozen


@frozen
class Package:
    """`packages` are the names, in any registry, that read `names`; `reference` says so."""

    packages: frozenset[str]
    names: frozenset[str]
    reference: str


def package(packages: str, names: str, reference: str) -> Package:
    """The same of words parted by blanks."""
    return Package(packages=words(packages), names=words(names), reference=reference)
