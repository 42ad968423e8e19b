"""Parses a command line of settings the way a command does, without running anything."""

from collections.abc import Iterable, Mapping

import click
import pytest

from launchready.cli.command import Offers, SettingsCommand
from launchready.cli.options import Offer, Overrides, offers_of, overrides_of
from launchready.cli.settings import RunSettings
from launchready.policy.settings import PolicySettings
from launchready.registry import STEPS


def all_offers() -> Iterable[tuple[str, Offer]]:
    """What each command offers: the name of the command, and one of its offers."""
    for name, entry in STEPS.items():
        step = entry.load()
        for offer in offers_of(name, (step.settings,)):
            yield name, offer
    for offer in offers_of("", (PolicySettings, RunSettings)):
        yield "check", offer


def parsed(
    offers: Offers,
    words: Iterable[str],
    environ: Mapping[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> Overrides:
    """What the words and the environment give."""
    seen: list[Overrides] = []

    def run(context: click.Context, offers: Offers) -> int:
        seen.append(overrides_of(context, offers))
        return 0

    command = SettingsCommand("try", summary="Try.", offers=lambda: offers, run=run)
    with monkeypatch.context() as patch:
        for name, value in environ.items():
            patch.setenv(name, value)
        with pytest.raises(SystemExit) as end:
            command.main(list(words), prog_name="try", standalone_mode=False)
    assert end.value.code == 0
    return seen[0]
