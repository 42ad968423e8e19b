"""Reads of variables in source files: the language of a file, and who reads it."""

import functools
from collections.abc import Callable, Mapping
from importlib import import_module

from launchready.facts.environment import CodeFacts, SourceFile
from launchready.regex import Regex
from launchready.steps.env_lint.reads import literals
from launchready.steps.env_lint.reads.literals import LITERALS
from launchready.trees import TooSlowError

__all__ = [
    "LITERALS",
    "bounded",
    "family_of",
    "holds_literal",
    "is_always_read",
    "may_read",
    "reader_of",
]

ReadFile = Callable[[SourceFile], CodeFacts]

# A file's ending -> module of this package that has `read(file: SourceFile) -> CodeFacts`.
_BY_ENDING: Mapping[str, str] = {
    **dict.fromkeys(("js", "jsx", "mjs", "cjs", "ts", "tsx", "mts", "cts"), "javascript"),
    **dict.fromkeys(("vue", "svelte", "astro"), "javascript"),
    **dict.fromkeys(("py", "pyi"), "python"),
    **dict.fromkeys(("rb", "rake", "ru", "erb", "gemspec", "jbuilder"), "ruby"),
    "go": "go",
    "php": "php",
    **dict.fromkeys(("java", "kt", "kts"), "java"),
    "rs": "rust",
    "cs": "c_sharp",
    **dict.fromkeys(("sh", "bash"), "shell"),
    "prisma": "prisma",
    **dict.fromkeys(("yml", "yaml"), "templates"),
    "mk": "makefiles",
}
_BY_NAME: Mapping[str, str] = {
    **dict.fromkeys(("Makefile", "makefile", "GNUmakefile"), "makefiles"),
    **dict.fromkeys(("Gemfile", "Rakefile", "Capfile", "Guardfile", "Vagrantfile"), "ruby"),
    **dict.fromkeys(("Fastfile", "Podfile", "Brewfile", "Puma"), "ruby"),
    "package.json": "package_scripts",
}
_SPRING = Regex(r"(?:application|bootstrap)(?:-[\w.-]+)?\.(?:ya?ml|properties)")
_SCRIPT = Regex(
    r"(?:^|/)(?:s?bin|scripts?|docker|\.husky|dev|ci|cli|ops|infra|tools?|hack)/[^/.]+$|entrypoint[^/.]*$"
)
_ALWAYS = frozenset({"shell", "prisma", "placeholders", "makefiles", "package_scripts"})


@functools.lru_cache(maxsize=65536)
def family_of(path: str) -> str:
    """The module that reads a file: languages that it reads call each other's functions."""
    name = path.rpartition("/")[2]
    if name in _BY_NAME:
        return _BY_NAME[name]
    stem, dot, ending = name.rpartition(".")
    if dot and stem and not _SPRING.fullmatch(name):
        return _BY_ENDING.get(ending, "")
    if dot:
        return "placeholders" if stem else ""
    return "shebang" if _SCRIPT.search(path) else ""


def is_always_read(path: str) -> bool:
    """Whether no word tells that a file of this path reads: any `$NAME` of a script may."""
    family = family_of(path)
    return family in _ALWAYS or family == "shebang"


def may_read(path: str, content: bytes) -> bool:
    """Whether a file may read a variable itself, by the words in it."""
    return literals.may_read(family_of(path), content)


def holds_literal(path: str, content: bytes) -> bool:
    """Whether a file that may read a variable holds one of `LITERALS`."""
    return may_read(path, content) and literals.holds_literal(content)


def reader_of(path: str) -> ReadFile | None:
    """What reads a file of this path, None where no language is known."""
    family = family_of(path)
    if not family:
        return None
    read: ReadFile = import_module(f"{__name__}.{family}").read
    return functools.partial(bounded, read)


def bounded(read: ReadFile, file: SourceFile) -> CodeFacts:
    """What a file tells, or that it takes too long to be read."""
    try:
        return read(file)
    except TooSlowError:
        return CodeFacts(problem="it takes too long to parse")
