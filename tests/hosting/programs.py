"""Stand-ins for the programs of hosts: each keeps a state in a file, and refuses wrong arguments.

A stand-in is a Python script on a PATH of its own. `Program.state` is what it keeps; `ask` and
`faults` in it are common to all: the commands it was given, and what goes wrong with the next that
changes something.
"""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

STAND_INS = Path(__file__).with_name("standins")


@dataclass
class Program:
    """One stand-in in a folder; `environ` finds it."""

    folder: Path
    name: str

    @classmethod
    def of(cls, folder: Path, name: str, **state: Any) -> "Program":
        """Put it there with a state to begin with."""
        made = cls(folder, name)
        script = (STAND_INS / f"{name}.py").read_text(encoding="utf-8")
        path = folder / name
        path.write_text(f"#!{sys.executable} -I\n{script}", encoding="utf-8")
        path.chmod(0o700)
        made.set(asked=[], fault="", **state)
        return made

    @property
    def environ(self) -> dict[str, str]:
        """An environment in which it is the only program."""
        return {"PATH": str(self.folder)}

    @property
    def state(self) -> dict[str, Any]:
        """What it keeps now."""
        found: dict[str, Any] = json.loads(self._path.read_text(encoding="utf-8"))
        return found

    def set(self, **changes: Any) -> None:
        """Change what it keeps."""
        before = self.state if self._path.exists() else {}
        self._path.write_text(json.dumps(before | changes), encoding="utf-8")

    @property
    def _path(self) -> Path:
        return self.folder / f"{self.name}.json"
