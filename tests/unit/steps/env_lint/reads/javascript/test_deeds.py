"""What scripts and bundlers' configs do with variables besides reading one."""

import pytest
from tests.unit.steps.env_lint.reads.javascript.told import facts_of

from launchready.facts.environment import Kind

NEXT = "next.config.mjs"
VITE = "vite.config.ts"
DEEDS = {
    "logged": ("src/a.ts", "console.log('x', process.env)", ["shows-all  console.log"]),
    "logged in an object": (
        "src/a.ts",
        "logger.info({ e: process.env })",
        ["shows-all  logger.info"],
    ),
    "logged as text": (
        "src/a.ts",
        "console.log(`x ${JSON.stringify(process.env, null, 2)}`)",
        ["shows-all  console.log"],
    ),
    "answered": ("src/a.ts", "res.json({ ...process.env })", ["shows-all  res.json"]),
    "one variable logged": ("src/a.ts", "console.log(process.env.A)", []),
    "handed to a child": ("src/a.ts", "spawn('x', { env: { ...process.env, A: 1 } })", []),
    "HMAC": (
        "src/a.ts",
        "createHmac('sha256', `${process.env.MY_SECRET}`)",
        ["turns-to-text MY_SECRET createHmac()"],
    ),
    "HMAC, tested before": (
        "src/a.ts",
        "() => { if (!process.env.A_SECRET) return; createHmac('s', `${process.env.A_SECRET}`) }",
        [],
    ),
    "HMAC, sure before": (
        "src/a.ts",
        "if (!process.env.MY_SECRET) throw 1; createHmac('s', `${process.env.MY_SECRET}`)",
        [],
    ),
    "HMAC with a default": ("src/a.ts", "createHmac('s', `${process.env.MY_SECRET ?? x}`)", []),
    "a comparison": (
        "src/a.ts",
        "if (given !== `Bearer ${process.env.CRON_SECRET}`) stop()",
        ["turns-to-text CRON_SECRET a comparison"],
    ),
    "a header sent": (
        "src/a.ts",
        "fetch(u, { headers: { a: `Bearer ${process.env.A_TOKEN}` } })",
        [],
    ),
    "String": (
        "src/a.ts",
        "export const options = { secret: String(process.env.AUTH_SECRET) }",
        ["turns-to-text AUTH_SECRET `secret`"],
    ),
    "through a variable": (
        "src/a.ts",
        "const key = `${process.env.JWT_SECRET}`; jwt.sign({}, key)",
        ["turns-to-text JWT_SECRET sign()"],
    ),
    "no secret": ("src/a.ts", "createHmac('s', `${process.env.REGION}`)", []),
    "use client": (
        "src/a.tsx",
        "'use client'; f(process.env.A, process.env.NODE_ENV, process.env.NEXT_PUBLIC_B)",
        ["client-read A use client"],
    ),
    "use client, on the server": (
        "src/a.tsx",
        "'use client'; if (typeof window === 'undefined') f(process.env.A)",
        [],
    ),
    "SvelteKit": (
        "src/a.svelte",
        "<script>import { A } from '$env/static/private'</script>",
        ["client-read A $env/static/private"],
    ),
    "SvelteKit on the server": (
        "src/a.server.ts",
        "import { A } from '$env/static/private'",
        [],
    ),
    "Vite without a prefix": (
        "src/a.ts",
        "f(import.meta.env.A)",
        ["client-read A import.meta.env"],
    ),
    "next env": (
        NEXT,
        "export default { env: { a: process.env.A, ...process.env } }",
        ["inlines A next.config env", "inlines-all  next.config env"],
    ),
    "next, an env of something else": (
        NEXT,
        "export default { x: { env: { a: process.env.A } } }",
        [],
    ),
    "next, at run time": (
        NEXT,
        "export default { publicRuntimeConfig: { a: process.env.A } }",
        ["inlines A next.config publicRuntimeConfig"],
    ),
    "webpack": (
        NEXT,
        "c.plugins.push(new webpack.DefinePlugin({ 'process.env': JSON.stringify(process.env) }))",
        ["inlines-all  DefinePlugin of webpack"],
    ),
    "webpack for the server": (
        "webpack.config.js",
        "x = { target: 'node', plugins: [new DefinePlugin({ e: JSON.stringify(process.env) })] }",
        [],
    ),
    "webpack's names": (
        "webpack.config.js",
        "new EnvironmentPlugin(['A']); new EnvironmentPlugin({ B: 'd' })",
        ["inlines A EnvironmentPlugin of webpack", "inlines B EnvironmentPlugin of webpack"],
    ),
    "Vite": (
        VITE,
        "const e = loadEnv(m, '.', ''); export default { define: { 'process.env': e, k: e.A } }",
        ["inlines A Vite define", "inlines-all  Vite define"],
    ),
    "Vite, its own names": (
        VITE,
        "const env = loadEnv(m, '.'); export default { define: { 'process.env': env } }",
        [],
    ),
    "Vite, picked": (
        VITE,
        "export default { define: Object.entries(process.env).filter(f) }",
        [],
    ),
    "Vite prefix": (
        VITE,
        "export default { envPrefix: ['APP_', ''] }",
        ["inlines APP_* Vite envPrefix", "inlines-all  Vite envPrefix"],
    ),
    "nuxt": (
        "nuxt.config.ts",
        "export default { runtimeConfig: { a: process.env.A, public: { b: process.env.B } } }",
        ["inlines B nuxt.config public"],
    ),
    "Expo": (
        "app.config.ts",
        "export default { extra: { a: process.env.A } }",
        ["inlines A app.config extra"],
    ),
    "window": ("src/a.ts", "window.__ENV = process.env", ["inlines-all  window.__ENV"]),
    "a script for window": (
        "src/a.tsx",
        "const s = `window.ENV = ${JSON.stringify(process.env)}`",
        ["inlines-all  window"],
    ),
    "published": (
        "src/a.ts",
        "createPublicEnv({ ...process.env })",
        ["inlines-all  createPublicEnv"],
    ),
}


@pytest.mark.parametrize(("path", "text", "expected"), DEEDS.values(), ids=DEEDS)
def test_deeds(path: str, text: str, expected: list[str]) -> None:
    found = [f"{deed.act.value} {deed.name} {deed.detail}" for deed in facts_of(text, path).deeds]
    assert sorted(found) == sorted(expected)


def test_next_config_gives_variables() -> None:
    found = facts_of("module.exports = { env: { A: 'x', B: process.env.C } }", NEXT).declarations
    assert [(d.name, d.kind, d.value is not None) for d in found] == [
        ("A", Kind.PLATFORM, True),
        ("B", Kind.PLATFORM, False),
    ]
