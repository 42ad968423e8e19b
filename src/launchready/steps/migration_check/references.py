"""Where the code of the running release names the tables and columns that a change takes away."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from launchready.facts.catalogue import Loss, Lost
from launchready.facts.migrations import Released
from launchready.gateways.git import Git
from launchready.model import FileLocation, Unchecked
from launchready.regex import Regex
from launchready.steps.migration_check.bases import Base

_CODE = frozenset({
    "py", "rb", "erb", "haml", "slim", "js", "jsx", "mjs", "cjs", "ts", "tsx", "mts", "cts", "vue",
    "svelte", "astro", "go", "rs", "java", "kt", "kts", "cs", "php", "sql", "prisma", "graphql",
    "gql", "ex", "exs", "html", "jinja", "j2", "scala", "swift", "dart", "erl", "clj", "lua",
})  # fmt: skip
"""Endings of files that can name a column of a database."""
_LIKE_TESTS = Regex(r"(^|/)(tests?|spec|__tests__|fixtures|e2e)/|[._](test|spec)\.|(^|/)test_")
_WORD_BREAK = Regex(r"_+(\w)")
_MOST = 20
"""Places that are kept of one lost thing."""
_WORDS = Regex(r"[A-Za-z_]\w*")


def released(git: Git, base: Base, losses: Iterable[Lost], skipped: Iterable[str]) -> Released:
    """What the base's code says of what is lost. `skipped` are folders of migrations."""
    folders = tuple(skipped)
    has_code = any(_is_code(path, folders) for path in base.blobs)
    wanted = {lost.full: lost for lost in losses if lost.what in (Loss.TABLE, Loss.COLUMN)}
    if not has_code or not wanted:
        return Released(commit=base.commit, has_code=has_code)
    words = {word for lost in wanted.values() for word in (*_table_words(lost), *_words(lost.name))}
    lines = git.lines_with(base.commit, sorted(words))
    if isinstance(lines, Unchecked):
        return Released(commit=base.commit)
    kept = [each for each in lines if _is_code(each[0], folders)]
    kept.sort(key=lambda each: (bool(_LIKE_TESTS.search(each[0])), each[0], each[1]))
    spoken = _spoken(kept)
    return Released(
        commit=base.commit,
        has_code=True,
        by_name={
            name: tuple(_places(lost, kept, spoken, base.commit)) for name, lost in wanted.items()
        },
    )


def _is_code(path: str, skipped: Sequence[str]) -> bool:
    """Whether a file is code of the product, and no migration."""
    return (
        path.rpartition(".")[2].lower() in _CODE
        and not any(path.startswith(f"{folder}/") for folder in skipped if folder)
        and "/migrations/" not in f"/{path}"
    )


def _spoken(lines: Iterable[tuple[str, int, str]]) -> dict[str, set[str]]:
    """All words of the lines, by file."""
    spoken: dict[str, set[str]] = {}
    for path, _, text in lines:
        spoken.setdefault(path, set()).update(_WORDS.findall(text))
    return spoken


def _places(
    lost: Lost,
    lines: Iterable[tuple[str, int, str]],
    spoken: dict[str, set[str]],
    commit: str,
) -> Iterator[FileLocation]:
    """The lines that name the thing, in files that name its table as well."""
    tables = _table_words(lost)
    words = tables if lost.what is Loss.TABLE else _words(lost.name)
    found = (
        FileLocation(path=path, line=number, commit=commit)
        for path, number, text in lines
        if not words.isdisjoint(_WORDS.findall(text)) and not tables.isdisjoint(spoken[path])
    )
    yield from islice(found, _MOST)


def _words(name: str) -> frozenset[str]:
    """The spellings of a column: `first_name` and `firstName`."""
    camel = _WORD_BREAK.sub(lambda match: match[1].upper(), name)
    return frozenset((name, camel))


def _table_words(lost: Lost) -> frozenset[str]:
    """The spellings of a table and of its model: `user_profiles`, `userProfile`, `UserProfile`."""
    table = (lost.table or lost.name).rpartition(".")[2]
    forms = {table, _singular(table)}
    app, _, model = table.partition("_")  # Django names a table after its app
    if app and model:
        forms |= {model}
    camel = {_WORD_BREAK.sub(lambda match: match[1].upper(), form) for form in forms}
    pascal = {form[:1].upper() + form[1:] for form in camel}
    joined = {form.replace("_", "") for form in forms}
    return frozenset(forms | camel | pascal | joined | {each.capitalize() for each in joined})


def _singular(word: str) -> str:
    for ending, single in (("ies", "y"), ("sses", "ss"), ("ses", "s"), ("s", "")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word.removesuffix(ending) + single
    return word
