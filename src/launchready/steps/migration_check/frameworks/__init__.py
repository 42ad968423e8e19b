"""The tools that run migrations: how each is recognised, and how its files are read.

A reader never runs the project's code. What it cannot follow becomes `Opaque`, or the script's
`problem`; what it makes of operations is SQL as the tool would send it.
"""

from launchready.steps.migration_check.frameworks.finding import Found, Reader
from launchready.steps.migration_check.frameworks.plain import READER as PLAIN

__all__ = ["READERS", "Found", "Reader"]

READERS: tuple[Reader, ...] = (PLAIN,)
"""In the order of how sure their signs are: a folder is the first one's that finds it."""
