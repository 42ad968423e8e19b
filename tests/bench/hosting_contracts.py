"""Whether our contracts of hosts say nothing that the vendors' own specifications do not.

    python -m tests.bench.hosting_contracts FOLDER

FOLDER holds the specifications under the names that the contracts give as `x-specification`:
OpenAPI, Swagger 2 or Heroku's hyper-schema, as JSON. Of each operation are compared: method and
path, the parameters of the query, the fields of the body, and for an answer its status, its fields
with their types and words. What a contract marks as `x-unspecified` may be missing there: it
stands elsewhere, for the reason that is given, and is counted apart. GraphQL (`x-graphql`, an
answer to introspection; needs graphql-core): each document is validated. Ends with 1 where anything
differs.
"""

import importlib
import importlib.util
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import yaml

from tests.hosting.contract import FOLDER

_METHODS = ("get", "put", "post", "patch", "delete")
_DEPTH = 8


class Specification:
    """One vendor's document; `operations` by method and path, names of parameters left out."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._document = document
        self.operations: dict[tuple[str, str], list[dict[str, Any]]] = {}
        server = (document.get("servers") or [{}])[0].get("url", "")
        base = "" if server else document.get("basePath", "")
        for path, methods in document.get("paths", {}).items():
            shared = methods.get("parameters", [])
            for method in methods.keys() & set(_METHODS):
                found = {**methods[method], "parameters": [*shared, *_parameters(methods[method])]}
                for each in {_plain(path), _plain(base + path)}:
                    self.operations.setdefault((method, each), []).append(found)
        for one in document.get("definitions", {}).values() if "paths" not in document else ():
            for link in one.get("links", ()):
                key = link.get("method", "GET").lower(), _plain(unquote(link["href"]))
                self.operations.setdefault(key, []).append(_of_link(link))

    def whole(self, schema: Any, depth: int = _DEPTH) -> dict[str, Any]:
        """A schema with what it refers to and is composed of, as far as it is compared."""
        if not isinstance(schema, dict) or depth == 0:
            return {}
        if "$ref" in schema:
            return self.whole(self._at(schema["$ref"]), depth - 1)
        parts = [
            self.whole(each, depth - 1)
            for kind in ("allOf", "oneOf", "anyOf")
            for each in schema.get(kind, ())
        ]
        whole: dict[str, Any] = {"properties": {}, "types": set(), "words": set(), "items": []}
        for each in parts:
            for name, value in each.get("properties", {}).items():
                whole["properties"].setdefault(name, []).extend(value)
            for kind in ("types", "words"):
                whole[kind] |= each.get(kind, set())
            whole["items"] += each.get("items", [])
        for name, value in schema.get("properties", {}).items():
            whole["properties"].setdefault(name, []).append(value)
        given = schema.get("type", [])
        whole["types"] |= set(given if isinstance(given, list) else [given])
        whole["words"] |= set(map(str, schema.get("enum", ())))
        if "items" in schema:
            whole["items"].append(schema["items"])
        return whole

    def _at(self, pointer: str) -> Any:
        found: Any = self._document
        for name in pointer.removeprefix("#/").split("/"):
            found = found[name.replace("~1", "/").replace("~0", "~")]
        return found


def compared(contract: dict[str, Any], specifications: list[Specification]) -> Iterator[str]:
    """What the contract says and no specification does; `unspecified` begins what is marked."""
    ours = Specification(contract)
    for path, methods in contract["paths"].items():
        for method, operation in methods.items():
            place = f"{method.upper()} {path}"
            candidates = [
                (each, found)
                for each in specifications
                for found in each.operations.get((method, _plain(path)), ())
            ]
            if not candidates and "x-unspecified" in operation:
                yield f"unspecified {place}"
                continue
            told = [list(_of_operation(ours, operation, *each)) for each in candidates]
            wrong = min(told, key=len, default=["there is no such operation"])
            yield from (f"{place}: {each}" for each in wrong)


def _of_operation(
    ours: Specification, operation: dict[str, Any], theirs: Specification, found: dict[str, Any]
) -> Iterator[str]:
    known = {each.get("name") for each in found["parameters"]}
    for each in operation.get("parameters", ()):
        if each["in"] == "query" and each["name"] not in known and "x-unspecified" not in each:
            yield f"no parameter {each['name']}"
    body, taken = _body(operation), _body(found)
    if body:
        yield from _of_schema(ours, body, theirs, [taken], "body")
    for status, answer in operation["responses"].items():
        if not status.startswith("2") or "x-unspecified" in answer:
            continue
        known_answer = found["responses"].get(status, found["responses"].get("any"))
        if known_answer is None:
            yield f"no answer {status}, only {sorted(found['responses'])}"
        elif schema := _content(answer):
            yield from _of_schema(ours, schema, theirs, [_content(known_answer)], "answer")


def _of_schema(
    ours: Specification, mine: Any, theirs: Specification, found: list[Any], place: str
) -> Iterator[str]:
    if "x-unspecified" in mine:
        return
    one = ours.whole(mine)
    other = theirs.whole({"allOf": [each for each in found if each]})
    types, allowed = one["types"] - {"null"}, other["types"] - {"null"}
    if "number" in allowed:
        allowed |= {"integer"}
    if types and allowed and not types <= allowed:
        yield f"{place} is {sorted(allowed)}, not {sorted(types)}"
    if one["words"] and other["words"] and not one["words"] <= other["words"]:
        yield f"{place} is never {sorted(one['words'] - other['words'])}"
    for name, (value, *_) in one["properties"].items():
        inner = f"{place}.{name}"
        if name in other["properties"]:
            yield from _of_schema(ours, value, theirs, other["properties"][name], inner)
        elif other["properties"] and "x-unspecified" not in value:
            yield f"{inner} is not known"
    for each in one["items"] if other["items"] else ():
        yield from _of_schema(ours, each, theirs, other["items"], f"{place}[]")


def of_graphql(contract: dict[str, Any], schema: dict[str, Any]) -> Iterator[str]:
    """What is wrong with the documents of a GraphQL contract, by an answer to introspection."""
    graphql: Any = importlib.import_module("graphql")
    known = graphql.build_client_schema(schema.get("data", schema), assume_valid=True)
    for methods in contract["paths"].values():
        for operation in methods["post"]["x-operations"]:
            document = _body(operation)["properties"]["query"]["const"]
            try:
                wrong = graphql.validate(known, graphql.parse(document))
            except graphql.GraphQLError as error:
                wrong = [error]
            yield from (f"{operation['operationId']}: {each.message}" for each in wrong)


def _plain(path: str) -> str:
    return re.sub(r"\{[^}]*\}", "{}", path)


def _parameters(operation: dict[str, Any]) -> list[dict[str, Any]]:
    return list(operation.get("parameters", ()))


def _of_link(link: dict[str, Any]) -> dict[str, Any]:
    answer = {"schema": link.get("targetSchema")}
    body = {"content": {"application/json": {"schema": link.get("schema")}}}
    return {"parameters": [], "requestBody": body, "responses": {"any": answer}}


def _body(operation: dict[str, Any]) -> Any:
    body = _content(operation.get("requestBody", {}))
    swagger = (p.get("schema") for p in operation.get("parameters", ()) if p.get("in") == "body")
    return body or next(swagger, None)


def _content(holder: dict[str, Any]) -> Any:
    content = holder.get("content", {}).get("application/json", {})
    return holder.get("schema") or content.get("schema")


def main(folder: Path) -> int:
    """Print a line for each contract, and each difference below it."""
    differences = 0
    for file in sorted(FOLDER.glob("*.yaml")):
        contract = yaml.safe_load(file.read_text(encoding="utf-8"))
        if "x-graphql" in contract:
            differences += _graphql(file.stem, contract, folder / contract["x-graphql"])
            continue
        names = contract.get("x-specification", "").split()
        there = [folder / name for name in names if (folder / name).is_file()]
        if not names or len(there) < len(names):
            why = "names no specification" if not names else f"{' and '.join(names)} not there"
            print(f"{file.stem:16} not compared: {why}")
            continue
        read = [Specification(json.loads(each.read_text(encoding="utf-8"))) for each in there]
        told = list(compared(contract, read))
        marked = [each for each in told if each.startswith("unspecified ")]
        wrong = [each for each in told if each not in marked]
        count = sum(map(len, contract["paths"].values()))
        print(
            f"{file.stem:16} {count - len(marked)} of {count} operations compared,"
            f" {len(wrong)} differences"
        )
        print(*(f"    {each}" for each in wrong), sep="\n", end="\n" if wrong else "")
        differences += len(wrong)
    return 1 if differences else 0


def _graphql(name: str, contract: dict[str, Any], file: Path) -> int:
    if not file.is_file() or importlib.util.find_spec("graphql") is None:
        print(f"{name:16} not compared: {file.name} or graphql-core not there")
        return 0
    wrong = list(of_graphql(contract, json.loads(file.read_text(encoding="utf-8"))))
    print(f"{name:16} its documents are held to the schema, {len(wrong)} differences")
    print(*(f"    {each}" for each in wrong), sep="\n", end="\n" if wrong else "")
    return len(wrong)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
