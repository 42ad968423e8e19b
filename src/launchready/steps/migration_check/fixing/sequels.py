"""A further migration after one, for what must wait until the first one's locks are gone."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from launchready.facts.migrations import Framework, Wrapping
from launchready.regex import Regex
from launchready.steps.migration_check.files import folder_of
from launchready.steps.migration_check.fixing.work import Work
from launchready.steps.migration_check.frameworks.sql_files import last_of

_NUMBER = Regex(r"(?P<prefix>V?)(?P<above>(?:\d+[-._])*)(?P<number>\d+)(?P<rest>_.*)")
_STAMP = "%Y%m%d%H%M%S"
_SECTIONS: Mapping[Framework, tuple[str, str]] = MappingProxyType(
    {
        Framework.GOOSE: ("-- +goose Up", "-- +goose Down"),
        Framework.DBMATE: ("-- migrate:up", "-- migrate:down"),
    }
)
_SPLITS = frozenset({Framework.GOLANG_MIGRATE, Framework.SQLX, Framework.DIESEL})
_FOLDERS = frozenset({Framework.DIESEL, Framework.PRISMA})
_KNOWN = frozenset(
    {*_SECTIONS, *_SPLITS, *_FOLDERS, Framework.SUPABASE, Framework.FLYWAY, Framework.PLAIN}
)


def sequel(
    work: Work, statements: Sequence[str], undo: Sequence[str], line_end: str
) -> Mapping[str, bytes] | str:
    """The files of a migration that comes after the one at work; or why there can be none."""
    migration, framework = work.migration, work.history.framework
    if framework not in _KNOWN:
        return "its tool takes no further file without a list that names it"
    if migration.up.wrapping is Wrapping.ALL:
        return "all that is pending runs in one transaction, so that a further file gains nothing"
    if migration.is_repeatable:
        return "it runs again whenever it changes"
    up = migration.path
    name = last_of(folder_of(up) if framework in _FOLDERS else up)
    word = "validate" if any("VALIDATE" in each for each in statements) else "constraint"
    new = _next_name(work, name, word)
    if new is None:
        return "its name has no number that another could follow"
    head = "-- The rows are read while writes go on: the locks of the migration before are gone."
    body = (head, *(f"{each};" for each in statements))
    back = tuple(f"{each};" for each in undo) or (
        "-- Nothing to take back: it all goes with the migration before.",
    )
    texts = _files(work, new, body, back)
    if any(path in work.files for path in texts):
        return "the file that would follow is there already"
    return {path: f"{line_end.join(lines)}{line_end}".encode() for path, lines in texts.items()}


def _files(
    work: Work, new: str, body: tuple[str, ...], back: tuple[str, ...]
) -> dict[str, tuple[str, ...]]:
    """The lines of each file, by path."""
    migration, framework = work.migration, work.history.framework
    folder = folder_of(migration.path)
    if framework in _FOLDERS:
        folder = f"{folder_of(folder)}/{new}".lstrip("/")
        up = f"{folder}/{last_of(migration.path)}"
        return {up: body, f"{folder}/down.sql": back} if migration.down else {up: body}
    path = f"{folder}/{new}".lstrip("/")
    if framework in _SECTIONS:
        above, below = _SECTIONS[framework]
        return {path: (above, *body, "", below, *back)}
    if ".up." in new:
        down = path.replace(".up.", ".down.")
        return {path: body, down: back} if migration.down else {path: body}
    return {path: body}


def _next_name(work: Work, name: str, word: str) -> str | None:
    """The name with the next number that no migration has, and a word behind it."""
    found = _NUMBER.fullmatch(name)
    if found is None:
        return None
    stem, dot, ending = found["rest"].partition(".")
    if work.history.framework is Framework.FLYWAY:
        mark = "_" if "_" in found["above"] else "."
        number = f"{found['number']}{mark}1"
    else:
        taken = {
            int(match["number"])
            for each in work.history.migrations
            if (match := _NUMBER.fullmatch(_own_name(work, each.path)))
            and match["above"] == found["above"]
        }
        number = _following(found["number"], taken)
    return f"{found['prefix']}{found['above']}{number}{stem}_{word}{dot}{ending}"


def _own_name(work: Work, path: str) -> str:
    return last_of(folder_of(path) if work.history.framework in _FOLDERS else path)


def next_number(number: str, versions: Iterable[str]) -> str:
    """The number after one, that none of these versions has; the time one second later, if it is
    one.
    """
    return _following(number, {int(each) for each in versions if each.isdecimal()})


def _following(number: str, taken: set[int]) -> str:
    nearest = _plus_one(number)
    if int(nearest) in taken:
        nearest = _plus_one(str(max(taken)).zfill(len(number)))
    return nearest


def _plus_one(number: str) -> str:
    if len(number) == len("20260101000000"):
        try:
            moment = datetime.datetime.strptime(number, _STAMP)  # noqa: DTZ007 - no moment, a name
            return (moment + datetime.timedelta(seconds=1)).strftime(_STAMP)
        except (ValueError, OverflowError):
            pass
    return str(int(number) + 1).zfill(len(number))
