"""Functions that read the variable that they are told, and calls of them in other files."""

from pathlib import Path

import pytest
from tests.unit.steps.env_lint.linted import observed

from launchready.facts.environment import EnvironmentFacts, Read

LIB = """--- src/lib/env.ts
export function requireEnv(name: string) {
  const value = process.env[name];
  if (!value) throw new Error(name);
  return value;
}
"""
CASES = {
    "a call in a file that names no environment": (
        LIB
        + "--- src/a.ts\nimport { requireEnv } from './lib/env';\nf(requireEnv('STRIPE_KEY'));\n",
        ["STRIPE_KEY required by requireEnv"],
    ),
    "a call in the same file": (
        LIB + "f(requireEnv('STRIPE_KEY'));\n",
        ["STRIPE_KEY required by requireEnv"],
    ),
    "by way of another function": (
        LIB + "--- src/b.ts\nexport const secretOf = (key: string) => requireEnv(key);\n"
        "--- src/c.ts\nf(secretOf('STRIPE_KEY'));\n",
        ["STRIPE_KEY required by secretOf"],
    ),
    "by way of two": (
        LIB + "--- src/b.ts\nexport const secretOf = (key: string) => requireEnv(key);\n"
        "--- src/c.ts\nexport const settingOf = (key: string) => secretOf(key);\n"
        "--- src/d.ts\nf(settingOf('STRIPE_KEY'));\n",
        ["STRIPE_KEY required by settingOf"],
    ),
    "a method": (
        (
            "--- src/a.ts\nclass Settings { readEnv(name: string) { return process.env[name] } }\n"
            "--- src/b.ts\nf(settings.readEnv('A_B') ?? 'd');\n"
        ),
        ["A_B default=d by readEnv"],
    ),
    "a fallback that a function around it takes": (
        (
            "--- src/a.ts\nexport const readEnv = (n: string) => process.env[n];\n"
            "--- src/b.ts\nexport function numberEnv(name: string, defaultValue: number) {\n"
            "  const value = readEnv(name);\n  return value ? Number(value) : defaultValue;\n}\n"
            "--- src/c.ts\nf(numberEnv('A_B', 3), numberEnv('C_D'));\n"
        ),
        ["A_B default=3 by numberEnv", "C_D required by numberEnv"],
    ),
    "an import that nothing else tells of": (
        (
            "--- src/a.ts\nimport { env } from 'std-env';\n"
            "export const readEnv = (n: string) => env[n];\n--- src/b.ts\nf(readEnv('A_B'));\n"
        ),
        ["A_B required by readEnv"],
    ),
    "a parameter that takes its place": (
        (
            "--- src/a.ts\nexport const readEnv = (n: string, d?: string) => process.env[n] ?? d;\n"
            "--- src/b.ts\nf(readEnv('A_B', 'd'), readEnv('C_D'));\n"
        ),
        ["A_B default=d by readEnv", "C_D required by readEnv"],
    ),
    "a parameter with a default of its own": (
        (
            "--- src/a.ts\nexport const readEnv = (n: string, d = '') => process.env[n] ?? d;\n"
            "--- src/b.ts\nf(readEnv('A_B'));\n"
        ),
        ["A_B default by readEnv"],
    ),
    "the second argument": (
        (
            "--- src/a.ts\nexport const readEnv = (log: Log, key: string) => process.env[key]!;\n"
            "--- src/b.ts\nf(readEnv(log, 'A_B'), readEnv('C_D', x));\n"
        ),
        ["A_B required by readEnv"],
    ),
    "a test of the same name": (
        (
            "--- src/a.ts\nexport const readEnv = (key: string) => process.env[key];\n"
            "--- src/b.ts\nif (readEnv('A_B')) f(readEnv('A_B'));\nf(readEnv('A_B'));\n"
        ),
        [
            "A_B guarded by readEnv",
            "A_B guarded by readEnv",
            "A_B required by readEnv",
        ],
    ),
    "a list": (
        LIB + "for (const key of ['A_B', 'C_D']) requireEnv(key);\n",
        ["A_B required by requireEnv", "C_D required by requireEnv"],
    ),
    "a common name that is imported": (
        (
            "--- src/conf/env.ts\nexport const get = (key: string) => process.env[key]!;\n"
            "--- src/b.ts\nimport { get } from './conf/env';\nf(get('A_B'));\n"
        ),
        ["A_B required by get"],
    ),
    "a common name of something else": (
        (
            "--- src/conf/env.ts\nexport const get = (key: string) => process.env[key]!;\n"
            "--- src/b.ts\nimport { get } from './http';\nf(get('A_B'), process.env);\n"
        ),
        [],
    ),
    "no reader at all": (
        (
            "--- src/a.ts\nexport const requireEnv = (key) => table[key];\nf(process.env);\n"
            "--- src/b.ts\nf(requireEnv('A_B'));\n"
        ),
        [],
    ),
    "a call in a comment": (LIB + "// requireEnv('STRIPE_KEY')\n", []),
}


def _told(reads: tuple[Read, ...]) -> list[str]:
    return sorted(
        f"{read.name} {read.need.value}"
        + (f"={read.default.reveal()}" if read.default else "")
        + f" by {read.wrapper}"
        for read in reads
        if read.wrapper
    )


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_calls_of_wrappers_are_reads(text: str, expected: list[str], tmp_path: Path) -> None:
    seen = observed(tmp_path, text)
    (facts,) = (each for each in seen if isinstance(each, EnvironmentFacts))
    assert _told(facts.reads) == expected


def test_the_place_is_that_of_the_name(tmp_path: Path) -> None:
    seen = observed(tmp_path, LIB + "--- src/a.ts\nf(requireEnv('STRIPE_KEY'));\n")
    (facts,) = (each for each in seen if isinstance(each, EnvironmentFacts))
    (read,) = (each for each in facts.reads if each.wrapper)
    at = read.location
    assert (at.path, at.line, at.column, at.end_column) == ("src/a.ts", 1, 15, 25)
