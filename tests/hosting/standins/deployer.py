"""A deploy script of somebody's own: live, list, busy, go ID COMMIT WHY, stop ID, freeze, thaw."""

import json
import os
import pathlib
import sys
import time

PLACE = pathlib.Path(__file__).with_name("deployer.json")
STATE = json.loads(PLACE.read_text())
COMMITS = {"good": "a" * 40, "bad": "b" * 40, "next": "c" * 40}


def fail(words: str, code: int = 1) -> None:
    sys.stderr.write(words + "\n")
    sys.exit(code)


def save() -> None:
    PLACE.write_text(json.dumps(STATE))


def go(name: str, commit: str, why: str) -> None:
    fault = STATE["fault"]
    STATE["fault"] = ""
    save()
    if fault.startswith("says "):
        fail(os.path.expandvars(fault[5:]), 3)
    if fault == "sleeps":
        time.sleep(60)
    if COMMITS.get(name) != commit:
        fail("no such release: " + name)
    if fault != "idle":
        STATE["live"] = name
        save()
    if fault == "done":
        fail("cannot write the log", 4)


verb, given = sys.argv[1], sys.argv[2:]
STATE["asked"].append(sys.argv[1:])
save()
if verb == "live" and not given:
    print(STATE.get("says") or f"{STATE['live']} {COMMITS[STATE['live']]}")
elif verb == "list" and not given:
    print("\n".join(f"{each} {COMMITS[each]}" for each in ("good", "bad")))
elif verb == "busy" and not given:
    print("\n".join(STATE["busy"]))
elif verb == "go" and len(given) == 3:
    go(*given)
elif verb == "stop" and given == STATE["busy"]:
    STATE["busy"] = []
elif verb in ("freeze", "thaw") and not given:
    STATE["frozen"] = verb == "freeze"
else:
    fail("usage: deployer live|list|busy|go|stop|freeze|thaw", 2)
save()
