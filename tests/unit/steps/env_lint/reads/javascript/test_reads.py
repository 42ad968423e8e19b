"""Reads in scripts: which names, and what becomes of a variable that is not set."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.steps.env_lint.reads.javascript.told import facts_of, reads_of

from launchready.facts.environment import CodeFacts, DynamicRead, SourceFile
from launchready.steps.env_lint.reads.javascript import read

PLACES = {
    "a member": ("f(process.env.A)", ["A required"]),
    "a subscript": ("f(process.env['A'])", ["A required"]),
    "optional chains": ("process?.env?.A", ["A required"]),
    "env as a subscript": ("f(process['env'].A)", ["A required"]),
    "through globalThis": ("f(globalThis.process.env.A)", ["A required"]),
    "a type told": ("f((process.env as any).A)", ["A required"]),
    "Vite": ("f(import.meta.env.VITE_A)", ["VITE_A required"]),
    "what Vite itself says": ("f(import.meta.env.MODE, import.meta.env.DEV)", []),
    "Deno": ("f(Deno.env.get('A'), Deno.env.has('B'))", ["A required", "B guarded"]),
    "Bun": ("f(Bun.env.A)", ["A required"]),
    "an import": ("import { env } from 'node:process'; f(env.A)", ["A required"]),
    "an import by another name": ("import { env as e } from 'process'; f(e.A)", ["A required"]),
    "the same name of another module": ("import { env } from './env'; f(env.A)", []),
    "taken out of process": ("const { env } = process; f(env.A)", ["A required"]),
    "an alias": ("const e = process.env; f(e.A)", ["A required"]),
    "an alias of an alias": ("const e = process.env; const g = e; f(g.A)", ["A required"]),
    "a copy": ("const e = { ...process.env }; f(e.A)", ["A required"]),
    "an alias elsewhere": ("function g() { const e = process.env } f(e.A)", []),
    "a parameter of the same name": ("const e = process.env; (e) => e.A", []),
    "a typed parameter": ("function g(e: NodeJS.ProcessEnv) { f(e.A) }", ["A required"]),
    "a parameter with a default": ("function g(e = process.env) { f(e.A) }", ["A required"]),
    "a function called with it": ("function g(e) { f(e.A) } g(process.env)", ["A required"]),
    "loadEnv of Vite": ("const e = loadEnv(mode, '.', ''); f(e.A)", ["A required"]),
    "a pattern": (
        "const { A, B: b = 'd', ['C']: c } = process.env",
        ["A required", "B default=d", "C required"],
    ),
    "a sum of texts": ("f(process.env['A' + '_B'])", ["A_B required"]),
    "a list": ("for (const n of ['A', 'B']) f(process.env[n])", ["A required", "B required"]),
    "a named list": ("const L = ['A'] as const; L.map((n) => process.env[n])", ["A required"]),
    "a table": (
        "const N = { a: 'A', b: 'B' }; f(process.env[N[x]])",
        ["A required", "B required"],
    ),
    "a constant": ("const N = 'A'; f(process.env[N])", ["A required"]),
    "one of two": ("f(process.env[x ? 'A' : 'B'])", ["A required", "B required"]),
    "a comment": ("// process.env.A\n/* process.env.B */", []),
    "a string": ("f('process.env.A', `import.meta.env.B`)", []),
    "another's member": ("f(my.process.env.A, subprocess.env.B)", ["A required"]),
    "set, not read": ("process.env.A = '1'; delete process.env.B", []),
    "a function of the object": ("process.env.hasOwnProperty('A')", ["A guarded"]),
    "a bare in": ("f('A' in process.env)", ["A guarded"]),
}


@pytest.mark.parametrize(("text", "expected"), PLACES.values(), ids=PLACES)
def test_names_are_found_in_code_alone(text: str, expected: list[str]) -> None:
    assert reads_of(text) == expected


NEEDS = {
    "non-null": ("f(process.env.A!)", "A required"),
    "as string": ("f(process.env.A as string)", "A required"),
    "template": ("f(`x${process.env.A}`)", "A required"),
    "default": ("f(process.env.A ?? 'd')", "A default=d"),
    "empty default": ("f(process.env.A || '')", "A default="),
    "default after a type": ("f((process.env.A as string) || 'd')", "A default=d"),
    "nothing as a default": ("f(process.env.A ?? undefined)", "A guarded"),
    "a made default": ("f(process.env.A ?? randomBytes(32))", "A default=randomBytes()"),
    "a default that throws": ("f(process.env.A ?? throwError('A'))", "A required"),
    "a default held by a constant": ("const D = 'd'; f(process.env.A ?? D)", "A default=d"),
    "a condition": ("if (process.env.A) f()", "A guarded truth"),
    "a negated condition": ("if (!process.env.A) f()", "A guarded truth"),
    "a condition that throws": ("if (!process.env.A) { throw new Error() }", "A required"),
    "a condition that ends": ("if (!process.env.A) process.exit(1)", "A required"),
    "an else that throws": ("if (process.env.A) f(); else throw 1", "A required"),
    "an error of the server": (
        "if (!process.env.A) { return Response.json({}, { status: 500 }) }",
        "A required",
    ),
    "and": ("process.env.A && f()", "A guarded truth"),
    "ternary": ("f(process.env.A ? 1 : 2)", "A guarded truth"),
    "typeof": ("if (typeof process.env.A === 'undefined') f()", "A guarded"),
    "boolean": ("f(process.env.A === 'true')", "A guarded boolean"),
    "Boolean": ("f(Boolean(process.env.A))", "A guarded truth"),
    "another value": ("f(token === process.env.A)", "A required"),
    "integer": ("f(parseInt(process.env.A!, 10))", "A required integer"),
    "integer with a default": ("f(parseInt(process.env.A || '3', 10))", "A default=3 integer"),
    "number with a late default": ("f(Number(process.env.A) || 5)", "A default=5 number"),
    "url": ("new URL(process.env.A)", "A required url"),
    "json": ("JSON.parse(process.env.A ?? '{}')", "A default={} json"),
    "list": ("f(process.env.A.split(','))", "A required list"),
    "optional list": ("f(process.env.A?.split(',') ?? [])", "A default list"),
    "assigned default": ("process.env.A ??= 'd'", "A default=d"),
    "a variable with a default": ("const a = process.env.A; f(a ?? 'd')", "A default=d"),
    "a variable that is tested": ("const a = process.env.A; if (a) f(a)", "A guarded truth"),
    "a variable or a throw": ("const a = process.env.A; if (!a) throw 1", "A required"),
    "what a service takes besides": ("f(a ? new S(a, process.env.A) : null)", "A guarded"),
    "what a service takes always": ("f(new S(a, process.env.A))", "A required"),
    "a list with a sieve": ("f([process.env.A, b].filter(Boolean))", "A guarded"),
    "a list without": ("f([process.env.A, b].map(g))", "A required"),
    "a variable": ("const a = process.env.A; f(a)", "A required"),
    "a variable of elsewhere": (
        "let a; a = process.env.A; if (!b || !a) stop(a)",
        "A guarded truth",
    ),
    "a table": (
        "const T = { a: process.env.A }; const t = T[x]; if (!t) stop()",
        "A guarded truth",
    ),
    "a list that is sifted": ("f([process.env.A, b].filter(Boolean))", "A guarded"),
    "a list": ("f([process.env.A, b].map(g))", "A required"),
    "a table that is not asked": ("const T = { a: process.env.A }; f(T.a, T.b?.c)", "A required"),
    "a pattern that is tested": ("const { A } = process.env; if (A) f(A)", "A guarded truth"),
}


@pytest.mark.parametrize(("text", "expected"), NEEDS.values(), ids=NEEDS)
def test_what_becomes_of_the_value_tells_whether_it_is_needed(text: str, expected: str) -> None:
    text = f"function g() {{ {text} }}" if "return" in text else text
    assert reads_of(text) == [expected]


PROTECTED = {
    "inside the test": "if (process.env.A) { f(process.env.A!) } else { g() }",
    "after an early end": "function g() { if (!process.env.A) return; f(`${process.env.A}`) }",
    "after and": "process.env.A && f(process.env.A)",
    "in the same condition": "if (process.env.A && g(process.env.A)) f()",
    "where a flag says so": "const is = !!process.env.A; f(is ? process.env.A : '')",
    "in another test that hangs on it": (
        "let base = ''; if (process.env.A) { base = '/a' }"
        " const c = { ...(base && { url: `https://${process.env.A}` }) }"
    ),
    "in the ternary": "f(process.env.A ? new URL(process.env.A) : null)",
}


@pytest.mark.parametrize("text", PROTECTED.values(), ids=PROTECTED)
def test_a_test_of_the_name_protects_what_it_leads_to(text: str) -> None:
    assert [read.split()[1] for read in reads_of(text)] == ["guarded", "guarded"]


def test_what_a_test_does_not_lead_to_is_not_protected() -> None:
    text = "if (process.env.A) { g() }\nf(process.env.A)"
    assert reads_of(text) == ["A guarded truth", "A required"]


def test_a_flag_that_says_the_opposite_protects_nothing() -> None:
    text = "const lacks = !process.env.A; f(lacks ? process.env.A : '')"
    assert reads_of(text) == ["A guarded truth", "A required"]


def test_one_of_two_names_will_do() -> None:
    text = "if (!process.env.A && !process.env.B) throw new Error()"
    assert [read.split()[1] for read in reads_of(text)] == ["guarded", "guarded"]
    assert reads_of("f(process.env.A || process.env.B)") == ["A guarded", "B guarded"]


def test_names_made_at_run_time_tell_their_ends() -> None:
    facts = facts_of("f(process.env[`STRIPE_${region}_KEY`], process.env['A_' + x])")
    assert [(read.begins, read.ends) for read in facts.dynamic_reads] == [
        ("STRIPE_", "_KEY"),
        ("A_", ""),
    ]
    assert isinstance(facts.dynamic_reads[0], DynamicRead)


def test_names_that_are_picked_by_their_beginning_are_known_by_it() -> None:
    text = "Object.keys(process.env).filter((key) => key.startsWith('FEATURE_')); f(process.env)"
    assert [read.begins for read in facts_of(text).dynamic_reads] == ["FEATURE_"]


SLOW = {
    "nested": ("(" * 5000 + "process.env.A;" * 40, "nested too deeply"),
    "broken": ("if (process.env.A) {" * 4000, "does not parse"),
    "more than people write": ("process.env.A;" * 11000, "more variables than"),
}


@pytest.mark.parametrize(("text", "problem"), SLOW.values(), ids=SLOW)
def test_what_would_take_for_ever_is_given_up_and_said(text: str, problem: str) -> None:
    assert problem in facts_of(text).problem


def test_the_place_is_that_of_the_name_in_characters() -> None:
    (found,) = facts_of("const é = '😀', a = process.env.NAME").reads
    assert (found.location.line, found.location.column, found.location.end_column) == (1, 32, 36)


def test_files_that_say_so_are_browser_code() -> None:
    (found,) = facts_of("// c\n'use client';\nf(process.env.A)").reads
    assert found.is_client
    (found,) = facts_of("f('use client', process.env.A)").reads
    assert not found.is_client


COMPONENTS = {
    "src/a.vue": (
        '<template><p :title="import.meta.env.VITE_A">é {{ import.meta.env.VITE_B }}</p>'
        "<!-- {{ import.meta.env.VITE_NO }} --></template>\n"
        "<script setup>\nf(import.meta.env.VITE_C)\n</script>\n"
    ),
    "src/a.svelte": "<script>f(import.meta.env.VITE_A)</script>\n<p>{import.meta.env.VITE_B}</p>",
    "src/a.astro": "---\nf(import.meta.env.VITE_A)\n---\n<p>{import.meta.env.VITE_B}</p>\n",
    "src/a.tsx": "const a = <p title={process.env.A}>{process.env.B} process.env.NO</p>",
    "src/a.mjs": "f(process.env.A)",
}


@pytest.mark.parametrize("path", COMPONENTS)
def test_scripts_are_found_where_they_stand(path: str) -> None:
    text = COMPONENTS[path]
    lines = text.splitlines()
    found = facts_of(text, path).reads
    assert found
    for each in found:
        at = each.location
        shown = lines[(at.line or 0) - 1][(at.column or 0) - 1 : (at.end_column or 0) - 1]
        assert shown == each.name
        assert "NO" not in each.name
    assert len(found) == text.count(".env.") - text.count("NO")


@given(st.binary(max_size=400), st.sampled_from(["a.ts", "a.js", "a.tsx", "a.vue", "a.astro"]))
def test_any_bytes_tell_something(content: bytes, path: str) -> None:
    assert isinstance(read(SourceFile(path=path, content=content)), CodeFacts)


_PIECES = st.lists(
    st.sampled_from(
        [
            "process",
            ".env",
            ".",
            "[",
            "]",
            "(",
            ")",
            "{",
            "}",
            "=>",
            "?",
            ":",
            "??",
            "||",
            "!",
            "=",
            "const",
            "let",
            "function",
            "if",
            "throw",
            "return",
            ",",
            ";",
            "A",
            "'B'\n",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "`${",
            "`",
            "import",
            "from",
            '"$env/static/private"',
            "z.object",
            "createEnv",
            "<script>",
            "</script>",
            "---",
            "<!--",
            "...\n",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "import.meta",
            "cleanEnv",
            "interface",
            "ProcessEnv",
            "string",
            "é",
            "\n",
        ]
    ),
    max_size=60,
)


@given(_PIECES, st.sampled_from(["a.ts", "a.js", "next.config.js", "a.vue", "a.svelte"]))
def test_any_scraps_of_code_tell_something(pieces: list[str], path: str) -> None:
    content = " ".join(pieces).encode()
    assert isinstance(read(SourceFile(path=path, content=content)), CodeFacts)
