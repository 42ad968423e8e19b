"""Holds requests and answers to a fragment of OpenAPI."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import jsonschema
import yaml

FOLDER = Path(__file__).with_name("contracts")


@dataclass(frozen=True)
class Matched:
    """The operation that a request is of, with what it was given."""

    name: str
    path: dict[str, str]
    query: dict[str, str]
    body: Any
    operation: dict[str, Any]


@dataclass(frozen=True)
class Breach:
    """Why a request is none that the vendor takes, with the status that it would answer."""

    status: int
    words: str


class Contract:
    """One vendor's contract, read from contracts/`name`.yaml."""

    def __init__(self, name: str, header: str = "") -> None:
        self._name, self._header = name, header
        self._text = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
        self._paths = [
            (re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path)), methods)
            for path, methods in self._text["paths"].items()
        ]

    def with_header(self, header: str) -> "Contract":
        """The same, with the token in a header field of its own."""
        return Contract(self._name, header)

    @property
    def operations(self) -> set[str]:
        """The names of all operations."""
        told = [o for _, methods in self._paths for o in methods.values()]
        return {o["operationId"] for each in told for o in each.get("x-operations", [each])}

    def match(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes, token: str
    ) -> Matched | Breach:
        """Which operation a request is of, and whether it is as the contract wants it."""
        parts = urlsplit(target)
        found = [(m, each) for p, each in self._paths if (m := p.fullmatch(parts.path))]
        if not found:
            return Breach(404, f"no such path: {parts.path}")
        match, methods = found[0]
        operation = methods.get(method.lower())
        if operation is None:
            return Breach(405, f"{parts.path} does not take {method}")
        if not self._is_authorised(headers, token):
            return Breach(401, "no token, or another one")
        if "x-operations" in operation:  # of GraphQL, which has one path for all
            wanted = _named(body)
            named = [o for o in operation["x-operations"] if o["operationId"] == wanted]
            if not named:
                return Breach(400, "the body names no operation")
            operation = named[0]
        pairs = parse_qsl(parts.query, keep_blank_values=True)
        query = dict(pairs)
        if len(pairs) != len(query):
            query = {n: ",".join(v for m, v in pairs if m == n) for n, _ in pairs}
        wrong = [
            *self._of_headers(operation, headers),
            *self._of_query(operation, query),
            *self._of_body(operation, headers, body),
        ]
        if wrong:
            return Breach(422, "; ".join(wrong))
        path = {name: unquote(value) for name, value in match.groupdict().items()}
        given = json.loads(body) if body else None
        return Matched(operation["operationId"], path, query, given, operation)

    def breach_of_reply(self, matched: Matched, status: int, document: Any) -> str:
        """Why an answer is none that the contract knows; "" where it is one."""
        known = matched.operation["responses"].get(str(status))
        if known is None:
            return f"{matched.name} does not answer {status}"
        schema = _schema(known)
        if schema is None:
            return "" if document is None else f"{matched.name} answers without a body"
        return self._misfit(document, schema)

    def _is_authorised(self, headers: Mapping[str, str], token: str) -> bool:
        if self._header:
            return headers.get(self._header.lower()) == token
        for name in (n for each in self._text.get("security", ()) for n in each):
            scheme = self._text["components"]["securitySchemes"][name]
            if scheme["type"] == "http":
                return headers.get("authorization") == f"Bearer {token}"
            return headers.get(scheme["name"].lower()) == token
        return True

    def _of_headers(self, operation: dict[str, Any], headers: Mapping[str, str]) -> Iterator[str]:
        for known in operation.get("parameters", ()):
            if known["in"] == "header":
                given = headers.get(known["name"].lower(), "")
                wrong = self._misfit(given, known["schema"])
                if wrong:
                    yield f"{known['name']}: {wrong}"

    def _of_query(self, operation: dict[str, Any], query: dict[str, str]) -> Iterator[str]:
        known = {p["name"]: p for p in operation.get("parameters", ()) if p["in"] == "query"}
        for name in query.keys() - known.keys():
            yield f"there is no parameter {name}"
        for name, parameter in known.items():
            if name in query:
                wrong = self._misfit(query[name], parameter["schema"])
                if wrong:
                    yield f"{name}: {wrong}"
            elif parameter.get("required"):
                yield f"{name} is missing"

    def _of_body(
        self, operation: dict[str, Any], headers: Mapping[str, str], body: bytes
    ) -> Iterator[str]:
        known = operation.get("requestBody")
        if not body:
            if known and known.get("required"):
                yield "the body is missing"
            return
        if not known:
            yield "there must be no body"
        elif headers.get("content-type") != "application/json":
            yield "the body is not said to be JSON"
        else:
            wrong = self._misfit(json.loads(body), _schema(known))
            if wrong:
                yield wrong

    def _misfit(self, document: Any, schema: Any) -> str:
        whole = {**_plain(schema), "components": _plain(self._text.get("components", {}))}
        for error in jsonschema.Draft202012Validator(whole).iter_errors(document):
            return f"{error.json_path}: {error.message}"
        return ""


def _named(body: bytes) -> Any:
    document = json.loads(body) if body else None
    return document.get("operationName") if isinstance(document, dict) else None


def _schema(holder: dict[str, Any]) -> Any:
    return holder.get("content", {}).get("application/json", {}).get("schema")


def _plain(schema: Any) -> Any:
    """OpenAPI 3.0's `nullable`, in the words of JSON Schema."""
    if isinstance(schema, list):
        return [_plain(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    plain = {name: _plain(value) for name, value in schema.items() if name != "nullable"}
    return {"anyOf": [plain, {"type": "null"}]} if schema.get("nullable") is True else plain
