"""A click command whose parameters are settings, made when they are first asked for."""

import sys
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

import click

from launchready.cli.options import Offer

Offers = tuple[Offer, ...]


def with_help(option: click.Option | None) -> click.Option | None:
    """The option that shows a command's help, such that a full disk is no bug of ours."""
    if option is not None:
        option.callback = _show_help
    return option


def show_and_end(context: click.Context, text: str) -> None:
    """Print a text and be done. Raises LaunchReadyError where it cannot be written."""
    from launchready.cli.output import write_stdout

    write_stdout([f"{text}\n"])
    context.exit()


def _show_help(context: click.Context, parameter: click.Parameter, value: Any) -> None:
    del parameter
    if value and not context.resilient_parsing:
        show_and_end(context, context.get_help())


class Command(click.Command):
    """A click command whose `--help` fails as every other output does."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """click's option, with our own way to print."""
        return with_help(super().get_help_option(ctx))


class SettingsCommand(Command):
    """`run` gets the parsed context and the offers, and returns the process's exit code."""

    def __init__(
        self,
        name: str,
        *,
        summary: str,
        offers: Callable[[], Offers],
        run: Callable[[click.Context, Offers], int],
        extra: Sequence[click.Parameter] = (),
        **attributes: Any,
    ) -> None:
        super().__init__(name, params=list(extra), help=summary, short_help=summary, **attributes)
        self._make_offers = offers
        self._run = run

    @cached_property
    def offers(self) -> Offers:
        """What this command offers of the settings."""
        return self._make_offers()

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """The parameters, as click asks for them."""
        return [*(offer.parameter for offer in self.offers), *super().get_params(ctx)]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse, and say of every complaint which command it is about; click does of most."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise

    def invoke(self, ctx: click.Context) -> None:
        """Run and end the process."""
        sys.exit(self._run(ctx, self.offers))
