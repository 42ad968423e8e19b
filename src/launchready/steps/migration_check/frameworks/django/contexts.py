"""What an operation is read with: its app, its file, and the files beside it."""

from launchready.frozen import frozen
from launchready.steps.migration_check.files import Files
from launchready.steps.migration_check.frameworks.django.own_fields import OwnFields
from launchready.steps.migration_check.frameworks.python.modules import Module
from launchready.steps.migration_check.frameworks.python.sql import Source


@frozen
class Context:
    """Where an operation stands."""

    app: str
    module: Module
    source: Source
    files: Files
    own: OwnFields
