"""The settings of secret-scan."""

from launchready.config.setting import Surface, setting
from launchready.frozen import frozen
from launchready.model import Confidence
from launchready.policy.paths import GLOB, GLOB_TAKES
from launchready.steps.secret_scan.custom.settings import CustomKind

_EVERYWHERE = Surface.FILE | Surface.OPTION | Surface.INPUT


@frozen
class SecretScanSettings:
    """What is looked through, and how sure a finding must be."""

    paths: tuple[str, ...] = setting(
        "Files and folders to scan as they are on disk, ignored files too, in place of the"
        " repository. Relative to the current folder.",
        default=(),
        examples=(("dist", "build/app.log"),),
        surfaces=Surface.OPTION,
        is_argument=True,
    )
    artifact: tuple[str, ...] = setting(
        "Files, folders and globs of what you deliver (bundles, packages, images, logs) to scan as"
        " well; archives are opened. Relative to the current folder. With `history` and `work-tree`"
        " off, nothing else is scanned.",
        default=(),
        examples=(("dist/", "build/*.tgz"),),
        surfaces=_EVERYWHERE,
        metavar="PATH",
    )
    github_run: int | None = setting(
        "Number of a run of GitHub Actions whose artifacts and logs are scanned as well. Asks"
        " GitHub with the token in GITHUB_TOKEN, which may read actions, for GITHUB_REPOSITORY.",
        default=None,
        minimum=1,
        examples=(16123456789,),
        surfaces=Surface.OPTION | Surface.INPUT,
    )
    staged: bool = setting(
        "Scan what the next commit would record, and report the secrets on lines that it adds.",
        default=False,
        surfaces=Surface.OPTION,
    )
    history: bool = setting(
        "Scan the whole history: every version of every file, and every message, of all branches"
        " and tags.",
        default=True,
        surfaces=_EVERYWHERE,
    )
    work_tree: bool = setting(
        "Scan the files of the work tree as they are on disk, except those that git ignores.",
        default=True,
        surfaces=_EVERYWHERE,
    )
    range: str | None = setting(
        "Scan only the commits of BASE..HEAD, merges and messages too, in place of everything.",
        default=None,
        examples=("origin/main..HEAD",),
        surfaces=Surface.OPTION,
        metavar="BASE..HEAD",
    )
    pre_push: bool = setting(
        "Scan only what a push would bring to the remote; for git's hook `pre-push`, whose lines"
        " are read on standard input, and for the stage of that name in pre-commit and prek.",
        default=False,
        surfaces=Surface.OPTION,
    )
    remote: str | None = setting(
        "With `--pre-push`, the name of the remote: the hook's first word. What its branches had"
        " when they were last fetched is not scanned again.",
        default=None,
        examples=("origin",),
        surfaces=Surface.OPTION,
        metavar="NAME",
    )
    pre_receive: bool = setting(
        "Scan only what a push brings to this repository; for git's hook `pre-receive`, whose lines"
        " are read on standard input.",
        default=False,
        surfaces=Surface.OPTION,
    )
    unreachable: bool = setting(
        "Scan also what no branch or tag leads to any more but the repository still holds: dropped"
        " stashes, commits that were amended or rebased away, what was staged and never committed.",
        default=False,
        surfaces=_EVERYWHERE,
    )
    deepen: bool = setting(
        "Fetch the rest of a shallow or partial clone from its remote before the history is read.",
        default=False,
        surfaces=_EVERYWHERE,
    )
    cache: str | None = setting(
        "Folder in which a scan of the history leaves what it has seen, so that the next one reads"
        " only what is new; a CI cache can carry it. By default a folder of ours in `.git`.",
        default=None,
        examples=("~/.cache/launchready",),
        surfaces=Surface.OPTION | Surface.INPUT,
        metavar="FOLDER",
    )
    no_cache: bool = setting(
        "Read the whole history again and remember nothing.",
        default=False,
        surfaces=Surface.OPTION,
    )
    exclude: tuple[str, ...] = setting(
        "Files that are not scanned at all, as in lines of .gitignore. A version in the history is"
        " left out if every path that it ever had is excluded.",
        default=(),
        examples=(("third_party/", "**/*.snap"),),
        pattern=GLOB,
        takes=GLOB_TAKES,
    )
    min_confidence: Confidence = setting(
        "How sure a finding must be to be reported: `high` for what its format proves, `medium`"
        " also for what its name and look make likely, `low` also for what may be an example.",
        default=Confidence.MEDIUM,
        examples=(Confidence.HIGH,),
        surfaces=Surface.FILE | Surface.OPTION,
    )
    adopt: bool = setting(
        "Heed what was accepted with other scanners: `.secrets.baseline`, `.gitleaksignore`,"
        " `.betterleaksignore`, and the allow-lists of `.gitleaks.toml` and `.betterleaks.toml`, at"
        " the top of the repository. What they accept stays in the report.",
        default=True,
        surfaces=Surface.FILE | Surface.OPTION,
    )
    verify: bool = setting(
        "Ask the providers of some tokens found (GitHub, GitLab, Slack, Stripe, OpenAI, Anthropic,"
        " SendGrid, npm, Telegram) whether they still work: one harmless read each, with the token."
        " Never done for a change that may be a stranger's, such as a pull request from a fork.",
        default=False,
        surfaces=Surface.OPTION,
    )
    custom: tuple[CustomKind, ...] = setting(
        "Kinds of secrets of your own. Each is a rule like the built-in ones; its examples are"
        " tried whenever this file is read.",
        default=(),
        examples=(
            [
                {
                    "id": "acme-internal-token",
                    "title": "ACME internal token",
                    "opens": "call every internal API",
                    "revoke": "Run `acme tokens revoke`.",
                    "shape": "acme_{alnum:32}",
                    "good": ['ACME_TOKEN="acme_{alnum:32}"'],
                    "bad": ["acme_YOUR_TOKEN_HERE"],
                }
            ],
        ),
    )

    @property
    def is_partial(self) -> bool:
        """Whether only a part of the history is asked for."""
        return self.range is not None or self.pre_push or self.pre_receive
