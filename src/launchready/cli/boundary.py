"""The one place where exceptions end: a user's error in two lines, a bug with its place."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NoReturn

import click

from launchready.errors import LaunchReadyError
from launchready.model import Failure, Verdict

ISSUES = "https://github.com/launchready/launchready/issues"


@contextmanager
def error_boundary() -> Iterator[None]:
    """Turn what escapes into exit codes: 2 usage or config, 4 a bug, 130 interrupted."""
    try:
        yield
    except (KeyboardInterrupt, click.Abort):
        _complain("interrupted: nothing was judged")
        sys.exit(130)
    except click.ClickException as error:
        from launchready.cli.misuse import misuse

        if isinstance(error, click.exceptions.NoArgsIsHelpError):
            _complain(f"{error.message}\n")
        _stop(misuse(error))
    except Exception as error:  # noqa: BLE001 - Python's own exit code for it would read as findings
        _stop(error)


def say(failure: Failure) -> None:
    """Tell a person, on stderr, why there is no verdict."""
    from launchready.reporters.escape import terminal_text

    lines = [str(fault) for fault in failure.faults]
    lines += [f"error: {failure.message}", f"hint: {failure.hint}"]
    if failure.traceback:
        lines += ["", *failure.traceback.splitlines(), f"report it at {ISSUES}"]
    for line in lines:
        _complain(terminal_text(line))


def _complain(text: str) -> None:
    with suppress(OSError):  # whoever read stderr may be gone; the exit code is what counts
        click.echo(text, err=True)


def _stop(error: Exception) -> NoReturn:
    from launchready.gateways.ci import observe_ci
    from launchready.runner import failure_of

    failure = failure_of(error)
    code = 4 if failure.is_bug else 2
    say(failure)
    ci = observe_ci(os.environ)
    if ci.name == "github":
        from launchready.cli.output import write_stdout
        from launchready.reporters.github import render_error, render_faults

        write_stdout([render_faults(failure.faults) or render_error(failure.message, failure.hint)])
    if ci.outputs_path:
        from launchready.cli.output import step_outputs
        from launchready.gateways.ci import write_outputs

        with suppress(LaunchReadyError):  # that may be what has been told above
            write_outputs(ci.outputs_path, step_outputs(Verdict.ERRORED, code))
    sys.exit(code)
