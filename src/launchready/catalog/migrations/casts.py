"""Casts between PostgreSQL's own types: which come about by themselves, and which change no byte.

Source: pg_cast of PostgreSQL 18 (castcontext "i" and "a"; castmethod "b").
"""

BY_ASSIGNMENT: dict[str, frozenset[str]] = {
    "bit": frozenset({"varbit"}),
    "bool": frozenset({"bpchar", "text", "varchar"}),
    "box": frozenset({"polygon"}),
    "bpchar": frozenset({"name", "text", "varchar"}),
    "cidr": frozenset({"bpchar", "inet", "text", "varchar"}),
    "date": frozenset({"timestamp", "timestamptz"}),
    "float4": frozenset({"float8", "int2", "int4", "int8", "numeric"}),
    "float8": frozenset({"float4", "int2", "int4", "int8", "numeric"}),
    "inet": frozenset({"bpchar", "cidr", "text", "varchar"}),
    "int2": frozenset({"float4", "float8", "int4", "int8", "numeric", "oid"}),
    "int4": frozenset({"float4", "float8", "int2", "int8", "money", "numeric", "oid"}),
    "int8": frozenset({"float4", "float8", "int2", "int4", "money", "numeric", "oid"}),
    "interval": frozenset({"time"}),
    "json": frozenset({"jsonb"}),
    "jsonb": frozenset({"json"}),
    "macaddr": frozenset({"macaddr8"}),
    "macaddr8": frozenset({"macaddr"}),
    "money": frozenset({"numeric"}),
    "name": frozenset({"bpchar", "text", "varchar"}),
    "numeric": frozenset({"float4", "float8", "int2", "int4", "int8", "money"}),
    "oid": frozenset({"int4", "int8"}),
    "path": frozenset({"polygon"}),
    "point": frozenset({"box"}),
    "polygon": frozenset({"path"}),
    "text": frozenset({"bpchar", "name", "varchar"}),
    "time": frozenset({"interval", "timetz"}),
    "timestamp": frozenset({"date", "time", "timestamptz"}),
    "timestamptz": frozenset({"date", "time", "timestamp", "timetz"}),
    "timetz": frozenset({"time"}),
    "varbit": frozenset({"bit"}),
    "varchar": frozenset({"bpchar", "name", "text"}),
    "xml": frozenset({"bpchar", "text", "varchar"}),
}
"""The types that a type becomes without an explicit cast. Every type becomes text, too."""

SAME_BYTES = frozenset(
    {
        ("bit", "varbit"),
        ("cidr", "inet"),
        ("int4", "oid"),
        ("oid", "int4"),
        ("text", "bpchar"),
        ("text", "varchar"),
        ("varbit", "bit"),
        ("varchar", "bpchar"),
        ("varchar", "text"),
        ("xml", "bpchar"),
        ("xml", "text"),
        ("xml", "varchar"),
        ("citext", "text"),
        ("citext", "varchar"),
        ("text", "citext"),
        ("varchar", "citext"),
    }
)
"""Casts (from, to) that only give the same bytes another type; those of citext are its script's."""
