"""Variables that are handed on as they are: some may stay unset, some the program gives itself."""

import pytest
from tests.unit.steps.env_lint.reads.javascript.told import facts_of, reads_of

OPTIONS = {
    "a label": ("new Sentry({ release: process.env.APP_BUILD })", "guarded"),
    "a label by its key": ("init({ dist: process.env.TAG_ID })", "guarded"),
    "a label in a table": ("const c = { version: process.env.APP_TAG }", "guarded"),
    "a label that a function gives": ("make(() => process.env.PUBLIC_BUILD_ID)", "guarded"),
    "a key that a function gives": ("make(() => process.env.PUBLIC_API_KEY)", "required"),
    "a key that a library gets": (
        "import { Mail } from 'mail'; new Mail({ apiKey: process.env.MAIL_KEY })",
        "required",
    ),
    "a name of what must be there": ("new Store({ name: process.env.BUCKET_NAME })", "required"),
    "an option of our own code": (
        "import { login } from './login'; login({ accessToken: process.env.API_TOKEN })",
        "guarded",
    ),
    "our own schema": (
        "import { schema } from './s'; schema.parse({ token: process.env.API_TOKEN })",
        "required",
    ),
    "said to be set": (
        "import { login } from './login'; login({ t: process.env.API_TOKEN as string })",
        "required",
    ),
    "said to be possibly unset": (
        "function f() { return { s: process.env.PR_KEY as 'a' | undefined } }",
        "guarded",
    ),
    "an entry of a list": ("const l = [{ name: 'k', value: process.env.API_KEY }]", "guarded"),
    "part of what is returned": ("function f() { return { u: process.env.API_URL } }", "guarded"),
    "text of JSON": ("define({ a: JSON.stringify(process.env.BRAND_KEY) })", "guarded"),
    "a parameter with a fallback": (
        (
            "function rate(raw, other) { if (raw === undefined) return other; return Number(raw) }"
            " rate(process.env.RATE_KEY, 3)"
        ),
        "guarded",
    ),
    "a default beside it": (
        "const on = parseBoolean(process.env.BOARD_KEY, false)",
        "default=false",
    ),
    "another argument beside it": ("const on = sign(process.env.BOARD_KEY, false)", "required"),
    "a variable beside it": ("const on = parseBoolean(process.env.BOARD_KEY, other)", "required"),
    "a label that a constant holds": ("export const v = process.env.PUBLIC_VERSION", "guarded"),
    "a flag that a constant holds": ("const hasPro = process.env.PUBLIC_KEY", "guarded"),
    "a key that a constant holds": ("export const v = process.env.PUBLIC_KEY", "required"),
    "a name of a host that has a default": (
        "import { dial } from 'net'; dial({ tls: { servername: process.env.TLS_HOST } })",
        "guarded",
    ),
    "a parameter that must be set": (
        "function rate(raw) { return raw.trim() } rate(process.env.RATE_KEY)",
        "required",
    ),
    "text compared with the word": (
        "const t = `${process.env.FLAG_KEY}`; if (t === 'undefined') f()",
        "guarded",
    ),
    "text that is used": ("const t = `${process.env.FLAG_KEY}`; f(t)", "required"),
}


@pytest.mark.parametrize(("text", "need"), OPTIONS.values(), ids=OPTIONS)
def test_what_is_handed_on_is_needed_where_the_text_shows_it(text: str, need: str) -> None:
    (found,) = reads_of(text)
    assert found.split()[1] == need


def test_options_of_plain_javascript_are_needed() -> None:
    """No types say there that they may be unset."""
    text = "function login(o) {} login({ accessToken: process.env.API_TOKEN })"
    assert reads_of(text, "src/a.js") == ["API_TOKEN required"]


def test_a_use_behind_an_exit_hangs_on_the_test() -> None:
    text = (
        "const client = process.env.API_URL ? make() : undefined;"
        "function send() { if (!client) return undefined; fetch(`${process.env.API_URL}/x`) }"
        "function raw() { fetch(`${process.env.RAW_URL}/x`) }"
    )
    assert reads_of(text) == ["API_URL guarded truth", "API_URL guarded", "RAW_URL required"]


GIVEN = {
    "to a process": ("spawn('x', [], { env: { ...process.env, PARENT_PID: id } })", ["PARENT_PID"]),
    "handed on": ("spawn('x', { env: { API_KEY: process.env.API_KEY } })", []),
    "options of a bundler": ("module.exports = { env: { API_KEY: key } }", []),
    "options of a call": ("build({ env: { API_KEY: key } })", []),
    "to a container": ("const c = [{ name: 'POD_ID', value: id }]; process.env", ["POD_ID"]),
    "another kind of entry": ("const c = [{ name: 'POD_ID', label: id }]; process.env", []),
    "in a text": ("build(`--build-arg\n PROJECT_REF=${ref}`); process.env", ["PROJECT_REF"]),
    "in a text for people": ("console.log(`export API_TOKEN=${token}`); process.env", []),
    "in a comment": ("// API_TOKEN=${token}\nprocess.env", []),
}


@pytest.mark.parametrize(("text", "names"), GIVEN.values(), ids=GIVEN)
def test_what_a_script_gives_another_program_is_declared(text: str, names: list[str]) -> None:
    assert [each.name for each in facts_of(text).declarations] == names
