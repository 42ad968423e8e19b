"""Which files are worth a parser: words that stand in every file that reads a variable."""

import functools
import re
from collections.abc import Mapping

# One of these stands in every script that reads a variable, tells of one, or defines a wrapper.
JAVASCRIPT_LITERALS = (
    "process.env",
    "process?.env",
    "import.meta.env",
    "Deno.env",
    "Bun.env",
    "$env/",
    "astro:env",
    "cloudflare:workers",
    "createEnv",
    "cleanEnv",
    "parseEnv",
    "configService",
    "ConfigService",
    "ProcessEnv",
    "namespace NodeJS",
    "ImportMetaEnv",
    "loadEnv",
    "start/env",
    "env-var",
    "envField",
    "envPrefix",
    "validationSchema",
    "EnvironmentPlugin",
    "interface Env",
    "Bindings",
    "node:process",
    "std-env",
    "'process'",
    '"process"',
    "= process;",
    "env: {",
)

# One of these stands in every file, of any language, that does.
LITERALS = (
    *JAVASCRIPT_LITERALS,
    "environ",
    "getenv",
    "BaseSettings",
    "decouple",
    "ynaconf",
    "starlette.config",
    "dj_database_url",
    "from_prefixed_env",
    "from_envvar",
    "envvar=",
    "env(",
    "env.str(",
    "env.bool(",
    "env.int(",
    "env.list(",
    "ENV[",
    "ENV.",
    "Getenv",
    "LookupEnv",
    "ExpandEnv",
    "Environ()",
    "AutomaticEnv",
    "BindEnv",
    "EnvVar",
    "envconfig",
    'env:"',
    "env::",
    "env!(",
    'env = "',
    "#[arg(",
    "#[clap(",
    "dotenvy",
    "envy::",
    "with_prefix(",
    "Env::prefixed",
    "$_ENV",
    "$_SERVER",
    "putenv(",
    "EnvironmentVariable",
    'onfiguration["',
    "@Value(",
    "nv.getProperty(",
    "nvironment.getProperty(",
)

# The same by the module that reads a language: a file that others' words chose is not parsed.
_WORDS: Mapping[str, str] = {
    "javascript": "|".join(re.escape(literal) for literal in JAVASCRIPT_LITERALS),
    "python": r"\benvironb?\b|getenv|BaseSettings|decouple|ynaconf|starlette\.config|\benvirons\b"
    r"|dj_database_url|from_prefixed_env|from_envvar|envvar=|\benv\(|\benv\.\w+\(",
    "ruby": r"\bENV\b",
    "templates": r"<%|%env\(",
    "go": r"Getenv|LookupEnv|ExpandEnv|Environ\(\)|AutomaticEnv|BindEnv|EnvVar|envconfig|env:\"",
    "php": r"getenv|\benv\(|Env::|\$_ENV|\$_SERVER|putenv",
    "rust": r"\benv::|env!|env = \"|#\[(?:arg|clap)|dotenvy|envy::|envconfig|with_prefix"
    r"|Env::prefixed",
    "java": r"getenv|@(?:param:|field:)?Value\(|nv\.getProperty|nvironment\.getProperty|dotenv",
    "c_sharp": r"EnvironmentVariable|onfig(?:uration)?\[\"",
}


# Few, short words, one of which stands in every file that has one of `_WORDS`: to look for them is
# ten times as fast.
_GATES: Mapping[str, tuple[bytes, ...]] = {
    "javascript": (
        b"env",
        b"Env",
        b"process",
        b"Bindings",
        b"onfigService",
        b"validationSchema",
        b"namespace NodeJS",
        b"cloudflare:workers",
    ),
    "python": (
        b"env",
        b"BaseSettings",
        b"decouple",
        b"ynaconf",
        b"starlette.config",
        b"dj_database_url",
    ),
    "ruby": (b"ENV",),
    "templates": (b"<%", b"%env("),
    "go": (b"Env", b"env"),
    "php": (b"env", b"Env::", b"$_ENV", b"$_SERVER"),
    "rust": (b"env", b"Env", b"#[arg", b"#[clap", b"with_prefix"),
    "java": (b"env", b"Value(", b"nv.getProperty", b"nvironment.getProperty"),
    "c_sharp": (b"EnvironmentVariable", b'onfig["', b'onfiguration["'),
}
_ENCODED = tuple(literal.encode() for literal in LITERALS)
# Short words, one of which stands in each of `LITERALS`: a file that has none has none of those.
_SHORT = (
    b"env", b"Env", b"ENV", b"process", b"validationSchema", b"onfigService", b"cloudflare:workers",
    b"namespace NodeJS", b"Bindings", b"BaseSettings", b"decouple", b"ynaconf", b"starlette.config",
    b"dj_database_url", b"#[arg(", b"#[clap(", b"with_prefix(", b"$_SERVER", b'onfiguration["',
    b"@Value(", b"getProperty(",
)  # fmt: skip
_OF_JAVASCRIPT = _ENCODED[: len(JAVASCRIPT_LITERALS)]


def may_read(module: str, content: bytes) -> bool:
    """Whether a file that this module of the package reads may read a variable itself. `LITERALS`
    are of all languages: `environ` of Python stands in many a script that speaks of environments.
    """
    gates = _GATES.get(module)
    if gates and not any(word in content for word in gates):
        return False
    if module == "javascript":
        return any(word in content for word in _OF_JAVASCRIPT)
    pattern = _pattern(module)
    return pattern is None or pattern.search(content) is not None


def holds_literal(content: bytes) -> bool:
    """Whether a file holds one of `LITERALS`."""
    return any(word in content for word in _SHORT) and any(word in content for word in _ENCODED)


@functools.cache
def _pattern(module: str) -> re.Pattern[bytes] | None:
    words = _WORDS.get(module)
    return None if words is None else re.compile(words.encode())
