"""The one place where exceptions end: a user's error in two lines, a bug with its place."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from launchready.errors import ConfigError, LaunchReadyError
from launchready.model import Failure

ISSUES = "https://github.com/launchready/launchready/issues"


@contextmanager
def error_boundary() -> Iterator[None]:
    """Turn what escapes into exit codes: 2 usage or config, 4 a bug, 130 interrupted."""
    try:
        yield
    except LaunchReadyError as error:
        faults = error.faults if isinstance(error, ConfigError) else ()
        say(Failure(message=error.message, hint=error.hint, faults=faults))
        sys.exit(2)
    except KeyboardInterrupt:
        click.echo("interrupted: nothing was judged", err=True)
        sys.exit(130)


def say(failure: Failure) -> None:
    """Tell a person, on stderr, why there is no verdict."""
    from launchready.reporters.escape import terminal_text

    for fault in failure.faults:
        click.echo(terminal_text(str(fault)), err=True)
    click.echo(f"error: {terminal_text(failure.message)}", err=True)
    click.echo(f"hint: {terminal_text(failure.hint)}", err=True)
    if failure.traceback:
        click.echo(f"\n{failure.traceback}\nreport it at {ISSUES}", err=True)
