"""Conditions on how a program is set up, which other setups never meet."""

from launchready.regex import Regex

_SETUP = Regex(
    r"(?i:\benv\b|environ|getenv|config|setting|option|provider|driver|backend|storage|mode\b|flag"
    r"|debug|flavou?r|adapter|strategy|self_?host|cloud|on_?prem)"
    r"|[a-z_](?:[eE]nabled?|[dD]isabled?|[cC]onfigured)\b|\b(?:ENABLE|DISABLE|USE|HAS|IS|WITH)_[A-Z]"
    r"|\b(?:use|has|with|enable|should|can)(?:[A-Z]|_[a-z])"
)
_PRODUCTION = Regex(r"(?i)\bproduction\b|\bprod\b|is_?prod(?:uction)?\b")
_NEGATED = Regex(r"!|\bnot\b|\bunless\b")


def is_setup(condition: str, *, in_function: bool) -> bool:
    """Whether a condition, as it is written, tells setups apart. What a module does as it is loaded
    hangs on nothing else. That it is production tells nobody's setup from ours.
    """
    if _PRODUCTION.search(condition) and not _NEGATED.search(condition):
        return False
    return not in_function or bool(_SETUP.search(condition))
