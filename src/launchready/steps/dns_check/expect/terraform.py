"""What `terraform show -json` prints of a state or plan: records of nine providers' resources
(https://developer.hashicorp.com/terraform/internals/json-format).
"""

from collections.abc import Iterator

from launchready.config.nodes import Node, UnreadableError
from launchready.documents import child, items, plain, text_of, words
from launchready.documents.json import json_document
from launchready.steps.dns_check.expect.wanted import MOST_RECORDS, TYPES, Wanted, told, whole

_MOST_DEPTH = 20
_AZURE = "azurerm_dns_"
# Resources, and where each has name, type and values.
_Places = tuple[tuple[str, ...], tuple[str, ...]]
_RESOURCES: dict[str, _Places] = {
    "cloudflare_record": (("hostname", "name"), ("content", "value")),
    "cloudflare_dns_record": (("name",), ("content",)),
    "aws_route53_record": (("fqdn", "name"), ("records",)),
    "google_dns_record_set": (("name",), ("rrdatas",)),
    "digitalocean_record": (("fqdn", "name"), ("value",)),
    "dnsimple_zone_record": (("qualified_name", "name"), ("value",)),
    "vercel_dns_record": (("name",), ("value",)),
    "gandi_livedns_record": (("name",), ("values",)),
    "hetznerdns_record": (("name",), ("value",)),
}


def terraform_records(content: bytes, zone: str) -> tuple[Wanted, ...]:
    """The records of all modules. Raises UnreadableError."""
    document = json_document(content)
    root = child(document, "values", "root_module") or child(
        document, "planned_values", "root_module"
    )
    if root is None:
        raise UnreadableError("it is not what `terraform show -json` prints", line=1, column=1)
    merged: dict[tuple[str, str], tuple[str, ...]] = {}
    for resource in _resources(root, 0):
        each = _record(resource, zone)
        if each is not None and len(merged) < MOST_RECORDS:
            key = (each.name, each.type)
            merged[key] = (*merged.get(key, ()), *each.values)
    return tuple(
        Wanted(name=name, type=kind, values=tuple(sorted(set(values))))
        for (name, kind), values in merged.items()
    )


def _resources(module: Node, depth: int) -> Iterator[Node]:
    yield from items(child(module, "resources"))
    if depth < _MOST_DEPTH:
        for below in items(child(module, "child_modules")):
            yield from _resources(below, depth + 1)


def _record(resource: Node, zone: str) -> Wanted | None:
    what, given = plain(child(resource, "type")), child(resource, "values")
    if plain(child(resource, "mode")) == "data":
        return None
    if what.startswith(_AZURE) and what.endswith("_record"):
        places: _Places
        kind = what.removeprefix(_AZURE).removesuffix("_record").upper()
        places = (("fqdn", "name"), ("records", "record"))
    elif what in _RESOURCES:
        kind, places = plain(child(given, "type")).upper(), _RESOURCES[what]
    else:
        return None
    name = next((text for key in places[0] if (text := plain(child(given, key)))), "")
    alias = next(iter(items(child(given, "alias"))), None)
    if alias is not None:
        target = told("ALIAS", plain(child(alias, "name")))
        return Wanted(name=whole(name, zone), type="ALIAS", values=(target,) if target else ())
    node = next((found for key in places[1] if (found := child(given, key))), None)
    is_known = kind in TYPES and text_of(child(given, "proxied")) != "true"
    texts = [_prefixed(kind, given, text) for text in words(node)] if is_known else []
    values = tuple(sorted(told(kind, text) for text in texts))
    return Wanted(name=whole(name, zone), type=kind, values=values)


def _prefixed(kind: str, given: Node | None, text: str) -> str:
    """MX with the priority that some resources have beside the value."""
    priority = plain(child(given, "priority")) or plain(child(given, "mx_priority"))
    return f"{priority} {text}" if kind == "MX" and priority and " " not in text else text
