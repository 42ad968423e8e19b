"""Rules on variables that reach browsers or logs, or that do not reach code that needs them."""

from collections.abc import Iterator

from launchready.catalog.environment.client_prefixes import without_prefix
from launchready.facts.environment import (
    Act,
    Deed,
    EnvironmentFacts,
    Need,
    Place,
    Project,
)
from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.env_lint.index import index_of
from launchready.steps.env_lint.projects import project_of
from launchready.steps.env_lint.settings import EnvLintSettings
from launchready.steps.env_lint.valuing.names import is_public_name, is_secret_name

_VITE = "import.meta.env"
# Frameworks on Vite that give `import.meta.env` more than Vite does, or fill it in themselves.
_OWN_WAY = frozenset({"astro", "nuxt", "@analogjs/platform", "waku"})


@rule(EnvironmentFacts, Severity.ERROR)
def server_variable_in_client_code(
    facts: EnvironmentFacts, settings: EnvLintSettings
) -> Iterator[Finding]:
    """Code that browsers run reads a variable that only the server has.

    A bundler puts nothing in its place, so in the browser it is undefined: the page behaves as if
    it were not set, in production too, while the server's own rendering of it works.

    Read it on the server and pass on what the browser needs of it; or, if everybody may know it,
    give it the prefix that your bundler takes (`NEXT_PUBLIC_`, `VITE_`, …).

    Bad:
        --- .env.example
        COOKIE_DOMAIN=
        --- app/banner.tsx
        "use client";
        export const Banner = () => <Cookies domain={process.env.COOKIE_DOMAIN} />;
    Good:
        --- .env.example
        COOKIE_DOMAIN=
        NEXT_PUBLIC_COOKIE_DOMAIN=
        --- app/banner.tsx
        "use client";
        export const Banner = () => <Cookies domain={process.env.NEXT_PUBLIC_COOKIE_DOMAIN} />;
        --- app/page.tsx
        export const Page = () => <Banner domain={process.env.COOKIE_DOMAIN} />;
    Reference:
        https://nextjs.org/docs/app/guides/environment-variables#bundling-environment-variables-for-the-browser
        https://vite.dev/guide/env-and-mode
    """
    inlined = _inlined(facts)
    prefixes = tuple(name[:-1] for name in inlined if name.endswith("*"))
    for deed in _deeds(facts, Act.CLIENT_READ):
        if deed.name in inlined or (prefixes and deed.name.startswith(prefixes)):
            continue
        if deed.detail == _VITE and not _is_vite(facts, deed):
            continue
        yield Finding(
            message=f"`{deed.name}` is read {_how(deed)}",
            location=deed.location,
            identity=f"{deed.name} {deed.location.path}",
        )


def _inlined(facts: EnvironmentFacts) -> frozenset[str]:
    """Names that a bundler's config puts in browsers' code, `PREFIX_*` among them."""
    named = {deed.name for deed in facts.deeds if deed.act is Act.INLINES}
    sources = ("next.config", "define")
    configured = {each.name for each in facts.declarations if each.source in sources}
    return frozenset(named | configured)


def _is_vite(facts: EnvironmentFacts, deed: Deed) -> bool:
    packages = _project(facts, deed).packages
    return "vite" in packages and not packages & _OWN_WAY


def _project(facts: EnvironmentFacts, deed: Deed) -> Project:
    return project_of(facts.projects, deed.location.path)


def _how(deed: Deed) -> str:
    if deed.detail == _VITE:
        return "through import.meta.env, which has only names that begin with VITE_"
    if deed.detail.startswith("$env/"):
        return f"from {deed.detail} in a component that browsers get"
    return 'in a module marked "use client", and browsers have no such variable'


@rule(EnvironmentFacts, Severity.ERROR)
def inlined_by_bundler(facts: EnvironmentFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """A bundler's config puts a secret, or the whole environment, into what browsers get.

    `env` of next.config, `define` of Vite, DefinePlugin of webpack and `extra` of Expo replace the
    name by the value wherever browser code mentions it, whatever prefix it has. Whoever opens the
    page can read the key.

    Take the variable out of the config and read it in server code; list the public names one by one
    where all of the environment is handed on. Rotate a secret that was released this way.

    Bad:
        --- .env.example
        PAYMENT_SECRET_KEY=
        --- next.config.js
        module.exports = { env: { PAYMENT_SECRET_KEY: process.env.PAYMENT_SECRET_KEY } };
    Good:
        --- .env.example
        RELEASE_NAME=
        PAYMENT_SECRET_KEY=
        --- next.config.js
        module.exports = { env: { RELEASE_NAME: process.env.RELEASE_NAME } };
        --- src/pay.ts
        pay(process.env.PAYMENT_SECRET_KEY!);
    Reference:
        https://nextjs.org/docs/app/api-reference/config/next-config-js/env
        https://vite.dev/config/shared-options#envprefix
    """
    for deed in _deeds(facts, Act.INLINES_ALL):
        yield Finding(
            message=f"{deed.detail} gives browsers the whole environment, secrets with it",
            location=deed.location,
            identity=f"all {deed.detail} {deed.location.path}",
        )
    for deed in _deeds(facts, Act.INLINES):
        is_prefixed = without_prefix(deed.name) != deed.name  # another rule's
        if is_prefixed or deed.name in settings.public or is_public_name(deed.name):
            continue
        if is_secret_name(deed.name):
            yield Finding(
                message=f"{deed.detail} puts `{deed.name}` into what browsers get",
                location=deed.location,
                identity=f"{deed.name} {deed.detail} {deed.location.path}",
            )


@rule(EnvironmentFacts, Severity.WARNING)
def whole_environment_logged(
    facts: EnvironmentFacts, settings: EnvLintSettings
) -> Iterator[Finding]:
    """Code logs, or answers a request with, all variables at once.

    Every secret of the process then stands in the logs, where more people and services read along
    than may know them, and for as long as logs are kept.

    Name the few variables that you want to see.

    Bad:
        --- src/start.ts
        console.log("starting with", process.env);
    Good:
        --- src/start.ts
        console.log("starting as", process.env.NODE_ENV);
    Reference:
        https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html#data-to-exclude
    """
    for deed in _deeds(facts, Act.SHOWS_ALL, but=Place.TEST):
        yield Finding(
            message=f"{deed.detail} shows the whole environment, secrets with it",
            location=deed.location,
            identity=f"{deed.detail} {deed.location.path}",
        )


@rule(EnvironmentFacts, Severity.WARNING)
def unset_secret_becomes_text(
    facts: EnvironmentFacts, settings: EnvLintSettings
) -> Iterator[Finding]:
    """A secret that may not be set is made to text, and the text is used as the secret.

    Where the variable is missing, the key is the word "undefined", which everybody can guess:
    signatures and tokens made with it are accepted.

    Stop where it is not set, before it is used; then pass the variable itself.

    Bad:
        --- .env.example
        HOOK_SECRET=
        --- src/hook.ts
        const mac = createHmac("sha256", `${process.env.HOOK_SECRET}`);
    Good:
        --- .env.example
        HOOK_SECRET=
        --- src/hook.ts
        const key = process.env.HOOK_SECRET;
        if (!key) throw new Error("HOOK_SECRET is not set");
        const mac = createHmac("sha256", key);
    Reference:
        https://vercel.com/docs/cron-jobs/manage-cron-jobs#securing-cron-jobs
    """
    reads = index_of(facts).read
    for deed in _deeds(facts, Act.TURNS_TO_TEXT):
        of_name = reads.get(deed.name, ())
        if any(read.is_exact and read.need is not Need.GUARDED for read in of_name):
            continue  # a schema sees to it that it is set
        yield Finding(
            message=f"`{deed.name}` goes to {deed.detail} as text,"
            ' and is the word "undefined" where it is not set',
            location=deed.location,
            identity=f"{deed.name} {deed.detail} {deed.location.path}",
        )


def _deeds(facts: EnvironmentFacts, act: Act, but: Place | None = None) -> Iterator[Deed]:
    """The deeds of one kind in what customers run; with `but`, everywhere but there."""
    for deed in facts.deeds:
        if deed.act is act and (deed.place is Place.CODE if but is None else deed.place is not but):
            yield deed


RULES = (
    server_variable_in_client_code,
    inlined_by_bundler,
    whole_environment_logged,
    unset_secret_becomes_text,
)
