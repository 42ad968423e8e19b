"""kubectl, as far as a rollback needs it: one Deployment, `web` of the namespace `shop`."""

import json
import os
import pathlib
import sys
from typing import Any

PLACE = pathlib.Path(__file__).with_name("kubectl.json")
STATE = json.loads(PLACE.read_text())
OWNER = {"kind": "Deployment", "name": "web", "uid": "1", "apiVersion": "apps/v1"}


def fail(words: str, code: int = 1) -> None:
    sys.stderr.write(words + "\n")
    sys.exit(code)


def revision(number: int) -> dict[str, Any]:
    return {"deployment.kubernetes.io/revision": str(number)}


def replica_set(each: dict[str, Any]) -> dict[str, Any]:
    labels = {"app": "web", "release": each["commit"]}
    image = f"registry.example/shop:{each['commit']}"
    return {
        "kind": "ReplicaSet",
        "metadata": {
            "name": each["name"],
            "annotations": revision(each["revision"]),
            "ownerReferences": [OWNER],
            "creationTimestamp": "2026-11-01T10:00:00Z",
        },
        "spec": {
            "template": {
                "metadata": {"labels": labels},
                "spec": {"containers": [{"name": "web", "image": image}]},
            }
        },
    }


def newest() -> dict[str, Any]:
    return max(STATE["sets"], key=lambda each: each["revision"])


def deployment() -> dict[str, Any]:
    ready = 1 if STATE["fault"] == "stuck" else 2
    reason = (
        "ProgressDeadlineExceeded" if STATE["fault"] == "deadline" else "NewReplicaSetAvailable"
    )
    return {
        "kind": "Deployment",
        "metadata": {"name": "web", "generation": 7, "annotations": revision(newest()["revision"])},
        "spec": {"replicas": 2, "paused": STATE["paused"]},
        "status": {
            "observedGeneration": 6 if STATE["fault"] == "unseen" else 7,
            "replicas": 2,
            "updatedReplicas": 2,
            "availableReplicas": ready,
            "conditions": [{"type": "Progressing", "status": "True", "reason": reason}],
        },
    }


def undo(option: str) -> None:
    name, _, number = option.partition("=")
    if name != "--to-revision" or not number.isdigit() or number == "0":
        fail(f'error: invalid argument "{number}" for "--to-revision" flag', 1)
    if STATE["paused"]:
        fail("error: cannot rollback a paused deployment; resume it first")
    found = [each for each in STATE["sets"] if each["revision"] == int(number)]
    if not found:
        fail(f"error: unable to find specified revision {number} in history")
    if STATE["fault"] != "idle":
        found[0]["revision"] = newest()["revision"] + 1
    print("deployment.apps/web rolled back")


def rollout(verb: str, name: str, *more: str) -> None:
    if name != "deployment/web":
        fail(f'Error from server (NotFound): deployments.apps "{name}" not found')
    if STATE["fault"].startswith("says "):
        fail(os.path.expandvars(STATE["fault"][5:]))
    if verb == "undo" and len(more) == 1:
        undo(more[0])
    elif verb in ("pause", "resume") and not more:
        STATE["paused"] = verb == "pause"
    else:
        fail(f"error: unknown command {verb}")
    if STATE["fault"] == "lost":
        fail("error: unexpected EOF")


given = sys.argv[1:]
STATE["asked"].append(given)
if given[:2] != ["--context=prod", "--namespace=shop"]:
    fail("error: no context exists with that name", 1)
given = given[2:]
if given == ["get", "deployment", "web", "--output=json"]:
    print(STATE.get("says") or json.dumps(deployment()))
elif given == ["get", "replicasets", "--output=json"]:
    other = replica_set({"name": "blog-1", "revision": 9, "commit": "d" * 40})
    other["metadata"]["ownerReferences"][0] = dict(OWNER, name="blog")
    print(json.dumps({"kind": "List", "items": [other, *map(replica_set, STATE["sets"])]}))
elif given[:1] == ["rollout"] and len(given) > 2:
    try:
        rollout(*given[1:])
    finally:
        PLACE.write_text(json.dumps(STATE))
else:
    fail("error: unknown command")
PLACE.write_text(json.dumps(STATE))
