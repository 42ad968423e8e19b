"""Where a repository keeps Django's migrations, and what its settings say of them."""

from collections.abc import Iterator

from launchready.facts.migrations import Framework
from launchready.facts.schema import Engine
from launchready.regex import Regex
from launchready.steps.migration_check.files import Files, folder_of
from launchready.steps.migration_check.frameworks.django.state import World
from launchready.steps.migration_check.frameworks.finding import Found
from launchready.steps.migration_check.frameworks.sql_files import is_foreign

_NUMBERED = Regex(r"\d{4}_\w+\.py\Z")
_LABEL = Regex(r"(?m)^[ \t]+label\s*(?::\s*str\s*)?=\s*[\"'](\w+)[\"']")
_USER = Regex(r"(?m)^[ \t]*AUTH_USER_MODEL\s*(?::\s*str\s*)?=\s*[\"'](\w+)\.(\w+)[\"']")
_AUTO = Regex(r"(?m)^[ \t]*DEFAULT_AUTO_FIELD\s*(?::\s*str\s*)?=\s*[\"'][\w.]*?(\w+)[\"']")
_MOST_SETTINGS = 40


def find(files: Files) -> Iterator[Found]:
    """One history for every `manage.py` that has apps below it, and one for all other apps."""
    folders: dict[str, list[str]] = {}
    for path in files.names:
        if path.endswith(".py") and folder_of(path).rpartition("/")[2] == "migrations":
            folders.setdefault(folder_of(path), []).append(path)
    found = {each: paths for each, paths in folders.items() if _is_django(paths, files)}
    if not found:
        return
    roots = {folder_of(path) for path in files.named("manage.py") if not is_foreign(path)}
    owned: dict[str, list[str]] = {}
    for folder, paths in found.items():
        owned.setdefault(_root_of(folder, roots) if len(roots) > 1 else "", []).extend(paths)
    for root, paths in sorted(owned.items()):
        yield Found(framework=Framework.DJANGO, folder=root, paths=tuple(sorted(paths)))


def _is_django(paths: list[str], files: Files) -> bool:
    numbered = [path for path in paths if _NUMBERED.search(path)]
    if not numbered or is_foreign(numbered[0]):
        return False
    text = files.text(numbered[0]) or ""
    return "Migration" in text and "migrations" in text and "def upgrade" not in text


def _root_of(folder: str, roots: set[str]) -> str:
    """The nearest folder above that has a `manage.py`."""
    at = folder
    while at:
        at = folder_of(at)
        if at in roots:
            return at
    return ""


def migrations_of(found: Found) -> Iterator[str]:
    """The files that Django takes for migrations."""
    for path in found.paths:
        if path.rpartition("/")[2][:1] not in ("_", "~", "."):
            yield path


def labels(found: Found, files: Files) -> dict[str, str]:
    """The label of the app that a folder of migrations belongs to, by folder.

    It is the name of the app's folder, unless its AppConfig says otherwise; of two apps with the
    same label the deeper one goes by its path.
    """
    given: dict[str, str] = {}
    for folder in sorted(
        {folder_of(path) for path in found.paths}, key=lambda f: (f.count("/"), f)
    ):
        app = folder_of(folder)
        said = _LABEL.search(files.text(f"{app}/apps.py" if app else "apps.py") or "")
        label = said[1] if said else app.rpartition("/")[2]
        given[folder] = app if label in given.values() else label
    return given


def world_of(found: Found, files: Files, engine: Engine) -> World:
    """What the project's settings say, as far as they are literals."""
    user, auto = ("auth", "user"), "AutoField"
    seen_user = seen_auto = False
    for path in _settings(found, files):
        text = files.text(path) or ""
        if not seen_user and (said := _USER.search(text)):
            user, seen_user = (said[1], said[2].lower()), True
        if not seen_auto and (said := _AUTO.search(text)):
            auto, seen_auto = said[1], True
    if auto not in ("AutoField", "BigAutoField", "SmallAutoField"):
        auto = "AutoField"
    return World(engine=engine, user_model=user, auto_field=auto)


def _settings(found: Found, files: Files) -> list[str]:
    inside = f"{found.folder}/" if found.folder else ""
    paths = [
        path
        for path in files.names
        if path.endswith(".py")
        and path.startswith(inside)
        and "settings" in path
        and "/migrations/" not in path
        and not is_foreign(path)
    ]
    return sorted(paths, key=lambda path: (path.count("/"), path))[:_MOST_SETTINGS]
