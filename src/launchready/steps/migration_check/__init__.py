"""migration-check: what a migration does to a database in use, and to the release that uses it."""

from collections.abc import Iterator

from launchready.facts.migrations import ActFacts
from launchready.gateways import Gateways
from launchready.gateways.tree import Tree
from launchready.step import Counting, Step
from launchready.steps.migration_check.files import Files
from launchready.steps.migration_check.observe import find_all, observe
from launchready.steps.migration_check.rules import RULES
from launchready.steps.migration_check.settings import MigrationCheckSettings
from launchready.steps.migration_check.strangers import strangers


def _recognises(gateways: Gateways) -> bool:
    """Whether there are migrations of any tool."""
    tree = Tree(gateways.git, gateways.root)
    files = Files.of(tree, tree.names)
    return any(True for _ in find_all(files)) or any(True for _ in strangers(files, None))


def _amend(
    settings: MigrationCheckSettings, gateways: Gateways, counting: Counting
) -> Iterator[str]:
    """Mend what `--fix` asks for; its modules are only loaded then."""
    if settings.fix:
        from launchready.steps.migration_check.fixing.answers import amend

        yield from amend(settings, gateways, counting)


def _answer(settings: MigrationCheckSettings, gateways: Gateways, counting: Counting) -> str | None:
    """The diff that `--diff` asks for."""
    if not settings.diff:
        return None
    from launchready.steps.migration_check.fixing.answers import answer

    return answer(settings, gateways, counting)


STEP = Step(
    name="migration-check",
    settings=MigrationCheckSettings,
    observe=observe,
    rules=RULES,
    recognises=_recognises,
    amend=_amend,
    answer=_answer,
    is_of_staged=lambda settings: settings.staged,
    sees_everything=lambda settings: settings.all and not settings.exclude,
    sees_present=lambda settings: not settings.exclude,
    subject=lambda seen: seen.act if isinstance(seen, ActFacts) else seen,
)
