"""The part of SARIF 2.1.0 that launchready writes, as a schema that allows nothing else.

Written from the standard's text (https://docs.oasis-open.org/sarif/sarif/v2.1.0/); the official
schema is under the terms of OASIS and so not in this repository. What GitHub wants is required.
"""

from typing import Any

Schema = dict[str, Any]
_URI = r"^(?:[A-Za-z0-9._~:/?#@!$&'()*+,;=-]|%[0-9A-F]{2})*$"
_TIME = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"


def _closed(required: str, optional: str = "", /, **properties: Schema) -> Schema:
    return _closed_map(required, optional, properties)


def _closed_map(required: str, optional: str, properties: Schema) -> Schema:
    assert {*required.split(), *optional.split()} == set(properties)
    return {
        "type": "object",
        "properties": properties,
        "required": required.split(),
        "additionalProperties": False,
    }


def _many(items: Schema, most: int) -> Schema:
    return {"type": "array", "items": items, "maxItems": most}


_TEXT: Schema = {"type": "string", "minLength": 1}
_SHORT: Schema = {"type": "string", "minLength": 1, "maxLength": 1024}
_LEVEL: Schema = {"enum": ["error", "warning", "note"]}
_ONE_UP: Schema = {"type": "integer", "minimum": 1}
# No placeholder (3.11.5) and no embedded link (3.11.6) can be in a message without arguments.
_MESSAGE = _closed(
    "text",
    text={"type": "string", "minLength": 1, "not": {"pattern": r"\]\(|(?<!\{)\{\d+\}(?!\})"}},
)
_DESCRIPTION = _closed("text", text=_SHORT)
_REGION = _closed(
    "startLine",
    "startColumn endLine endColumn",
    startLine=_ONE_UP,
    startColumn=_ONE_UP,
    endLine=_ONE_UP,
    endColumn=_ONE_UP,
)
_ARTIFACT = _closed(
    "uri uriBaseId", uri={"type": "string", "pattern": _URI}, uriBaseId={"const": "%SRCROOT%"}
)
_LOCATION = _closed(
    "physicalLocation",
    "id logicalLocations message",
    physicalLocation=_closed("artifactLocation region", artifactLocation=_ARTIFACT, region=_REGION),
    id={"type": "integer", "minimum": 0},
    logicalLocations=_many(
        _closed(
            "fullyQualifiedName kind",
            fullyQualifiedName={"type": "string"},
            kind={"const": "resource"},
        ),
        1,
    ),
    message=_MESSAGE,
)
_SUPPRESSION = _closed(
    "kind status justification",
    kind={"enum": ["inSource", "external"]},
    status={"const": "accepted"},
    justification={"type": "string"},
)
_RESULT = _closed(
    "ruleId level message locations baselineState properties",
    "ruleIndex partialFingerprints relatedLocations suppressions",
    ruleId={"type": "string"},
    ruleIndex={"type": "integer", "minimum": 0, "maximum": 24_999},
    level=_LEVEL,
    message=_MESSAGE,
    locations={"type": "array", "items": _LOCATION, "minItems": 1, "maxItems": 1},
    relatedLocations=_many(_LOCATION, 999),
    partialFingerprints=_closed_map("launchready/v1", "", {"launchready/v1": _TEXT}),
    baselineState={"enum": ["new", "unchanged"]},
    suppressions=_many(_SUPPRESSION, 1),
    properties={"type": "object"},
)
_RULE = _closed(
    "id name shortDescription fullDescription help defaultConfiguration properties",
    "helpUri",
    id={"type": "string"},
    name={"type": "string"},
    shortDescription=_DESCRIPTION,
    fullDescription=_DESCRIPTION,
    help=_closed("text markdown", text=_TEXT, markdown=_TEXT),
    helpUri={"type": "string", "pattern": "^https?://"},
    defaultConfiguration=_closed("level", level=_LEVEL),
    properties=_closed("tags", tags=_many(_TEXT, 20)),
)
_DRIVER = _closed(
    "name version informationUri rules notifications",
    name={"const": "launchready"},
    version=_TEXT,
    informationUri={"type": "string", "pattern": "^https://"},
    rules=_many(_RULE, 25_000),
    notifications=_many(_closed("id shortDescription", id=_TEXT, shortDescription=_DESCRIPTION), 9),
)
_NOTIFICATION = _closed(
    "descriptor level message",
    descriptor=_closed("id", id={"enum": ["unchecked", "failure", "left-out"]}),
    level=_LEVEL,
    message=_MESSAGE,
)
_INVOCATION = _closed(
    "executionSuccessful startTimeUtc endTimeUtc toolExecutionNotifications",
    executionSuccessful={"type": "boolean"},
    startTimeUtc={"type": "string", "pattern": _TIME},
    endTimeUtc={"type": "string", "pattern": _TIME},
    toolExecutionNotifications={"type": "array", "items": _NOTIFICATION},
)
_RUN = _closed(
    "tool automationDetails columnKind originalUriBaseIds invocations results",
    "versionControlProvenance",
    tool=_closed("driver", driver=_DRIVER),
    automationDetails=_closed("id", id={"type": "string", "pattern": "^launchready/[a-z-]+/$"}),
    columnKind={"const": "unicodeCodePoints"},
    originalUriBaseIds={"type": "object"},
    invocations={"type": "array", "items": _INVOCATION, "minItems": 1, "maxItems": 1},
    results=_many(_RESULT, 25_000),
    versionControlProvenance=_many(
        _closed(
            "repositoryUri revisionId",
            repositoryUri={"type": "string", "pattern": "^https?://"},
            revisionId={"type": "string"},
        ),
        1,
    ),
)
SARIF_SUBSET: Schema = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    **_closed_map(
        "$schema version runs",
        "",
        {
            "$schema": {"type": "string", "pattern": "^https://docs.oasis-open.org/sarif/"},
            "version": {"const": "2.1.0"},
            "runs": _many(_RUN, 20),
        },
    ),
}
