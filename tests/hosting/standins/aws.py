"""aws, as far as a rollback of a Lambda alias needs it."""

import json
import os
import pathlib
import sys
from typing import Any

PLACE = pathlib.Path(__file__).with_name("aws.json")
STATE = json.loads(PLACE.read_text())
COMMITS = {"1": "a" * 40, "2": "b" * 40, "$LATEST": "a" * 40}


def end(words: str) -> None:
    PLACE.write_text(json.dumps(STATE))
    sys.stderr.write(words + "\n")
    sys.exit(254)


def version(number: str) -> dict[str, Any]:
    if number not in COMMITS:
        end("An error occurred (ResourceNotFoundException) when calling it: Function not found")
    at = "2026-11-01T10:00:00.000+0000"
    return {"Version": number, "Description": f"commit {COMMITS[number]}", "LastModified": at}


service, verb, *options = sys.argv[1:]
given = dict(option.partition("=")[::2] for option in options)
STATE["asked"].append(sys.argv[1:])
common = (given.pop("--function-name"), given.pop("--output"), given.pop("--region"))
if (service, *common, given.pop("--no-cli-pager")) != ("lambda", "shop", "json", "eu-west-1", ""):
    end("usage: aws lambda")
match verb, given:
    case "get-alias", {"--name": "live"}:
        weights = {"AdditionalVersionWeights": STATE["weights"]}
        alias = {"Name": "live", "FunctionVersion": STATE["live"], "RoutingConfig": weights}
        print(STATE.get("says") or json.dumps(alias))
    case "get-function-configuration", {"--qualifier": number}:
        print(STATE.get("tells") or json.dumps(version(number)))
    case "list-versions-by-function", {}:
        print(STATE.get("lists") or json.dumps({"Versions": [version(n) for n in COMMITS]}))
    case "update-alias", {
        "--name": "live",
        "--function-version": number,
        "--routing-config": "AdditionalVersionWeights={}",
    }:
        if STATE["fault"].startswith("says "):
            end(os.path.expandvars(STATE["fault"][5:]))
        version(number)
        if STATE["fault"] != "idle":
            STATE["live"] = number
        if STATE["fault"] == "lost":
            end("Connection was closed before we received a valid response")
    case _:
        end("usage: aws lambda [options]")
PLACE.write_text(json.dumps(STATE))
