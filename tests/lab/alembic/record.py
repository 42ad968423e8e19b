"""Records what Alembic itself writes for the revisions of `project.txt`, as `--sql` has it.

    PYTHONPATH=src:. python -m tests.lab.alembic.record

It needs Alembic and SQLAlchemy, and no database. The answers are data: the tests need neither.
"""

import io
import json
import re
import tempfile
from itertools import pairwise
from pathlib import Path

from tests.lab.django.record import unpack

HERE = Path(__file__).parent
REVISIONS = ("base", "a1", "b2", "c3", "d4")


def main() -> None:
    """Write `truth.json`."""
    from alembic import command
    from alembic.config import Config

    found: dict[str, dict[str, list[str]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        unpack((HERE / "project.txt").read_text(encoding="utf-8"), Path(folder))
        for old, new in pairwise(REVISIONS):
            found[new] = {}
            for side, words in (("up", f"{old}:{new}"), ("down", f"{new}:{old}")):
                if new == "d4" and side == "down":
                    continue  # it raises
                buffer = io.StringIO()
                config = Config(output_buffer=buffer)
                config.set_main_option("script_location", f"{folder}/migrations")
                run = command.upgrade if side == "up" else command.downgrade
                run(config, words, sql=True)
                found[new][side] = statements(buffer.getvalue())
    (HERE / "truth.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def statements(text: str) -> list[str]:
    """The statements of a script, without Alembic's own transaction and bookkeeping."""
    parts = (part.strip() for part in re.split(r";\n", re.sub(r"(?m)^-- .*$", "", text)))
    return [
        part for part in parts if part and not re.match(r"BEGIN|COMMIT|.*alembic_version", part)
    ]


if __name__ == "__main__":
    main()
