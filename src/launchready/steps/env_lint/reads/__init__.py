"""Reads of variables in source files: the language of a file, and who reads it."""

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

# One of these stands in every file that reads a variable, tells of one, or defines a wrapper.
LITERALS = (
    "process.env",
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


def reader_of(path: str) -> ReadFile | None:
    """What reads a file of this path, None where no language is known."""
    ending = path.rpartition("/")[2].rpartition(".")[2]
    module = _MODULES.get(ending)
    if module is None:
        return None
    read: ReadFile = import_module(module).read
    return read
