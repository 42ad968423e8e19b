"""A variable that the program gives to a process that it starts is for no template."""

from pathlib import Path

from tests.unit.steps.env_lint.linted import fires, silent

_STARTED = """--- .env.example
DATABASE_URL=
--- src/start.ts
connect(process.env.DATABASE_URL!);
spawn('node', ['child.js'], { env: { ...process.env, %s: String(process.pid) } });
--- src/child.ts
watch(parseInt(process.env.PARENT_PID!, 10));
"""


def test_what_a_process_is_started_with_is_asked_of_nobody(tmp_path: Path) -> None:
    silent(tmp_path / "a", "undeclared-variable", _STARTED % "PARENT_PID")
    silent(tmp_path / "b", "absent-from-template", _STARTED % "PARENT_PID")
    fires(tmp_path / "c", "undeclared-variable", _STARTED % "OTHER_PID")
