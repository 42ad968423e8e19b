"""The `launchready` command. Subcommands are imported when they are called for."""

import gc
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any, TextIO

import click

from launchready import __version__
from launchready.cli.boundary import error_boundary
from launchready.cli.command import show_and_end
from launchready.cli.group import CommandGroup
from launchready.registry import STEPS

# name -> the function that makes the command, and its line in `launchready --help`
_COMMANDS = {
    "check": (
        "launchready.cli.run:check_command",
        "Run every step that needs no deployed site; one verdict.",
    ),
    "init": ("launchready.cli.init:init_command", "Set a repository up: config, gate and hooks."),
    "upgrade": ("launchready.cli.init:upgrade_command", "Renew what `init` has written."),
    "protect": (
        "launchready.cli.protect:protect_command",
        "Require the gate on the default branch.",
    ),
    "comment": (
        "launchready.cli.comment:comment_command",
        "Comment on a pull request from the reports of another workflow.",
    ),
    "baseline": ("launchready.cli.baseline:baseline_command", "Accept today's findings as known."),
    "config": ("launchready.cli.config:config_command", "Check, show or migrate launchready.yml."),
    "release": (
        "launchready.cli.release:release_command",
        "Keep the ledger of releases that rollback goes by.",
    ),
    "explain": ("launchready.cli.explain:explain_command", "Show the page of a rule."),
    "steps": ("launchready.cli.explain:steps_command", "List the steps."),
}


class LaunchReady(CommandGroup):
    """The group of all commands, none of which is imported for `--help`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names: the commands, then the steps."""
        return [*_COMMANDS, *STEPS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name in STEPS:
            from launchready.cli.run import step_command

            return step_command(STEPS[cmd_name])
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), name)()
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the two lists of `--help` from what is known without importing."""
        with formatter.section("Steps"):
            formatter.write_dl([(name, entry.summary) for name, entry in STEPS.items()])
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in _COMMANDS.items()])


def _show_version(context: click.Context, parameter: click.Parameter, value: Any) -> None:
    del parameter
    if value and not context.resilient_parsing:
        show_and_end(context, f"launchready {__version__}")


@click.group(
    cls=LaunchReady,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 passed, 1 findings, 2 bad usage or config, 3 something could not be"
    " examined, 4 a bug in launchready, 130 interrupted.",
)
@click.option(
    "-V",
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version and exit.",
)
def launchready() -> None:
    """Take a product from demo to launch, and keep it safe from then on."""


_NEW_OBJECTS = 50_000
"""How many before Python looks for cycles: what a step reads has none, and there is a lot of it."""


def main() -> None:
    """Run the command line and end the process with its exit code."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by whoever started this
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - to the end
        elif hasattr(stream, "reconfigure"):  # another encoding must not stop a report
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    gc.set_threshold(_NEW_OBJECTS)
    try:
        with error_boundary():
            sys.exit(launchready.main(prog_name="launchready", standalone_mode=False))
    finally:
        gc.freeze()  # what is left ends with the process: Python need not look for cycles in it
        _drain(sys.stdout)
        _drain(sys.stderr)


def _drain(stream: TextIO) -> None:
    """Write what is left. Where nobody reads any more, Python would end with exit code 120.

    https://docs.python.org/3/library/sys.html#sys.exit
    """
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
