"""Which versions of tools a repository asks for, as far as its manifests tell."""

from collections.abc import Iterator

from launchready.regex import Regex
from launchready.steps.migration_check.files import Files, folder_of
from launchready.steps.migration_check.frameworks.sql_files import is_foreign, last_of, number_of

MANIFESTS = (
    "package.json",
    "pyproject.toml",
    "requirements.txt",
    "Pipfile",
    "setup.py",
    "setup.cfg",
    "go.mod",
    "Cargo.toml",
    "Gemfile",
    "pom.xml",
    "build.gradle",
    "build.gradle.kts",
    "libs.versions.toml",
    "composer.json",
    "mix.exs",
)
"""Files that list what a program is made of."""

_NUMBERS = Regex(r"\d+(?:\.\d+){0,3}")


def manifests(files: Files, near: str = "") -> tuple[str, ...]:
    """The manifests of a repository, those that lie nearest above a folder first."""
    names = [name for name in files.named(*MANIFESTS) if not is_foreign(name)]
    names += [
        name
        for name in files.names
        if last_of(name).startswith("requirements") and name.endswith((".txt", ".in"))
    ]
    return tuple(sorted(dict.fromkeys(names), key=lambda name: (_distance(name, near), name)))


def _distance(name: str, near: str) -> int:
    folder = folder_of(name)
    if not folder or f"{near}/".startswith(f"{folder}/"):
        return near.count("/") - folder.count("/") - (1 if folder else 0)
    return 1000 + folder.count("/")


def lines_naming(files: Files, word: str, near: str = "") -> Iterator[tuple[str, int, str]]:
    """The lines of manifests that hold a word which nothing of a word stands beside: path, number
    and text.
    """
    for path in manifests(files, near):
        text = files.text(path) or ""
        if word not in text:
            continue
        for number, line in enumerate(text.split("\n"), 1):
            if _is_named(line, word):
                yield path, number, line


def _is_named(line: str, word: str) -> bool:
    at = line.find(word)
    while at >= 0:
        before, after = line[at - 1 : at], line[at + len(word) : at + len(word) + 1]
        if not (_is_part(before) or before in ("@", "/") or _is_part(after) or after == "/"):
            return True
        at = line.find(word, at + 1)
    return False


def _is_part(sign: str) -> bool:
    return sign.isalnum() or sign in ("-", "_")


def depends(files: Files, *words: str, near: str = "") -> bool:
    """Whether a manifest names one of these packages."""
    return any(True for word in words for _ in lines_naming(files, word, near))


def version_of(files: Files, package: str, near: str = "") -> tuple[int, ...]:
    """The version of a package that the nearest manifest asks for; empty where none tells."""
    for path, _, line in lines_naming(files, package, near):
        sign = f'"{package}":' if path.endswith(".json") else package  # no script that calls it
        rest = line.partition(sign)[2]
        if found := _NUMBERS.search(rest):
            return number_of(found[0])
    return ()
