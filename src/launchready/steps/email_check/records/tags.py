"""Lists of tags, `v=DMARC1; p=none`, as DKIM and DMARC have them (RFC 6376, section 3.2)."""

from launchready.frozen import frozen
from launchready.regex import Regex

_NAME = Regex(r"[A-Za-z][A-Za-z0-9_]*")


@frozen
class Tags:
    """The tags of a record in their order; names in lower case. `faults` are clauses."""

    pairs: tuple[tuple[str, str], ...]
    faults: tuple[str, ...]

    def get(self, name: str) -> str | None:
        """The value of a tag, None where it is absent."""
        return next((value for key, value in self.pairs if key == name), None)


def read_tags(text: str) -> Tags:
    """The tags of a text, with what is wrong in it. Blanks around names and values do not count."""
    pairs: list[tuple[str, str]] = []
    faults = []
    for part in text.split(";"):
        if not part.strip():
            continue
        name, sign, value = part.partition("=")
        key = name.strip().lower()
        if not sign or not _NAME.fullmatch(key):
            faults.append(f"tag {len(pairs) + 1} is no `name=value`")
        elif key in dict(pairs):
            faults.append(f"`{key}` stands more than once")
        else:
            pairs.append((key, value.strip()))
    return Tags(pairs=tuple(pairs), faults=tuple(faults))
