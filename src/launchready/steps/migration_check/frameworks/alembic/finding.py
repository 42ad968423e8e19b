"""Where a repository keeps Alembic's revisions."""

from collections.abc import Iterator

from launchready.facts.migrations import Framework
from launchready.regex import Regex
from launchready.steps.migration_check.files import Files, folder_of
from launchready.steps.migration_check.frameworks.finding import Found
from launchready.steps.migration_check.frameworks.sql_files import is_foreign

_LOCATIONS = Regex(r"(?m)^\s*(script_location|version_locations)\s*=\s*[\"']?(.+?)[\"']?\s*$")
_HERE = Regex(r"%\(here\)s/?|\$\{here\}/?")
_REVISION = Regex(r"(?m)^revision\s*(?::[^=\n]{0,80})?=")


def find(files: Files) -> Iterator[Found]:
    """One history for every script folder: that of an `env.py` with a `versions` beside it, or one
    that an `alembic.ini` or `pyproject.toml` names.
    """
    folders = {
        folder_of(path)
        for path in files.named("env.py", "script.py.mako")
        if not is_foreign(path) and files.under(f"{folder_of(path)}/versions".lstrip("/"))
    }
    more = _configured(files)
    folders |= {folder for folder in more if files.under(folder)}
    taken: set[str] = set()
    for folder in sorted(folders, key=lambda each: (each.count("/"), each)):
        where = [folder, *more.get(folder, ())]
        names = {name for each in where for name in files.under(each) if name.endswith(".py")}
        paths = [name for name in sorted(names - taken) if _is_revision(name, files)]
        taken.update(paths)
        if paths:
            env = f"{folder}/env.py".lstrip("/")
            options = {"env": env if env in files else ""}
            yield Found(
                framework=Framework.ALEMBIC, folder=folder, paths=tuple(paths), options=options
            )


def _configured(files: Files) -> dict[str, tuple[str, ...]]:
    """The script folders that configurations name, each with its `version_locations`."""
    found: dict[str, tuple[str, ...]] = {}
    for path in files.named("alembic.ini", "pyproject.toml"):
        text = files.text(path) or ""
        if is_foreign(path) or "script_location" not in text:
            continue
        said = dict(_LOCATIONS.findall(text))
        script = _resolved(path, said.get("script_location", ""))
        versions = said.get("version_locations", "").replace(",", " ").replace(":", " ").split()
        if script:
            found[script] = tuple(filter(None, (_resolved(path, each) for each in versions)))
    return found


def _resolved(path: str, where: str) -> str:
    where = _HERE.sub("", where).strip().removeprefix("./").rstrip("/")
    if ":" in where:
        where = where.partition(":")[2]  # package:folder
    parts = [*filter(None, folder_of(path).split("/"))]
    for part in where.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts) if where else ""


def _is_revision(path: str, files: Files) -> bool:
    text = files.text(path) or ""
    return "down_revision" in text and _REVISION.search(text) is not None
