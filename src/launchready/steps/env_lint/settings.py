"""The settings of env-lint."""

from collections.abc import Mapping

from launchready.config.setting import Surface, setting
from launchready.facts.environment import Stage
from launchready.frozen import frozen
from launchready.policy.paths import GLOB, GLOB_TAKES

LOADERS = (
    "dotenv", "dotenv-flow", "dotenv-expand", "dotenv-expand-12", "dotenvx", "next", "vite", "node",
    "bun", "python-dotenv", "django-environ", "decouple", "starlette", "compose", "docker",
    "godotenv", "ruby-2", "ruby", "symfony", "phpdotenv", "bash", "direnv", "rust",
)  # fmt: skip
"""The names of the dialects, which are too much to be imported for a name."""


@frozen
class EnvLintSettings:
    """What counts as which environment, and what is meant to be as it is."""

    staged: bool = setting(
        "Read the files as the next commit would record them, in place of the work tree.",
        default=False,
        surfaces=Surface.OPTION,
    )
    exclude: tuple[str, ...] = setting(
        "Files that are not read at all, as in lines of .gitignore.",
        default=(),
        examples=(("examples/", "**/*.stories.tsx"),),
        pattern=GLOB,
        takes=GLOB_TAKES,
    )
    environments: Mapping[str, Stage] = setting(
        "Names of your environments and what each is: `production`, `staging`, `development` or"
        " `test`. What is named like them (a file's ending, a folder, a section, a job's"
        " `environment`) belongs to it. The usual names are known.",
        default={},
        examples=({"blue": Stage.PRODUCTION, "qa7": Stage.STAGING},),
    )
    files: Mapping[str, str] = setting(
        "Environment of files that do not tell it by their name, by patterns as in .gitignore.",
        default={},
        examples=({"deploy/api.env": "production"},),
    )
    provided: tuple[str, ...] = setting(
        "Variables that your platform or operator sets and no file declares; `*` stands for any"
        " characters.",
        default=(),
        examples=(("KUBERNETES_*", "POD_NAME"),),
    )
    shared: tuple[str, ...] = setting(
        "Variables whose value is meant to be the same in several environments.",
        default=(),
        examples=(("SENTRY_DSN", "POSTHOG_KEY"),),
    )
    public: tuple[str, ...] = setting(
        "Variables that look secret and are not: everybody may read them.",
        default=(),
        examples=(("NEXT_PUBLIC_MAPS_API_KEY",),),
    )
    loaders: tuple[str, ...] = setting(
        "What reads your env files, in place of what the repository shows: `next`, `vite`, `bun`,"
        " `node`, `dotenv`, `python-dotenv`, `docker`, `compose`, `bash` and others.",
        default=(),
        examples=(("next", "docker"),),
        pattern=f"^({'|'.join(LOADERS)})$",
        takes=f"one of {', '.join(LOADERS)}",
    )
    inventory: tuple[str, ...] = setting(
        "Files with the names that a platform has: what `gh secret list`, `vercel env ls`, `fly"
        " secrets list`, `heroku config`, … print. `production=FILE` names the environment. Values"
        " in them are not kept.",
        default=(),
        examples=(("production=fly-secrets.txt",),),
        pattern=r"^(?:.*=)?(?=[^=:\0-\x1f]+$)(?![/\\~])(?!(?:.*[/\\])?\.\.(?:[/\\]|$)).+$(?!\n)",
        takes="a file of the repository, after `ENVIRONMENT=` or alone",
        surfaces=Surface.FILE | Surface.OPTION | Surface.INPUT,
        metavar="[ENVIRONMENT=]FILE",
    )
    document: bool = setting(
        "Write the table of variables by environment to the file that `document-file` names. What"
        " people filled in stays.",
        default=False,
        surfaces=Surface.OPTION,
    )
    document_file: str = setting(
        "File with the table of variables by environment that `--document` writes; once it is"
        " there, a rule tells when it no longer fits.",
        default="docs/environment.md",
        pattern=r"^(?![/\\~])(?!\.git/)(?!.*(^|[/\\])\.\.([/\\]|$))(?!.*:)[^\0-\x1f]+\.md$(?!\n)",
        takes="a file of the repository that ends in `.md`, such as `docs/environment.md`",
    )
    explain: str | None = setting(
        "Show every place that declares or reads this variable, in place of a report.",
        default=None,
        surfaces=Surface.OPTION,
        metavar="NAME",
        pattern=r"\S",
        takes="the name of a variable",
    )
    fix: bool = setting(
        "Apply the fixes that cannot break anything: names added to the template, lines added to"
        " ignore files.",
        default=False,
        surfaces=Surface.OPTION,
    )
