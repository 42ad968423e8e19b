"""The settings of one invocation, which a config file has no say in."""

import enum

from launchready.config.setting import Surface, setting
from launchready.frozen import frozen

_BOTH = Surface.OPTION | Surface.INPUT


class Color(enum.Enum):
    """When to colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


@frozen
class RunSettings:
    """How this one run is started and what it writes."""

    config: str | None = setting(
        "Path of the config file. By default `launchready.yml`, `.launchready.yml` or"
        " `.github/launchready.yml` at the top of the repository.",
        default=None,
        surfaces=_BOTH,
        metavar="FILE",
    )
    directory: str = setting(
        "Folder to work in; the repository that holds it is examined.",
        default=".",
        surfaces=_BOTH,
        short="C",
        metavar="FOLDER",
    )
    base_ref: str | None = setting(
        "Branch, tag or commit that the change starts from: only what is new since then fails."
        " In a pull request the base is known without it.",
        default=None,
        surfaces=_BOTH,
        metavar="REVISION",
    )
    report: tuple[str, ...] = setting(
        "A report to write besides standard output, as FORMAT=FILE, such as sarif=out.sarif."
        " May be given again, in the action one per line; formats are text, github, summary, json,"
        " sarif, junit and gitlab.",
        default=(),
        surfaces=_BOTH,
        metavar="FORMAT=FILE",
    )
    report_folder: str | None = setting(
        "Folder that gets the JSON report of every step as STEP.json, and of all as check.json.",
        default=None,
        surfaces=_BOTH,
        metavar="FOLDER",
    )
    format: str | None = setting(
        "What standard output gets: text, github, summary, json, sarif, junit or gitlab."
        " By default github in GitHub Actions, else text.",
        default=None,
        surfaces=Surface.OPTION,
        metavar="FORMAT",
    )
    exit_zero: bool = setting(
        "End with exit code 0 even when the verdict is failed or unchecked.",
        default=False,
        surfaces=Surface.OPTION,
    )
    color: Color = setting(
        "Whether to colour text; auto heeds NO_COLOR, FORCE_COLOR, TERM and the terminal.",
        default=Color.AUTO,
        surfaces=Surface.OPTION,
    )
    verbose: bool = setting(
        "Show known and suppressed findings too, and all that was measured.",
        default=False,
        surfaces=Surface.OPTION,
        short="v",
    )
    quiet: bool = setting("Show no progress.", default=False, surfaces=Surface.OPTION, short="q")
    jobs: int | None = setting(
        "Processes that heavy work may use; by default one per processor.",
        default=None,
        minimum=1,
        maximum=256,
        surfaces=Surface.OPTION,
    )
