"""`python -m launchready.generate [--check]`, run at the top of the source tree."""

import sys
from pathlib import Path

import click

from launchready.generate import stale_files, write_files


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; fail if a file is out of date.")
def generate(check: bool) -> None:
    """Write the generated files, or check them."""
    stale = stale_files(Path()) if check else write_files(Path())
    for path in stale:
        click.echo(f"{path} {'is out of date: run `make fix`' if check else 'written'}")
    sys.exit(1 if check and stale else 0)


if __name__ == "__main__":
    generate()
