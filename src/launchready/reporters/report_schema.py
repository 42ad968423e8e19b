"""The JSON Schema (draft-07) of the report that `json_report` writes. Version 1 is frozen."""

import json
from typing import Any

from launchready.model import Confidence, Severity, Status, Verdict

SCHEMA_ID = (
    "https://raw.githubusercontent.com/launchready/launchready/main/schemas/report.schema.json"
)
Schema = dict[str, Any]


def report_schema() -> Schema:
    """The whole schema: one report of one step, or a combined file with a report per step."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": SCHEMA_ID,
        "title": "launchready report, version 1",
        "description": "What one run of launchready found. Fields that are not known are left out.",
        "oneOf": [{"$ref": "#/definitions/report"}, {"$ref": "#/definitions/combined"}],
        "definitions": {
            "combined": _COMBINED,
            "report": _REPORT,
            "target": _TARGET,
            "finding": _FINDING,
            "location": _LOCATION,
            "evidence": _EVIDENCE,
            "suppression": _SUPPRESSION,
            "unchecked": _UNCHECKED,
            "failure": _FAILURE,
            "scalar": _SCALAR,
            "verdict": _VERDICT,
        },
    }


def report_schema_text() -> str:
    """The schema as `schemas/report.schema.json` holds it."""
    return json.dumps(report_schema(), indent=2, ensure_ascii=False) + "\n"


def _object(title: str, description: str, properties: Schema, optional: tuple[str, ...]) -> Schema:
    return {
        "title": title,
        "description": description,
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def _text(title: str, description: str, **more: Any) -> Schema:
    return {"title": title, "description": description, "type": "string", **more}


def _count(title: str, description: str, minimum: int = 0) -> Schema:
    return {"title": title, "description": description, "type": "integer", "minimum": minimum}


def _array(title: str, description: str, items: Schema) -> Schema:
    return {"title": title, "description": description, "type": "array", "items": items}


def _one_of(title: str, description: str, values: list[str]) -> Schema:
    return {"title": title, "description": description, "enum": values}


_VERDICT = _one_of(
    "Verdict",
    "passed: every target was examined and nothing reaches the gate. failed: something does. "
    "unchecked: a target could not be examined, so this is not a pass. errored: the step stopped.",
    [verdict.value for verdict in Verdict],
)
_VERSION = {
    "title": "Version",
    "description": "The version of this shape. It changes when a field changes its meaning.",
    "const": 1,
}
_SCALAR: Schema = {
    "title": "Scalar",
    "description": "A single value.",
    "type": ["string", "number", "boolean", "null"],
}
_TARGET = _object(
    "Target",
    "What was examined.",
    {
        "path": _text("Path", "The examined folder or file."),
        "commit": _text("Commit", "The commit that was examined."),
        "base": _text("Base", "The commit that changes are judged against."),
        "repository": _text("Repository", "The web page of the repository."),
    },
    ("commit", "base", "repository"),
)
_LOCATION: Schema = {
    "title": "Location",
    "description": "Where: a place in a file (as a commit has it, if one is named), a commit's "
    "message, a web address, or a DNS name and record type.",
    "type": "object",
    "properties": {
        "path": _text("Path", "Relative to the examined root, with / between its parts."),
        "line": _count("Line", "Counts from 1.", 1),
        "column": _count("Column", "Counts from 1, in characters.", 1),
        "end_line": _count("Last line", "The last line of the place.", 1),
        "end_column": _count("End column", "The first column after the place.", 1),
        "commit": _text("Commit", "The commit in whose tree or message the place is."),
        "url": _text("Address", "The web address that was asked."),
        "dns_name": _text("DNS name", "The name that was asked."),
        "dns_type": _text("DNS type", "The record type that was asked."),
    },
    "oneOf": [
        {"required": ["path"]},
        {"required": ["commit"], "not": {"required": ["path"]}},
        {"required": ["url"]},
        {"required": ["dns_name", "dns_type"]},
    ],
    "additionalProperties": False,
}
_EVIDENCE = _object(
    "Evidence",
    "The proof. Secrets in it are redacted.",
    {
        "measured": {
            "title": "Measured",
            "description": "What was measured, by name.",
            "type": "object",
            "additionalProperties": {"$ref": "#/definitions/scalar"},
        },
        "code": _array(
            "Code",
            "The lines that were judged.",
            _object(
                "Code line",
                "One line of source.",
                {
                    "line": _count("Line", "Its number, from 1.", 1),
                    "text": _text("Text", "The line without its end."),
                },
                (),
            ),
        ),
    },
    ("measured", "code"),
)
_SUPPRESSION = _object(
    "Suppression",
    "Why the finding is accepted.",
    {
        "by": _text("By", "What accepts it: an inline comment's tool or the configuration."),
        "reason": _text("Reason", "Why, in the words of whoever accepted it."),
        "until": _text("Until", "The last day on which it is accepted.", format="date"),
    },
    ("until",),
)
_FINDING = _object(
    "Finding",
    "One thing that is wrong.",
    {
        "rule": _text("Rule", "The id of the rule that found it."),
        "severity": _one_of(
            "Severity", "How much it matters.", [each.label for each in reversed(Severity)]
        ),
        "status": _one_of(
            "Status",
            "new findings can fail a run; known ones are in the baseline or outside the change.",
            [status.value for status in Status],
        ),
        "confidence": _one_of(
            "Confidence", "How sure the rule is.", [each.label for each in reversed(Confidence)]
        ),
        "message": _text("Message", "What was seen and what was expected."),
        "impact": _text("Impact", "Why it hurts; may be empty."),
        "fix": _text("Fix", "What to do about it; may be empty."),
        "help": _text("Help", "The web page of the rule; may be empty."),
        "location": {"$ref": "#/definitions/location"},
        "related": _array(
            "Related",
            "Further places that explain the finding.",
            _object(
                "Related place",
                "A place and what it has to do with the finding.",
                {
                    "message": _text("Message", "What is there."),
                    "location": {"$ref": "#/definitions/location"},
                },
                (),
            ),
        ),
        "evidence": {"$ref": "#/definitions/evidence"},
        "fingerprint": _text(
            "Fingerprint", "The same for the same fault, though lines move and files are renamed."
        ),
        "suppression": {"$ref": "#/definitions/suppression"},
        "introduced": _text("Introduced", "The commit that brought the finding."),
    },
    ("suppression", "introduced"),
)
_UNCHECKED = _object(
    "Unchecked",
    "A target that could not be examined. It never counts as a pass.",
    {
        "target": _text("Target", "What could not be examined."),
        "reason": _text("Reason", "Why not."),
        "hint": _text("Hint", "The command or edit that mends it."),
        "accepted": {
            "title": "Accepted",
            "description": "Only there where the config says that it need not be examined.",
            "const": True,
        },
    },
    ("accepted",),
)
_FAILURE = _object(
    "Failure",
    "Why the step could not do its job at all.",
    {
        "message": _text("Message", "What happened."),
        "hint": _text("Hint", "What to do about it."),
        "faults": _array(
            "Faults",
            "What is wrong in the config file.",
            _object(
                "Fault",
                "One thing wrong in a config file.",
                {
                    "path": _text("Path", "The config file."),
                    "line": _count("Line", "Counts from 1."),
                    "column": _count("Column", "Counts from 1, in characters."),
                    "setting": _text("Setting", "The setting's path; may be empty."),
                    "message": _text("Message", "What is wrong with it."),
                },
                (),
            ),
        ),
        "traceback": _text("Traceback", "Where launchready broke: only there for a bug."),
    },
    ("faults", "traceback"),
)
_COUNTS = _object(
    "Counts",
    "New findings by severity, then known and suppressed findings and unchecked targets.",
    {
        **{each.label: _count(each.label, "New findings.") for each in reversed(Severity)},
        "known": _count("known", "Known findings of any severity."),
        "suppressed": _count("suppressed", "Suppressed findings of any severity."),
        "unchecked": _count("unchecked", "Targets that could not be examined."),
    },
    (),
)
_REPORT = _object(
    "Report",
    "Everything about one run of one step.",
    {
        "version": _VERSION,
        "tool": _object(
            "Tool",
            "What wrote the report.",
            {
                "name": {"title": "Name", "description": "The tool.", "const": "launchready"},
                "version": _text("Version", "The tool's version."),
            },
            (),
        ),
        "step": _text("Step", "The step that ran, such as secret-scan."),
        "verdict": {"$ref": "#/definitions/verdict"},
        "started": _text("Started", "When the run began, in UTC.", format="date-time"),
        "seconds": {
            "title": "Seconds",
            "description": "How long the run took.",
            "type": "number",
            "minimum": 0,
        },
        "target": {"$ref": "#/definitions/target"},
        "failure": {"$ref": "#/definitions/failure"},
        "notices": _array(
            "Notices",
            "What a reviewer of the change must look at though it is no finding.",
            _object(
                "Notice",
                "One file that decides how the change is judged, and that the change edits.",
                {
                    "path": _text("Path", "The file."),
                    "message": _text("Message", "What happened to it."),
                },
                (),
            ),
        ),
        "findings": _array(
            "Findings",
            "New ones first, then the graver ones, then by place.",
            {"$ref": "#/definitions/finding"},
        ),
        "unchecked": _array(
            "Unchecked",
            "What could not be examined.",
            {"$ref": "#/definitions/unchecked"},
        ),
        "prunable": _array(
            "Prunable",
            "Entries of the baseline that nothing matches any more.",
            {"type": "string"},
        ),
        "counts": _COUNTS,
        "facts": {
            "title": "Facts",
            "description": "What other steps may read: how much was looked at, and what a step"
            " concluded, such as `rollback_safe`.",
            "type": "object",
            "additionalProperties": True,
        },
    },
    ("failure", "notices"),
)
_COMBINED = _object(
    "Combined report",
    "The reports of all steps of one `launchready check`.",
    {
        "version": _VERSION,
        "verdict": {"$ref": "#/definitions/verdict"},
        "reports": _array("Reports", "One per step.", {"$ref": "#/definitions/report"}),
    },
    (),
)
