"""Command lines and environment that are wrong."""

import os
import shutil

from tests.integration.bad.cases import BASELINE, KEY, LEAK, NO_REPOSITORY, Build, Case, Shop


def environ(**variables: str) -> Build:
    """The run has these environment variables."""
    return lambda shop: shop.environ.update(variables)


def _tag_of_a_blob(shop: Shop) -> None:
    blob = shop.repository.store("just text")
    shop.repository.git("tag", "text", blob)


def _circle(shop: Shop) -> None:
    (shop.folder / "circle").symlink_to("circle")


def _linked(shop: Shop) -> None:
    """A change that would have reports written beside the repository."""
    (shop.place / "outside").mkdir()
    (shop.folder / "reports").symlink_to(shop.place / "outside")
    (shop.folder / ".launchready").symlink_to(shop.place / "outside")


def _no_repository(shop: Shop) -> None:
    shutil.rmtree(shop.folder / ".git")


def _locked(shop: Shop) -> None:
    shop.repository.write({"locked/pay.py": LEAK})
    (shop.folder / "locked").chmod(0)
    shop.heeds_permissions = True


COMMAND_LINES = (
    *(
        Case(why=f"a key in the place of {place}", words=words, code=2, line=f"error: {line}")
        for place, words, line in (
            ("a command", (KEY,), "there is no command '[32 signs]'"),
            ("an option", ("check", f"--{KEY}"), "there is no option [34 signs]"),
            ("a format", ("check", "--format", KEY), "--format knows no format '[32 signs]'"),
            (
                "a report",
                ("check", "--report", KEY),
                "--report takes FORMAT=FILE (got '[32 signs]')",
            ),
            ("a word too many", ("check", KEY), "got unexpected extra argument ([32 signs])"),
            ("a range", ("secret-scan", "--range", KEY), "range '[32 signs]' is not …"),
            ("a rule", ("explain", KEY), "there is no rule '[32 signs]'"),
            ("a folder", ("check", "-C", f"x/{KEY}"), "x/[32 signs] is not a folder"),
            (
                "a number",
                ("check", "--jobs", KEY),
                "--jobs must be a whole number from 1 to 256 (got '[32 signs]')",
            ),
        )
    ),
    Case(
        why="a report in a folder that is a link",
        words=("check", "--baseline", "b.json", "--report", "json=reports/deep/out.json"),
        build=_linked,
        code=2,
        line="error: cannot write reports/deep/out.json: …",
    ),
    Case(
        why="a folder of reports that is a link",
        words=("check", "--baseline", "b.json", "--report-folder", "app/../reports"),
        build=_linked,
        code=2,
        line="error: cannot write app/../reports: …",
    ),
    Case(
        why="a baseline in a folder that is a link",
        words=("check",),
        build=_linked,
        code=2,
        line=f"error: the baseline {BASELINE} is not followed: .launchready is a link",
    ),
    Case(
        why="a baseline to be written into a folder that is a link",
        words=("baseline",),
        build=_linked,
        code=2,
        line=f"error: the baseline {BASELINE} is not followed: .launchready is a link",
    ),
    Case(why="no command", words=(), code=2, line="error: a command is missing"),
    Case(why="half a command", words=("config",), code=2, line="error: a command is missing"),
    Case(
        why="a command with a slip",
        words=("chekc",),
        code=2,
        line="error: there is no command 'chekc'; did you mean check?",
    ),
    Case(
        why="a step with a slip",
        words=("secret_scan",),
        code=2,
        line="error: there is no command 'secret_scan'; did you mean secret-scan?",
    ),
    Case(
        why="a command of a group with a slip",
        words=("config", "shema"),
        code=2,
        line="error: there is no command 'shema'; did you mean schema?",
    ),
    Case(
        why="a command that is an attack on the log",
        words=("::error::x\n##[error]x\x1b[31m",),
        code=2,
        line="error: there is no command '::error::x\\n##\\[error]x\\x1b[31m'",
    ),
    Case(
        why="an option with a slip",
        words=("check", "--fail-om", "note"),
        code=2,
        line="error: there is no option --fail-om; did you mean --fail-on?",
    ),
    Case(
        why="an option before the command",
        words=("--fail-on", "note", "check"),
        code=2,
        line="error: there is no option --fail-on",
    ),
    Case(
        why="a choice that is none",
        words=("check", "--fail-on", "high"),
        code=2,
        line="error: --fail-on must be one of note, warning, error, never (got 'high')",
    ),
    Case(
        why="a word too many",
        words=("check", "src"),
        code=2,
        line="error: got unexpected extra argument (src)",
    ),
    Case(
        why="a report without a file",
        words=("check", "--report", "json"),
        code=2,
        line="error: --report takes FORMAT=FILE (got 'json')",
    ),
    Case(
        why="a report without anything",
        words=("check", "--report"),
        code=2,
        line="error: option '--report' requires an argument",
    ),
    Case(
        why="a report in a format that is none",
        words=("check", "--report", "sarf=out.sarif"),
        code=2,
        line="error: --report knows no format 'sarf'; did you mean sarif?",
    ),
    Case(
        why="output in a format that is none",
        words=("check", "--format", "yaml"),
        code=2,
        line="error: --format knows no format 'yaml'",
    ),
    Case(
        why="two reports in one file",
        words=("check", "--report", "json=out", "--report", "sarif=out"),
        code=2,
        line="error: --report names the file out twice",
    ),
    Case(
        why="a report below a file",
        words=("check", "--report", "json=README.md/out.json"),
        code=2,
        line="error: cannot write README.md/out.json: a file stands in the place of its folder",
    ),
    Case(
        why="a report in the place of a folder",
        words=("check", "--report", "json=app"),
        code=2,
        line="error: cannot write app: Is a directory",
    ),
    Case(
        why="a folder of reports that is a file",
        words=("check", "--report-folder", "README.md"),
        code=2,
        line="error: cannot write README.md/check.json: a file stands in the place of its folder",
    ),
    Case(
        why="a folder that is not there",
        words=("check", "--directory", "nowhere"),
        code=2,
        line="error: nowhere is not a folder",
    ),
    Case(
        why="a file in the place of the folder",
        words=("check", "--directory", "README.md"),
        code=2,
        line="error: README.md is not a folder",
    ),
    Case(
        why="a config that is not there",
        words=("check", "--config", "ours.yml"),
        code=2,
        line="error: the config file ours.yml is not there",
    ),
    Case(
        why="a config below a file",
        words=("check", "--config", "README.md/launchready.yml"),
        code=2,
        line="error: the config file README.md/launchready.yml is not there",
    ),
    Case(
        why="no config where one is asked about",
        words=("config", "check"),
        code=2,
        line="error: there is no config file",
    ),
    Case(
        why="no processes",
        words=("check", "--jobs", "0"),
        code=2,
        line="error: --jobs must be a whole number from 1 to 256 (got 0)",
    ),
    Case(
        why="a site without its scheme",
        words=("smoke-test", "www.shop.example"),
        code=2,
        line="error: [URL] must be a URL such as https://www.example.com (got 'www.shop.example')",
    ),
    Case(
        why="a number that is none, from the environment",
        words=("check",),
        build=environ(LAUNCHREADY_JOBS="many"),
        code=2,
        line="error: environment variable LAUNCHREADY_JOBS must be a whole number from 1 to 256"
        " (got 'many')",
    ),
    Case(
        why="a switch that is none, from the environment",
        words=("secret-scan",),
        build=environ(LAUNCHREADY_SECRET_SCAN_HISTORY="mostly"),
        code=2,
        line="error: environment variable LAUNCHREADY_SECRET_SCAN_HISTORY must be true or false"
        " (got 'mostly')",
    ),
    Case(
        why="a second line of the environment is judged too",
        build=environ(LAUNCHREADY_REPORT="json=a.json\nsarf=b.sarif"),
        code=2,
        line="error: --report knows no format 'sarf'; did you mean sarif?",
    ),
    Case(
        why="empty variables, as an action passes them, are none",
        words=("secret-scan",),
        build=environ(
            LAUNCHREADY_SECRET_SCAN_HISTORY="",
            LAUNCHREADY_CONFIG="",
            LAUNCHREADY_DIRECTORY="",
            LAUNCHREADY_BASE_REF="",
            LAUNCHREADY_REPORT="\n",
            LAUNCHREADY_JOBS="",
            LAUNCHREADY_FAIL_ON="",
            LAUNCHREADY_QUIET="",
        ),
        code=0,
        line=None,
    ),
    Case(
        why="a base that nobody has",
        words=("check", "--base-ref", "release/9"),
        code=3,
        line="the change since release/9: there is no commit release/9 in this clone",
    ),
    Case(
        why="a base that git would take for an option",
        words=("check", "--base-ref", "--output=ran"),
        code=3,
        line="the change since --output=ran: there is no commit --output=ran in this clone",
    ),
    Case(
        why="a base that names no commit",
        words=("check", "--base-ref", "text"),
        build=_tag_of_a_blob,
        code=3,
        line="the change since text: there is no commit text in this clone",
    ),
    Case(
        why="a base with a line end and an escape",
        words=("check", "--base-ref", "main\n::error::x\x1b[31m"),
        code=3,
        line="the change since main\n::error::x\x1b[31m: there is no commit"
        " main\n::error::x\x1b[31m in this clone",
    ),
    Case(
        why="a path that is not there",
        words=("secret-scan", "dist"),
        code=3,
        line="dist: there is no such file or folder",
    ),
    Case(
        why="a path that leads in a circle",
        words=("secret-scan", "circle"),
        build=_circle,
        code=3,
        line="circle: it cannot be read: Too many levels of symbolic links",
    ),
    Case(
        why="a path in a folder that this user may not enter",
        words=("secret-scan", "locked/pay.py"),
        build=_locked,
        code=3,
        line="locked/pay.py: it cannot be read: Permission denied",
    ),
    Case(
        why="a pipe in the place of a file",
        words=("secret-scan", "pipe"),
        build=lambda shop: os.mkfifo(shop.folder / "pipe"),
        code=3,
        line="pipe: it is a device, a pipe or a socket",
    ),
    Case(
        why="a rule that nobody has",
        words=("explain", "stripe-live-kee"),
        code=2,
        line="error: there is no rule 'stripe-live-kee'; did you mean stripe-live-secret-key?",
    ),
    Case(
        why="a baseline of no repository",
        words=("baseline",),
        build=_no_repository,
        code=2,
        line=f"error: there is no repository to accept findings of: {NO_REPOSITORY[5:]}",
    ),
    Case(
        why="a provider in the place of a rule",
        words=("explain", "stripe"),
        code=2,
        line="hint: rules with that in their name: stripe-live-secret-key, stripe-test-secret-key",
    ),
    Case(why="no rule", words=("explain",), code=2, line="error: RULE is missing"),
    Case(
        why="a summary file that cannot be written",
        build=environ(
            GITHUB_ACTIONS="true",
            GITHUB_STEP_SUMMARY="README.md/summary",
            GITHUB_OUTPUT="",
            NO_COLOR="1",
        ),
        code=2,
        line="error: cannot write the file that GITHUB_STEP_SUMMARY names: Not a directory",
    ),
)
