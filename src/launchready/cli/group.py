"""A group of commands that says what was meant by a word that is none of them."""

import click

from launchready.cli.command import with_help
from launchready.errors import LaunchReadyError


class CommandGroup(click.Group):
    """A click group with our own line for an unknown command."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """click's option, with our own way to print."""
        return with_help(super().get_help_option(ctx))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names. Raises LaunchReadyError."""
        if self.get_command(ctx, args[0]) is None:
            from launchready.config.scalars import did_you_mean, withheld

            raise LaunchReadyError(
                f"there is no command {withheld(args[0])!r}"
                f"{did_you_mean(args[0], self.list_commands(ctx))}",
                hint=f"`{ctx.command_path} --help` lists the commands",
            )
        return super().resolve_command(ctx, args)
