"""Who sets variables that nobody declares."""

from launchready.frozen import frozen


@frozen
class Provider:
    """Who sets variables, the page that lists them, and their names."""

    title: str
    reference: str
    names: frozenset[str]
