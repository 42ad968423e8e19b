"""Schemas that the environment is parsed with: their keys are reads, and say what is needed."""

import pytest
from tests.unit.steps.env_lint.reads.javascript.told import facts_of, reads_of

from launchready.facts.environment import Kind

SCHEMAS = {
    "zod": (
        (
            "z.object({ A: z.string().url(), B: z.coerce.number().default(3), C: F.nullish() })"
            ".parse(process.env)"
        ),
        ["A required url", "B default=3 number", "C guarded"],
    ),
    "options of another function": (
        "build(process.env, { nameOfModel: 'MODEL', strict: true })",
        [],
    ),
    "through a variable": (
        "const S = z.object({ A: z.string() }); export const env = S.safeParse(process.env)",
        ["A required"],
    ),
    "extended": (
        (
            "const B = z.object({ A: z.string() }); const S = B.extend({ C: z.string().email() })"
            ".superRefine(f); S.parse(clean(process.env))"
        ),
        ["A required", "C required email"],
    ),
    "partial": ("z.object({ A: z.string() }).partial().parse(process.env)", ["A guarded"]),
    "one of two": (
        (
            "z.discriminatedUnion('ON', [z.object({ ON: z.literal('1'), A: z.string() }),"
            " z.object({ ON: z.literal('0') })]).parse(process.env)"
        ),
        ["ON required", "A guarded"],
    ),
    "filled in before": (
        (
            "z.preprocess((v) => ({ ...v, ON: v.ON ?? '0' }),"
            " z.object({ ON: z.string(), A: z.string() })).parse(process.env)"
        ),
        ["ON guarded", "A required"],
    ),
    "put together of many": (
        (
            "const A = z.preprocess(f, z.discriminatedUnion('ON', [z.object({ ON: z.string() })]));"
            "const S = z.object({ B: z.string() }).and(A).and(A).and(A).superRefine(g);"
            "S.parse(process.env)"
        ),
        ["ON required", "ON required", "ON required", "B required"],
    ),
    "a field of another module": (
        (
            "import { Url } from './url'; z.object({ A: Url, B: Url.default('x') })"
            ".parse(process.env)"
        ),
        ["A guarded", "B default=x"],
    ),
    "a field held by a constant": (
        "const F = z.enum(['a']).optional(); z.object({ A: F }).parse({ ...process.env })",
        ["A guarded"],
    ),
    "JavaScript's idea of a boolean": (
        "z.object({ A: z.coerce.boolean() }).parse(process.env)",
        ["A required truth"],
    ),
    "a default that is made": (
        "z.object({ A: z.string().default(() => randomBytes(32)) }).parse(process.env)",
        ["A default=randomBytes()"],
    ),
    "fed by hand": (
        (
            "z.object({ url: z.string().optional(), b: z.string() })"
            ".parse({ url: process.env.A, b: process.env.B ?? 'd' })"
        ),
        ["A guarded", "B default=d"],
    ),
    "valibot": (
        (
            "v.parse(v.object({ A: v.optional(v.string(), 'd'), B: v.pipe(v.string(), v.url()) }),"
            " process.env)"
        ),
        ["A default=d", "B required url"],
    ),
    "arktype": (
        'type({ "A?": "string", B: "string.url" })(process.env)',
        ["A guarded", "B required url"],
    ),
    "joi": (
        "Joi.object({ A: Joi.string().required(), B: Joi.number() }).validate(process.env)",
        ["A required", "B guarded number"],
    ),
    "yup": ("yup.object({ A: yup.string() }).validateSync(process.env)", ["A guarded"]),
    "nest": (
        "ConfigModule.forRoot({ validationSchema: Joi.object({ A: Joi.string().required() }) })",
        ["A required"],
    ),
    "envalid": (
        "cleanEnv(process.env, { A: port({ devDefault: 3 }), B: email({ default: 'd' }) })",
        ["A required port", "B default=d email"],
    ),
    "envalid by its module": (
        "envalid.cleanEnv(process.env, { A: envalid.str(), B: envalid.str({ default: 'd' }) })",
        ["A required", "B default=d"],
    ),
    "znv": ("parseEnv(process.env, { A: z.string().min(1) })", ["A required"]),
    "adonis": (
        (
            "await Env.create(new URL('../', import.meta.url), { A: Env.schema.number(),"
            " B: Env.schema.string.optional() })"
        ),
        ["A required number", "B guarded"],
    ),
    "astro": (
        (
            "export default { env: { schema: { A: envField.string({ context: 'server',"
            " optional: true }) } } }"
        ),
        ["A guarded"],
    ),
    "t3-env": (
        (
            "createEnv({ server: { A: z.string(), B: z.string().optional() }, client: {"
            " NEXT_PUBLIC_C: z.string() }, runtimeEnv: { A: process.env.A, B: process.env.OTHER,"
            " NEXT_PUBLIC_C: process.env.NEXT_PUBLIC_C, D: process.env.D } })"
        ),
        ["A required", "OTHER guarded", "NEXT_PUBLIC_C required", "D required"],
    ),
    "t3-env with two names for one": (
        "createEnv({ server: { A: F() }, runtimeEnv: { A: process.env.A ?? process.env.B } })",
        ["A required", "B guarded"],
    ),
    "t3-env put together of parts": (
        (
            "const mail = { server: { A: z.string() }, client: { NEXT_PUBLIC_B: F.optional() },"
            " runtimeEnv: { NEXT_PUBLIC_B: process.env.NEXT_PUBLIC_B } };"
            "createEnv({ server: { ...mail.server }, client: { ...mail.client },"
            " runtimeEnv: { ...mail.runtimeEnv } })"
        ),
        ["A required", "NEXT_PUBLIC_B guarded"],
    ),
    "t3-env fed by a function": (
        (
            "createEnv({ client: { A: F.optional() }, runtimeEnv: { A: runtime('PUBLIC_A') ?? 'x',"
            " B: runtime('PUBLIC_B') } })"
        ),
        ["PUBLIC_A guarded", "PUBLIC_B guarded"],
    ),
    "yup for a form": (
        "const validationSchema = Yup.object().shape({ NAME: Yup.string().required() })",
        [],
    ),
    "an object that has nothing to do with it": (
        "z.object({ name: z.string() }).parse(body); f(process.env.A)",
        ["A required"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), SCHEMAS.values(), ids=SCHEMAS)
def test_keys_are_reads(text: str, expected: list[str]) -> None:
    assert reads_of(text) == expected


def test_keys_tell_of_variables() -> None:
    facts = facts_of("z.object({ A: z.string() }).parse(process.env) // zod")
    (found,) = facts.declarations
    assert (found.name, found.kind, found.source) == ("A", Kind.SCHEMA, "zod")
    assert facts.reads[0].is_exact


def test_calls_that_feed_a_schema_are_no_reads_of_their_own() -> None:
    feed = "runtime('PUBLIC_A')"
    text = f"createEnv({{ client: {{ A: F() }}, runtimeEnv: {{ A: {feed} }} }}); {feed}"
    columns = [call.read.location.column for call in facts_of(text).calls if call.read]
    assert columns == [text.rindex("PUBLIC_A") + 1]


def test_what_a_schema_is_not_fed_with_is_told() -> None:
    facts = facts_of(
        "createEnv({ server: { A: z.string(), B: z.string() }, runtimeEnv: { A: process.env.A } })"
    )
    assert {(d.name, d.holder) for d in facts.declarations} == {
        ("A", "server"),
        ("B", "server, not in runtimeEnv"),
    }


@pytest.mark.parametrize(
    "runtime", ["runtimeEnv: process.env", "experimental__runtimeEnv: {}", "runtimeEnvStrict: x"]
)
def test_what_feeds_the_server_whole_lacks_nothing(runtime: str) -> None:
    facts = facts_of(f"createEnv({{ server: {{ A: z.string() }}, {runtime} }})")
    assert [d.holder for d in facts.declarations] == ["server"]


SERVICES = {
    "nest": (
        (
            "this.configService.get<string>('A_B'); configService.getOrThrow('C'); "
            "this.configService.get('D', 'd'); this.configService.get('database.host')"
        ),
        ["A_B required", "C required", "D default=d"],
    ),
    "adonis": (
        "import env from '#start/env'; f(env.get('A'), env.get('B', 'd'))",
        ["A guarded", "B default=d"],
    ),
    "env-var": (
        (
            "import env from 'env-var'; env.get('A').required().asPortNumber();"
            " env.get('B').default('d').asBool(); env.get('C').asString()"
        ),
        ["A required port", "B default=d boolean", "C guarded"],
    ),
    "SvelteKit, at build time": (
        "import { A as a } from '$env/static/private'; f(a)",
        ["A required"],
    ),
    "SvelteKit, at run time": (
        "import { env } from '$env/dynamic/private'; f(env.A ?? 'd')",
        ["A default=d"],
    ),
    "astro:env": (
        "import { A, getSecret } from 'astro:env/server'; f(getSecret('B'))",
        ["A guarded", "B required"],
    ),
    "Workers, where typed": (
        (
            "interface Env { A: string; B?: string; DB: D1Database }\n"
            "export default { fetch(r, env: Env) { f(env.A, env.B, env.DB) } }"
        ),
        ["A required", "B guarded"],
    ),
    "Hono": (
        "type Bindings = { A: string }\napp.get('/', (c) => c.env.A + c.env.B)",
        ["A required"],
    ),
    "cloudflare:workers": (
        "import { env } from 'cloudflare:workers'; f(env.A); env.KV.get('x')",
        ["A required"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), SERVICES.values(), ids=SERVICES)
def test_frameworks_have_their_own_ways(text: str, expected: list[str]) -> None:
    assert reads_of(text) == expected


def test_types_declare_and_do_not_read() -> None:
    facts = facts_of(
        "declare namespace NodeJS { interface ProcessEnv { A: string; readonly B?: string } }\n"
        "interface ImportMetaEnv { readonly VITE_C: string }\ninterface Other { D: string }"
    )
    assert not facts.reads
    assert [(d.name, d.source) for d in facts.declarations] == [
        ("A", "process-env.d.ts"),
        ("B", "process-env.d.ts"),
        ("VITE_C", "vite-env.d.ts"),
    ]


def test_what_the_program_sets_it_declares() -> None:
    (found,) = facts_of("process.env.A = 'x'; process.env['B-'] = 1").declarations
    assert (found.name, found.kind, found.value) == ("A", Kind.SCHEMA, None)


def test_every_field_of_a_long_schema_is_read() -> None:
    fields = "".join(f"A_{n}: z.string(), // what it is for\n" for n in range(1200))
    assert len(reads_of(f"z.object({{ {fields} }}).parse(process.env)")) == 1200


def test_tables_that_hold_each_other_again_and_again_are_given_up() -> None:
    spreads = ", ".join(f"...a{n}" for n in range(40))
    tables = "".join(f"const a{n} = {{ {spreads} }};\n" for n in range(40))
    facts = facts_of(f"{tables}z.object(a0).parse(process.env)")
    assert facts.problem
