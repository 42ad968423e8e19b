"""The database servers that a repository names: images of containers, and settings of hosts.

Sources of the tags: https://hub.docker.com/_/postgres, https://hub.docker.com/r/pgvector/pgvector
(`pg16`), https://hub.docker.com/r/timescale/timescaledb (`latest-pg16`),
https://hub.docker.com/r/postgis/postgis (`16-3.4`), https://hub.docker.com/r/supabase/postgres
(`15.1.0.117`), https://hub.docker.com/_/mysql, https://hub.docker.com/_/mariadb; of the settings:
https://supabase.com/docs/guides/local-development/cli/config#db.major_version,
https://render.com/docs/blueprint-spec#postgresmajorversion,
https://docs.digitalocean.com/products/app-platform/reference/app-spec/ (databases)
"""

import functools
from collections.abc import Iterator

from launchready.facts.schema import Engine
from launchready.frozen import frozen
from launchready.model import FileLocation
from launchready.regex import Regex
from launchready.steps.migration_check.files import Files
from launchready.steps.migration_check.frameworks.sql_files import is_foreign, number_of


@frozen
class Told:
    """A server that a file names. `version` is empty where it says none."""

    engine: Engine
    version: tuple[int, ...]
    place: FileLocation


_FILES = Regex(
    r"(?i)(?:^|/)(?:(?:docker-)?compose[\w.-]*\.ya?ml|[\w.-]*Dockerfile[\w.-]*|Containerfile"
    r"|\.github/workflows/[^/]+\.ya?ml|\.gitlab-ci\.yml|\.circleci/config\.yml|\.drone\.yml"
    r"|bitbucket-pipelines\.yml|\.devcontainer/[^/]+|devcontainer\.json|render\.ya?ml"
    r"|supabase/config\.toml|app\.ya?ml|[\w.-]+\.tf"
    r"|(?:k8s|kubernetes|helm|charts?|manifests|deploy(?:ment)?s?|infra)/[\w./-]*\.ya?ml)$"
)
_IMAGE = Regex(
    r"(?i)^[^#\n]*?(?:\bimage[\"']?\s*[:=]\s*|^\s*FROM\s+(?:--\S+\s+)?|-\s+image:\s*)"
    r"[\"']?(?P<name>[\w./-]+)(?::(?P<tag>[^\s\"'@#,]+))?"
)
_KINDS = (
    (
        Regex(
            r"(?i)(?:^|[/_-])(?:postgres(?:ql)?(?:-flex)?|timescaledb(?:-ha)?|postgis|pgvector|pgvecto-rs"
            r"|paradedb|spilo-\d+|supabase/postgres|alloydbomni|citus)$"
        ),
        Engine.POSTGRESQL,
    ),
    (Regex(r"(?i)(?:^|[/_-])mariadb(?:-server)?$"), Engine.MARIADB),
    (Regex(r"(?i)(?:^|[/_-])(?:mysql(?:-server)?|percona(?:-server)?)$"), Engine.MYSQL),
)
_VARIABLE = Regex(r"\$\{?\w*(?::?-(?P<default>[^}\s]*))?\}?")
_PG_TAG = Regex(r"(?i)(?:^|[-_])pg(\d+)|spilo-(\d+)")
_LEADING = Regex(r"(?i)^v?(\d+(?:\.\d+)*)")
_SUPABASE = Regex(r"(?m)^\s*major_version\s*=\s*(\d+)")
_RENDER = Regex(r"(?m)^\s*postgresMajorVersion:\s*[\"']?(\d+)")
_ENGINE = Regex(r"(?i)^\s*engine\s*[:=]\s*[\"']?(?P<name>[\w-]+)")
_ENGINE_VERSION = Regex(r"(?i)^\s*(?:engine_)?version\s*[:=]\s*[\"']?(?P<version>\d+(?:\.\d+)*)")
_HOSTED = {
    "postgres": Engine.POSTGRESQL,
    "pg": Engine.POSTGRESQL,
    "aurora-postgresql": Engine.POSTGRESQL,
    "mysql": Engine.MYSQL,
    "aurora-mysql": Engine.MYSQL,
    "mariadb": Engine.MARIADB,
}
_GOOGLE = Regex(r"\bdatabase_version\s*=\s*\"(POSTGRES|MYSQL)_(\d+)(?:_(\d+))?\"")


@functools.lru_cache(maxsize=2)
def servers_named(files: Files) -> tuple[Told, ...]:
    """Every server that a file of the repository names, in the order of the files."""
    found: list[Told] = []
    for path in files.names:
        if _FILES.search(path) and not is_foreign(path):
            found += _of_file(path, files.text(path) or "")
    return tuple(found)


def _of_file(path: str, text: str) -> Iterator[Told]:
    if path.endswith("supabase/config.toml"):
        yield from _single(path, text, _SUPABASE)
        return
    yield from _single(path, text, _RENDER)
    engine: Engine | None = None
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > 1000:
            continue
        place = FileLocation(path=path, line=number)
        if match := _IMAGE.search(line):
            yield from _image(match["name"], match["tag"] or "", place)
        if match := _GOOGLE.search(line):
            name = Engine.POSTGRESQL if match[1] == "POSTGRES" else Engine.MYSQL
            yield Told(engine=name, version=_cut(name, match[0].split('"')[1]), place=place)
        if match := _ENGINE.match(line):
            engine = _HOSTED.get(match["name"].lower())
        elif engine is not None and (match := _ENGINE_VERSION.match(line)):
            yield Told(engine=engine, version=_cut(engine, match["version"]), place=place)
            engine = None


def _single(path: str, text: str, pattern: "Regex[str]") -> Iterator[Told]:
    for match in pattern.finditer(text):
        line = text.count("\n", 0, match.start(1)) + 1
        yield Told(
            engine=Engine.POSTGRESQL,
            version=_cut(Engine.POSTGRESQL, match[1]),
            place=FileLocation(path=path, line=line),
        )


def _image(name: str, tag: str, place: FileLocation) -> Iterator[Told]:
    for pattern, engine in _KINDS:
        if pattern.search(name):
            yield Told(engine=engine, version=_tagged(engine, name, tag), place=place)
            return


def _tagged(engine: Engine, name: str, tag: str) -> tuple[int, ...]:
    """The version that a tag names: `16-alpine`, `pg16`, `2.14.2-pg15`, `${VERSION:-16}`."""
    plain = _VARIABLE.sub(lambda match: match["default"] or "", tag)
    if found := _PG_TAG.search(f"{name} {plain}" if "spilo" in name else plain):
        return (int(found[1] or found[2]),)
    if "timescale" in name or "citus" in name or "paradedb" in name:
        return ()  # their own version
    match = _LEADING.match(plain)
    return _cut(engine, match[1]) if match else ()


def _cut(engine: Engine, text: str) -> tuple[int, ...]:
    """A version as far as it decides what a server can do; empty where no server has it."""
    numbers = number_of(text)
    if not numbers:
        return ()
    if engine is Engine.POSTGRESQL:
        if numbers[0] == 9:
            return numbers[:2]
        return numbers[:1] if 10 <= numbers[0] <= 40 else ()
    known = range(10, 30) if engine is Engine.MARIADB else range(5, 30)
    return numbers[:2] if numbers[0] in known else ()
