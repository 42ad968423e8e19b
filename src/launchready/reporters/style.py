"""How a report is dressed, and whether it is coloured."""

from collections.abc import Mapping

from launchready.frozen import frozen

BOLD = 1
DIM = 2
RED = 31
GREEN = 32
YELLOW = 33
BLUE = 34
CYAN = 36


@frozen
class Style:
    """What a reporter needs to know of its reader. `width` is in terminal cells.

    Only the reporters for people (text, github) look at `color`, `width` and `verbose`;
    `version` is launchready's own.
    """

    color: bool
    width: int
    verbose: bool
    version: str

    def paint(self, text: str, *codes: int) -> str:
        """`text` in a colour, where colours are wanted. Codes are of ECMA-48, section 8.3.117."""
        if not self.color or not text:
            return text
        return f"\x1b[{';'.join(map(str, codes))}m{text}\x1b[0m"


def wants_color(environ: Mapping[str, str], is_terminal: bool) -> bool:
    """Whether standard output should be coloured.

    NO_COLOR (https://no-color.org) wins over FORCE_COLOR (https://force-color.org) and
    CLICOLOR_FORCE (https://bixense.com/clicolors), as CMake has it; an empty value is no value.
    The logs of GitHub Actions and GitLab show colours though they are no terminals.
    """
    if environ.get("NO_COLOR"):
        return False
    if _is_on(environ, "FORCE_COLOR") or _is_on(environ, "CLICOLOR_FORCE"):
        return True
    if environ.get("TERM") == "dumb" or environ.get("CLICOLOR") == "0":
        return False
    if environ.get("GITHUB_ACTIONS") == "true" or environ.get("GITLAB_CI") == "true":
        return True
    return is_terminal


def _is_on(environ: Mapping[str, str], name: str) -> bool:
    return environ.get(name, "").lower() not in ("", "0", "false")
