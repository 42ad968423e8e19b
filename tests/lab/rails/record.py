"""Records what Active Record itself sends for the migrations of `project.txt`, up and down.

    PYTHONPATH=src:. python -m tests.lab.rails.record

It needs Ruby with Active Record and pg (Debian: ruby-activerecord, ruby-pg), and a PostgreSQL
server. The answers are data, so that the tests need none of these. Those of `newer` are of Active
Record 7.2, as a checkout of Rails named in RUBYLIB has it:

    PYTHONPATH=src:. RUBYLIB=… python -m tests.lab.rails.record newer
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from launchready.gateways.postgres.throwaway import throwaway_postgres
from launchready.model import Unchecked
from tests.lab.django.record import unpack

HERE = Path(__file__).parent
VERSION = "6.1"
"""Of Active Record, that the answers are of: it sends what the migrations of its time ask for."""


def why_not(version: str = VERSION) -> str:
    """Why it cannot be recorded here; "" where it can."""
    ruby = shutil.which("ruby")
    if ruby is None:
        return "no Ruby is installed"
    words = "require 'active_record'; require 'pg'; print ActiveRecord.version"
    asked = subprocess.run((ruby, "-e", words), check=False, capture_output=True, text=True)
    if asked.returncode:
        return "Ruby has no Active Record, or no pg"
    found = asked.stdout
    is_same = found.startswith(f"{version}.")
    return "" if is_same else f"Active Record is of version {found}, not {version}"


def record(target: Path, source: Path = HERE) -> str:
    """Write what was sent to a file; "" or why it could not be done."""
    with tempfile.TemporaryDirectory() as folder, throwaway_postgres() as server:
        if isinstance(server, Unchecked):
            return server.reason
        unpack((source / "project.txt").read_text(encoding="utf-8"), Path(folder))
        environ = {**os.environ, **server.environ(server.create_database())}
        words = ("ruby", str(HERE / "record.rb"), folder, str(target))
        ran = subprocess.run(words, check=False, env=environ, capture_output=True, text=True)
        return "" if ran.returncode == 0 else ran.stderr[:2000]


if __name__ == "__main__":
    if sys.argv[1:] == ["newer"]:
        sys.exit(why_not("7.2") or record(HERE / "newer" / "truth.json", HERE / "newer") or 0)
    sys.exit(why_not() or record(HERE / "truth.json") or 0)
