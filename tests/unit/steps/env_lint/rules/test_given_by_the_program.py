"""A variable that the program gives to a process that it starts is for no template."""

from pathlib import Path

import pytest
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


VITE = """\
--- package.json
{"dependencies": {"vite": "8"}}
--- .env.example
A=
--- vite.config.ts
export default defineConfig({ define: { "import.meta.env.%s": %s } });
--- src/main.ts
show(import.meta.env.TOOL_VERSION, import.meta.env.TOOL_KEY!);
"""


@pytest.mark.parametrize("rule", ["undeclared-variable", "server-variable-in-client-code"])
def test_what_vite_is_told_to_define_is_given(rule: str, tmp_path: Path) -> None:
    given = VITE.replace("TOOL_VERSION, import.meta.env.", "")
    silent(tmp_path / "a", rule, given % ("TOOL_KEY", "JSON.stringify(made)"))
    fires(tmp_path / "b", rule, given % ("OTHER_KEY", "JSON.stringify(made)"))


def test_what_vite_only_hands_on_is_not(tmp_path: Path) -> None:
    text = VITE % ("TOOL_KEY", "JSON.stringify(process.env.TOOL_KEY)")
    (found,) = fires(tmp_path, "read-but-undeclared", text)
    assert "'TOOL_KEY'" in found.message


TYPES = """\
--- .env.example
LISTED=
--- src/types.d.ts
declare namespace NodeJS { interface Process { %s: { SHOP_DOMAIN: string } } }
--- src/a.ts
use(process.env.SHOP_DOMAIN!);
"""


def test_the_type_of_the_environment_tells_of_variables(tmp_path: Path) -> None:
    silent(tmp_path / "a", "undeclared-variable", TYPES % "env")
    fires(tmp_path / "b", "undeclared-variable", TYPES % "title")


NESTED = "--- .env.example\nPAY__ENDPOINT_SECRET=\nDB__USER=\n--- app/a.rb\nuse(%s)\n"


def test_the_last_part_of_a_nested_name_may_be_what_code_reads(tmp_path: Path) -> None:
    (found,) = fires(tmp_path / "a", "unused-variable", NESTED % "Pay.dig(:endpoint_secret)")
    assert found.identity == "DB__USER"
    assert len(fires(tmp_path / "b", "unused-variable", NESTED % "Pay.dig(:endpoint)")) == 2
