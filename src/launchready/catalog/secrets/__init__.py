"""Every kind of secret there is a rule for: one explicit list, the more specific kinds first."""

from launchready.catalog.kinds import Kind
from launchready.catalog.secrets.generic import GENERIC

KINDS: tuple[Kind, ...] = (*GENERIC,)
