"""What loads the env files of a repository, with how that was seen."""

import functools
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence

from launchready.documents.manifests import Manifest
from launchready.facts.environment import Loading
from launchready.frozen import frozen
from launchready.regex import Regex
from launchready.steps.env_lint.dialects.loading import copied_to
from launchready.steps.env_lint.naming import is_env_file

LITERALS = (
    "--env-file", "dotenv", "read_env(", "from decouple import", "starlette.config", "env_file",
    "loadEnvFile", "source .env", ". .env", "/.env",
)  # fmt: skip
"""One of these stands in every file that loads an env file in a way that is known here."""

_ENCODED = tuple(literal.encode() for literal in LITERALS)
_GATES = (b"env", b"loadEnvFile", b"from decouple import", b"starlette.config")
"""One of these stands wherever one of `LITERALS` does."""

_PACKAGES: Mapping[str, tuple[str, str]] = {
    "next": ("next", "package.json"),
    "dotenv-rails": ("ruby", "the Gemfile"),
    "symfony/dotenv": ("symfony", "composer.json"),
    "vlucas/phpdotenv": ("phpdotenv", "composer.json"),
    "laravel/framework": ("phpdotenv", "composer.json"),
    "dotenvy": ("rust", "Cargo.toml"),
}
_JAVASCRIPT = (".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts")
_COMMANDS = (".sh", ".bash", ".yml", ".yaml", ".mk", ".toml", ".just")
_TELLING = (*_JAVASCRIPT, *_COMMANDS, ".py", ".go", ".rs")
_COMMAND_FILES = Regex(r"(?i)(?:makefile|justfile|procfile|taskfile\.ya?ml|\.envrc)")
_COMPOSE = Regex(r"(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml")
_EXPANDS = r"[\"']dotenv-expand[\"']"
_IMPORTS: tuple[tuple[str, str, str, str], ...] = (
    (".py", "python-dotenv", r"(?:from|import) dotenv\b|\bload_dotenv\b|\bdotenv_values\b", ""),
    (".py", "python-dotenv", r"\bfrom environs import\b", r"\bread_env\("),
    (".py", "python-dotenv", r"\bpydantic_settings\b|\bBaseSettings\b", r"\benv_file\s*="),
    (".py", "django-environ", r"\benviron\.(?:Env|FileAwareEnv)\b", r"\bread_env\("),
    (".py", "decouple", r"\bfrom decouple import\b", ""),
    (".py", "starlette", r"\bfrom starlette\.config import\b", ""),
    ("js", "dotenv", r"[\"']dotenv(?:/config)?[\"']", ""),
    ("js", "dotenv-flow", r"[\"']dotenv-flow(?:/config)?[\"']", ""),
    ("js", "dotenvx", r"[\"']@dotenvx/dotenvx(?:/config)?[\"']", ""),
    ("js", "dotenv-expand-12", _EXPANDS, ""),
    ("js", "node", r"\bprocess\.loadEnvFile\(", ""),
    (".go", "godotenv", r"\"github\.com/joho/godotenv(?:/autoload)?\"", ""),
    (".rs", "rust", r"\bdotenvy?(?:::dotenv|::from_|!\()", ""),
)
"""Ending of a file, the loader, and what must stand in the file: one thing, or two."""


def is_telling(path: str) -> bool:
    """Whether a file of this name may tell of a loader, unless a test is in it."""
    return path.endswith(_TELLING) or bool(_COMMAND_FILES.fullmatch(path.rpartition("/")[2]))


def may_load(_path: str, content: bytes) -> bool:
    """Whether a file holds one of `LITERALS`: nearly all of them hold a word that few files do."""
    return any(word in content for word in _GATES) and any(word in content for word in _ENCODED)


def is_compose(path: str) -> bool:
    """Whether a file is one of Docker Compose's."""
    return _COMPOSE.fullmatch(path.rpartition("/")[2]) is not None


@frozen
class EnvFiles:
    """The env files that there are, as the paths of what is really loaded, templates copied."""

    paths: frozenset[str]

    @classmethod
    def among(cls, names: Sequence[str]) -> "EnvFiles":
        """Those among all files."""
        return cls(paths=frozenset(copied_to(name) for name in names if is_env_file(name)))

    def find(self, written: str, *folders: str) -> str | None:
        """The env file that a path means, seen from one of the folders."""
        written = re.sub(r"^(?:\$\{?\w+\}?|\$\([^)]*\))/", "", written.strip("\"'"))
        for folder in folders:
            path = posixpath.normpath(posixpath.join(folder, written))
            if path in self.paths:
                return path
        return None


def loadings_of_manifest(
    path: str, manifest: Manifest, names: frozenset[str], files: EnvFiles
) -> Iterator[Loading]:
    """What the packages and commands of a manifest load."""
    folder = posixpath.dirname(path)
    for package, (loader, place) in _PACKAGES.items():
        if package in manifest.packages:
            yield Loading(loader=loader, evidence=f"{package} in {place}")
    if "dotenv" in manifest.packages and path.endswith(("Gemfile", "gems.rb")):
        yield Loading(loader="ruby", evidence="dotenv in the Gemfile")
    is_next = "next" in manifest.packages  # beside it, Vite's config is that of tests
    if path.endswith("package.json") and not is_next and (config := _vite_config(folder, names)):
        yield Loading(loader="vite", evidence=config)
    for name, command in manifest.scripts.items():
        evidence = f"script `{name}` in {posixpath.basename(path)}"
        if re.search(r"(?:^|[&;]\s*)bun\s+(?:run\s+\S+\.[jt]sx?|--\w|\S+\.[jt]sx?\b)", command):
            yield Loading(loader="bun", evidence=evidence)
        yield from _of_commands(command, evidence, files, folder)


def _vite_config(folder: str, names: frozenset[str]) -> str:
    stems = ("vite.config", "svelte.config", "astro.config")
    for stem in stems:
        for ending in (".ts", ".js", ".mts", ".mjs"):
            if posixpath.join(folder, stem + ending) in names:
                return stem + ending
    return ""


def loadings_of_file(path: str, text: str, files: EnvFiles, folder: str) -> Iterator[Loading]:
    """What one source file, script or workflow loads. `folder` is its project's."""
    own = posixpath.dirname(path)
    kind = "js" if path.endswith(_JAVASCRIPT) else posixpath.splitext(path)[1]
    is_expanded = kind == "js" and bool(_compiled(_EXPANDS).search(text))
    for of, loader, pattern, also in _IMPORTS:
        match = _compiled(pattern).search(text) if of == kind else None
        if is_expanded and loader == "dotenv":
            continue  # what it read is handed to the one that expands it
        if match and _compiled(also).search(text):
            evidence = f"{path}:{1 + text.count(chr(10), 0, match.start())}"
            named = (files.find(each, own, folder, "") for each in _literals(text))
            for each in dict.fromkeys(filter(None, named)) or [""]:
                yield Loading(loader=loader, evidence=evidence, path=each)
    if posixpath.basename(path) == ".envrc":
        for match in re.finditer(
            r"^[ \t]*dotenv(?:_if_exists)?(?:[ \t]+(\S+))?", text, re.MULTILINE
        ):
            yield Loading(
                loader="direnv", evidence=path, path=posixpath.join(own, match[1] or ".env")
            )
    if path.endswith(_COMMANDS) or _COMMAND_FILES.fullmatch(posixpath.basename(path)):
        yield from _of_commands(text, path, files, own, folder, "")


def loadings_of_compose(path: str, text: str) -> Iterator[Loading]:
    """Containers get what `env_file` names; the `.env` beside the file is put in for `${NAME}`."""
    folder = posixpath.dirname(path)
    names = frozenset(re.findall(r"(?<!\$)\$\{?([A-Za-z_]\w*)", text))
    if names:
        beside = posixpath.join(folder, ".env")
        yield Loading(loader="compose", evidence=path, path=beside, names=names)
    for match in _compiled(_ENV_FILE).finditer(text):
        for each in re.findall(r"[^\s\[\],\"'-][^\s\[\],\"']*", match[1] or match[2]):
            if "env" in each and not set("$*&") & set(each):
                written = posixpath.normpath(posixpath.join(folder, each))
                evidence = f"env_file in {path}"
                yield Loading(loader="compose", evidence=evidence, path=written)


_ENV_FILE = r"^[ \t]*env_file:[ \t]*(?:([^\s#][^\n]*)|((?:\n[ \t]*-[ \t]*[^\n]+)+))"
_LITERAL = r"[\"']([^\"'\s]*\.env[^\"'\s]*)[\"']"


def _literals(text: str) -> list[str]:
    """Paths of env files that the code spells out."""
    return _compiled(_LITERAL).findall(text)


_FLAG = (
    r"^(?P<before>[^\n#]*?)(?P<flag>--env-file(?:-if-exists)?)[= ][ \t]*(?P<path>[^\s;&|]+)"
    r"|(?:^|[;&|\"'\s])(?:source|\.)[ \t]+(?P<sourced>[\"']?[^\s;&|\"']*\.env[^\s;&|\"']*)"
    r"|\bdotenv[ \t]+(?:-e|--env)[ \t]+(?P<cli>[^\s;&|]+)"
    r"|\bdotenvx[ \t]+run(?:[ \t]+(?:-f|--env-file)[= \t]*(?P<encrypted>[^\s;&|]+))?"
)


def _of_commands(text: str, evidence: str, files: EnvFiles, *folders: str) -> Iterator[Loading]:
    """Env files that commands are given."""
    joined = text.replace("\\\r\n", " ").replace("\\\n", " ")
    for line in joined.splitlines():
        if "env" not in line:
            continue
        for match in _compiled(_FLAG).finditer(line):
            written = match["path"] or match["sourced"] or match["cli"] or match["encrypted"]
            path = files.find(written or ".env", *folders)
            loader = _loader_of(match)
            if path is not None and loader:
                yield Loading(loader=loader, evidence=evidence, path=path)


def _loader_of(match: re.Match[str]) -> str:
    if match["sourced"]:
        return "bash"
    if match["cli"]:
        return "dotenv-expand-12"
    if match["path"] is None:
        return "dotenvx"
    before = match["before"]
    if re.match(r"\s*(?:echo|printf)\b", before):
        return ""
    for word, loader in (
        (r"\bdocker[- ]compose\b|\bcompose\b", "compose"),
        (r"\b(?:docker|podman)\b", "docker"),
        (r"\bbun\b", "bun"),
        (r"\b(?:node|tsx|ts-node|nodemon)\b", "node"),
    ):
        if re.search(word, before):
            return loader
    return ""


@functools.cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.MULTILINE)
