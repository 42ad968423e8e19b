"""A click command whose parameters are settings, made when they are first asked for."""

import sys
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

import click

from launchready.cli.options import Offer

Offers = tuple[Offer, ...]


class SettingsCommand(click.Command):
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
