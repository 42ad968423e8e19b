"""What the rules on browsers and logs leave alone, and their places."""

from pathlib import Path

import pytest
from tests.unit.steps.env_lint.linted import fires, silent

CLIENT = "server-variable-in-client-code"
INLINED = "inlined-by-bundler"
TEXT = "unset-secret-becomes-text"
LOGGED = "whole-environment-logged"

USES = "--- app/a.tsx\n'use client';\nexport const a = process.env.RELEASE_NAME;\n"
VITE = '--- package.json\n{"devDependencies": {"vite": "7"}}\n'
SILENT = {
    "what next.config gives": (
        CLIENT,
        USES + "--- next.config.js\nmodule.exports = { env: { RELEASE_NAME: 'x' } };\n",
    ),
    "what webpack gives": (
        CLIENT,
        USES + "--- next.config.js\nc.push(new EnvironmentPlugin(['RELEASE_NAME']));\n",
    ),
    "a prefix of its own": (
        CLIENT,
        VITE
        + "--- vite.config.ts\nexport default { envPrefix: ['VITE_', 'APP_'] };\n"
        + "--- src/a.ts\nf(import.meta.env.APP_NAME);\n",
    ),
    "import.meta.env without Vite": (CLIENT, "--- src/a.ts\nf(import.meta.env.NAME);\n"),
    "a test": (CLIENT, USES.replace("app/a.tsx", "app/a.test.tsx")),
    "a public name": (
        INLINED,
        "--- next.config.js\nmodule.exports = { env: { A: process.env.MAPS_PUBLIC_KEY } };\n",
    ),
    "a client prefix, of which another rule tells": (
        INLINED,
        "--- next.config.js\nmodule.exports = { env: { A: process.env.NEXT_PUBLIC_MY_SECRET } };\n",
    ),
    "what a schema makes sure of": (
        TEXT,
        (
            "--- src/env.ts\nz.object({ MY_SECRET: z.string() }).parse(process.env);\n"
            "--- src/a.ts\ncreateHmac('sha256', `${process.env.MY_SECRET}`);\n"
        ),
    ),
    "a log of a test": (LOGGED, "--- src/a.test.ts\nconsole.log(process.env);\n"),
}


@pytest.mark.parametrize(("rule", "text"), SILENT.values(), ids=SILENT)
def test_silent(rule: str, text: str, tmp_path: Path) -> None:
    silent(tmp_path, rule, text)


def test_a_name_that_the_config_calls_public_is_left_alone(tmp_path: Path) -> None:
    text = "--- next.config.js\nmodule.exports = { env: { A: process.env.MY_SECRET } };\n"
    fires(tmp_path / "a", INLINED, text)
    silent(tmp_path / "b", INLINED, text, public=("MY_SECRET",))


def test_vite_gives_its_own_names_alone(tmp_path: Path) -> None:
    (found,) = fires(tmp_path, CLIENT, VITE + "--- src/a.ts\nf(import.meta.env.APP_NAME);\n")
    assert "begin with VITE_" in found.message


def test_a_component_has_no_private_names(tmp_path: Path) -> None:
    text = "--- src/a.svelte\n<script>\nimport { MY_KEY } from '$env/static/private';\n</script>\n"
    (found,) = fires(tmp_path, CLIENT, text)
    assert "$env/static/private" in found.message


def test_the_place_of_a_whole_environment_is_that_of_process_env(tmp_path: Path) -> None:
    text = "--- vite.config.ts\nexport default { define: { 'process.env': process.env } };\n"
    (found,) = fires(tmp_path, INLINED, text)
    assert "whole environment" in found.message
    assert getattr(found.location, "column", None) == 43
