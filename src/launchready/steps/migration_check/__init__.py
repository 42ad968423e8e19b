"""migration-check: what a migration does to a database in use, and to the release that uses it."""

from launchready.gateways import Gateways
from launchready.gateways.tree import Tree
from launchready.step import Step
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


STEP = Step(
    name="migration-check",
    settings=MigrationCheckSettings,
    observe=observe,
    rules=RULES,
    recognises=_recognises,
    is_of_staged=lambda settings: settings.staged,
    sees_everything=lambda settings: settings.all and not settings.exclude,
    sees_present=lambda settings: not settings.exclude,
)
