"""kamal, as far as a rollback needs it: two servers, and a deploy lock."""

import json
import os
import pathlib
import sys

PLACE = pathlib.Path(__file__).with_name("kamal.json")
STATE = json.loads(PLACE.read_text())
SERVERS = ("192.0.2.1", "192.0.2.2")


def fail(words: str) -> None:
    PLACE.write_text(json.dumps(STATE))
    sys.stderr.write(words + "\n")
    sys.exit(1)


def by_host(*outputs: str) -> None:
    for server, output in zip(SERVERS, outputs, strict=True):
        print(f"  INFO [8f3a] Running docker ps on {server}")
        print(f"App Host: {server}\n{output}\n")


def locked() -> None:
    if STATE["lock"]:
        print("Deploy lock already in place!")
        fail("  ERROR (Kamal::Cli::LockError): Deploy lock found. Run 'kamal lock help'")


def rollback(version: str) -> None:
    if STATE["fault"].startswith("says "):
        fail(os.path.expandvars(STATE["fault"][5:]))
    locked()
    if version not in STATE["containers"]:
        print(f"The app version '{version}' is not available as a container")
        return
    if STATE["fault"] == "half":
        STATE["live"][0] = version
        fail("  ERROR (SSHKit::Runner::ExecuteError): Exception while executing on host 192.0.2.2")
    if STATE["fault"] != "idle":
        STATE["live"] = [version, version]
    if STATE["fault"] == "hook":
        fail("  ERROR (Kamal::Cli::HookError): Hook `post-deploy` failed")
    print("  Finished all in 3.0 seconds")


given = sys.argv[1:]
STATE["asked"].append(given)
if given[-1:] != ["--destination=production"]:
    fail("  ERROR (Kamal::ConfigurationError): no destination")
match given[:-1]:
    case ["app", "version"]:
        print(STATE["says"]) if "says" in STATE else by_host(*STATE["live"])
    case ["app", "containers"]:
        table = "\n".join(f"1f0a  shop:{v}  Exited (0)  shop-web-{v}" for v in STATE["containers"])
        by_host(*[f"CONTAINER ID  IMAGE  STATUS  NAMES\n{table}"] * 2)
    case ["lock", "status"]:
        print(STATE["lock"] or "There is no deploy lock")
    case ["lock", "acquire", message] if message.startswith("--message="):
        locked()
        STATE["lock"] = (
            f"Locked by: CI at 2026-11-01T10:00:00Z\nVersion: x\nMessage: {message[10:]}"
        )
    case ["lock", "release"]:
        STATE["lock"] = ""
    case ["rollback", version]:
        rollback(version)
    case _:
        fail('Could not find command "' + " ".join(given) + '".')
PLACE.write_text(json.dumps(STATE))
