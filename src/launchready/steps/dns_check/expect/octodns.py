"""The YAML of octodns: names with one record or a list of them
(https://github.com/octodns/octodns/blob/main/docs/records.md).
"""

from launchready.config.nodes import Node, Scalar, Sequence, UnreadableError
from launchready.documents import child, entries, items, plain, text_of
from launchready.documents.yaml import yaml_documents
from launchready.steps.dns_check.expect.wanted import MOST_RECORDS, TYPES, Wanted, told, whole

_PARTS = {
    "MX": (("preference", "priority"), ("exchange", "value")),
    "CAA": (("flags",), ("tag",), ("value",)),
    "SRV": (("priority",), ("weight",), ("port",), ("target",)),
}


def octodns_records(content: bytes, zone: str) -> tuple[Wanted, ...]:
    """The records of a zone's file. Raises UnreadableError."""
    documents = yaml_documents(content)
    found = [
        _record(name, each, zone)
        for document in documents
        for name, node in entries(document)
        for each in (items(node) if isinstance(node, Sequence) else (node,))
    ]
    if not found:
        raise UnreadableError("it has no records of octodns", line=1, column=1)
    return tuple(found[:MOST_RECORDS])


def _record(name: Scalar, node: Node, zone: str) -> Wanted:
    kind = plain(child(node, "type")).upper()
    value = child(node, "values") or child(node, "value")
    given = items(value) if isinstance(value, Sequence) else (value,)
    texts = [_text(kind, each) for each in given if each is not None]
    is_proxied = plain(child(node, "octodns", "cloudflare", "proxied")) == "true"
    is_known = kind in TYPES and not is_proxied and all(texts)
    values = tuple(sorted(told(kind, text) for text in texts)) if is_known else ()
    return Wanted(name=whole(str(name.value or ""), zone), type=kind, values=values, line=name.line)


def _text(kind: str, node: Node) -> str:
    if (text := text_of(node)) is not None:
        return text.replace("\\;", ";")
    parts = (
        next((text for key in keys if (text := plain(child(node, key)))), "")
        for keys in _PARTS.get(kind, ())
    )
    return " ".join(parts)
