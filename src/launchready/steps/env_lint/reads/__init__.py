"""Reads of variables in source files: the language of a file, and who reads it."""

import functools
from collections.abc import Callable, Mapping
from importlib import import_module

from launchready.facts.environment import CodeFacts, SourceFile

ReadFile = Callable[[SourceFile], CodeFacts]

_JAVASCRIPT = "launchready.steps.env_lint.reads.javascript"

# A file's ending -> module that has `read(file: SourceFile) -> CodeFacts`.
_MODULES: Mapping[str, str] = {
    **dict.fromkeys(
        ("js", "jsx", "mjs", "cjs", "ts", "tsx", "mts", "cts", "vue", "svelte", "astro"),
        _JAVASCRIPT,
    ),
    **dict.fromkeys(("py", "pyi"), "launchready.steps.env_lint.reads.python"),
    **dict.fromkeys(("rb", "rake", "ru", "erb"), "launchready.steps.env_lint.reads.ruby"),
    "go": "launchready.steps.env_lint.reads.go",
    "php": "launchready.steps.env_lint.reads.php",
    **dict.fromkeys(("java", "kt", "kts"), "launchready.steps.env_lint.reads.java"),
    "rs": "launchready.steps.env_lint.reads.rust",
    "cs": "launchready.steps.env_lint.reads.c_sharp",
    **dict.fromkeys(("sh", "bash"), "launchready.steps.env_lint.reads.shell"),
    "prisma": "launchready.steps.env_lint.reads.prisma",
}

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
    "dynaconf",
    "starlette.config",
    "from environs",
    "import environs",
    "ENV[",
    "ENV.",
    "Getenv",
    "LookupEnv",
    "envconfig",
    'env:"',
    "env::var",
    "env!(",
    "env(",
    "$_ENV",
    "GetEnvironmentVariable",
    "BuildConfig",
)


def may_read(path: str, content: bytes) -> bool:
    """Whether a file may read a variable itself. `LITERALS` are of all languages: `environ` of
    Python stands in many a script that speaks of environments.
    """
    if family_of(path) != _JAVASCRIPT:
        return True
    return any(literal in content for literal in _javascript_literals())


@functools.cache
def _javascript_literals() -> tuple[bytes, ...]:
    return tuple(literal.encode() for literal in JAVASCRIPT_LITERALS)


def reader_of(path: str) -> ReadFile | None:
    """What reads a file of this path, None where no language is known."""
    ending = path.rpartition("/")[2].rpartition(".")[2]
    module = _MODULES.get(ending)
    if module is None:
        return None
    read: ReadFile = import_module(module).read
    return read


def family_of(path: str) -> str:
    """The module that reads a file: languages that it reads call each other's functions."""
    return _MODULES.get(path.rpartition("/")[2].rpartition(".")[2], "")
