"""What the value of a variable is, without showing it."""

from launchready.steps.env_lint.valuing.names import is_secret_name
from launchready.steps.env_lint.valuing.weight import Weight, weigh

__all__ = ["Weight", "is_secret_name", "weigh"]
