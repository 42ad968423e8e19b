"""The newest migrations of histories that are graphs: Alembic's and Django's."""

from collections.abc import Iterator

from launchready.facts.migrations import Framework, History, Migration


def heads_of(history: History) -> Iterator[tuple[Migration, ...]]:
    """The migrations that none follows, where there is more than one of them: for Django within
    one app, for Alembic in a history with one beginning and no labelled branches.
    """
    if history.framework is Framework.ALEMBIC:
        yield from _of_alembic(history)
    elif history.framework is Framework.DJANGO:
        yield from _of_django(history)


def _of_alembic(history: History) -> Iterator[tuple[Migration, ...]]:
    bases = [each for each in history.migrations if not each.after]
    is_labelled = any(name == "branch-label" for m in history.migrations for name, _, _ in m.notes)
    if len(bases) > 1 or is_labelled:
        return  # branches that are meant to stay apart
    followed = {version for each in history.migrations for version in each.after}
    heads = tuple(each for each in history.migrations if each.version not in followed)
    if len(heads) > 1:
        yield heads


def _of_django(history: History) -> Iterator[tuple[Migration, ...]]:
    followed = {version for each in history.migrations for version in each.after}
    replaced = {word for m in history.migrations for name, _, word in m.notes if name == "replaces"}
    apps: dict[str, list[Migration]] = {}
    for each in history.migrations:
        if each.version not in followed and each.version not in replaced:
            apps.setdefault(each.version.partition(".")[0], []).append(each)
    for heads in apps.values():
        if len(heads) > 1:
            yield tuple(heads)
