"""Whether a JSON answer fits a schema. What the answer holds is not quoted."""

import json
from pathlib import Path
from typing import Any

from launchready.facts.web import Response
from launchready.model import Unchecked

_MOST = 1 << 20


def misfit(path: Path, name: str, response: Response) -> str | Unchecked:
    """In what it does not fit the schema in a file of the repository, "" where it does."""
    try:
        from jsonschema import exceptions, validators
    except ImportError:
        return _unchecked(
            response, "jsonschema is not installed", 'pip install "launchready[native]"'
        )
    schema = _schema(path)
    if schema is None:
        return _unchecked(response, f"{name} holds no JSON", "mend or remove `schema` at the route")
    try:
        document = json.loads(response.text)
    except (ValueError, RecursionError):
        return "it is not JSON"
    kind = validators.validator_for(schema)
    try:
        kind.check_schema(schema)
        found = exceptions.best_match(kind(schema).iter_errors(document))
    except Exception:  # noqa: BLE001 - a schema may be wrong in any way, or refer to elsewhere
        return _unchecked(response, f"{name} is no JSON Schema", "mend the schema")
    if found is None:
        return ""
    place = found.json_path if len(found.json_path) < 120 else "$…"
    return f"its JSON does not fit {name}: `{found.validator}` at `{place}`"


def _schema(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes()[:_MOST])
    except (OSError, ValueError, RecursionError):
        return None


def _unchecked(response: Response, reason: str, hint: str) -> Unchecked:
    return Unchecked(target=f"the JSON of {response.url}", reason=reason, hint=hint)
