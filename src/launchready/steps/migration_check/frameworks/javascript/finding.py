"""Where a repository keeps migrations in JavaScript and TypeScript, and which tool's they are.

A file is a migration if it lies in a folder that is called after them, or in one that the tool's
configuration names, and has an `up`; its own words tell the tool, and the manifests where they do
not.
"""

import posixpath
from collections.abc import Iterator

from launchready.facts.migrations import Framework
from launchready.regex import Regex
from launchready.steps.migration_check.files import Files, folder_of
from launchready.steps.migration_check.frameworks.finding import Found
from launchready.steps.migration_check.frameworks.packages import depends
from launchready.steps.migration_check.frameworks.sql_files import by_folder, is_foreign, last_of

SCRIPT = Regex(r"\.(?:js|cjs|mjs|ts|cts|mts)\Z")
_OTHERS = Regex(r"(?:\.d\.[cm]?ts|\.(?:test|spec|e2e)\.\w+)\Z|(?:^|/)index\.\w+\Z")
_FOLDER = Regex(r"(?i)(?:^|/)[\w.-]*(?:migrations?|migrate|migrations[._-][\w.-]*)/")
_UP = Regex(r"\bup\b[\"']?\]?\s*[(:=,}\n]")
_OF_OTHERS = Regex(
    r"@mikro-orm/migrations|\bfrom [\"']kysely[\"']|\bKysely\b|\bdb-migrate\b|\bdbm\b"
    r"|\bmongoose\b|\bMongoClient\b|@payloadcms/"
)
"""Words of tools that call their files the same and are read by none of the readers here."""
_SIGNS = (
    (Framework.TYPEORM, Regex(r"\bMigrationInterface\b|\bqueryRunner\b")),
    (Framework.SEQUELIZE, Regex(r"\bqueryInterface\b|\bQueryInterface\b")),
    (Framework.NODE_PG_MIGRATE, Regex(r"\bpgm\b|\bMigrationBuilder\b")),
    (Framework.KNEX, Regex(r"\b[kK]nex\b")),
)
_PACKAGES = {
    Framework.TYPEORM: "typeorm",
    Framework.SEQUELIZE: "sequelize",
    Framework.NODE_PG_MIGRATE: "node-pg-migrate",
    Framework.KNEX: "knex",
}
_PATHS = Regex(r"""["'`]([^"'`\n$]{1,200})["'`]""")


def found_of(
    framework: Framework, files: Files, configured: dict[str, str] | None = None
) -> Iterator[Found]:
    """The folders of one tool's migrations. `configured` maps folders that its configuration names
    to the file that does.
    """
    named = configured or {}
    candidates = [
        name
        for name in files.names
        if SCRIPT.search(name)
        and not _OTHERS.search(name)
        and (_FOLDER.search(name) or folder_of(name) in named)
        and not is_foreign(name)
    ]
    files.fetch(candidates)
    for folder, paths in by_folder(candidates).items():
        own = tuple(path for path in paths if tool_of(path, files) is framework)
        if own:
            yield Found(
                framework=framework,
                folder=folder,
                paths=tuple(sorted(own, key=last_of)),
                options={"config": named.get(folder, "")},
            )


def tool_of(path: str, files: Files) -> Framework | None:
    """The tool whose migration a file is, by its words; None if it is none."""
    text = files.text(path) or ""
    if not _UP.search(text) or _OF_OTHERS.search(text):
        return None
    for framework, sign in _SIGNS:
        if sign.search(text):
            return framework
    if not text.lstrip().startswith(("exports.up", "module.exports", "export ", "'use", '"use')):
        return None
    asked = [each for each, package in _PACKAGES.items() if depends(files, package, near=path)]
    return asked[0] if len(asked) == 1 else None


def folders_named(files: Files, names: Regex[str], setting: Regex[str]) -> dict[str, str]:
    """The folders that configurations name: each with its file. `names` are those of the
    configurations, `setting` what stands before a path in them.
    """
    known = {folder_of(name) for name in files.names if SCRIPT.search(name)}
    found: dict[str, str] = {}
    for path in files.names:
        if not names.search(path) or is_foreign(path):
            continue
        text = files.text(path) or ""
        for start in setting.finditer(text):
            line = text[start.end() : start.end() + 300].partition("\n")[0]
            parts = _PATHS.findall(line.partition("}")[0])
            for given in (posixpath.join(*parts) if parts else "", *parts):
                folder = _resolved(folder_of(path), given)
                if folder in known:
                    found.setdefault(folder, path)
    return found


def _resolved(beside: str, given: str) -> str:
    given = given.partition("*")[0].rstrip("/")
    whole = posixpath.normpath(posixpath.join(beside, given.lstrip("/") or "."))
    return "" if whole == "." else whole
