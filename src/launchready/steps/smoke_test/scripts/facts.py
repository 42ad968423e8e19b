"""The facts of delivered scripts."""

from launchready.frozen import frozen


@frozen
class DeliveredSecretFacts:
    """A secret in what visitors get, without the secret.

    `url` holds it, in `line` and `column` from 1; of one in a source map, `inner` is the source.
    `kind`, `title`, `opens` and `revoke` are the catalogue's. `digest` tells equal values apart and
    never leaves the process. `is_sure` says that its look proves it, and not its name alone.
    """

    url: str
    kind: str
    title: str
    opens: str
    revoke: str
    inner: str
    line: int
    column: int | None
    digest: str
    is_sure: bool


@frozen
class SourceMapsFacts:
    """The source maps that strangers get, with the source in them: (script, map, sources).

    Of a map inside the script, `map` is "".
    """

    page: str
    maps: tuple[tuple[str, str, int], ...]


@frozen
class LocalAddressFacts:
    """The first request of a script to a local address, and how many there are.

    `address` is scheme, host and port; `is_direct` says that the request itself names it.
    """

    url: str
    address: str
    line: int
    column: int
    is_direct: bool
    places: int
