"""Options of command lines that take their value from a variable: click, typer.

Source: https://click.palletsprojects.com/options/#values-from-environment-variables.
"""

from launchready.facts.environment import Need
from launchready.regex import Regex
from launchready.steps.env_lint.reads.code import ancestors, keyword
from launchready.steps.env_lint.reads.spelled import NAME
from launchready.steps.env_lint.reads.told import Told
from launchready.steps.env_lint.reads.walk import Fate, replaced

_ENVVAR = Regex(rb"\benvvar(?=\s*=)")
_TYPES = {"int": "integer", "float": "number", "bool": "boolean"}


def options(told: Told) -> None:
    """Add the reads of `envvar="X"`."""
    for node in told.code.found(_ENVVAR):
        given = node.parent
        call = next((a for a in ancestors(node, 3) if a.type == "call"), None)
        if given is None or given.type != "keyword_argument" or call is None:
            continue
        arguments = told.code.arguments(call)
        value = given.child_by_field_name("value")
        fate = Fate(takes_as=_TYPES.get(told.code.text(keyword(arguments, "type")), ""))
        default = keyword(arguments, "default")
        if default is not None:
            fate = replaced(told.code, fate, default)
        texts = [value] if value is not None and value.type == "string" else []
        if value is not None and value.type in ("list", "tuple"):
            texts = value.named_children
        for at in texts:
            text = told.code.string(at)
            if text and NAME.fullmatch(text):
                told.read(text, at, fate, need=Need.GUARDED)
